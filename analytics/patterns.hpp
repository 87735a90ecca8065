#pragma once

#include "domain/insights.hpp"

#include <string_view>
#include <vector>

/// How metrics move and hang together.
namespace polar_flow::analytics {

/// sleep_hrv_correlation, overtraining_risk, hrv_trend, sleep_trend, recovery_readiness, in this
/// order; all of them always, also without data. `known` is what `known_on(…, today)` has left,
/// and every window ends on `today`; `now` goes into `analyzed_at`.
std::vector<pattern_analysis> detect_patterns(const analytics_window& known, date today,
                                              instant now);

/// What GET /insights tells of them.
std::vector<pattern_summary> summarize(const std::vector<pattern_analysis>& patterns);

/// The pattern of `known` with this name if something may be concluded from it, else nullptr. What
/// it points to has a score.
const pattern_summary* significant(const insights& known, std::string_view name);

} // namespace polar_flow::analytics
