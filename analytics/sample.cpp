#include "analytics/sample.hpp"

#include "analytics/statistics.hpp"

#include <algorithm>

namespace polar_flow::analytics {

baseline_status status_of(std::int32_t sample_count) {
  if (sample_count >= values_for_ready)
    return baseline_status::ready;
  if (sample_count >= values_for_partial)
    return baseline_status::partial;
  return baseline_status::insufficient;
}

sample_summary summarize(const std::vector<double>& values) {
  sample_summary summary;
  summary.count = static_cast<std::int32_t>(values.size());
  summary.status = status_of(summary.count);
  if (values.empty())
    return summary;
  summary.mean = mean(values);
  summary.min = std::ranges::min(values);
  summary.max = std::ranges::max(values);
  if (summary.count < values_for_partial)
    return summary;
  const auto [q1, q3] = exclusive_quartiles(values);
  const double iqr = q3 - q1;
  summary.median = median(values);
  summary.q1 = q1;
  summary.q3 = q3;
  summary.iqr = iqr;
  summary.std_dev = sample_standard_deviation(values);
  summary.lower_bound = q1 - fence_in_iqr * iqr;
  summary.upper_bound = q3 + fence_in_iqr * iqr;
  return summary;
}

} // namespace polar_flow::analytics
