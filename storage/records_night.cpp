#include "storage/record_columns.hpp"
#include "storage/statements.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>

namespace polar_flow::storage {

namespace {

/// Rounds the exact binary value at one decimal, half to even.
double round_to_tenth(double value) {
  // A heart rate has three digits before the point; 310 would do for any double.
  std::array<char, 320> buffer{};
  const auto [end, problem] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                            std::chars_format::fixed, 1);
  double rounded = value;
  std::from_chars(buffer.data(), end, rounded);
  return rounded;
}

std::optional<double> heart_rate_average(const night& record) {
  if (record.heart_rate_samples.empty())
    return std::nullopt;
  double sum = 0;
  for (const auto& sample : record.heart_rate_samples)
    sum += sample.value;
  return round_to_tenth(sum / static_cast<double>(record.heart_rate_samples.size()));
}

std::optional<double> heart_rate_minimum(const night& record) {
  const auto& samples = record.heart_rate_samples;
  const auto least = std::ranges::min_element(samples, {}, &night_sample::value);
  return least == samples.end() ? std::nullopt : std::optional{least->value};
}

std::optional<double> heart_rate_maximum(const night& record) {
  const auto& samples = record.heart_rate_samples;
  const auto greatest = std::ranges::max_element(samples, {}, &night_sample::value);
  return greatest == samples.end() ? std::nullopt : std::optional{greatest->value};
}

} // namespace

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<night>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&night::day);
  add(&night::start_time);
  add(&night::end_time);
  add(&night::utc_offset_minutes);
  add(&night::device_id);
  add(&night::light_sleep_s);
  add(&night::deep_sleep_s);
  add(&night::rem_sleep_s);
  add(&night::unrecognized_sleep_s);
  add(&night::interruptions_s);
  add(&night::short_interruptions_s);
  add(&night::long_interruptions_s);
  add(&night::sleep_goal_s);
  add(&night::sleep_score);
  add(&night::sleep_rating);
  add(&night::sleep_charge);
  add(&night::sleep_cycles);
  add(&night::continuity);
  add(&night::continuity_class);
  add(&night::group_duration_score);
  add(&night::group_solidity_score);
  add(&night::group_regeneration_score);
  values.add(nested_column(records, &night::hypnogram, &night_sample::minute));
  values.add(nested_column(records, &night::hypnogram, &night_sample::value));
  values.add(nested_column(records, &night::heart_rate_samples, &night_sample::minute));
  values.add(nested_column(records, &night::heart_rate_samples, &night_sample::value));
  add(heart_rate_average);
  add(heart_rate_minimum);
  add(heart_rate_maximum);
  return statements::upsert_sleep;
}

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<nightly_recharge>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&nightly_recharge::day);
  add(&nightly_recharge::heart_rate_avg_bpm);
  add(&nightly_recharge::beat_to_beat_avg_ms);
  add(&nightly_recharge::hrv_rmssd_ms);
  add(&nightly_recharge::breathing_rate_avg_per_min);
  add(&nightly_recharge::recharge_status);
  add(&nightly_recharge::ans_charge);
  add(&nightly_recharge::ans_charge_status);
  values.add(nested_column(records, &nightly_recharge::hrv_samples_ms, &night_sample::minute));
  values.add(nested_column(records, &nightly_recharge::hrv_samples_ms, &night_sample::value));
  values.add(
      nested_column(records, &nightly_recharge::breathing_samples_per_min, &night_sample::minute));
  values.add(
      nested_column(records, &nightly_recharge::breathing_samples_per_min, &night_sample::value));
  return statements::upsert_nightly_recharge;
}

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<skin_temperature_night>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&skin_temperature_night::day);
  add(&skin_temperature_night::temperature_celsius);
  add(&skin_temperature_night::deviation_from_baseline_celsius);
  return statements::upsert_skin_temperature;
}

} // namespace polar_flow::storage
