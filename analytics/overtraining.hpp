#pragma once

#include "domain/insights.hpp"

#include <string_view>

namespace polar_flow::analytics {

inline constexpr std::string_view overtraining_pattern = "overtraining_risk";

/// From this score on the risk is called moderate, and elevated.
inline constexpr double moderate_overtraining_score = 25.0;
inline constexpr double elevated_overtraining_score = 50.0;

/// With fewer checks the score may be chance.
inline constexpr std::int32_t overtraining_checks_needed = 2;

/// How much speaks for overtraining, 0 to 100: the sum of four checks of up to 25 points, rounded
/// to a whole number.
///
///     check                                0 points  15 points  25 points
///     trend of HRV                              0 %       −5 %      −10 %
///     trend of sleep score                      0 %       −5 %      −10 %
///     trend of resting heart rate               0 %       +2 %       +5 %
///     newest load ratio                         1.0        1.3        1.5
///
/// In between the points grow linearly, beyond the last column they stay 25, and a change for the
/// better has none. Trends are those of analytics/trend.hpp. A check whose newest value is older
/// than `newest_usable_age` is not made. Beyond the values for 15 and 25 points a check is named
/// among the risk factors.
pattern_analysis assess_overtraining(const analytics_window& known, date today);

} // namespace polar_flow::analytics
