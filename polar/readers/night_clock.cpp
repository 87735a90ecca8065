#include "polar/readers/night_clock.hpp"

#include <algorithm>

namespace polar_flow::polar {

namespace {

constexpr std::int32_t minutes_per_day = 24 * 60;
constexpr std::int32_t noon = 12 * 60;

/// Polar writes the start with seconds and the readings without; an hour is ample.
constexpr std::int32_t minutes_before_start = 60;

/// The most that a clock is set back when summer time ends.
constexpr std::int32_t clock_change_minutes = 60;

/// Readings of one night follow each other within minutes. After a longer pause than this, what
/// comes from noon on is not the day's sleep going on, but the evening before.
constexpr std::int32_t pause_within_sleep_max = 3 * 60;

/// A night belongs to the day it ends on and the evening before it; what lies further away is not
/// of this night, and the limit keeps the count of midnights small.
constexpr std::int32_t minutes_from_midnight_max = 2 * minutes_per_day;

std::optional<std::int32_t> two_digits(std::string_view text) {
  const auto is_digit = [](char character) {
    return '0' <= character && character <= '9';
  };
  if (text.size() != 2 || !is_digit(text[0]) || !is_digit(text[1]))
    return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

/// What follows `HH:MM`: nothing, `:SS` or `:SS.f…`.
std::optional<std::int32_t> seconds_after_minute(std::string_view text) {
  if (text.empty())
    return 0;
  const auto second = text.front() == ':' ? two_digits(text.substr(1, 2)) : std::nullopt;
  if (!second || *second > 59)
    return std::nullopt;
  const auto fraction = text.substr(3);
  const bool is_well_formed = fraction.empty()
                              || (fraction.size() > 1 && fraction.front() == '.'
                                  && fraction.find_first_not_of("0123456789", 1) == fraction.npos);
  return is_well_formed ? second : std::nullopt;
}

/// The remainder of a floor division, which is never negative.
std::int32_t floor_modulo(std::int32_t dividend, std::int32_t divisor) {
  const auto remainder = dividend % divisor;
  return remainder < 0 ? remainder + divisor : remainder;
}

} // namespace

bool night_clock::is_sorted_evening(std::int32_t minute_of_day) const {
  return begins_before_noon_ && day_offset_ == 0 && minute_of_day >= noon
         && minute_of_day > *previous_minute_of_day_ + pause_within_sleep_max;
}

std::optional<std::int32_t> night_clock::place(std::int32_t minute_of_day) {
  if (start_minute_) {
    const auto window_start = *start_minute_ - minutes_before_start;
    return window_start + floor_modulo(minute_of_day - window_start, minutes_per_day);
  }
  if (!previous_minute_of_day_) {
    begins_before_noon_ = minute_of_day < noon;
    day_offset_ = begins_before_noon_ ? 0 : -minutes_per_day;
  } else if (is_sorted_evening(minute_of_day)) {
    day_offset_ = -minutes_per_day;
  } else if (minute_of_day < *previous_minute_of_day_ - clock_change_minutes
             && day_offset_ < minutes_from_midnight_max) {
    day_offset_ += minutes_per_day;
  }
  previous_minute_of_day_ = minute_of_day;
  const auto minute = day_offset_ + minute_of_day;
  return minute < minutes_from_midnight_max ? std::optional{minute} : std::nullopt;
}

std::optional<std::int32_t> parse_second_of_day(std::string_view text) {
  if (text.size() < 5 || text[2] != ':')
    return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2));
  const auto minute = two_digits(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59)
    return std::nullopt;
  const auto second_of_minute = seconds_after_minute(text.substr(5));
  if (!second_of_minute)
    return std::nullopt;
  return (*hour * 60 + *minute) * 60 + *second_of_minute;
}

std::optional<std::int32_t> parse_clock_reading(std::string_view text) {
  const auto second = parse_second_of_day(text);
  return second ? std::optional{*second / 60} : std::nullopt;
}

std::vector<night_sample> read_night_map(const boost::json::object* map, night_clock clock,
                                         map_value_reader read_value) {
  std::vector<night_sample> samples;
  if (map == nullptr)
    return samples;
  samples.reserve(map->size());
  for (const auto& entry : *map) {
    const auto reading = parse_clock_reading({entry.key().data(), entry.key().size()});
    const auto minute = reading ? clock.place(*reading) : std::nullopt;
    const auto value = read_value(entry.value());
    if (minute && value)
      samples.push_back({*minute, *value});
  }
  const auto earliest = std::ranges::min_element(samples, {}, &night_sample::minute);
  if (earliest != samples.begin())
    std::ranges::stable_sort(samples, {}, &night_sample::minute);
  return samples;
}

} // namespace polar_flow::polar
