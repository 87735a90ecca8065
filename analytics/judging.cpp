#include "analytics/judging.hpp"

#include "analytics/statistics.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <cmath>

namespace polar_flow::analytics {

namespace {

/// Makes the median absolute deviation comparable with a standard deviation: 1/Φ⁻¹(3/4).
constexpr double deviation_per_mad = 1.4826;

/// A series that hardly ever changes has no spread of its own; a change below 2 % of its middle
/// is then no news.
constexpr double least_deviation_of_median = 0.02;

/// As with the outer fence: three times the spread.
constexpr double robust_limit_in_deviations = 3.0;

bool leaves_robust_range(double value, double median, double median_absolute_deviation) {
  const double deviation = std::max(deviation_per_mad * median_absolute_deviation,
                                    least_deviation_of_median * std::abs(median));
  return std::abs(value - median) > robust_limit_in_deviations * deviation;
}

} // namespace

std::string to_string(severity level) {
  return level == severity::critical ? "critical" : "warning";
}

std::string to_string(direction side) {
  return side == direction::above ? "above" : "below";
}

judging_sample sample_before(std::span<const dated_value> values, date judged) {
  const date_range days = days_until(judged - std::chrono::days{1}, judging_window);
  const std::vector<double> sample = numbers(between(values, days));
  judging_sample result{.summary = summarize(sample), .median_absolute_deviation = std::nullopt};
  if (result.summary.median)
    result.median_absolute_deviation = median_absolute_deviation(sample);
  return result;
}

std::optional<verdict> judge(double value, const judging_sample& sample) {
  const auto& [summary, deviation] = sample;
  if (!summary.lower_bound || !summary.upper_bound)
    return std::nullopt;
  const bool below = value < *summary.lower_bound;
  const bool above = value > *summary.upper_bound;
  if (!below && !above)
    return std::nullopt;
  const double reach = outer_fence_in_iqr * *summary.iqr;
  const bool critical = *summary.iqr == 0
                            ? leaves_robust_range(value, *summary.median, *deviation)
                            : value < *summary.q1 - reach || value > *summary.q3 + reach;
  return verdict{.level = critical ? severity::critical : severity::warning,
                 .side = below ? direction::below : direction::above};
}

std::optional<double> percent_of_mean(double value, const sample_summary& summary) {
  if (!summary.mean || *summary.mean == 0)
    return std::nullopt;
  return value / *summary.mean * 100.0;
}

} // namespace polar_flow::analytics
