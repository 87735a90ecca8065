// Goal: a prediction is shown only to those on whose own nights it beat both simple guesses, with
// an interval that four nights of five keep to. Method: NumPy's backtest, series of which is known
// what can be predicted of them, and the simulator's athletes.
#define BOOST_TEST_DYN_LINK
#include "analytics/prediction.hpp"
#include "simulator/night.hpp"
#include "simulator/physiology.hpp"
#include "tests/analytics/golden.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

constexpr unsigned seed = 20261106;

/// The first day of the golden lines.
const date monday = std::chrono::sys_days{std::chrono::year{2023} / std::chrono::January / 2};

bool is_near(double value, double expected) {
  return std::abs(value - expected) <= 1e-9 * std::max(1.0, std::abs(expected));
}

/// Slow states, noise of the night, weekends and gaps, as heart rates behave.
series believable_nights(unsigned number, std::size_t count) {
  std::mt19937 random{seed + number};
  std::normal_distribution<double> normal;
  std::bernoulli_distribution is_missing{0.06};
  series nights;
  double state = 0;
  for (std::size_t index = 0; index < count; ++index) {
    state = 0.9 * state + 0.9 * normal(random);
    const double value = 50.0 + state + 1.4 * normal(random) + (index % 7 >= 5 ? 0.8 : 0.0);
    const date day = today - days{static_cast<int>(count - 1 - index)};
    if (!is_missing(random) || day == today)
      nights.push_back({day, std::round(value)});
  }
  return nights;
}

/// Independent nights: the long-term mean is the best guess, and hardly better than the week's.
series chance_nights(std::size_t count) {
  std::mt19937 random{seed};
  std::normal_distribution<double> normal{50.0, 2.0};
  std::vector<double> values(count);
  std::ranges::generate(values, [&] { return normal(random); });
  return ending(today, values);
}

prediction predict_pulse(const series& nights, date day = today) {
  return predict(metric::resting_hr, nights, day);
}

metric metric_of(const golden_line& line) {
  return parse_metric(line.given[0]).value();
}

series nights_of(const golden_line& line) {
  series nights;
  for (std::size_t day = 1; day < line.given.size(); ++day)
    if (line.given[day] != "-")
      nights.push_back({monday + days{static_cast<int>(day) - 1}, parse(line.given[day])});
  return nights;
}

void check_report(const backtest_report& report, const std::vector<std::string>& expected) {
  BOOST_TEST(report.nights == parse(expected[6]));
  BOOST_TEST(is_near(report.model_error, parse(expected[7])));
  BOOST_TEST(is_near(report.persistence_error, parse(expected[8])));
  BOOST_TEST(is_near(report.week_mean_error, parse(expected[9])));
  BOOST_TEST(report.interval_nights == parse(expected[10]));
  BOOST_TEST(report.coverage.has_value() == (expected[11] != "-"));
  if (report.coverage)
    BOOST_TEST(is_near(*report.coverage, parse(expected[11])));
}

void check_next(metric name, const night_prediction& next,
                const std::vector<std::string>& expected) {
  double sum = 0;
  for (std::size_t part = 0; part < 4; ++part)
    sum += parse(expected[part]);
  const auto shown = [name](double value) {
    return name == metric::hrv_rmssd ? std::exp(value) : value;
  };
  BOOST_TEST(is_near(next.value, shown(sum)));
  BOOST_TEST(is_near(next.lower, shown(sum + parse(expected[4]))));
  BOOST_TEST(is_near(next.upper, std::min(shown(sum + parse(expected[5])),
                                          name == metric::sleep_score ? 100.0 : 1e9)));
}

/// What nightly recharge and sleep say about an athlete of the simulator over two years.
analytics_window nights_of(const simulator::athlete& who) {
  analytics_window window;
  for (const auto& state : simulator::conditions(who, {today - days{729}, today})) {
    if (!simulator::is_night_recorded(who, state.day))
      continue;
    const auto curve = simulator::hrv_curve(who, state);
    double sum_ms = 0;
    for (const auto& point : curve)
      sum_ms += point.second;
    const auto count = static_cast<double>(curve.size());
    window.hrv_rmssd_ms.push_back({state.day, std::round(sum_ms / count)});
    window.resting_heart_rate_bpm.push_back({state.day, std::round(state.heart_rate_bpm)});
    const auto slept = simulator::make_night(who, state);
    if (slept.scores)
      window.sleep_score.push_back({state.day, static_cast<double>(slept.score)});
  }
  return window;
}

void print(const std::string& who, const prediction& result) {
  const auto& report = result.backtest;
  BOOST_TEST_MESSAGE(who << " " << to_string(result.name) << ": model " << report.model_error
                         << ", persistence " << report.persistence_error << ", 7-day mean "
                         << report.week_mean_error << ", coverage " << report.coverage.value_or(0)
                         << " of " << report.interval_nights << " nights");
}

} // namespace

