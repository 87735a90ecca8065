#include "storage/record_columns.hpp"
#include "storage/statements.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>

namespace polar_flow::storage {

namespace {

auto level(std::optional<double> cardio_load_levels::*member) {
  return [member](const cardio_load_day& record) {
    return record.levels.*member;
  };
}

/// The mean rounded to a whole number, half to even. Both sides are whole, so it is exact.
std::optional<std::int64_t> heart_rate_average(const heart_rate_day& record) {
  if (record.samples.empty())
    return std::nullopt;
  std::int64_t sum = 0;
  for (const auto& sample : record.samples)
    sum += sample.bpm;
  const auto count = static_cast<std::int64_t>(record.samples.size());
  const auto mean = sum / count;
  const auto twice_the_rest = 2 * (sum % count);
  const bool is_rounded_up = twice_the_rest > count || (twice_the_rest == count && mean % 2 != 0);
  return is_rounded_up ? mean + 1 : mean;
}

std::optional<std::int32_t> heart_rate_minimum(const heart_rate_day& record) {
  const auto least = std::ranges::min_element(record.samples, {}, &heart_rate_sample::bpm);
  return least == record.samples.end() ? std::nullopt : std::optional{least->bpm};
}

std::optional<std::int32_t> heart_rate_maximum(const heart_rate_day& record) {
  const auto greatest = std::ranges::max_element(record.samples, {}, &heart_rate_sample::bpm);
  return greatest == record.samples.end() ? std::nullopt : std::optional{greatest->bpm};
}

} // namespace

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<activity_day>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&activity_day::day);
  add(&activity_day::start_time);
  add(&activity_day::end_time);
  add(&activity_day::steps);
  add(&activity_day::distance_m);
  add(&activity_day::calories_total_kcal);
  add(&activity_day::calories_active_kcal);
  add(&activity_day::active_s);
  add(&activity_day::inactive_s);
  add(&activity_day::daily_activity_percent);
  add(&activity_day::inactivity_alerts);
  return statements::upsert_activity;
}

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<activity_sample_day>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&activity_sample_day::day);
  add(&activity_sample_day::total_steps);
  add(&activity_sample_day::interval_ms);
  values.add(nested_column(records, &activity_sample_day::steps, &step_sample::time));
  values.add(nested_column(records, &activity_sample_day::steps, &step_sample::steps));
  values.add(nested_column(records, &activity_sample_day::zones, &zone_change::time));
  values.add(nested_column(records, &activity_sample_day::zones, &zone_change::zone));
  values.add(nested_column(records, &activity_sample_day::inactivity_stamps, std::identity{}));
  return statements::upsert_activity_samples;
}

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<cardio_load_day>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&cardio_load_day::day);
  add(&cardio_load_day::status);
  add(&cardio_load_day::cardio_load);
  add(&cardio_load_day::strain);
  add(&cardio_load_day::tolerance);
  add(&cardio_load_day::ratio);
  add(level(&cardio_load_levels::very_low));
  add(level(&cardio_load_levels::low));
  add(level(&cardio_load_levels::medium));
  add(level(&cardio_load_levels::high));
  add(level(&cardio_load_levels::very_high));
  return statements::upsert_cardio_load;
}

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<heart_rate_day>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&heart_rate_day::day);
  add([](const heart_rate_day& record) { return record.samples.size(); });
  add(heart_rate_minimum);
  add(heart_rate_average);
  add(heart_rate_maximum);
  values.add(nested_column(records, &heart_rate_day::samples, &heart_rate_sample::second));
  values.add(nested_column(records, &heart_rate_day::samples, &heart_rate_sample::bpm));
  return statements::upsert_continuous_heart_rate;
}

} // namespace polar_flow::storage
