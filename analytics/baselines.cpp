#include "analytics/baselines.hpp"

#include "analytics/analyse.hpp"
#include "analytics/sample.hpp"
#include "analytics/windows.hpp"

namespace polar_flow::analytics {

namespace {

/// Half of `length`, rounded up.
std::size_t half_of(std::chrono::days length) {
  return static_cast<std::size_t>((length.count() + 1) / 2);
}

baseline compute_baseline(metric name, std::span<const dated_value> values, instant now) {
  const sample_summary summary = summarize(numbers(values));
  baseline result{
      .name = name,
      .baseline_value = summary.mean,
      .baseline_7d = rolling_mean(values, std::chrono::days{7}),
      .baseline_30d = rolling_mean(values, std::chrono::days{30}),
      .baseline_90d = rolling_mean(values, std::chrono::days{90}),
      .median = summary.median,
      .q1 = summary.q1,
      .q3 = summary.q3,
      .iqr = summary.iqr,
      .std_dev = summary.std_dev,
      .min = summary.min,
      .max = summary.max,
      .lower_bound = summary.lower_bound,
      .upper_bound = summary.upper_bound,
      .sample_count = summary.count,
      .status = summary.status,
      .data_start = std::nullopt,
      .data_end = std::nullopt,
      .calculated_at = now,
  };
  if (!values.empty()) {
    result.data_start = values.front().day;
    result.data_end = values.back().day;
  }
  return result;
}

} // namespace

std::optional<double> rolling_mean(std::span<const dated_value> values, std::chrono::days length) {
  if (values.empty())
    return std::nullopt;
  const date_range window = days_until(values.back().day, length);
  if (values.front().day > window.first)
    return std::nullopt;
  return mean_between(values, window, half_of(length));
}

std::vector<baseline> compute_baselines(const analytics_window& window, instant now) {
  std::vector<baseline> baselines;
  baselines.reserve(all_metrics.size());
  for (const metric name : all_metrics)
    baselines.push_back(compute_baseline(name, values_of(window, name), now));
  return baselines;
}

} // namespace polar_flow::analytics
