#pragma once

#include "domain/insights.hpp"

#include <string_view>

namespace polar_flow::analytics {

inline constexpr std::string_view readiness_pattern = "recovery_readiness";

/// The personal range is that of so many calendar days: enough for the spread to settle, few enough
/// to follow form and season.
inline constexpr std::chrono::days readiness_window{60};

/// With fewer values in it the spread itself is uncertain by more than a fifth.
inline constexpr std::int32_t readiness_values_needed = 14;

/// A single part is no composite.
inline constexpr std::int32_t readiness_parts_needed = 2;

/// Recovery readiness, 0 to 100. 50 is an ordinary day of this person; the points of the first
/// three parts say how many of a hundred of their days are worse:
///
///     part                  weight  points
///     hrv_rmssd                0.4  100 · Φ(z) of ln x
///     sleep_score              0.2  100 · Φ(z)
///     resting_hr               0.2  100 · Φ(−z)
///     training_load_ratio      0.2  100 · (1.5 − x), at least 0 and at most 100
///
///     score = Σ weight · points / Σ weight
///
/// over the parts that are there, rounded to a whole number.
///
/// x is the newest value, not older than `newest_usable_age`. z = (x − m)/s with the mean m and the
/// sample standard deviation s of the `readiness_window` days before the day of x, of which
/// `readiness_values_needed` must have a value; s is taken as 2 % of m at least (of ln x: as 0.02),
/// so that a series that hardly ever changes does not turn trifles into extremes. Φ is the
/// distribution function of the normal distribution. HRV is skewed, its logarithm is not. A load
/// ratio of 1.0 is the load that one is used to; at 1.5 a check of analytics/overtraining.hpp is
/// full. HRV counts twice because it is the best proven of the four; nothing proves other weights
/// for the rest. Sources: docs/analytics.md.
pattern_analysis assess_readiness(const analytics_window& known, date today);

} // namespace polar_flow::analytics
