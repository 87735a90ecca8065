#pragma once

#include "analytics/hrv_range.hpp"
#include "domain/explanation.hpp"
#include "domain/insights.hpp"

namespace polar_flow::analytics {

/// The rows, the formula and the outcome of every figure about `subject`. The figures are those
/// that `analyse` gives for the same window, day and settings.
explanation explain(explained subject, const analytics_window& window, date today,
                    const hrv_range_settings& settings = {});

} // namespace polar_flow::analytics
