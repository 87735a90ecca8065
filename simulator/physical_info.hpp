#pragma once

#include "simulator/athlete.hpp"

#include <chrono>
#include <optional>

namespace polar_flow::simulator {

/// Now and then the athlete steps on the scales; the moment, if it was on `day`.
std::optional<std::chrono::sys_seconds> weighing_on(const athlete& who, date day);

/// What the scales show on `day`: a slow wave of some months and what the last meals add.
double weight_kg_on(const athlete& who, date day);

/// The newest weighing up to `now`, not before `first_day`.
struct weighing {
  std::chrono::sys_seconds moment;
  double weight_kg = 0;
};
std::optional<weighing> last_weighing(const athlete& who, date first_day, instant now);

} // namespace polar_flow::simulator
