#pragma once

#include "analytics/hrv_range.hpp"
#include "domain/insights.hpp"
#include "domain/time.hpp"

namespace polar_flow::analytics {

/// All that is computed for one user: the baselines of GET /baselines, the patterns, the anomalies,
/// the predictions, and the answer of GET /insights. Pure: `today` is the user's local day, `now`
/// only goes into `generated_at`, `calculated_at` and `analyzed_at`.
analytics_snapshot analyse(const analytics_window& window, date today, instant now,
                           const hrv_range_settings& hrv = {});

/// The five baselines, in the order of `all_metrics`; a metric without data has status
/// insufficient and no numbers. Takes the window as it is; `analyse` has cut it to what is known
/// on `today` (see analytics/windows.hpp) before.
std::vector<baseline> compute_baselines(const analytics_window& window, instant now);

} // namespace polar_flow::analytics
