#pragma once

#include "domain/insights.hpp"

#include <optional>
#include <span>

namespace polar_flow::analytics {

/// Mean over the last `length` calendar days up to and including the day of the newest value:
/// `baseline_7d`, `baseline_30d`, `baseline_90d`. It exists when the values reach back to the
/// first of these days or further, and at least half of the days have a value; a "30-day mean" of
/// twelve days would be a name without the thing.
std::optional<double> rolling_mean(std::span<const dated_value> values, std::chrono::days length);

} // namespace polar_flow::analytics
