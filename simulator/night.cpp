#include "simulator/night.hpp"

#include "simulator/draw.hpp"
#include "simulator/json_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace polar_flow::simulator {

namespace {

using enum sleep_stage;
using std::chrono::minutes;

constexpr int epoch_s = 30;

/// From 90 seconds on an interruption counts as long.
constexpr int long_interruption_epochs = 3;

/// Deep sleep comes early in the night and REM late (Carskadon and Dement 2011): epochs per cycle.
constexpr std::array<int, 6> deep_epochs_by_cycle{62, 40, 16, 6, 0, 0};
constexpr std::array<int, 6> rem_epochs_by_cycle{14, 34, 48, 56, 60, 60};

draw night_draw(const athlete& who, date day, topic about) {
  return draw{who.seed, day.time_since_epoch().count(), about};
}

void append(std::vector<sleep_stage>& epochs, int count, sleep_stage stage) {
  epochs.insert(epochs.end(), static_cast<std::size_t>(std::max(count, 0)), stage);
}

std::vector<sleep_stage> sleep_cycles(int length, double sick, draw& numbers) {
  std::vector<sleep_stage> epochs;
  epochs.reserve(static_cast<std::size_t>(length) + 300);
  for (std::size_t cycle = 0; static_cast<int>(epochs.size()) < length; ++cycle) {
    const auto row = std::min(cycle, deep_epochs_by_cycle.size() - 1);
    const double scale = std::exp(0.15 * numbers.normal());
    const int deep_count = static_cast<int>(deep_epochs_by_cycle[row] * scale * (1 - 0.4 * sick));
    const int rem_count = static_cast<int>(rem_epochs_by_cycle[row] * scale * (1 - 0.25 * sick));
    const int light_count = std::max(numbers.integer(170, 215) - deep_count - rem_count, 40);
    const int before = static_cast<int>(light_count * numbers.uniform(0.25, 0.5));
    append(epochs, before, light);
    append(epochs, deep_count, deep);
    append(epochs, light_count - before, light);
    append(epochs, rem_count, rem);
  }
  epochs.resize(static_cast<std::size_t>(length));
  return epochs;
}

/// Wakes the sleeper `count` times for `shortest` to `longest` epochs.
void interrupt(std::vector<sleep_stage>& epochs, int count, int shortest, int longest,
               draw& numbers) {
  const int size = static_cast<int>(epochs.size());
  for (int i = 0; i < count; ++i) {
    const int length = numbers.integer(shortest, longest);
    // A night neither begins nor ends awake: the watch cuts that off.
    const int start = numbers.integer(4, size - 5 - longest);
    std::fill_n(epochs.begin() + start, length, wake);
  }
}

void count_stages(night& made) {
  int awake_run = 0;
  const auto end_run = [&] {
    const int seconds = awake_run * epoch_s;
    (awake_run >= long_interruption_epochs ? made.long_interruptions_s
                                           : made.short_interruptions_s) += seconds;
    awake_run = 0;
  };
  bool was_rem = false;
  for (const auto stage : made.epochs) {
    made.light_s += (stage == light || stage == lighter) ? epoch_s : 0;
    made.deep_s += stage == deep ? epoch_s : 0;
    made.rem_s += stage == rem ? epoch_s : 0;
    made.unrecognized_s += stage == unknown ? epoch_s : 0;
    if (stage == wake)
      ++awake_run;
    else
      end_run();
    if (stage != wake) {
      made.cycles += was_rem && stage != rem ? 1 : 0;
      was_rem = stage == rem;
    }
  }
  end_run();
  made.cycles += was_rem ? 1 : 0;
}

int charge_for(int score) {
  constexpr std::array<int, 4> bounds{68, 76, 84, 90};
  const auto reached = [&](int bound) {
    return score >= bound;
  };
  return 1 + static_cast<int>(std::ranges::count_if(bounds, reached));
}

void rate(const athlete& who, night& made) {
  auto numbers = night_draw(who, made.wake_day, topic::night_scores);
  const double whole_s = static_cast<double>(made.epochs.size()) * epoch_s;
  const double asleep_s = whole_s - made.short_interruptions_s - made.long_interruptions_s;
  const double awake_part = 1.0 - asleep_s / whole_s;
  const bool is_unscored = numbers.chance(0.045);
  const bool is_rated = numbers.chance(0.1);
  const double need_s = static_cast<double>(who.sleep_need.count()) * 60.0;
  const auto percent = [](double value) {
    return six_digits(std::clamp(value, 1.0, 100.0));
  };
  group_scores scores;
  scores.duration = percent(100.0 * (1.0 - 1.6 * std::max(0.0, 1.0 - asleep_s / need_s)));
  scores.solidity = percent(97.0 - 280.0 * awake_part + 2.5 * numbers.normal());
  scores.regeneration = percent(38.0 + 190.0 * made.deep_s / asleep_s
                                + 105.0 * made.rem_s / asleep_s + 3.0 * numbers.normal());
  made.continuity = rounded(std::clamp(5.2 - 42.0 * awake_part, 1.0, 5.0), 1);
  if (is_rated)
    made.rating = numbers.integer(1, 5);
  if (is_unscored) {
    // Some of these have no continuity either.
    if (numbers.chance(0.5))
      made.continuity = 0.0;
    return;
  }
  made.scores = scores;
  made.score = static_cast<int>((scores.duration + scores.solidity + scores.regeneration) / 3.0);
  made.charge = charge_for(made.score);
}

constexpr minutes curve_step{5};

/// Nightly recharge looks at about four hours.
constexpr int recharge_points = 50;

} // namespace

