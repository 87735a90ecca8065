#pragma once

#include "domain/insights.hpp"

namespace polar_flow::analytics {

/// How `value`, which is finite, would stand if it were measured on `today`: judged by the 90
/// calendar days before, not by what is already known of today itself. All figures are of these
/// days, `baseline_7d` too.
metric_check check_value(const analytics_window& window, metric name, double value, date today);

} // namespace polar_flow::analytics
