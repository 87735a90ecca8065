#pragma once

#include "domain/insights.hpp"

#include <vector>

namespace polar_flow::analytics {

/// An HRV below this percentage of the baseline is worth a warning, and a quieter day.
inline constexpr double low_hrv_percent = 90.0;

/// An HRV above this percentage of the baseline is worth a good word.
inline constexpr double high_hrv_percent = 110.0;

/// A sleep score below this percentage of the average is worth a word.
inline constexpr double low_sleep_percent = 85.0;

/// A declining sleep score is mentioned from this many days on.
inline constexpr std::int32_t sleep_decline_days = 3;

/// A correlation of sleep and HRV above this coefficient is worth a word.
inline constexpr double strong_sleep_hrv_coefficient = 0.5;

/// The sentences about today, most urgent first. Reads `data_days`, `comparisons`, `patterns` and
/// `anomalies` of `known`, so there is nothing about patterns and anomalies before they unlock.
std::vector<observation> observe(const insights& known, date today);

/// critical, high, medium, low, info, positive; equal priorities keep their order.
void sort_by_priority(std::vector<observation>& observations);

} // namespace polar_flow::analytics
