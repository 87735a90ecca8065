#pragma once

#include "domain/insights.hpp"
#include "domain/time.hpp"

namespace polar_flow::analytics {

/// All that is computed for one user. Pure: `today` is the user's local day, `now` only goes
/// into `generated_at` and `calculated_at`.
analytics_snapshot analyse(const analytics_window& window, date today, instant now);

/// The five baselines of GET /baselines, in the order of `all_metrics`; a metric without data
/// has status insufficient and no numbers. Takes the window as it is; `analyse` has cut it to
/// what is known on `today` (see analytics/windows.hpp) before.
std::vector<baseline> compute_baselines(const analytics_window& window, instant now);

/// The answer of GET /insights for `today`.
insights assemble_insights(const analytics_window& window, date today, instant now);

} // namespace polar_flow::analytics
