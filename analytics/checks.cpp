#include "analytics/checks.hpp"

#include "analytics/baselines.hpp"
#include "analytics/judging.hpp"
#include "analytics/windows.hpp"

namespace polar_flow::analytics {

metric_check check_value(const analytics_window& window, metric name, double value, date today) {
  const analytics_window known = known_on(window, today);
  const date_range days = days_until(today - std::chrono::days{1}, judging_window);
  const auto values = between(values_of(known, name), days);
  const judging_sample sample = sample_before(values, today);
  const auto found = judge(value, sample);
  metric_check result;
  result.name = name;
  result.value = value;
  result.is_anomaly = found.has_value();
  if (found)
    result.severity = to_string(found->level);
  result.baseline = sample.summary.mean;
  result.baseline_7d = rolling_mean(values, std::chrono::days{7});
  result.lower_bound = sample.summary.lower_bound;
  result.upper_bound = sample.summary.upper_bound;
  result.status = sample.summary.status;
  result.sample_count = sample.summary.count;
  return result;
}

} // namespace polar_flow::analytics
