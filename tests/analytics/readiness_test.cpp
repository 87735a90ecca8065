// Goal: readiness is where today stands within this person's own range. Method: days at the mean
// and a standard deviation from it, the same formula in Python, and properties of the scale.
#define BOOST_TEST_DYN_LINK
#include "analytics/readiness.hpp"
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

constexpr unsigned seed = 20240305;

/// Φ(1): 100 · 0.8413447460685429 points.
constexpr double points_one_deviation_above = 84.13447460685429;

const date yesterday = today - days{1};

/// 60 days that alternate between `low` and `high`.
series alternating(double low, double high) {
  std::vector<double> values;
  for (int pair = 0; pair < 30; ++pair)
    values.insert(values.end(), {low, high});
  return ending(yesterday, values);
}

/// Everything as usual: 60 days, and today at their mean. The mean of the logarithms belongs to
/// √(40 · 90) = 60 ms.
analytics_window usual() {
  analytics_window window;
  window.hrv_rmssd_ms = joined(alternating(40, 90), constant(today, 1, 60));
  window.sleep_score = joined(alternating(70, 80), constant(today, 1, 75));
  window.resting_heart_rate_bpm = joined(alternating(48, 52), constant(today, 1, 50));
  window.training_load_ratio = constant(today, 1, 1.0);
  return window;
}

pattern_analysis assess(const analytics_window& window) {
  return assess_readiness(window, today);
}

readiness_details details_of(const analytics_window& window) {
  return std::get<readiness_details>(assess(window).details);
}

readiness_part part_of(const analytics_window& window, const std::string& name) {
  const auto details = details_of(window);
  return *std::ranges::find(details.parts, name, &readiness_part::name);
}

bool is_near(double value, double expected) {
  return std::abs(value - expected) < 1e-9;
}

/// The standard deviation of `alternating`, which is d from the mean on each of 60 days.
double deviation(double d) {
  return d * std::sqrt(60.0 / 59.0);
}

/// What the part of `name` gets for `value` after `before`. The load ratio is there only because
/// one part alone has no score.
double points(const std::string& name, double value, const std::vector<double>& before) {
  analytics_window window;
  const auto values = joined(ending(yesterday, before), constant(today, 1, value));
  if (name == "hrv_rmssd")
    window.hrv_rmssd_ms = values;
  else if (name == "sleep_score")
    window.sleep_score = values;
  else
    window.resting_heart_rate_bpm = values;
  window.training_load_ratio = constant(today, 1, 1.0);
  return part_of(window, name).points;
}

using texts = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(recovery_readiness)

BOOST_AUTO_TEST_CASE(an_ordinary_day_is_in_the_middle) {
  const auto result = assess(usual());
  BOOST_TEST(result.type == "composite");
  BOOST_TEST(result.name == "recovery_readiness");
  BOOST_TEST(result.score.value() == 50.0);
  BOOST_TEST(result.confidence.value() == 1.0);
  BOOST_TEST(result.significance == "high");
  BOOST_TEST(result.sample_count == 4);
  BOOST_TEST(
      (result.metrics == texts{"hrv_rmssd", "sleep_score", "resting_hr", "training_load_ratio"}));
  const auto& details = std::get<readiness_details>(result.details);
  BOOST_REQUIRE(details.parts.size() == 4u);
  for (std::size_t index = 0; index < 4; ++index) {
    BOOST_TEST(details.parts[index].name == result.metrics[index]);
    BOOST_TEST(is_near(details.parts[index].points, 50));
  }
  BOOST_TEST(details.parts[0].value == 60.0);
  BOOST_TEST(is_near(details.parts[0].weight, 0.4));
  BOOST_TEST(is_near(details.parts[3].weight, 0.2));
  BOOST_TEST(details.missing.empty());
  BOOST_TEST(details.interpretation == "Recovery readiness is at your usual level (50/100)");
}

