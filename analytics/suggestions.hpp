#pragma once

#include "domain/insights.hpp"

#include <vector>

namespace polar_flow::analytics {

/// What to do today. Like the observations, suggestions are only built on recent values with a
/// baseline that is not insufficient, and on significant patterns. Reads `comparisons`, `patterns`,
/// `anomalies` and `alarms` of `known`.
std::vector<suggestion> suggest(const insights& known, date today);

} // namespace polar_flow::analytics
