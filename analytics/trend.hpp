#pragma once

#include "domain/insights.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>

/// The one definition of a trend: the mean of the last 7 calendar days, `today` included, against
/// the mean of the 23 days before them.
namespace polar_flow::analytics {

inline constexpr std::chrono::days recent_days{7};
inline constexpr std::chrono::days earlier_days{23};

/// With fewer values on either side chance decides.
inline constexpr std::size_t recent_values_needed = 3;
inline constexpr std::size_t earlier_values_needed = 7;

/// Changes up to this size, in percent, are called stable.
inline constexpr double stable_within_percent = 5.0;

/// (recent − earlier)/earlier · 100.
std::optional<double> trend_percent(std::span<const dated_value> values, date today);

/// `improving`, `declining` or `stable` where a direction is good or bad for health (a resting
/// heart rate improves when it falls); `increasing`, `decreasing` or `stable` for the load and
/// its ratio, where it is neither.
std::string trend_name(metric name, double percent);

/// Consecutive days, counted back from the newest value, on which the 7-day mean moved the same
/// way. If the values rise or fall, that is the way of the trend, so that "declining" and "4"
/// mean: declining, and for 4 days now; if they are stable, the way of the newest move.
std::int32_t trend_days(std::span<const dated_value> values, date today, double percent);

} // namespace polar_flow::analytics