BOOST_AUTO_TEST_CASE(a_standard_deviation_for_the_better) {
  auto window = usual();
  window.sleep_score.back().value = 75 + deviation(5);
  BOOST_TEST(is_near(part_of(window, "sleep_score").points, points_one_deviation_above));
  // A lower heart rate is the better one.
  window.resting_heart_rate_bpm.back().value = 50 - deviation(2);
  BOOST_TEST(is_near(part_of(window, "resting_hr").points, points_one_deviation_above));
  // √(90/40) = 1.5 is the way from the middle to either side.
  window.hrv_rmssd_ms.back().value = 60 * std::exp(deviation(std::log(1.5)));
  BOOST_TEST(is_near(part_of(window, "hrv_rmssd").points, points_one_deviation_above));
  // 0.4 · 84.13 + 0.2 · 84.13 + 0.2 · 84.13 + 0.2 · 50 = 77.3.
  BOOST_TEST(assess(window).score.value() == 77.0);
  BOOST_TEST(details_of(window).interpretation
             == "Recovery readiness is above your usual level (77/100)");
}

BOOST_AUTO_TEST_CASE(a_standard_deviation_for_the_worse) {
  auto window = usual();
  window.sleep_score.back().value = 75 - deviation(5);
  window.resting_heart_rate_bpm.back().value = 50 + deviation(2);
  window.hrv_rmssd_ms.back().value = 60 * std::exp(-deviation(std::log(1.5)));
  window.training_load_ratio.back().value = 1.5;
  // 0.8 · 15.87 + 0.2 · 0 = 12.7.
  BOOST_TEST(assess(window).score.value() == 13.0);
  BOOST_TEST(details_of(window).interpretation
             == "Recovery readiness is below your usual level (13/100)");
}

BOOST_AUTO_TEST_CASE(equals_the_formula_in_python) {
  const auto lines = golden_lines("correlation_vectors.txt", "points");
  for (const auto& line : lines) {
    const auto& name = line.given[0];
    const double value = parse(line.given[1]);
    const auto before = parse_all({line.given.begin() + 2, line.given.end()});
    BOOST_TEST_CONTEXT(name << " " << value << " after " << before.size() << " days")
    BOOST_TEST(is_near(points(name, value, before), parse(line.expected[0])));
  }
  // As many as the script writes; a missing or cut file must not pass.
  BOOST_TEST(lines.size() == 93u);
}

BOOST_AUTO_TEST_CASE(points_of_the_load_ratio) {
  auto window = usual();
  const auto points_at = [&](double ratio) {
    window.training_load_ratio.back().value = ratio;
    return part_of(window, "training_load_ratio").points;
  };
  BOOST_TEST(points_at(0.2) == 100.0);
  BOOST_TEST(points_at(0.5) == 100.0);
  BOOST_TEST(is_near(points_at(0.8), 70));
  BOOST_TEST(is_near(points_at(1.3), 20));
  BOOST_TEST(points_at(1.5) == 0.0);
  BOOST_TEST(points_at(7) == 0.0);
}

BOOST_AUTO_TEST_CASE(a_series_that_never_changes_makes_no_extremes) {
  // The least spread is 2 %: 1.5 of 75, and 1 of 50.
  const std::vector<double> flat_sleep(60, 75.0);
  BOOST_TEST(points("sleep_score", 75, flat_sleep) == 50.0);
  BOOST_TEST(is_near(points("sleep_score", 76.5, flat_sleep), points_one_deviation_above));
  const std::vector<double> flat_pulse(60, 50.0);
  BOOST_TEST(is_near(points("resting_hr", 49, flat_pulse), points_one_deviation_above));
  BOOST_TEST(
      is_near(points("hrv_rmssd", 50 * std::exp(0.02), flat_pulse), points_one_deviation_above));
}

