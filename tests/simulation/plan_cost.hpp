#pragma once

#include <array>
#include <cstdint>

namespace polar_flow::simulation {

/// Polar keeps most days so long; a watch that was silent for longer costs no more than this.
inline constexpr std::size_t lags = 29;

/// What the real plan of a sync costs in calls, and what it leaves, for a user whose watch sent its
/// newest day so many days ago. Planning a million syncs would take longer than simulating them.
struct plan_costs {
  std::int32_t first = 0;
  std::array<std::int32_t, lags> later{};
  /// From midnight of the day of the sync to `next_loss_at`.
  std::array<std::int32_t, lags> hours_to_loss{};
  /// What three webhook events cost: a night, an activity and an exercise.
  std::array<std::int32_t, 3> news{};
};

plan_costs measure_plan();

} // namespace polar_flow::simulation
