#include "simulator/physical_info.hpp"

#include "simulator/draw.hpp"
#include "simulator/json_text.hpp"
#include "simulator/polar_text.hpp"

#include <cmath>
#include <numbers>

namespace polar_flow::simulator {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr double weighing_chance = 0.15;

/// Without a weighing in so many days (about one time in two million) the first one counts.
constexpr days weighing_gap_max{90};

/// Weight swings about so much around its mean, in so many days.
constexpr double swing_kg = 1.3;
constexpr double swing_days = 190.0;

draw scales(const athlete& who, date day) {
  return draw{who.seed, day.time_since_epoch().count(), topic::weight};
}

} // namespace

std::optional<std::chrono::sys_seconds> weighing_on(const athlete& who, date day) {
  auto numbers = scales(who, day);
  if (!numbers.chance(weighing_chance))
    return std::nullopt;
  // In the morning, before breakfast.
  return to_utc(midnight(day) + minutes{numbers.integer(6 * 60 + 40, 8 * 60 + 50)}, who.utc_offset);
}

double weight_kg_on(const athlete& who, date day) {
  draw numbers{who.seed + 1, day.time_since_epoch().count(), topic::weight};
  const double phase = static_cast<double>(who.seed % 1000) / 1000.0;
  const double turns = static_cast<double>(day.time_since_epoch().count()) / swing_days + phase;
  return rounded(who.weight_kg + swing_kg * std::sin(2.0 * std::numbers::pi * turns)
                     + 0.25 * numbers.normal(),
                 1);
}

std::optional<weighing> last_weighing(const athlete& who, date first_day, instant now) {
  const date today = day_of(to_wall(now, who.utc_offset));
  for (date day = today; day >= std::max(first_day, today - weighing_gap_max); day -= days{1}) {
    const auto moment = weighing_on(who, day);
    if (moment && *moment <= now)
      return weighing{*moment, weight_kg_on(who, day)};
  }
  return std::nullopt;
}

} // namespace polar_flow::simulator