night make_night(const athlete& who, const condition& state) {
  night made;
  made.wake_day = state.day;
  made.timing = night_before(who, state.day);
  auto numbers = night_draw(who, state.day, topic::night_stages);
  const double sick = state.illness_severity;
  made.epochs = sleep_cycles(made.timing.epochs, sick, numbers);
  const double hours = made.timing.epochs / 120.0;
  if (numbers.chance(0.03))
    interrupt(made.epochs, 1, 8, 50, numbers);
  interrupt(made.epochs, static_cast<int>(hours * numbers.uniform(2.6, 4.4) * (1.0 + 0.8 * sick)),
            1, 2, numbers);
  interrupt(made.epochs, static_cast<int>(hours * numbers.uniform(0.0, 0.5) * (1.0 + 3.0 * sick)),
            long_interruption_epochs, 9, numbers);
  if (numbers.chance(0.025)) {
    const int start = numbers.integer(20, made.timing.epochs - 90);
    std::fill_n(made.epochs.begin() + start, numbers.integer(10, 60), unknown);
  }
  count_stages(made);
  rate(who, made);
  return made;
}

curve<int> heart_rate_curve(const athlete& who, const condition& state) {
  auto numbers = night_draw(who, state.day, topic::night_curves);
  const auto timing = night_before(who, state.day);
  const double length_s = static_cast<double>(timing.epochs) * epoch_s;
  curve<int> points;
  for (auto when = timing.start + minutes{3}; when < timing.end(); when += curve_step) {
    const double passed = static_cast<double>((when - timing.start).count());
    // The heart slows down through the first half of the night and wakes up with the body.
    const double arc = 5.0 * std::exp(-passed / 5400.0) + 4.0 * std::pow(passed / length_s, 6.0);
    const double wave = 1.5 * std::sin(2.0 * std::numbers::pi * passed / 5700.0);
    const double beats = state.heart_rate_bpm - 1.0 + arc + wave + 1.2 * numbers.normal();
    const bool has_signal = !numbers.chance(0.007);
    points.emplace_back(when, has_signal ? static_cast<int>(std::round(beats)) : 0);
  }
  return points;
}

curve<int> hrv_curve(const athlete& who, const condition& state) {
  draw numbers{who.seed + 1, state.day.time_since_epoch().count(), topic::night_curves};
  const auto start = night_before(who, state.day).start + minutes{2};
  curve<int> points;
  for (int i = 0; i < recharge_points; ++i) {
    const double value = std::exp(state.ln_rmssd + 0.2 * numbers.normal() - 0.02);
    points.emplace_back(start + i * curve_step, static_cast<int>(std::round(value)));
  }
  return points;
}

curve<double> breathing_curve(const athlete& who, const condition& state) {
  draw numbers{who.seed + 2, state.day.time_since_epoch().count(), topic::night_curves};
  const auto start = night_before(who, state.day).start;
  curve<double> points;
  for (int i = 0; i < recharge_points; ++i) {
    const double value = state.breaths_per_minute + 0.9 * numbers.normal();
    points.emplace_back(start + i * curve_step, rounded(value, 1));
  }
  return points;
}

} // namespace polar_flow::simulator
