#pragma once

#include "domain/records.hpp"
#include "polar/readers/json_view.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace polar_flow::polar {

/// Turns the clock readings (`HH:MM`) of one night into minutes from local midnight at the start
/// of the day of waking up, so that 23:30 of the evening before is −30.
///
/// With a known start every reading lies in the day that begins an hour before it; the hour is
/// for readings that were rounded down. Without one the first reading decides, from noon on it is
/// the evening before, and from then on a clock that goes down has passed midnight. Going down by
/// an hour or less is a clock that was set back, or disorder, and not a midnight. Readings that
/// somebody sorted begin after midnight and end, after the pause of the day, with the evening
/// before.
class night_clock {
public:
  night_clock() = default;

  /// `start_minute`: the start of the night in the same count.
  explicit night_clock(std::int32_t start_minute) : start_minute_{start_minute} {
    // nop
  }

  /// `minute_of_day` is 0 to 1439. nullopt for a reading two days or more from midnight.
  std::optional<std::int32_t> place(std::int32_t minute_of_day);

private:
  bool is_sorted_evening(std::int32_t minute_of_day) const;

  std::optional<std::int32_t> start_minute_;
  std::optional<std::int32_t> previous_minute_of_day_;
  bool begins_before_noon_ = false;
  std::int32_t day_offset_ = 0;
};

/// Second of the day of `HH:MM[:SS[.f…]]`, the fraction cut.
std::optional<std::int32_t> parse_second_of_day(std::string_view text);

/// Minute of the day of the same.
std::optional<std::int32_t> parse_clock_reading(std::string_view text);

/// A value of a map from clock readings, or nullopt to leave the entry out.
using map_value_reader = std::optional<double> (*)(const boost::json::value&);

/// Reads a map `{"23:30": …}`. Empty when `map` is nullptr. If the earliest reading does not come
/// first the order was lost on the way, and the samples are put in order.
std::vector<night_sample> read_night_map(const boost::json::object* map, night_clock clock,
                                         map_value_reader read_value);

} // namespace polar_flow::polar
