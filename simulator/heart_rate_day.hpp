#pragma once

#include "simulator/physiology.hpp"

#include <vector>

namespace polar_flow::simulator {

/// A heart rate measured outside of training; `second` counts from midnight on the wall clock.
struct heart_rate_point {
  int second = 0;
  /// 0 where the sensor lost the skin.
  int bpm = 0;
};

/// No day holds more: one with hours of measuring every second has some thirty thousand.
inline constexpr std::size_t heart_rate_points_max = 40'000;

/// The whole of `morning.day` in order of time, as far as the watch was worn. The rhythm is that
/// of recorded days: a value every five minutes, and every second in bursts of whole half minutes
/// while the wearer moves. The nights hold the very values that the sleep of these nights shows.
std::vector<heart_rate_point> make_heart_rate_day(const athlete& who, const condition& morning,
                                                  const condition& next_morning);

} // namespace polar_flow::simulator
