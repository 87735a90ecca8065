#include "http/detail_types.hpp"

#include "http/json_writer.hpp"
#include "http/list_types.hpp"
#include "http/record_ids.hpp"
#include "http/series_types.hpp"
#include "http/shown_values.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace polar_flow::http {

namespace {

/// Members that the contract has, and of which nothing is known.
void write_unknown(json_writer& out, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    out.key(name);
    out.null();
  }
}

/// A moment of a night, as the sleeper's clock shows it; in UTC when that is not known.
std::optional<std::string> night_time_text(const std::optional<instant>& moment,
                                           std::optional<std::int32_t> utc_offset_minutes) {
  if (!moment || !utc_offset_minutes)
    return instant_text(moment);
  return format_offset_time(*moment, std::chrono::minutes{*utc_offset_minutes});
}

std::optional<std::string> text_if_any(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}

void write_sleep_values(json_writer& out, const night_detail& detail) {
  const auto& record = detail.record;
  const auto& summary = detail.summary;
  out.member("date", format_date(record.day));
  out.member("sleep_start_time", night_time_text(record.start_time, record.utc_offset_minutes));
  out.member("sleep_end_time", night_time_text(record.end_time, record.utc_offset_minutes));
  out.member("sleep_score", record.sleep_score);
  out.member("sleep_rating", record.sleep_rating);
  out.member("total_sleep_hours", hours(summary.total_sleep_s));
  out.member("light_sleep_hours", hours(record.light_sleep_s));
  out.member("deep_sleep_hours", hours(record.deep_sleep_s));
  out.member("rem_sleep_hours", hours(record.rem_sleep_s));
  out.member("interruptions_hours", hours(record.interruptions_s));
  out.member("hrv_avg", summary.hrv_avg_ms);
  out.member("hrv_samples", detail.hrv_sample_count);
  out.member("heart_rate_avg", summary.heart_rate_avg_bpm);
  out.member("heart_rate_min", whole(detail.heart_rate_min_bpm));
  out.member("heart_rate_max", whole(detail.heart_rate_max_bpm));
  out.member("breathing_rate_avg", summary.breathing_rate_avg_per_min);
  out.member("skin_temperature_avg", summary.skin_temperature_avg_celsius);
}

void write_sleep_quality(json_writer& out, const night& record) {
  out.member("device_id", record.device_id);
  out.member("continuity", record.continuity);
  out.member("continuity_class", record.continuity_class);
  out.member("sleep_cycles", record.sleep_cycles);
  out.member("unrecognized_sleep_seconds", record.unrecognized_sleep_s);
  out.member("short_interruption_seconds", record.short_interruptions_s);
  out.member("long_interruption_seconds", record.long_interruptions_s);
  out.member("sleep_charge", record.sleep_charge);
  out.member("sleep_goal_hours", hours(record.sleep_goal_s));
  out.member("group_duration_score", record.group_duration_score);
  out.member("group_solidity_score", record.group_solidity_score);
  out.member("group_regeneration_score", record.group_regeneration_score);
}

/// Under the names that Polar gives them.
void write_load_pro(json_writer& out, const std::optional<training_load_pro>& load) {
  out.key("training_load_pro");
  if (!load) {
    out.null();
    return;
  }
  out.begin_object();
  out.member("cardio-load", load->cardio_load);
  out.member("cardio-load-interpretation", load->cardio_load_interpretation);
  out.member("muscle-load", load->muscle_load);
  out.member("muscle-load-interpretation", load->muscle_load_interpretation);
  out.member("perceived-load", load->perceived_load);
  out.member("perceived-load-interpretation", load->perceived_load_interpretation);
  out.member("user-rpe", load->user_rpe);
  out.end_object();
}

/// What says which exercise a series is of.
void write_exercise_name(json_writer& out, const exercise_detail& detail) {
  out.member("exercise_id", detail.id);
  out.member("sport", detail.record.sport);
  out.member("start_time", format_instant(detail.record.start_time));
}

std::optional<double> ecg_duration_s(const ecg_test& test) {
  constexpr double ms_per_s = 1000;
  const auto last = std::ranges::max_element(test.samples, {}, &ecg_sample::offset_ms);
  if (last == test.samples.end())
    return std::nullopt;
  return static_cast<double>(last->offset_ms) / ms_per_s;
}

} // namespace

std::string to_json(const night_detail& detail) {
  json_writer out;
  out.begin_object();
  write_sleep_values(out, detail);
  write_sleep_quality(out, detail.record);
  out.key("hypnogram");
  write_night(out, detail.record.hypnogram, value_form::whole_number);
  out.key("heart_rate_samples");
  write_night(out, detail.record.heart_rate_samples, value_form::whole_number);
  out.member("utc_offset_minutes", detail.record.utc_offset_minutes);
  out.end_object();
  return out.take();
}

std::string to_json(const activity_day& day) {
  json_writer out;
  out.begin_object();
  out.member("date", format_date(day.day));
  out.member("steps", day.steps);
  out.member("calories_active", day.calories_active_kcal);
  out.member("calories_total", day.calories_total_kcal);
  out.member("distance_meters", day.distance_m);
  out.member("active_time_seconds", day.active_s);
  out.member("activity_score", cut(day.daily_activity_percent));
  out.member("inactivity_alerts", day.inactivity_alerts);
  out.end_object();
  return out.take();
}

