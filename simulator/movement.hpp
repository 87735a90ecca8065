#pragma once

#include "simulator/athlete.hpp"
#include "simulator/polar_text.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace polar_flow::simulator {

enum class activity_zone : std::uint8_t { sleep, sedentary, light, moderate, vigorous, non_wear };

std::string_view to_string(activity_zone zone);

inline constexpr int slots_per_day = 2880;
inline constexpr int slot_s = 30;
inline constexpr int minutes_per_day = 1440;

/// A day on the feet, in Polar's 30-second slots, with the steps of every minute. Summary and
/// samples are both made from it, so they agree.
struct movement {
  std::array<activity_zone, slots_per_day> slots{};
  std::array<std::uint16_t, minutes_per_day> steps{};
  /// Minutes at which the watch asked the wearer to move: after 55 minutes of sitting.
  std::vector<int> inactivity_stamps;
};

movement make_movement(const athlete& who, date day);

} // namespace polar_flow::simulator
