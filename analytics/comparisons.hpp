#pragma once

#include "domain/insights.hpp"

#include <optional>
#include <span>
#include <vector>

namespace polar_flow::analytics {

/// A value older than this is still shown, with its date, but nothing is concluded from it: what
/// the body did four nights ago says little about today.
inline constexpr std::chrono::days newest_usable_age{3};

/// The newest value, if it is recent enough to conclude something from it.
std::optional<dated_value> newest_usable(std::span<const dated_value> values, date today);

/// The newest value of a metric against the personal baseline.
metric_comparison compare(metric name, std::span<const dated_value> values, date today);

/// All metrics in the order of `all_metrics`; empty when no metric has any value.
std::vector<metric_comparison> compare_all(const analytics_window& window, date today);

/// The comparison of `name` if conclusions may be drawn from it: the value is at most
/// `newest_usable_age` old and there are enough values to compare it with; else nullptr. What it
/// points to has `current`, `baseline` and `percent_of_baseline`.
const metric_comparison* conclusive(std::span<const metric_comparison> comparisons, metric name,
                                    date today);

} // namespace polar_flow::analytics
