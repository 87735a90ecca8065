#include "simulator/physiology.hpp"

#include "simulator/draw.hpp"
#include "simulator/episodes.hpp"
#include "simulator/training.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace polar_flow::simulator {

namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

/// Four time constants of fitness: what lies before weighs less than 2 %.
constexpr int memory_days = 168;
constexpr double fitness_days = 42.0;
constexpr double fatigue_days = 7.0;

/// Days over which chance lingers, and how much of it the next day keeps.
constexpr int noise_memory_days = 8;
constexpr double noise_persistence = 0.35;

/// Part of the time in bed that a healthy sleeper is asleep.
constexpr double usual_efficiency = 0.945;

struct fading_weights {
  std::array<double, memory_days> by_age{};

  explicit fading_weights(double time_constant_days) {
    double sum = 0.0;
    for (int age = 0; age < memory_days; ++age)
      sum += by_age[static_cast<std::size_t>(age)] = std::exp(-age / time_constant_days);
    for (auto& weight : by_age)
      weight /= sum;
  }
};

/// Noise whose value today resembles yesterday's, standard deviation about 1.
double lingering_noise(const athlete& who, date day, topic about) {
  double sum = 0.0;
  double weight = std::sqrt(1.0 - noise_persistence * noise_persistence);
  for (int age = 0; age < noise_memory_days; ++age) {
    draw numbers{who.seed, (day - days{age}).time_since_epoch().count(), about};
    sum += weight * numbers.normal();
    weight *= noise_persistence;
  }
  return sum;
}

/// `loads` holds the day loads from `memory_days` before the morning up to the evening before it.
condition respond_to_load(const athlete& who, date day, const double* loads) {
  static const fading_weights slow{fitness_days};
  static const fading_weights fast{fatigue_days};
  condition state;
  state.day = day;
  for (int age = 0; age < memory_days; ++age) {
    const double load = loads[memory_days - 1 - age] / who.usual_load;
    state.fitness += slow.by_age[static_cast<std::size_t>(age)] * load;
    state.fatigue += fast.by_age[static_cast<std::size_t>(age)] * load;
  }
  const double yesterday = std::min(loads[memory_days - 1] / who.usual_load, 3.5) - 1.0;
  const double fatigue = state.fatigue - 1.0;
  const double fitness = state.fitness - 1.0;
  const double sick = state.illness_severity = illness_severity(who, day);
  const double sleep_h = std::clamp(night_before(who, day).surplus_h, -3.0, 1.5);

  const double hrv_change = -0.04 * yesterday - 0.20 * fatigue + 0.05 * fitness + 0.05 * sleep_h
                            - 0.40 * sick + 0.105 * lingering_noise(who, day, topic::hrv_noise);
  const double heart_rate_change = 0.8 * yesterday + 2.8 * fatigue - 1.5 * fitness - 0.7 * sleep_h
                                   + 7.5 * sick
                                   + 1.1 * lingering_noise(who, day, topic::heart_rate_noise);
  const double breathing_change =
      0.12 * fatigue + 2.0 * sick + 0.22 * lingering_noise(who, day, topic::breathing_noise);
  state.ln_rmssd = std::clamp(who.ln_rmssd + hrv_change, 2.3, 5.3);
  state.heart_rate_bpm = std::clamp(who.heart_rate_night_bpm + heart_rate_change, 34.0, 95.0);
  state.breaths_per_minute = who.breaths_per_minute + breathing_change;
  // Each part in units of its usual day-to-day deviation; the weights follow Polar's order of
  // importance (heart rate and its variability before breathing).
  const double charge =
      0.45 * hrv_change / 0.13 - 0.40 * heart_rate_change / 1.9 - 0.15 * breathing_change / 0.25;
  state.ans_charge = std::clamp(2.3 * charge, -10.0, 10.0);
  return state;
}

} // namespace

night_timing night_before(const athlete& who, date wake_day) {
  draw numbers{who.seed, wake_day.time_since_epoch().count(), topic::night_timing};
  const bool is_weekend = std::chrono::weekday{wake_day}.iso_encoding() >= 6;
  const double sick = illness_severity(who, wake_day);
  double bedtime_min = static_cast<double>(who.bedtime.count()) + 20.0 * numbers.normal()
                       + (is_weekend ? 40.0 : 0.0) - 30.0 * sick;
  double asleep_min = static_cast<double>(who.sleep_need.count()) - 8.0 + 25.0 * numbers.normal()
                      + (is_weekend ? 30.0 : 0.0) + 35.0 * sick;
  // Now and then a night is cut short: a flight, a child, a deadline.
  if (numbers.chance(0.07)) {
    bedtime_min += 45.0;
    asleep_min -= numbers.uniform(70.0, 150.0);
  }
  const double in_bed_min = std::max(asleep_min / usual_efficiency, 200.0);
  // Up before the first session of the day can start.
  const double wake_max_min = is_weekend ? 560.0 : 520.0;
  const double length_min = std::min(in_bed_min, wake_max_min - bedtime_min);
  night_timing timing;
  timing.epochs = static_cast<int>(length_min * 2.0);
  timing.start =
      midnight(wake_day) + seconds{static_cast<int>(bedtime_min * 60.0) + numbers.integer(0, 59)};
  timing.surplus_h =
      length_min * usual_efficiency / 60.0 - static_cast<double>(who.sleep_need.count()) / 60.0;
  return timing;
}

bool is_night_recorded(const athlete& who, date wake_day) {
  draw numbers{who.seed, wake_day.time_since_epoch().count(), topic::wearing};
  return is_watch_worn(who, wake_day) && numbers.uniform() >= 0.04;
}

std::vector<condition> conditions(const athlete& who, const date_range& range) {
  const auto count = static_cast<int>((range.last - range.first).count()) + 1;
  if (count <= 0)
    return {};
  std::vector<double> loads;
  loads.reserve(static_cast<std::size_t>(count + memory_days));
  for (int i = -memory_days; i < count - 1; ++i)
    loads.push_back(load_on(who, range.first + days{i}));
  std::vector<condition> states;
  states.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    states.push_back(respond_to_load(who, range.first + days{i}, loads.data() + i));
  return states;
}

} // namespace polar_flow::simulator