BOOST_AUTO_TEST_SUITE(predictions)

BOOST_AUTO_TEST_CASE(equals_numpy) {
  const auto lines = golden_lines("prediction_vectors.txt", "prediction");
  int shown = 0;
  for (std::size_t index = 0; index < lines.size(); ++index) {
    const auto nights = nights_of(lines[index]);
    const auto result = predict(metric_of(lines[index]), nights, nights.back().day);
    BOOST_TEST_CONTEXT("line " << index + 1) {
      check_report(result.backtest, lines[index].expected);
      if (result.next)
        check_next(result.name, *result.next, lines[index].expected);
    }
    shown += result.next ? 1 : 0;
  }
  // As many as the script writes; a missing or cut file must not pass.
  BOOST_TEST(lines.size() == 60u);
  BOOST_TEST(shown > 5);
}

BOOST_AUTO_TEST_CASE(believable_nights_are_predicted) {
  for (unsigned number = 1; number <= 5; ++number) {
    const auto result = predict_pulse(believable_nights(number, 1826));
    print("series " + std::to_string(seed + number), result);
    BOOST_TEST((result.status == prediction_status::shown));
    BOOST_TEST((result.next->day == today + days{1}));
    BOOST_TEST(result.next->lower < result.next->value);
    BOOST_TEST(result.next->value < result.next->upper);
    BOOST_TEST(result.backtest.coverage.value() > 0.77);
    BOOST_TEST(result.backtest.coverage.value() < 0.83);
  }
}