BOOST_AUTO_TEST_CASE(missing_parts_are_left_out_and_named) {
  auto window = usual();
  window.sleep_score.back().value = 75 + deviation(5);
  window.hrv_rmssd_ms.clear();
  const auto result = assess(window);
  // (84.13 + 50 + 50)/3 = 61.4: equal weights are left.
  BOOST_TEST(result.score.value() == 61.0);
  BOOST_TEST(result.confidence.value() == 0.75);
  BOOST_TEST(result.significance == "medium");
  BOOST_TEST(result.sample_count == 3);
  const auto& details = std::get<readiness_details>(result.details);
  BOOST_TEST((details.missing == texts{"hrv_rmssd"}));
  for (const auto& part : details.parts)
    BOOST_TEST(is_near(part.weight, 1.0 / 3.0));
  window.resting_heart_rate_bpm.clear();
  BOOST_TEST(assess(window).significance == "low");
  BOOST_TEST(assess(window).score.value() == 67.0);
  BOOST_TEST((details_of(window).missing == texts{"hrv_rmssd", "resting_hr"}));
}

BOOST_AUTO_TEST_CASE(one_part_is_too_few) {
  analytics_window window;
  window.training_load_ratio = constant(today, 1, 1.0);
  const auto result = assess(window);
  BOOST_TEST(!result.score.has_value());
  BOOST_TEST(!result.confidence.has_value());
  BOOST_TEST(result.significance == "insufficient");
  BOOST_TEST(result.sample_count == 1);
  const insufficient_details expected{.reason = "Insufficient data: 1 of 4 parts, need 2; missing: "
                                                "hrv_rmssd, sleep_score, resting_hr",
                                      .p_value = std::nullopt};
  BOOST_TEST((std::get<insufficient_details>(result.details) == expected));
  BOOST_TEST(assess({}).sample_count == 0);
  BOOST_TEST(assess({}).significance == "insufficient");
}

BOOST_AUTO_TEST_CASE(the_range_is_the_60_days_before) {
  // The first of them moves the mean, the day before it does not.
  auto window = usual();
  const auto before = assess(window);
  window.sleep_score.insert(window.sleep_score.begin(), {today - days{61}, 1e6});
  BOOST_TEST((assess(window) == before));
  window.sleep_score[1].value = 1e6;
  BOOST_TEST((assess(window) != before));
}

BOOST_AUTO_TEST_CASE(fourteen_days_make_a_range) {
  auto window = usual();
  const auto with_nights = [&](std::size_t count) {
    window.sleep_score = constant(today, count + 1, 75);
    return assess(window).sample_count;
  };
  BOOST_TEST(with_nights(13) == 3);
  BOOST_TEST(with_nights(14) == 4);
  // Gaps only reduce the number: every fourth of 60 days are 15.
  window.sleep_score.clear();
  for (int age = 60; age >= 0; age -= 4)
    window.sleep_score.push_back({today - days{age}, 75});
  BOOST_TEST(assess(window).sample_count == 4);
}

BOOST_AUTO_TEST_CASE(old_values_say_nothing_about_today) {
  const auto window = usual();
  BOOST_TEST(assess_readiness(window, today + days{3}).sample_count == 4);
  BOOST_TEST(assess_readiness(window, today + days{4}).sample_count == 0);
}

BOOST_AUTO_TEST_CASE(units_do_not_matter) {
  // Another unit multiplies; the logarithm of HRV and the spread of the others follow.
  auto window = usual();
  const auto before = details_of(window);
  for (auto* values : {&window.hrv_rmssd_ms, &window.sleep_score, &window.resting_heart_rate_bpm})
    for (auto& value : *values)
      value.value *= 1024;
  const auto after = details_of(window);
  for (std::size_t index = 0; index < before.parts.size(); ++index)
    BOOST_TEST(is_near(after.parts[index].points, before.parts[index].points));
}

BOOST_AUTO_TEST_CASE(the_scale_is_never_left) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  std::uniform_real_distribution<double> exponent{-3, 6};
  for (int round = 0; round < 300; ++round) {
    auto window = usual();
    for (auto* values : {&window.hrv_rmssd_ms, &window.sleep_score, &window.resting_heart_rate_bpm,
                         &window.training_load_ratio})
      values->back().value = std::pow(10.0, exponent(random));
    const auto result = assess(window);
    BOOST_TEST(result.score.value() >= 0.0);
    BOOST_TEST(result.score.value() <= 100.0);
  }
}

BOOST_AUTO_TEST_SUITE_END()
