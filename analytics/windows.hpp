#pragma once

#include "domain/insights.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

/// Calendar windows over one metric. Values are ascending by day, at most one a day.
namespace polar_flow::analytics {

/// The window as it is known on `today`: days after `today` are left out (a device with a wrong
/// clock must not judge the present), and so are values that are not above zero, which for every
/// metric mean "no measurement" (for the load: no training) and not a low one, and values that are
/// no finite number.
analytics_window known_on(const analytics_window& window, date today);

std::span<const dated_value> values_of(const analytics_window& window, metric name);

/// The newest value of any age.
std::optional<dated_value> newest(std::span<const dated_value> values);

/// The values of the days `first` to `last`, both included.
std::span<const dated_value> between(std::span<const dated_value> values, date_range days);

/// The `length` calendar days that end with `last`.
date_range days_until(date last, std::chrono::days length);

/// The values without their days.
std::vector<double> numbers(std::span<const dated_value> values);

/// Mean of the values in `days`; nullopt if there are fewer than `needed` (at least 1).
std::optional<double> mean_between(std::span<const dated_value> values, date_range days,
                                   std::size_t needed);

} // namespace polar_flow::analytics
