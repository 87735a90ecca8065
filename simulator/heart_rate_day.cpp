#include "simulator/heart_rate_day.hpp"

#include "simulator/draw.hpp"
#include "simulator/movement.hpp"
#include "simulator/night.hpp"
#include "simulator/training.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace polar_flow::simulator {

namespace {

using std::chrono::seconds;

constexpr int rest_step_s = 300;

/// One day in twenty-five the watch measures every second for hours.
constexpr double long_burst_chance = 0.04;

/// Of 65,738 recorded samples 66 were empty.
constexpr double lost_signal_chance = 0.001;

/// How fast the heart follows: the part of the way it goes in a second.
constexpr double adaption_per_s = 0.04;

/// What the watch did in each half minute of the day.
struct watch_day {
  std::array<activity_zone, slots_per_day> zones{};
  std::array<bool, slots_per_day> is_training{};
  std::array<bool, slots_per_day> is_burst{};

  /// Whether the heart rate of waking hours is measured.
  bool is_measured(std::size_t slot) const {
    return !is_training[slot] && zones[slot] != activity_zone::sleep
           && zones[slot] != activity_zone::non_wear;
  }
};

template <class Flags>
void mark(Flags& flags, int first, int end) {
  first = std::clamp(first, 0, slots_per_day);
  end = std::clamp(end, first, slots_per_day);
  std::fill(flags.begin() + first, flags.begin() + end, true);
}

void mark_training(const athlete& who, date day, watch_day& made) {
  for (const auto& done : sessions_on(who, day)) {
    const auto start_s = static_cast<int>((done.start - midnight(day)).count());
    const auto end_s = static_cast<int>((done.end() - midnight(day)).count());
    mark(made.is_training, start_s / slot_s, end_s / slot_s + 1);
  }
}

/// Recorded bursts last three to eleven half minutes, a few up to a quarter of an hour, and begin
/// when the wearer begins to move.
void mark_bursts(watch_day& made, draw& numbers) {
  const int count = numbers.integer(4, 16);
  for (int i = 0; i < count; ++i) {
    int slot = numbers.integer(0, slots_per_day - 1);
    const bool is_longer = numbers.chance(0.08);
    const int length = is_longer ? numbers.integer(12, 33) : numbers.integer(3, 11);
    while (slot < slots_per_day
           && made.zones[static_cast<std::size_t>(slot)] != activity_zone::light
           && made.zones[static_cast<std::size_t>(slot)] != activity_zone::moderate)
      ++slot;
    mark(made.is_burst, slot, slot + length);
  }
  const bool has_long_burst = numbers.chance(long_burst_chance);
  const int start = numbers.integer(8 * 120, 12 * 120);
  const int length = numbers.integer(2 * 120, 9 * 120);
  if (has_long_burst)
    mark(made.is_burst, start, start + length);
}

/// Part of the heart rate reserve that everyday life takes, when seated rest is the zero.
double effort_of(activity_zone zone) {
  switch (zone) {
  case activity_zone::sedentary:
    return 0.03;
  case activity_zone::light:
    return 0.14;
  case activity_zone::moderate:
    return 0.34;
  case activity_zone::vigorous:
    return 0.5;
  case activity_zone::sleep:
  case activity_zone::non_wear:
    return 0.0;
  }
  return 0.0;
}

/// The waking heart: it moves towards what the body does, and shivers a little.
class waking_heart {
public:
  waking_heart(const athlete& who, const condition& state, draw& numbers)
      : rest_bpm_(who.heart_rate_rest_bpm + state.heart_rate_bpm - who.heart_rate_night_bpm),
        reserve_bpm_(who.heart_rate_max_bpm - who.heart_rate_rest_bpm),
        max_bpm_(who.heart_rate_max_bpm),
        level_bpm_(rest_bpm_),
        numbers_(numbers) {
    // nop
  }

  int beat(activity_zone zone, int passed_s) {
    const double target_bpm = rest_bpm_ + reserve_bpm_ * effort_of(zone);
    level_bpm_ += (target_bpm - level_bpm_) * std::min(1.0, adaption_per_s * passed_s);
    const double shiver_bpm = passed_s > 1 ? 5.0 : 1.2;
    const double bpm = level_bpm_ + shiver_bpm * (numbers_.uniform() + numbers_.uniform() - 1.0);
    if (numbers_.chance(lost_signal_chance))
      return 0;
    return static_cast<int>(std::lround(std::clamp(bpm, 34.0, max_bpm_)));
  }

private:
  double rest_bpm_;
  double reserve_bpm_;
  double max_bpm_;
  double level_bpm_;
  draw& numbers_;
};

void add_night(const athlete& who, const condition& state, date day,
               std::vector<heart_rate_point>& points) {
  if (!is_night_recorded(who, state.day))
    return;
  for (const auto& [when, bpm] : heart_rate_curve(who, state)) {
    if (day_of(when) == day)
      points.push_back({static_cast<int>((when - midnight(day)).count()), bpm});
  }
}

void add_waking(const athlete& who, const condition& state, const watch_day& worn, draw& numbers,
                std::vector<heart_rate_point>& points) {
  waking_heart heart{who, state, numbers};
  int next_s = numbers.integer(0, rest_step_s - 1);
  int last_s = 0;
  for (std::size_t slot = 0; slot < slots_per_day; ++slot) {
    const int start_s = static_cast<int>(slot) * slot_s;
    const int end_s = start_s + slot_s;
    if (!worn.is_measured(slot)) {
      next_s = std::max(next_s, end_s);
      continue;
    }
    // A burst measures from the first second of its half minute.
    int second = worn.is_burst[slot] ? start_s : std::max(next_s, start_s);
    for (; second < end_s; second += worn.is_burst[slot] ? 1 : rest_step_s) {
      points.push_back({second, heart.beat(worn.zones[slot], second - last_s)});
      last_s = second;
      next_s = second + rest_step_s;
    }
  }
}

} // namespace

std::vector<heart_rate_point> make_heart_rate_day(const athlete& who, const condition& morning,
                                                  const condition& next_morning) {
  const date day = morning.day;
  draw numbers{who.seed, day.time_since_epoch().count(), topic::continuous_heart_rate};
  watch_day worn;
  worn.zones = make_movement(who, day).slots;
  mark_training(who, day, worn);
  mark_bursts(worn, numbers);
  std::vector<heart_rate_point> points;
  add_night(who, morning, day, points);
  add_waking(who, morning, worn, numbers, points);
  add_night(who, next_morning, day, points);
  // A night and the waking hours around it meet in half a minute that both may have measured.
  std::ranges::stable_sort(points, {}, &heart_rate_point::second);
  const auto repeated = std::ranges::unique(points, {}, &heart_rate_point::second);
  points.erase(repeated.begin(), repeated.end());
  points.resize(std::min(points.size(), heart_rate_points_max));
  return points;
}

} // namespace polar_flow::simulator
