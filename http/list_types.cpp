#include "http/list_types.hpp"

#include "http/json_writer.hpp"
#include "http/record_ids.hpp"
#include "http/shown_values.hpp"

#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace polar_flow::http {

namespace {

void write(json_writer& out, const sleep_summary& row) {
  out.member("date", format_date(row.day));
  out.member("sleep_score", row.sleep_score);
  out.member("total_sleep_hours", hours(row.total_sleep_s));
  out.member("light_sleep_hours", hours(row.light_sleep_s));
  out.member("deep_sleep_hours", hours(row.deep_sleep_s));
  out.member("rem_sleep_hours", hours(row.rem_sleep_s));
  out.member("hrv_avg", row.hrv_avg_ms);
  out.member("heart_rate_avg", row.heart_rate_avg_bpm);
  out.member("breathing_rate_avg", row.breathing_rate_avg_per_min);
  out.member("skin_temperature_avg", row.skin_temperature_avg_celsius);
}

void write(json_writer& out, const activity_day& row) {
  out.member("date", format_date(row.day));
  out.member("steps", row.steps);
  out.member("calories_active", row.calories_active_kcal);
  out.member("calories_total", row.calories_total_kcal);
  out.member("distance_km", kilometres(row.distance_m));
  out.member("active_minutes", minutes(row.active_s));
  out.member("activity_score", cut(row.daily_activity_percent));
}

void write(json_writer& out, const activity_samples_summary& row) {
  out.member("date", format_date(row.day));
  out.member("sample_count", row.sample_count);
  out.member("total_steps", row.total_steps);
  out.member("has_samples", row.sample_count > 0);
}

void write(json_writer& out, const recharge_summary& row) {
  out.member("date", format_date(row.day));
  out.member("hrv_avg", as_double(row.hrv_rmssd_ms));
  out.member("ans_charge", row.ans_charge);
  out.member("ans_charge_status", row.ans_charge_status);
  out.member("breathing_rate_avg", row.breathing_rate_avg_per_min);
  out.member("heart_rate_avg", as_double(row.heart_rate_avg_bpm));
  out.member("nightly_recharge_status", row.recharge_status);
  out.member("beat_to_beat_avg", row.beat_to_beat_avg_ms);
}

/// Birthday and gender are stored, and no answer has ever shown them.
void write(json_writer& out, const physical_info& row) {
  out.member("recorded_at", instant_text(row.recorded_at));
  out.member("weight_kg", row.weight_kg);
  out.member("height_cm", row.height_cm);
  out.member("maximum_heart_rate", row.maximum_heart_rate_bpm);
  out.member("resting_heart_rate", row.resting_heart_rate_bpm);
  out.member("aerobic_threshold", row.aerobic_threshold_bpm);
  out.member("anaerobic_threshold", row.anaerobic_threshold_bpm);
  out.member("vo2_max", row.vo2_max_ml_per_min_kg);
  out.member("weight_source", row.weight_source);
  out.member("training_background", row.training_background);
  out.member("typical_day", row.typical_day);
  out.member("sleep_goal_hours", hours(row.sleep_goal_s));
}

void write(json_writer& out, const cardio_load_day& row) {
  out.member("date", format_date(row.day));
  out.member("strain", row.strain);
  out.member("tolerance", row.tolerance);
  out.member("cardio_load", row.cardio_load);
  out.member("cardio_load_ratio", two_decimals(row.ratio));
  out.member("cardio_load_status", row.status);
  out.key("levels");
  out.begin_object();
  out.member("very_low", row.levels.very_low);
  out.member("low", row.levels.low);
  out.member("medium", row.levels.medium);
  out.member("high", row.levels.high);
  out.member("very_high", row.levels.very_high);
  out.end_object();
}

void write(json_writer& out, const exercise_summary& row) {
  out.member("id", row.id);
  out.member("polar_exercise_id", row.polar_exercise_id);
  out.member("start_time", format_instant(row.start_time));
  out.member("sport", row.sport);
  out.member("duration_minutes", minutes(row.duration_s));
  out.member("distance_km", kilometres(row.distance_m));
  out.member("calories", row.calories_kcal);
  out.member("average_heart_rate", row.average_heart_rate_bpm);
  out.member("max_heart_rate", row.max_heart_rate_bpm);
  out.member("training_load", row.training_load);
  out.member("utc_offset_minutes", row.utc_offset_minutes);
}

void write(json_writer& out, const alertness_summary& row) {
  out.member("period_start_time", format_instant(row.period_start_time));
  out.member("period_end_time", instant_text(row.period_end_time));
  out.member("grade", row.grade);
  out.member("grade_classification", row.grade_classification);
  out.member("id", record_id({row.period_start_time, {}}));
  out.member("utc_offset_minutes", row.utc_offset_minutes);
}

void write(json_writer& out, const bedtime_period& row) {
  out.member("period_start_time", format_instant(row.period_start_time));
  out.member("period_end_time", instant_text(row.period_end_time));
  out.member("preferred_sleep_start", instant_text(row.preferred_sleep_start_time));
  out.member("preferred_sleep_end", instant_text(row.preferred_sleep_end_time));
  out.member("sleep_gate_start", instant_text(row.sleep_gate_start_time));
  out.member("sleep_gate_end", instant_text(row.sleep_gate_end_time));
  out.member("quality", row.quality);
  out.member("utc_offset_minutes", row.utc_offset_minutes);
}

void write(json_writer& out, const spo2_test& row) {
  out.member("test_time", format_instant(row.test_time));
  out.member("blood_oxygen_percent", row.blood_oxygen_percent);
  out.member("spo2_class", row.spo2_class);
  out.member("avg_heart_rate", row.average_heart_rate_bpm);
  out.member("hrv_ms", row.hrv_ms);
  out.member("altitude_meters", row.altitude_m);
  out.member("utc_offset_minutes", row.utc_offset_minutes);
}

void write(json_writer& out, const ecg_summary& row) {
  out.member("id", row.id);
  out.member("test_time", format_instant(row.test_time));
  out.member("avg_heart_rate", row.average_heart_rate_bpm);
  out.member("hrv_ms", row.hrv_ms);
  out.member("hrv_level", row.hrv_level);
  out.member("rri_ms", row.rri_ms);
  out.member("duration_seconds", row.duration_s);
  out.member("sample_count", row.sample_count);
  out.member("has_samples", row.sample_count > 0);
  out.member("utc_offset_minutes", row.utc_offset_minutes);
}

void write(json_writer& out, const body_temperature_summary& row) {
  out.member("start_time", format_instant(row.start_time));
  out.member("end_time", instant_text(row.end_time));
  out.member("measurement_type", row.measurement_type);
  out.member("sensor_location", row.sensor_location);
  out.member("temp_min", row.min_celsius);
  out.member("temp_avg", row.avg_celsius);
  out.member("temp_max", row.max_celsius);
  out.member("sample_count", row.sample_count);
  out.member("id", record_id({row.start_time, row.device_id}));
}

/// Unknown when the deviation is.
std::optional<bool> is_elevated(const skin_temperature_night& row) {
  constexpr double elevated_above_celsius = 0.5;
  const auto& deviation = row.deviation_from_baseline_celsius;
  return deviation ? std::optional{*deviation > elevated_above_celsius} : std::nullopt;
}

void write(json_writer& out, const skin_temperature_night& row) {
  out.member("sleep_date", format_date(row.day));
  out.member("temperature_celsius", row.temperature_celsius);
  out.member("deviation_from_baseline", row.deviation_from_baseline_celsius);
  out.member("is_elevated", is_elevated(row));
}

void write(json_writer& out, const record_counts& counts) {
  out.member("sleep", counts.sleep);
  out.member("activity", counts.activity);
  out.member("recharge", counts.recharge);
  out.member("cardio_load", counts.cardio_load);
  out.member("heart_rate", counts.heart_rate);
  out.member("exercises", counts.exercises);
}

template <class Row>
void write_list(json_writer& out, std::span<const Row> rows) {
  out.begin_list();
  for (const auto& row : rows) {
    out.begin_object();
    write(out, row);
    out.end_object();
  }
  out.end_list();
}

template <class Row>
void write_rows(json_writer& out, const std::vector<Row>& rows) {
  write_list(out, std::span{rows});
}

/// The newest state, with the older ones as its history. Nothing known about the body is no
/// missing record: the question was what is known.
void write_rows(json_writer& out, const std::vector<physical_info>& states) {
  if (states.empty()) {
    out.null();
    return;
  }
  out.begin_object();
  write(out, states.front());
  out.key("history");
  write_list(out, std::span{states}.subspan(1));
  out.end_object();
}

} // namespace

void write(json_writer& out, const heart_rate_summary& row) {
  out.member("date", format_date(row.day));
  out.member("hr_min", row.heart_rate_min_bpm);
  out.member("hr_avg", whole(row.heart_rate_avg_bpm));
  out.member("hr_max", row.heart_rate_max_bpm);
  out.member("sample_count", row.sample_count);
}

std::string to_json(const list_rows& rows) {
  json_writer out;
  std::visit([&out](const auto& list) { write_rows(out, list); }, rows);
  return out.take();
}

std::string to_json(const record_counts& counts, const user_id& user, date_range days) {
  json_writer out;
  out.begin_object();
  out.member("user_id", user.value);
  out.member("days", (days.last - days.first).count() + 1);
  out.member("from_date", format_date(days.first));
  out.member("to_date", format_date(days.last));
  out.key("record_counts");
  out.begin_object();
  write(out, counts);
  out.end_object();
  out.member("total_records", counts.sleep + counts.activity + counts.recharge + counts.cardio_load
                                  + counts.heart_rate + counts.exercises);
  out.end_object();
  return out.take();
}

} // namespace polar_flow::http
