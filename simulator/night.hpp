#pragma once

#include "simulator/physiology.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace polar_flow::simulator {

/// Polar's hypnogram codes.
enum class sleep_stage : std::uint8_t {
  wake = 0,
  rem = 1,
  lighter = 2,
  light = 3,
  deep = 4,
  unknown = 5,
};

struct group_scores {
  double duration = 0;
  double solidity = 0;
  double regeneration = 0;
};

/// One night as the watch saw it: one stage per 30-second epoch, and what Polar makes of it. All
/// totals are counted from the epochs, so they add up.
struct night {
  date wake_day;
  night_timing timing;
  std::vector<sleep_stage> epochs;
  int light_s = 0;
  int deep_s = 0;
  int rem_s = 0;
  int unrecognized_s = 0;
  int short_interruptions_s = 0;
  int long_interruptions_s = 0;
  int cycles = 0;
  double continuity = 0;
  /// Absent in the few nights that Polar could not score.
  std::optional<group_scores> scores;
  int score = 0;
  int charge = 0;
  int rating = 0;
};

night make_night(const athlete& who, const condition& state);

/// A value every five minutes.
template <class Value>
using curve = std::vector<std::pair<wall_time, Value>>;

/// Beats per minute over the whole night; 0 where the sensor lost the skin.
curve<int> heart_rate_curve(const athlete& who, const condition& state);

/// RMSSD and breathing over the first hours, which nightly recharge measures.
curve<int> hrv_curve(const athlete& who, const condition& state);
curve<double> breathing_curve(const athlete& who, const condition& state);

} // namespace polar_flow::simulator
