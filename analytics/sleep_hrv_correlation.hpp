#pragma once

#include "domain/insights.hpp"

#include <string_view>

namespace polar_flow::analytics {

inline constexpr std::string_view sleep_hrv_pattern = "sleep_hrv_correlation";

/// Only nights of so many calendar days, `today` included, count: what held two years ago need not
/// hold now.
inline constexpr std::chrono::days correlation_window{90};

/// Three weeks. With fewer nights even a moderate correlation is hard to tell from chance.
inline constexpr std::int32_t pairs_needed = 21;

/// Do good nights and a high HRV come together? Spearman's rank correlation of sleep score and
/// HRV of the same day. Significance by the p-value: high below 0.01, medium below 0.05, low below
/// 0.1, else insufficient with the p-value among the reasons.
pattern_analysis correlate_sleep_with_hrv(const analytics_window& known, date today);

} // namespace polar_flow::analytics
