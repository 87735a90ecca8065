#include "analytics/anomalies.hpp"

#include "analytics/comparisons.hpp"
#include "analytics/judging.hpp"
#include "analytics/windows.hpp"

#include <optional>
#include <span>
#include <utility>

namespace polar_flow::analytics {

namespace {

std::optional<double> deviation_percent(double value, double mean) {
  if (mean == 0)
    return std::nullopt;
  return (value - mean) / mean * 100.0;
}

std::optional<anomaly_summary> find_anomaly(metric name, std::span<const dated_value> values,
                                            date today) {
  const auto current = newest_usable(values, today);
  if (!current)
    return std::nullopt;
  const judging_sample sample = sample_before(values, current->day);
  const auto found = judge(current->value, sample);
  if (!found)
    return std::nullopt;
  const sample_summary& normal = sample.summary;
  return anomaly_summary{
      .name = name,
      .current_value = current->value,
      .baseline_value = *normal.mean,
      .median_value = *normal.median,
      .deviation_percent = deviation_percent(current->value, *normal.mean),
      .direction = to_string(found->side),
      .severity = to_string(found->level),
      .lower_bound = *normal.lower_bound,
      .upper_bound = *normal.upper_bound,
  };
}

} // namespace

std::vector<anomaly_summary> find_anomalies(const analytics_window& known, date today) {
  std::vector<anomaly_summary> anomalies;
  for (const metric name : all_metrics)
    if (auto found = find_anomaly(name, values_of(known, name), today))
      anomalies.push_back(std::move(*found));
  return anomalies;
}

} // namespace polar_flow::analytics
