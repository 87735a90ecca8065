#pragma once

#include "domain/insights.hpp"

#include <vector>

namespace polar_flow::analytics {

/// The metrics whose newest value leaves the personal bounds, in the order of `all_metrics`. A
/// value older than `newest_usable_age` is none to worry about any more. `known` is what
/// `known_on(…, today)` has left. The figures are those of the sample that judged: the 90 calendar
/// days before the value (see analytics/judging.hpp).
std::vector<anomaly_summary> find_anomalies(const analytics_window& known, date today);

} // namespace polar_flow::analytics
