// Goal: all five patterns are there in the contract's order and words. Method: whole users, levels
// whose trends are round numbers.
#define BOOST_TEST_DYN_LINK
#include "analytics/patterns.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

/// 23 days at 100, then 7 days so many percent above: the trend is `percent`.
series trending(double percent) {
  return joined(constant(today - days{7}, 23, 100), constant(today, 7, 100 + percent));
}

pattern_analysis hrv_trend(const series& values) {
  return detect_patterns(hrv_only(values), today, now).at(2);
}

pattern_analysis sleep_trend(const series& values) {
  analytics_window window;
  window.sleep_score = values;
  return detect_patterns(window, today, now).at(3);
}

std::string interpretation_of(const pattern_analysis& trend) {
  return std::get<trend_details>(trend.details).interpretation;
}

const std::vector<std::string> names{"sleep_hrv_correlation", "overtraining_risk", "hrv_trend",
                                     "sleep_trend", "recovery_readiness"};

} // namespace

BOOST_AUTO_TEST_SUITE(patterns)

BOOST_AUTO_TEST_CASE(all_five_in_their_order_even_without_data) {
  const auto list = detect_patterns({}, today, now);
  BOOST_REQUIRE(list.size() == names.size());
  for (std::size_t index = 0; index < names.size(); ++index) {
    BOOST_TEST(list[index].name == names[index]);
    BOOST_TEST(list[index].significance == "insufficient");
    BOOST_TEST(list[index].sample_count == 0);
    BOOST_TEST((list[index].analyzed_at == now));
  }
}

BOOST_AUTO_TEST_CASE(a_whole_trend) {
  const auto result = hrv_trend(trending(-12));
  BOOST_TEST(result.type == "trend");
  BOOST_TEST(result.name == "hrv_trend");
  BOOST_TEST(result.score.value() == -12.0);
  BOOST_TEST(result.confidence.value() == 0.8);
  BOOST_TEST(result.significance == "high");
  BOOST_TEST((result.metrics == std::vector<std::string>{"hrv"}));
  BOOST_TEST(result.sample_count == 7);
  const trend_details expected{.trend_percent = -12.0,
                               .direction = "declining",
                               .interpretation = "HRV is declining (-12.0% from baseline)"};
  BOOST_TEST((std::get<trend_details>(result.details) == expected));
}

BOOST_AUTO_TEST_CASE(the_trend_of_sleep_has_its_own_words) {
  const auto result = sleep_trend(trending(6));
  BOOST_TEST(result.name == "sleep_trend");
  BOOST_TEST((result.metrics == std::vector<std::string>{"sleep"}));
  BOOST_TEST(interpretation_of(result) == "SLEEP is improving (+6.0% from baseline)");
}

BOOST_AUTO_TEST_CASE(significance_of_trends) {
  for (const double sign : {1.0, -1.0}) {
    BOOST_TEST(hrv_trend(trending(sign * 4)).significance == "low");
    BOOST_TEST(hrv_trend(trending(sign * 5)).significance == "medium");
    BOOST_TEST(hrv_trend(trending(sign * 9)).significance == "medium");
    BOOST_TEST(hrv_trend(trending(sign * 10)).significance == "high");
  }
}

BOOST_AUTO_TEST_CASE(a_trend_is_called_as_in_the_baselines) {
  BOOST_TEST(interpretation_of(hrv_trend(trending(0))) == "HRV is stable (+0.0% from baseline)");
  BOOST_TEST(interpretation_of(hrv_trend(trending(4))) == "HRV is stable (+4.0% from baseline)");
  BOOST_TEST(interpretation_of(hrv_trend(trending(8))) == "HRV is improving (+8.0% from baseline)");
}

BOOST_AUTO_TEST_CASE(no_trend_without_a_month) {
  const auto result = hrv_trend(constant(today, 9, 50));
  BOOST_TEST(!result.score.has_value());
  BOOST_TEST(!result.confidence.has_value());
  BOOST_TEST(result.significance == "insufficient");
  BOOST_TEST(result.sample_count == 0);
  const insufficient_details expected{.reason = "Insufficient data for trend analysis",
                                      .p_value = std::nullopt};
  BOOST_TEST((std::get<insufficient_details>(result.details) == expected));
}

BOOST_AUTO_TEST_CASE(summaries_tell_factors_and_interpretation) {
  auto window = hrv_only(trending(-12));
  window.training_load_ratio = constant(today, 1, 1.4);
  const auto summaries = summarize(detect_patterns(window, today, now));
  BOOST_REQUIRE(summaries.size() == names.size());
  for (std::size_t index = 0; index < names.size(); ++index)
    BOOST_TEST(summaries[index].name == names[index]);
  const pattern_summary correlation{.name = "sleep_hrv_correlation",
                                    .pattern_type = "correlation",
                                    .score = std::nullopt,
                                    .significance = "insufficient",
                                    .factors = {},
                                    .interpretation = std::nullopt};
  BOOST_TEST((summaries[0] == correlation));
  const pattern_summary risk{
      .name = "overtraining_risk",
      .pattern_type = "composite",
      .score = 45,
      .significance = "medium",
      .factors = {"HRV declining significantly (-12.0%)", "Training load ratio elevated (1.40)"},
      .interpretation = std::nullopt};
  BOOST_TEST((summaries[1] == risk));
  const pattern_summary trend{.name = "hrv_trend",
                              .pattern_type = "trend",
                              .score = -12,
                              .significance = "high",
                              .factors = {},
                              .interpretation = "HRV is declining (-12.0% from baseline)"};
  BOOST_TEST((summaries[2] == trend));
  BOOST_TEST(summaries[4].pattern_type == "composite");
  BOOST_TEST(summaries[4].interpretation->starts_with("Recovery readiness is "));
}

BOOST_AUTO_TEST_CASE(only_significant_patterns_conclude) {
  insights known;
  BOOST_TEST((significant(known, "overtraining_risk") == nullptr));
  pattern_summary risk;
  risk.name = "overtraining_risk";
  risk.score = 60;
  for (const char* significance : {"low", "medium", "high"}) {
    risk.significance = significance;
    known.patterns = {risk};
    BOOST_TEST((significant(known, "overtraining_risk") == &known.patterns[0]));
    BOOST_TEST((significant(known, "hrv_trend") == nullptr));
  }
  risk.significance = "insufficient";
  known.patterns = {risk};
  BOOST_TEST((significant(known, "overtraining_risk") == nullptr));
  risk.significance = "high";
  risk.score.reset();
  known.patterns = {risk};
  BOOST_TEST((significant(known, "overtraining_risk") == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
