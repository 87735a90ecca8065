#pragma once

#include "polar/requests.hpp"

#include <chrono>
#include <string>
#include <vector>

/// Where Polar keeps the data of each stream, and the single requests that plans are made of.
namespace polar_flow::polar {

/// Days of one window of a range, both ends counted; Polar refuses more.
inline constexpr std::chrono::days window_days{28};

/// What a list gives that is asked for without a range.
inline constexpr std::chrono::days list_days{28};
inline constexpr std::chrono::days exercise_list_days{30};

/// Without query.
std::string path_of(stream kind);

/// All that Polar gives when nothing in particular is asked for.
planned_request plan_list(stream kind, date today);

/// For streams with a path per day.
planned_request plan_day(stream kind, date day);
std::vector<planned_request> plan_days(stream kind, date_range range);

/// For streams that take a range; of at most `window_days`.
planned_request plan_range(stream kind, date_range range);

} // namespace polar_flow::polar
