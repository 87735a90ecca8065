#pragma once

#include "domain/insights.hpp"

#include <chrono>
#include <cstddef>
#include <vector>

/// Short ways to write down what a user's days were like.
namespace polar_flow::testing {

using std::chrono::days;
using series = std::vector<dated_value>;

/// The day on which the tests ask. The week before it holds the leap day of 2024.
inline constexpr date today =
    std::chrono::sys_days{std::chrono::year{2024} / std::chrono::March / 5};

inline constexpr instant now = today + std::chrono::hours{6};

/// One value a day; the last one belongs to `last`.
inline series ending(date last, const std::vector<double>& values) {
  series result;
  date day = last - days{static_cast<int>(values.size())};
  for (const double value : values)
    result.push_back({day += days{1}, value});
  return result;
}

/// The same value on `count` days, the last of them `last`.
inline series constant(date last, std::size_t count, double value) {
  return ending(last, std::vector<double>(count, value));
}

/// `later` after `earlier`.
inline series joined(series earlier, const series& later) {
  earlier.insert(earlier.end(), later.begin(), later.end());
  return earlier;
}

inline std::vector<date> days_of(const series& values) {
  std::vector<date> result;
  for (const auto& value : values)
    result.push_back(value.day);
  return result;
}

/// A user of whom only HRV is known; the recharges are the recorded days.
inline analytics_window hrv_only(const series& values) {
  analytics_window window;
  window.hrv_rmssd_ms = values;
  window.recorded_days = days_of(values);
  return window;
}

} // namespace polar_flow::testing
