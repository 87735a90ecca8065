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

template <class Row>
result<list_rows> load_rows(session& db, const statement& which, const user_id& user,
                            date_range days) {
  return db.read([&](transaction& tx) -> result<list_rows> {
    std::vector<Row> rows;
    for (const auto& row : tx.run(which, parameters::of(user, days.first, days.last)))
      read_row(row_reader{row}, rows.emplace_back());
    return rows;
  });
}

} // namespace

result<list_rows> store::load_list(const user_id& user, list_kind kind, date_range days) {
  auto& db = impl_->db;
  switch (kind) {
  case list_kind::sleep:
    return load_rows<sleep_summary>(db, statements::list_sleep, user, days);
  case list_kind::activity:
    return load_rows<activity_day>(db, statements::list_activity, user, days);
  case list_kind::recharge:
    return load_rows<recharge_summary>(db, statements::list_recharge, user, days);
  case list_kind::cardio_load:
    return load_rows<cardio_load_day>(db, statements::list_cardio_load, user, days);
  case list_kind::exercises:
    return load_rows<exercise_summary>(db, statements::list_exercises, user, days);
  }
  return fail(errc::internal, "there is no such list");
}

} // namespace polar_flow::storage
