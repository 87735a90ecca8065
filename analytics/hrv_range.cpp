#include "analytics/hrv_range.hpp"

#include "analytics/comparisons.hpp"
#include "analytics/statistics.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace polar_flow::analytics {

namespace {

std::vector<double> logarithms(std::span<const dated_value> rmssd_ms, date_range days) {
  std::vector<double> values = numbers(between(rmssd_ms, days));
  std::ranges::transform(values, values.begin(), [](double value) { return std::log(value); });
  return values;
}

void describe_week(hrv_standing& standing, const std::vector<double>& week) {
  standing.week_nights = static_cast<std::int32_t>(week.size());
  if (standing.week_nights < hrv_week_nights_needed)
    return;
  const double level = mean(week);
  standing.week_mean_ln = level;
  // At 1 ms the logarithm is zero, and nothing can be a part of it.
  if (level > 0)
    standing.week_variation_percent = 100.0 * sample_standard_deviation(week) / level;
}

ln_range range_around(double level, double deviation, double k) {
  const double reach = k * std::max(deviation, least_ln_deviation);
  return {.lower = level - reach, .upper = level + reach};
}

void describe_range(hrv_standing& standing, const std::vector<double>& before,
                    const hrv_range_settings& settings) {
  standing.range_nights = static_cast<std::int32_t>(before.size());
  if (standing.range_nights < hrv_range_nights_needed)
    return;
  const double level = mean(before);
  const double deviation = sample_standard_deviation(before);
  standing.range_mean_ln = level;
  standing.range_deviation_ln = deviation;
  standing.acute_range = range_around(level, deviation, settings.acute_k);
  standing.chronic_range = range_around(level, deviation, settings.chronic_k);
}

std::optional<range_verdict> judge_in(const std::optional<ln_range>& range,
                                      const std::optional<double>& value) {
  if (!range || !value)
    return std::nullopt;
  if (*value < range->lower)
    return range_verdict::below;
  return *value > range->upper ? range_verdict::above : range_verdict::within;
}

} // namespace

hrv_standing assess_hrv(std::span<const dated_value> rmssd_ms, date today,
                        const hrv_range_settings& settings) {
  hrv_standing standing;
  const auto night = newest_usable(rmssd_ms, today);
  if (!night)
    return standing;
  standing.as_of = night->day;
  standing.night_ln = std::log(night->value);
  describe_week(standing, logarithms(rmssd_ms, days_until(night->day, hrv_week)));
  const date_range before = days_until(night->day - hrv_week, hrv_range_window);
  describe_range(standing, logarithms(rmssd_ms, before), settings);
  standing.acute = judge_in(standing.acute_range, standing.night_ln);
  standing.chronic = judge_in(standing.chronic_range, standing.week_mean_ln);
  return standing;
}

} // namespace polar_flow::analytics
