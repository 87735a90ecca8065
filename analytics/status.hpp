#pragma once

#include "domain/insights.hpp"
#include "domain/summaries.hpp"

namespace polar_flow::analytics {

/// What the days with data are enough for, by the kind of data that has the fewest. Unlike the
/// unlocks of GET /insights (analytics/unlocks.hpp) it asks for all four kinds, and says only that
/// there is enough data, not that this version makes use of it.
analytics_status assess_status(const record_counts& last_90_days);

} // namespace polar_flow::analytics
