// Goal: the risk is a continuous sum of four checks, in the contract's words. Method: levels whose
// trends are round numbers, on and just beyond every support point.
#define BOOST_TEST_DYN_LINK
#include "analytics/overtraining.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <string>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

/// 23 days at 100, then 7 days so many percent above: the trend is `percent`.
series trending(double percent) {
  return joined(constant(today - days{7}, 23, 100), constant(today, 7, 100 + percent));
}

analytics_window of_trends(double hrv, double sleep, double resting_hr, double ratio) {
  analytics_window window;
  window.hrv_rmssd_ms = trending(hrv);
  window.sleep_score = trending(sleep);
  window.resting_heart_rate_bpm = trending(resting_hr);
  window.training_load_ratio = constant(today, 1, ratio);
  return window;
}

overtraining_details details_of(const analytics_window& window) {
  return std::get<overtraining_details>(assess_overtraining(window, today).details);
}

std::int32_t score(double hrv, double sleep, double resting_hr, double ratio) {
  return details_of(of_trends(hrv, sleep, resting_hr, ratio)).risk_score;
}

std::vector<std::string> factors(double hrv, double sleep, double resting_hr, double ratio) {
  return details_of(of_trends(hrv, sleep, resting_hr, ratio)).risk_factors;
}

using texts = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(overtraining)

BOOST_AUTO_TEST_CASE(nothing_speaks_for_it) {
  const auto result = assess_overtraining(of_trends(0, 0, 0, 1.0), today);
  BOOST_TEST(result.type == "composite");
  BOOST_TEST(result.name == "overtraining_risk");
  BOOST_TEST(result.score.value() == 0.0);
  BOOST_TEST(result.confidence.value() == 1.0);
  BOOST_TEST(result.significance == "low");
  BOOST_TEST(result.sample_count == 4);
  BOOST_TEST(
      (result.metrics == texts{"hrv_rmssd", "sleep_score", "resting_hr", "training_load_ratio"}));
  const auto& details = std::get<overtraining_details>(result.details);
  BOOST_TEST(details.metrics_checked == 4);
  BOOST_TEST(details.risk_factors.empty());
  BOOST_TEST(details.recommendations.size() == 2u);
}

BOOST_AUTO_TEST_CASE(points_of_each_check) {
  // Change, points: halfway, at the first support point, halfway again, at the second, beyond.
  BOOST_TEST(score(-2, 0, 0, 1) == 6);
  BOOST_TEST(score(-5, 0, 0, 1) == 15);
  BOOST_TEST(score(-8, 0, 0, 1) == 21);
  BOOST_TEST(score(-10, 0, 0, 1) == 25);
  BOOST_TEST(score(-50, 0, 0, 1) == 25);
  BOOST_TEST(score(0, -4, 0, 1) == 12);
  BOOST_TEST(score(0, -5, 0, 1) == 15);
  BOOST_TEST(score(0, -7, 0, 1) == 19);
  BOOST_TEST(score(0, -10, 0, 1) == 25);
  BOOST_TEST(score(0, -50, 0, 1) == 25);
  // 15 · 1/2 = 7.5 goes to the even 8.
  BOOST_TEST(score(0, 0, 1, 1) == 8);
  BOOST_TEST(score(0, 0, 2, 1) == 15);
  BOOST_TEST(score(0, 0, 3.5, 1) == 20);
  BOOST_TEST(score(0, 0, 5, 1) == 25);
  BOOST_TEST(score(0, 0, 50, 1) == 25);
  BOOST_TEST(score(0, 0, 0, 1.2) == 10);
  BOOST_TEST(score(0, 0, 0, 1.3) == 15);
  BOOST_TEST(score(0, 0, 0, 1.4) == 20);
  BOOST_TEST(score(0, 0, 0, 1.5) == 25);
  BOOST_TEST(score(0, 0, 0, 9) == 25);
}

BOOST_AUTO_TEST_CASE(changes_for_the_better_have_no_points) {
  BOOST_TEST(score(20, 20, -20, 0.3) == 0);
  BOOST_TEST(factors(20, 20, -20, 0.3).empty());
}

BOOST_AUTO_TEST_CASE(the_score_of_the_seed_document_exists) {
  // 15 points for −5 %, 20 for −7.5 %; upstream's scale had no 35.
  const auto result = assess_overtraining(of_trends(-5, -7.5, 0, 1.0), today);
  BOOST_TEST(result.score.value() == 35.0);
  BOOST_TEST(result.significance == "medium");
}

