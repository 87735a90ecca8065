#pragma once

#include "domain/insights.hpp"
#include "simulator/athlete.hpp"

/// What the server would know about an athlete of the simulator after years of syncing.
namespace polar_flow::testing {

/// Asks the simulator's own resources for four weeks at a time and reads the answers with the
/// readers that the server has: rounding, lost signals and forgotten watches included.
analytics_window watch_for(const simulator::athlete& who, date_range days);

} // namespace polar_flow::testing
