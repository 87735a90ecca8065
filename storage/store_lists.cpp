#include "storage/store_impl.hpp"

namespace polar_flow::storage {

namespace {

void read_row(row_reader in, sleep_summary& row) {
  in >> row.day >> row.sleep_score >> row.total_sleep_s >> row.light_sleep_s >> row.deep_sleep_s
      >> row.rem_sleep_s >> row.hrv_avg_ms >> row.heart_rate_avg_bpm
      >> row.breathing_rate_avg_per_min >> row.skin_temperature_avg_celsius;
}

void read_row(row_reader in, activity_day& row) {
  in >> row.day >> row.start_time >> row.end_time >> row.steps >> row.distance_m
      >> row.calories_total_kcal >> row.calories_active_kcal >> row.active_s >> row.inactive_s
      >> row.daily_activity_percent >> row.inactivity_alerts;
}

void read_row(row_reader in, recharge_summary& row) {
  in >> row.day >> row.hrv_rmssd_ms >> row.ans_charge >> row.ans_charge_status
      >> row.breathing_rate_avg_per_min >> row.heart_rate_avg_bpm >> row.recharge_status
      >> row.beat_to_beat_avg_ms;
}

void read_row(row_reader in, cardio_load_day& row) {
  in >> row.day >> row.status >> row.cardio_load >> row.strain >> row.tolerance >> row.ratio
      >> row.levels.very_low >> row.levels.low >> row.levels.medium >> row.levels.high
      >> row.levels.very_high;
}

void read_row(row_reader in, exercise_summary& row) {
  in >> row.id >> row.polar_exercise_id >> row.start_time >> row.utc_offset_minutes >> row.sport
      >> row.duration_s >> row.distance_m >> row.calories_kcal >> row.average_heart_rate_bpm
      >> row.max_heart_rate_bpm >> row.training_load;
}

void read_row(row_reader in, activity_samples_summary& row) {
  in >> row.day >> row.total_steps >> row.sample_count;
}

void read_row(row_reader in, heart_rate_summary& row) {
  in >> row.day >> row.heart_rate_min_bpm >> row.heart_rate_avg_bpm >> row.heart_rate_max_bpm
      >> row.sample_count;
}

void read_row(row_reader in, alertness_summary& row) {
  in >> row.period_start_time >> row.period_end_time >> row.utc_offset_minutes >> row.grade
      >> row.grade_classification;
}

void read_row(row_reader in, bedtime_period& row) {
  in >> row.period_start_time >> row.period_end_time >> row.preferred_sleep_start_time
      >> row.preferred_sleep_end_time >> row.sleep_gate_start_time >> row.sleep_gate_end_time
      >> row.utc_offset_minutes >> row.validity >> row.quality >> row.result_type;
}

void read_row(row_reader in, spo2_test& row) {
  in >> row.device_id >> row.test_time >> row.utc_offset_minutes >> row.test_status
      >> row.blood_oxygen_percent >> row.spo2_class >> row.spo2_deviation >> row.quality_percent
      >> row.average_heart_rate_bpm >> row.hrv_ms >> row.hrv_deviation >> row.altitude_m;
}

void read_row(row_reader in, ecg_summary& row) {
  in >> row.id >> row.test_time >> row.utc_offset_minutes >> row.average_heart_rate_bpm
      >> row.hrv_ms >> row.hrv_level >> row.rri_ms >> row.duration_s >> row.sample_count;
}

void read_row(row_reader in, body_temperature_summary& row) {
  in >> row.device_id >> row.start_time >> row.end_time >> row.measurement_type
      >> row.sensor_location >> row.min_celsius >> row.avg_celsius >> row.max_celsius
      >> row.sample_count;
}

void read_row(row_reader in, skin_temperature_night& row) {
  in >> row.day >> row.temperature_celsius >> row.deviation_from_baseline_celsius;
}

void read_row(row_reader in, physical_info& row) {
  in >> row.recorded_at >> row.weight_kg >> row.height_cm >> row.birthday >> row.gender
      >> row.maximum_heart_rate_bpm >> row.resting_heart_rate_bpm >> row.aerobic_threshold_bpm
      >> row.anaerobic_threshold_bpm >> row.vo2_max_ml_per_min_kg >> row.weight_source
      >> row.training_background >> row.typical_day >> row.sleep_goal_s;
}

void read_row(row_reader in, record_counts& row) {
  in >> row.sleep >> row.activity >> row.recharge >> row.cardio_load >> row.heart_rate
      >> row.exercises;
}

template <class Row>
result<list_rows> load_rows(session& db, const statement& which, const parameters& values) {
  return db.read([&](transaction& tx) -> result<list_rows> {
    std::vector<Row> rows;
    for (const auto& row : tx.run(which, values))
      read_row(row_reader{row}, rows.emplace_back());
    return rows;
  });
}

} // namespace

result<list_rows> store::load_list(const user_id& user, list_kind kind, date_range days) {
  auto& db = impl_->db;
  const auto within = parameters::of(user, days.first, days.last);
  switch (kind) {
  case list_kind::sleep:
    return load_rows<sleep_summary>(db, statements::list_sleep, within);
  case list_kind::activity:
    return load_rows<activity_day>(db, statements::list_activity, within);
  case list_kind::recharge:
    return load_rows<recharge_summary>(db, statements::list_recharge, within);
  case list_kind::cardio_load:
    return load_rows<cardio_load_day>(db, statements::list_cardio_load, within);
  case list_kind::exercises:
    return load_rows<exercise_summary>(db, statements::list_exercises, within);
  case list_kind::activity_samples:
    return load_rows<activity_samples_summary>(db, statements::list_activity_samples, within);
  case list_kind::heart_rate:
    return load_rows<heart_rate_summary>(db, statements::list_heart_rate, within);
  case list_kind::alertness:
    return load_rows<alertness_summary>(db, statements::list_alertness, within);
  case list_kind::bedtime:
    return load_rows<bedtime_period>(db, statements::list_bedtime, within);
  case list_kind::spo2:
    return load_rows<spo2_test>(db, statements::list_spo2, within);
  case list_kind::ecg:
    return load_rows<ecg_summary>(db, statements::list_ecg, within);
  case list_kind::body_temperature:
    return load_rows<body_temperature_summary>(db, statements::list_body_temperature, within);
  case list_kind::skin_temperature:
    return load_rows<skin_temperature_night>(db, statements::list_skin_temperature, within);
  case list_kind::physical_info:
    return load_rows<physical_info>(db, statements::list_physical_info,
                                    parameters::of(user, physical_info_rows_max));
  case list_kind::counts:
    return load_rows<record_counts>(db, statements::count_records, within);
  }
  return fail(errc::internal, "there is no such list");
}

} // namespace polar_flow::storage