std::string to_json(const activity_sample_day& day) {
  json_writer out;
  out.begin_object();
  out.member("date", format_date(day.day));
  out.member("total_steps", day.total_steps);
  out.member("interval_ms", day.interval_ms);
  out.member("sample_count", day.steps.size());
  write_list(out, "samples", day.steps);
  out.end_object();
  return out.take();
}

std::string to_json(const heart_rate_detail& detail) {
  json_writer out;
  out.begin_object();
  write(out, detail.summary);
  write_list(out, "samples", detail.record.samples);
  out.end_object();
  return out.take();
}

std::string to_json(const exercise_detail& detail) {
  const auto& record = detail.record;
  json_writer out;
  out.begin_object();
  out.member("id", detail.id);
  out.member("polar_exercise_id", record.polar_exercise_id);
  out.member("start_time", format_instant(record.start_time));
  out.member("sport", record.sport);
  out.member("duration_seconds", cut(record.duration_s));
  out.member("distance_meters", record.distance_m);
  out.member("calories", record.calories_kcal);
  out.member("average_heart_rate", record.average_heart_rate_bpm);
  out.member("max_heart_rate", record.max_heart_rate_bpm);
  write_unknown(out, {"average_speed_mps", "max_speed_mps", "average_cadence", "max_cadence",
                      "average_power", "max_power"});
  out.member("training_load", record.training_load);
  write_unknown(out, {"ascent_meters", "descent_meters", "notes"});
  out.member("running_index", record.running_index);
  write_load_pro(out, record.load_pro);
  write_list_or_null(out, "heart_rate_zones", record.heart_rate_zones);
  out.member("has_samples", detail.has_samples);
  out.member("has_route_data", detail.has_route);
  out.member("utc_offset_minutes", record.utc_offset_minutes);
  out.end_object();
  return out.take();
}

std::string to_json(const ecg_detail& detail) {
  const auto& test = detail.record;
  json_writer out;
  out.begin_object();
  out.member("id", detail.id);
  out.member("test_time", format_instant(test.test_time));
  out.member("device_id", text_if_any(test.device_id));
  out.member("avg_heart_rate", test.average_heart_rate_bpm);
  out.member("hrv_ms", test.hrv_ms);
  out.member("hrv_level", test.hrv_level);
  out.member("rri_ms", test.rri_ms);
  out.member("ptt_systolic_ms", test.pulse_transit_systolic_ms);
  out.member("ptt_diastolic_ms", test.pulse_transit_diastolic_ms);
  out.member("ptt_quality_index", test.pulse_transit_quality_index);
  out.member("duration_seconds", ecg_duration_s(test));
  out.member("sample_count", test.samples.size());
  write_list_or_null(out, "samples", test.samples);
  write_list_or_null(out, "quality", test.qualities);
  out.member("utc_offset_minutes", test.utc_offset_minutes);
  out.end_object();
  return out.take();
}

std::string to_json_samples(const nightly_recharge& recharge) {
  json_writer out;
  out.begin_object();
  out.member("date", format_date(recharge.day));
  out.key("hrv_samples");
  write_night(out, recharge.hrv_samples_ms, value_form::whole_number);
  out.key("breathing_samples");
  write_night(out, recharge.breathing_samples_per_min, value_form::with_fraction);
  out.end_object();
  return out.take();
}

std::string to_json_samples(const exercise_detail& detail) {
  json_writer out;
  out.begin_object();
  write_exercise_name(out, detail);
  write_list(out, "samples", detail.record.samples);
  out.member("utc_offset_minutes", detail.record.utc_offset_minutes);
  out.end_object();
  return out.take();
}

std::string to_json_samples(const body_temperature_period& period) {
  json_writer out;
  out.begin_object();
  out.member("id", record_id({period.start_time, period.device_id}));
  out.member("start_time", format_instant(period.start_time));
  out.member("end_time", instant_text(period.end_time));
  out.member("device_id", text_if_any(period.device_id));
  out.member("measurement_type", period.measurement_type);
  out.member("sensor_location", period.sensor_location);
  out.member("sample_count", period.samples.size());
  write_list(out, "samples", period.samples);
  out.end_object();
  return out.take();
}

std::string to_json_route(const exercise_detail& detail) {
  json_writer out;
  out.begin_object();
  write_exercise_name(out, detail);
  out.member("point_count", detail.record.route.size());
  write_list(out, "route", detail.record.route);
  out.member("utc_offset_minutes", detail.record.utc_offset_minutes);
  out.end_object();
  return out.take();
}

std::string to_json_hours(const alertness_period& period) {
  json_writer out;
  out.begin_object();
  out.member("id", record_id({period.period_start_time, {}}));
  out.member("period_start_time", format_instant(period.period_start_time));
  out.member("period_end_time", instant_text(period.period_end_time));
  out.member("sleep_period_start_time", instant_text(period.sleep_period_start_time));
  out.member("sleep_period_end_time", instant_text(period.sleep_period_end_time));
  out.member("grade", period.grade);
  out.member("grade_classification", period.grade_classification);
  out.member("grade_type", period.grade_type);
  out.member("grade_validity_seconds", period.grade_validity_s);
  out.member("validity", period.validity);
  out.member("sleep_inertia", period.sleep_inertia);
  out.member("sleep_type", period.sleep_type);
  out.member("result_type", period.result_type);
  write_list(out, "hourly", period.hours);
  out.member("utc_offset_minutes", period.utc_offset_minutes);
  out.end_object();
  return out.take();
}

} // namespace polar_flow::http