BOOST_AUTO_TEST_CASE(everything_speaks_for_it) {
  const auto result = assess_overtraining(of_trends(-20, -15, 10, 1.8), today);
  BOOST_TEST(result.score.value() == 100.0);
  BOOST_TEST(result.significance == "high");
  const auto& details = std::get<overtraining_details>(result.details);
  BOOST_TEST(details.risk_score == 100);
  const texts expected{"HRV declining significantly (-20.0%)", "Sleep quality declining (-15.0%)",
                       "Resting heart rate elevated (+10.0%)", "Training load ratio high (1.80)"};
  BOOST_TEST((details.risk_factors == expected));
}

BOOST_AUTO_TEST_CASE(the_words_of_the_first_support_point) {
  const texts expected{
      "HRV declining moderately (-6.0%)", "Sleep quality declining slightly (-6.0%)",
      "Resting heart rate slightly elevated (+3.0%)", "Training load ratio elevated (1.40)"};
  BOOST_TEST((factors(-6, -6, 3, 1.4) == expected));
}

BOOST_AUTO_TEST_CASE(support_points_belong_to_the_lower_side) {
  BOOST_TEST(factors(-5, -5, 2, 1.3).empty());
  const texts expected{
      "HRV declining moderately (-10.0%)", "Sleep quality declining slightly (-10.0%)",
      "Resting heart rate slightly elevated (+5.0%)", "Training load ratio elevated (1.50)"};
  BOOST_TEST((factors(-10, -10, 5, 1.5) == expected));
}

BOOST_AUTO_TEST_CASE(limits_of_significance_and_advice) {
  const auto assess = [](double hrv, double sleep, double resting_hr, double ratio) {
    return assess_overtraining(of_trends(hrv, sleep, resting_hr, ratio), today);
  };
  const auto advice = [](const pattern_analysis& result) {
    return std::get<overtraining_details>(result.details).recommendations;
  };
  // 24 = 15 · 4/5 + 15 · 4/5; 25, 49 = 25 + 24, 50, 74 = 25 + 25 + 24, 75.
  BOOST_TEST(assess(-4, -4, 0, 1).significance == "low");
  BOOST_TEST(assess(-10, 0, 0, 1).significance == "medium");
  BOOST_TEST(assess(-10, -9.5, 0, 1).significance == "medium");
  BOOST_TEST(assess(-10, -10, 0, 1).significance == "high");
  BOOST_TEST(advice(assess(-4, -4, 0, 1)).size() == 2u);
  BOOST_TEST(advice(assess(-10, 0, 0, 1)).size() == 2u);
  BOOST_TEST(advice(assess(-10, -10, 0, 1)).size() == 3u);
  BOOST_TEST(advice(assess(-10, -10, 5, 1)).size() == 3u);
  BOOST_TEST((advice(assess(-4, -4, 0, 1)) != advice(assess(-10, 0, 0, 1))));
  BOOST_TEST((advice(assess(-10, -10, 0, 1)) != advice(assess(-10, -10, 5, 1))));
}

BOOST_AUTO_TEST_CASE(a_single_check_is_too_few) {
  const auto result = assess_overtraining(hrv_only(trending(-20)), today);
  BOOST_TEST(result.significance == "insufficient");
  BOOST_TEST(result.score.value() == 25.0);
  BOOST_TEST(result.confidence.value() == 0.25);
  BOOST_TEST(result.sample_count == 1);
  const auto& details = std::get<overtraining_details>(result.details);
  BOOST_TEST(details.metrics_checked == 1);
  BOOST_TEST(details.recommendations.size() == 1u);
  auto two = hrv_only(trending(-20));
  two.training_load_ratio = constant(today, 1, 1.0);
  BOOST_TEST(assess_overtraining(two, today).significance == "medium");
  BOOST_TEST(assess_overtraining(two, today).confidence.value() == 0.5);
}

BOOST_AUTO_TEST_CASE(nothing_known) {
  const auto result = assess_overtraining({}, today);
  BOOST_TEST(result.significance == "insufficient");
  BOOST_TEST(result.score.value() == 0.0);
  BOOST_TEST(result.confidence.value() == 0.0);
  BOOST_TEST(result.sample_count == 0);
}

BOOST_AUTO_TEST_CASE(old_values_are_not_checked) {
  const auto window = of_trends(-20, -20, 20, 1.8);
  BOOST_TEST(assess_overtraining(window, today + days{3}).sample_count == 4);
  // On the fourth day the trends could still be computed, but nothing is concluded any more.
  BOOST_TEST(assess_overtraining(window, today + days{4}).sample_count == 0);
}

BOOST_AUTO_TEST_CASE(there_are_no_steps) {
  // The slightest change of the measure moves the score by one at most, also at support points.
  for (double ratio = 0.9; ratio < 1.7; ratio += 0.001) {
    const auto step = score(0, 0, 0, ratio + 0.001) - score(0, 0, 0, ratio);
    BOOST_TEST(step >= 0);
    BOOST_TEST(step <= 1);
  }
}

BOOST_AUTO_TEST_SUITE_END()
