#include "analytics/trend.hpp"

#include "analytics/windows.hpp"

#include <algorithm>

namespace polar_flow::analytics {

namespace {

/// −1 down, 0 unchanged, 1 up.
int sign_of(double change) {
  return static_cast<int>(change > 0) - static_cast<int>(change < 0);
}

/// 0 for changes that are called stable.
int direction_of(double percent) {
  return sign_of(percent)
         * static_cast<int>(percent < -stable_within_percent || percent > stable_within_percent);
}

std::optional<double> recent_mean(std::span<const dated_value> values, date day) {
  return mean_between(values, days_until(day, recent_days), recent_values_needed);
}

/// Which way the 7-day mean moved on `day`; nullopt if it did not exist on that day or before.
std::optional<int> move_on(std::span<const dated_value> values, date day) {
  const auto after = recent_mean(values, day);
  const auto before = recent_mean(values, day - std::chrono::days{1});
  if (!after || !before)
    return std::nullopt;
  return sign_of(*after - *before);
}

} // namespace

std::optional<double> trend_percent(std::span<const dated_value> values, date today) {
  const date_range earlier = days_until(today - recent_days, earlier_days);
  const auto recent_level = recent_mean(values, today);
  const auto earlier_level = mean_between(values, earlier, earlier_values_needed);
  if (!recent_level || !earlier_level || *earlier_level == 0)
    return std::nullopt;
  return (*recent_level - *earlier_level) / *earlier_level * 100.0;
}

std::string trend_name(metric name, double percent) {
  const int way = direction_of(percent);
  if (way == 0)
    return "stable";
  switch (name) {
  case metric::hrv_rmssd:
  case metric::sleep_score:
    return way > 0 ? "improving" : "declining";
  case metric::resting_hr:
    return way > 0 ? "declining" : "improving";
  case metric::training_load:
  case metric::training_load_ratio:
    return way > 0 ? "increasing" : "decreasing";
  }
  return "stable";
}

std::int32_t trend_days(std::span<const dated_value> values, date today, double percent) {
  const auto until_today = between(values, {.first = date::min(), .last = today});
  if (until_today.empty())
    return 0;
  // A day that has no value yet has not moved anything, so the count starts at the newest value.
  date day = until_today.back().day;
  const int trend_way = direction_of(percent);
  const int way = trend_way != 0 ? trend_way : move_on(until_today, day).value_or(0);
  std::int32_t count = 0;
  while (way != 0 && move_on(until_today, day) == way) {
    ++count;
    day -= std::chrono::days{1};
  }
  return count;
}

} // namespace polar_flow::analytics
