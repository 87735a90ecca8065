#include "simulator/movement.hpp"

#include "simulator/draw.hpp"
#include "simulator/physiology.hpp"
#include "simulator/training.hpp"

#include <algorithm>
#include <cmath>

namespace polar_flow::simulator {

namespace {

using enum activity_zone;
using std::chrono::days;

/// Polar's inactivity alert comes after 55 minutes.
constexpr int inactivity_slots = 110;

struct slot_range {
  int first;
  int end;
};

slot_range slots_of(date day, wall_time start, wall_time end) {
  const auto clamp = [&](wall_time when) {
    const auto passed = (when - midnight(day)).count() / slot_s;
    return static_cast<int>(std::clamp<std::int64_t>(passed, 0, slots_per_day));
  };
  return {clamp(start), clamp(end)};
}

void fill(movement& made, slot_range range, activity_zone zone) {
  std::fill(made.slots.begin() + range.first, made.slots.begin() + std::max(range.first, range.end),
            zone);
}

int exponential_slots(draw& numbers, double mean_min, int shortest) {
  const double length_min = -mean_min * std::log(1.0 - numbers.uniform());
  return std::clamp(static_cast<int>(length_min * 2.0), shortest, 200);
}

/// Sitting and walking about in turns, as the recorded days show it: some 90 bouts of each.
void fill_waking_hours(movement& made, bool is_workday, draw& numbers) {
  for (int slot = 0; slot < slots_per_day;) {
    const bool is_office_time = is_workday && slot > 9 * 120 && slot < 17 * 120;
    const int sitting = exponential_slots(numbers, is_office_time ? 13.0 : 8.0, 2);
    const int walking = exponential_slots(numbers, is_office_time ? 4.0 : 5.5, 2);
    const bool is_brisk = numbers.chance(0.05);
    fill(made, {slot, std::min(slot + sitting, slots_per_day)}, sedentary);
    slot = std::min(slot + sitting, slots_per_day);
    fill(made, {slot, std::min(slot + walking, slots_per_day)}, is_brisk ? moderate : light);
    slot = std::min(slot + walking, slots_per_day);
  }
}

int steps_in(activity_zone zone, draw& numbers) {
  // One draw whatever the zone: how a minute is spent must not shift the next one.
  const double chance = numbers.uniform();
  switch (zone) {
  case light:
    return 6 + static_cast<int>(chance * 28.0);
  case moderate:
  case vigorous:
    return 84 + static_cast<int>(chance * 32.0);
  case sedentary:
    return chance < 0.03 ? 4 : 0;
  case sleep:
  case non_wear:
    return 0;
  }
  return 0;
}

void add_night(const athlete& who, date day, date wake_day, movement& made) {
  const auto timing = night_before(who, wake_day);
  fill(made, slots_of(day, timing.start, timing.end()),
       is_night_recorded(who, wake_day) ? sleep : non_wear);
}

void add_sessions(const athlete& who, date day, movement& made) {
  for (const auto& done : sessions_on(who, day)) {
    const auto& common = traits_of(done.kind);
    const auto range = slots_of(day, done.start, done.end());
    const auto zone = common.intensity > 0.55  ? vigorous
                      : common.intensity > 0.3 ? moderate
                                               : light;
    fill(made, range, zone);
    for (int minute = (range.first + 1) / 2; minute < range.end / 2; ++minute)
      made.steps[static_cast<std::size_t>(minute)] =
          static_cast<std::uint16_t>(common.steps_per_minute);
  }
}

void find_inactivity(movement& made) {
  int sitting = 0;
  for (int slot = 0; slot < slots_per_day; ++slot) {
    sitting = made.slots[static_cast<std::size_t>(slot)] == sedentary ? sitting + 1 : 0;
    if (sitting == inactivity_slots)
      made.inactivity_stamps.push_back((slot + 1) / 2);
  }
}

} // namespace

std::string_view to_string(activity_zone zone) {
  switch (zone) {
  case sleep:
    return "SLEEP";
  case sedentary:
    return "SEDENTARY";
  case light:
    return "LIGHT";
  case moderate:
    return "MODERATE";
  case vigorous:
    return "VIGOROUS";
  case non_wear:
    return "NON_WEAR";
  }
  return "";
}

movement make_movement(const athlete& who, date day) {
  draw numbers{who.seed, day.time_since_epoch().count(), topic::movement};
  movement made;
  const bool is_workday = std::chrono::weekday{day}.iso_encoding() <= 5;
  const bool takes_watch_off = numbers.chance(0.4);
  const int shower_slots = numbers.integer(24, 60);
  fill_waking_hours(made, is_workday, numbers);
  add_night(who, day, day, made);
  add_night(who, day, day + days{1}, made);
  if (takes_watch_off) {
    const int up = slots_of(day, midnight(day), night_before(who, day).end()).end + 10;
    fill(made, {up, std::min(up + shower_slots, slots_per_day)}, non_wear);
  }
  for (int minute = 0; minute < minutes_per_day; ++minute)
    made.steps[static_cast<std::size_t>(minute)] = static_cast<std::uint16_t>(
        steps_in(made.slots[static_cast<std::size_t>(minute) * 2], numbers));
  add_sessions(who, day, made);
  find_inactivity(made);
  return made;
}

} // namespace polar_flow::simulator
