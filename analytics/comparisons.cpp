#include "analytics/comparisons.hpp"

#include "analytics/baselines.hpp"
#include "analytics/judging.hpp"
#include "analytics/trend.hpp"
#include "analytics/windows.hpp"

#include <algorithm>

namespace polar_flow::analytics {

std::optional<dated_value> newest_usable(std::span<const dated_value> values, date today) {
  const auto current = newest(values);
  return current && today - current->day <= newest_usable_age ? current : std::nullopt;
}

metric_comparison compare(metric name, std::span<const dated_value> values, date today) {
  metric_comparison result;
  result.name = name;
  const auto current = newest(values);
  if (!current)
    return result;
  // The status is that of the sample the percentage is taken of, not that of all data: after a
  // year's pause there is a long history, but nothing recent to judge by.
  const sample_summary sample = sample_before(values, current->day).summary;
  result.current = current->value;
  result.as_of = current->day;
  result.baseline = sample.mean;
  result.baseline_7d = rolling_mean(values, std::chrono::days{7});
  result.baseline_30d = rolling_mean(values, std::chrono::days{30});
  result.lower_bound = sample.lower_bound;
  result.upper_bound = sample.upper_bound;
  result.percent_of_baseline = percent_of_mean(current->value, sample);
  result.status = sample.status;
  if (const auto percent = trend_percent(values, today)) {
    result.trend = trend_name(name, *percent);
    result.trend_days = trend_days(values, today, *percent);
  }
  return result;
}

std::vector<metric_comparison> compare_all(const analytics_window& window, date today) {
  std::vector<metric_comparison> comparisons;
  comparisons.reserve(all_metrics.size());
  for (const metric name : all_metrics)
    comparisons.push_back(compare(name, values_of(window, name), today));
  if (std::ranges::none_of(comparisons,
                           [](const auto& entry) { return entry.current.has_value(); }))
    comparisons.clear();
  return comparisons;
}

const metric_comparison* conclusive(std::span<const metric_comparison> comparisons, metric name,
                                    date today) {
  const auto found = std::ranges::find(comparisons, name, &metric_comparison::name);
  if (found == comparisons.end() || !found->percent_of_baseline || !found->as_of)
    return nullptr;
  if (found->status == baseline_status::insufficient || today - *found->as_of > newest_usable_age)
    return nullptr;
  return &*found;
}

} // namespace polar_flow::analytics