BOOST_AUTO_TEST_CASE(athletes_are_predicted) {
  for (int number = 0; number < 2; ++number) {
    const auto who = simulator::make_athlete(seed, simulator::first_athlete_id + number);
    for (const auto& result : predict_all(nights_of(who), today)) {
      print("athlete " + std::to_string(number), result);
      BOOST_TEST(result.backtest.is_better());
      BOOST_TEST(result.backtest.coverage.value() > 0.77);
      BOOST_TEST(result.backtest.coverage.value() < 0.83);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_beaten_is_not_shown) {
  // Without any change there is nothing to be better at.
  const auto flat = predict_pulse(constant(today, 200, 50.0));
  BOOST_TEST((flat.status == prediction_status::not_better));
  BOOST_TEST(!flat.next.has_value());
  BOOST_TEST(flat.backtest.nights == 179);
  BOOST_TEST(flat.backtest.persistence_error == 0.0);
  // A random walk is best guessed by its last value.
  std::mt19937 random{seed};
  std::normal_distribution<double> step{0.0, 0.5};
  std::vector<double> walk{500.0};
  while (walk.size() < 1000)
    walk.push_back(walk.back() + step(random));
  const auto result = predict_pulse(ending(today, walk));
  print("random walk", result);
  BOOST_TEST((result.status == prediction_status::not_better));
  BOOST_TEST(!result.next.has_value());
  BOOST_TEST(result.backtest.persistence_error < result.backtest.model_error);
}

BOOST_AUTO_TEST_CASE(pure_chance_is_predicted_by_its_mean) {
  const auto result = predict_pulse(chance_nights(1826));
  print("chance", result);
  BOOST_TEST(std::abs(result.next->value - 50.0) < 0.5);
  // ±1.2816 deviations hold 80 %.
  BOOST_TEST(std::abs(result.next->upper - result.next->lower - 2 * 1.2816 * 2.0) < 1.0);
}

BOOST_AUTO_TEST_CASE(sixty_nights_unlock) {
  const auto nights = believable_nights(1, 120);
  const auto first_nights = [&](std::ptrdiff_t count) {
    return series{nights.end() - count, nights.end()};
  };
  BOOST_TEST((predict_pulse(first_nights(59)).status == prediction_status::too_few_nights));
  BOOST_TEST((predict_pulse(first_nights(60)).status != prediction_status::too_few_nights));
  BOOST_TEST((predict_pulse({}).status == prediction_status::too_few_nights));
  BOOST_TEST(predict_pulse({}).backtest.nights == 0);
}

BOOST_AUTO_TEST_CASE(nights_that_do_not_follow_each_other_are_not_judged) {
  series nights;
  for (int age = 300; age >= 0; age -= 2)
    nights.push_back({today - days{age}, 50.0 + age % 3});
  const auto result = predict_pulse(nights);
  BOOST_TEST((result.status == prediction_status::too_few_nights));
  BOOST_TEST(result.nights == 151);
  BOOST_TEST(result.backtest.nights == 0);
}

BOOST_AUTO_TEST_CASE(the_next_night_must_be_to_come) {
  const auto nights = believable_nights(1, 400);
  const auto at_once = predict_pulse(nights, today);
  // Before this morning's night is there, yesterday's predicts it.
  BOOST_TEST((predict_pulse(nights, today + days{1}) == at_once));
  const auto late = predict_pulse(nights, today + days{2});
  BOOST_TEST((late.status == prediction_status::no_recent_night));
  BOOST_TEST(!late.next.has_value());
  BOOST_TEST((late.backtest == at_once.backtest));
}

BOOST_AUTO_TEST_CASE(the_future_is_not_known) {
  // What the last night turns out to be changes its own error and nothing before: the sums of
  // absolute errors differ by that one.
  const auto nights = believable_nights(2, 500);
  auto other = nights;
  other.back().value += 1000.0;
  const auto before = predict_pulse(nights).backtest;
  const auto after = predict_pulse(other).backtest;
  BOOST_TEST(before.nights == after.nights);
  BOOST_TEST(before.coverage.value() >= after.coverage.value());
  const double difference = (after.model_error - before.model_error) * before.nights;
  BOOST_TEST(difference > 980.0);
  BOOST_TEST(difference < 1000.0 + 1e-6);
}

BOOST_AUTO_TEST_CASE(another_unit_scales_and_shifts) {
  const auto nights = believable_nights(3, 300);
  auto other = nights;
  for (auto& night : other)
    night.value = 2.0 * night.value + 7.0;
  const auto before = predict_pulse(nights);
  const auto after = predict_pulse(other);
  BOOST_TEST(is_near(after.next->value, 2.0 * before.next->value + 7.0));
  BOOST_TEST(is_near(after.next->lower, 2.0 * before.next->lower + 7.0));
  BOOST_TEST(is_near(after.backtest.model_error, 2.0 * before.backtest.model_error));
  BOOST_TEST(after.backtest.coverage.value() == before.backtest.coverage.value());
}

BOOST_AUTO_TEST_CASE(hrv_is_predicted_by_its_logarithm) {
  // A scale shifts the logarithm: the prediction scales, its errors stay.
  const auto nights = believable_nights(4, 300);
  auto other = nights;
  for (auto& night : other)
    night.value *= 3.0;
  const auto before = predict(metric::hrv_rmssd, nights, today);
  const auto after = predict(metric::hrv_rmssd, other, today);
  BOOST_TEST(is_near(after.next->value, 3.0 * before.next->value));
  BOOST_TEST(is_near(after.next->upper, 3.0 * before.next->upper));
  BOOST_TEST(is_near(after.next->parts.level, before.next->parts.level + std::log(3.0)));
  BOOST_TEST(is_near(after.backtest.model_error, before.backtest.model_error));
}

BOOST_AUTO_TEST_CASE(a_sleep_score_stays_on_its_scale) {
  auto nights = believable_nights(5, 300);
  for (auto& night : nights)
    night.value = std::min(night.value + 48.0, 100.0);
  const auto result = predict(metric::sleep_score, nights, today);
  BOOST_TEST(result.next->upper <= 100.0);
  BOOST_TEST(result.next->lower >= 1.0);
}

BOOST_AUTO_TEST_CASE(all_three_in_order) {
  analytics_window window;
  window.resting_heart_rate_bpm = believable_nights(1, 100);
  const auto results = predict_all(window, today);
  BOOST_REQUIRE(results.size() == 3u);
  BOOST_TEST((results[0].name == metric::hrv_rmssd));
  BOOST_TEST((results[1].name == metric::sleep_score));
  BOOST_TEST((results[2].name == metric::resting_hr));
  BOOST_TEST(results[0].nights == 0);
  BOOST_TEST((results[2] == predict_pulse(window.resting_heart_rate_bpm)));
}

BOOST_AUTO_TEST_CASE(days_are_calendar_days) {
  // 52 weeks on, past the leap day of 2024, nothing changes but the day.
  auto nights = believable_nights(1, 400);
  const auto before = predict_pulse(nights);
  for (auto& night : nights)
    night.day += days{364};
  auto after = predict_pulse(nights, today + days{364});
  BOOST_TEST((after.next->day == before.next->day + days{364}));
  after.next->day = before.next->day;
  BOOST_TEST((after == before));
}

BOOST_AUTO_TEST_CASE(zones_differ_by_today_only) {
  const instant moment = today + std::chrono::hours{11};
  const auto nights = believable_nights(1, 400);
  const auto ahead = predict_pulse(nights, local_date(moment, std::chrono::hours{13}));
  const auto behind = predict_pulse(nights, local_date(moment, -std::chrono::hours{10}));
  BOOST_TEST((ahead == behind));
}

BOOST_AUTO_TEST_SUITE_END()
