#include "tests/simulation/made_up_nights.hpp"

#include <array>
#include <cmath>

namespace polar_flow::testing {

namespace {

using std::chrono::days;
using analytics::overnight_signal;
using analytics::signal_count;

/// What an unexplained night keeps of the night before.
constexpr double persistence = 0.4;
/// Correlation of the signals' noise: they share one body.
constexpr double shared = 0.4;
/// Student's t with 4 degrees of freedom, scaled to a deviation of 1: every hundredth night strays
/// by 3.3 instead of 2.6.
constexpr int tail_freedom = 4;

constexpr double missing_chance = 0.1;
constexpr double drink_chance = 1.0 / 7.0;
constexpr std::array<double, signal_count> after_a_drink{1.5, 1.5, 0.5, 0.3};
/// Half of the people have a cycle; in its second half they are warmer and the heart is faster.
constexpr std::array<double, signal_count> second_half_of_cycle{0.7, 0.7, 0.5, 1.0};
constexpr double cycle_days = 28.0;

constexpr std::array<double, 8> severity{0.6, 1.0, 1.0, 1.0, 0.8, 0.6, 0.4, 0.2};
constexpr int first_illness_from = 100;
constexpr int between_illnesses = 182;

/// Mean and standard deviation of a usual person, in the sentinel's units and signs.
constexpr std::array<double, signal_count> usual{52.0, 4.0, 14.5, 34.2};
constexpr std::array<double, signal_count> deviation{2.0, 0.14, 0.4, 0.3};

class noise {
public:
  explicit noise(std::mt19937_64& random) : random_{random} {
    // nop
  }

  /// One night further; standard deviation 1.
  double next() {
    value_ = persistence * value_ + std::sqrt(1.0 - persistence * persistence) * heavy();
    return value_;
  }

private:
  double heavy() {
    // Scaled to a variance of 1.
    return tail_(random_) * std::sqrt((tail_freedom - 2.0) / tail_freedom);
  }

  std::mt19937_64& random_;
  std::student_t_distribution<double> tail_{tail_freedom};
  double value_ = 0;
};

double severity_on(const std::vector<date>& illnesses, date day) {
  for (const date first : illnesses) {
    const auto night = (day - first).count();
    if (night >= 0 && night < static_cast<std::int64_t>(severity.size()))
      return severity[static_cast<std::size_t>(night)];
  }
  return 0;
}

std::vector<date> plan_illnesses(const made_up_rules& rules, std::mt19937_64& random) {
  std::uniform_int_distribution<int> start{0, between_illnesses - 40};
  std::vector<date> first_nights;
  for (int from = first_illness_from; from + between_illnesses < rules.nights;
       from += between_illnesses)
    first_nights.push_back(made_up_first + days{from + start(random)});
  return first_nights;
}

} // namespace

made_up_person make_up(const made_up_rules& rules, std::mt19937_64& random) {
  std::uniform_real_distribution<double> chance;
  made_up_person person;
  if (rules.peak > 0)
    person.illnesses = plan_illnesses(rules, random);
  noise body{random};
  std::vector<noise> sensors(rules.signals, noise{random});
  const bool has_cycle = chance(random) < 0.5;
  const double phase = chance(random);
  for (int number = 0; number < rules.nights; ++number) {
    const date day = made_up_first + days{number};
    const bool is_missing = chance(random) < missing_chance;
    const bool is_after_drink = chance(random) < drink_chance;
    const bool is_second_half = std::fmod(number / cycle_days + phase, 1.0) >= 0.5;
    const double sick = rules.peak * severity_on(person.illnesses, day);
    const double common = body.next();
    analytics::overnight night{.day = day, .signals = {}};
    for (std::size_t index = 0; index < rules.signals; ++index) {
      double stray = std::sqrt(shared) * common + std::sqrt(1.0 - shared) * sensors[index].next();
      stray += sick;
      if (is_after_drink)
        stray += after_a_drink[index];
      if (has_cycle && is_second_half)
        stray += second_half_of_cycle[index];
      const double sign = analytics::traits_of(overnight_signal{index}).sign;
      night.signals[index] = usual[index] + sign * deviation[index] * stray;
    }
    if (!is_missing)
      person.nights.push_back(night);
  }
  return person;
}

} // namespace polar_flow::testing
