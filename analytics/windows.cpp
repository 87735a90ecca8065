#include "analytics/windows.hpp"

#include "analytics/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace polar_flow::analytics {

namespace {

std::vector<dated_value> known_values(const std::vector<dated_value>& values, date today) {
  std::vector<dated_value> known;
  known.reserve(values.size());
  std::ranges::copy_if(values, std::back_inserter(known), [today](const dated_value& value) {
    return value.day <= today && value.value > 0 && std::isfinite(value.value);
  });
  return known;
}

} // namespace

analytics_window known_on(const analytics_window& window, date today) {
  const auto& days = window.recorded_days;
  return {
      .hrv_rmssd_ms = known_values(window.hrv_rmssd_ms, today),
      .sleep_score = known_values(window.sleep_score, today),
      .resting_heart_rate_bpm = known_values(window.resting_heart_rate_bpm, today),
      .training_load = known_values(window.training_load, today),
      .training_load_ratio = known_values(window.training_load_ratio, today),
      .breaths_per_minute = known_values(window.breaths_per_minute, today),
      .skin_temperature_celsius = known_values(window.skin_temperature_celsius, today),
      .recorded_days = {days.begin(), std::ranges::upper_bound(days, today)},
  };
}

std::span<const dated_value> values_of(const analytics_window& window, metric name) {
  switch (name) {
  case metric::hrv_rmssd:
    return window.hrv_rmssd_ms;
  case metric::sleep_score:
    return window.sleep_score;
  case metric::resting_hr:
    return window.resting_heart_rate_bpm;
  case metric::training_load:
    return window.training_load;
  case metric::training_load_ratio:
    return window.training_load_ratio;
  }
  return {};
}

std::optional<dated_value> newest(std::span<const dated_value> values) {
  return values.empty() ? std::nullopt : std::optional{values.back()};
}

std::span<const dated_value> between(std::span<const dated_value> values, date_range days) {
  const auto first = std::ranges::lower_bound(values, days.first, {}, &dated_value::day);
  const auto end = std::ranges::upper_bound(values, days.last, {}, &dated_value::day);
  return first < end ? std::span{first, end} : std::span<const dated_value>{};
}

date_range days_until(date last, std::chrono::days length) {
  return {.first = last - length + std::chrono::days{1}, .last = last};
}

std::vector<double> numbers(std::span<const dated_value> values) {
  std::vector<double> result;
  result.reserve(values.size());
  std::ranges::transform(values, std::back_inserter(result), &dated_value::value);
  return result;
}

std::optional<double> mean_between(std::span<const dated_value> values, date_range days,
                                   std::size_t needed) {
  const auto inside = between(values, days);
  if (inside.size() < needed || inside.empty())
    return std::nullopt;
  return mean(numbers(inside));
}

} // namespace polar_flow::analytics
