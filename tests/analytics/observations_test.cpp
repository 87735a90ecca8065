// Goal: every sentence appears when its rule says so, in the contract's words. Method: insights
// written by hand, values just on either side of every limit.
#define BOOST_TEST_DYN_LINK
#include "analytics/observations.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

/// A user with months of data, of whom only these comparisons are known.
insights with(const std::vector<metric_comparison>& comparisons) {
  insights known;
  known.data_days = 100;
  known.comparisons = comparisons;
  return known;
}

metric_comparison comparison(metric name, double current, double baseline) {
  metric_comparison result;
  result.name = name;
  result.current = current;
  result.as_of = today;
  result.baseline = baseline;
  result.percent_of_baseline = current / baseline * 100.0;
  result.trend = "stable";
  result.trend_days = 0;
  result.status = baseline_status::partial;
  return result;
}

std::vector<observation> about_hrv(double current, double baseline) {
  return observe(with({comparison(metric::hrv_rmssd, current, baseline)}), today);
}

std::vector<observation> about_sleep(double current, double baseline) {
  return observe(with({comparison(metric::sleep_score, current, baseline)}), today);
}

std::vector<observation> after_days(std::int32_t data_days) {
  insights known;
  known.data_days = data_days;
  return observe(known, today);
}

/// 4.2 ms below a baseline of 50.
anomaly_summary low_hrv(const std::string& severity) {
  return {.name = metric::hrv_rmssd,
          .current_value = 45.8,
          .baseline_value = 50,
          .median_value = 50,
          .deviation_percent = -8.4,
          .direction = "below",
          .severity = severity,
          .lower_bound = 46,
          .upper_bound = 54};
}

std::vector<observation> about_anomaly(const anomaly_summary& anomaly) {
  auto known = with({});
  known.anomalies = {anomaly};
  return observe(known, today);
}

std::vector<observation> about_pattern(const std::string& name, double score,
                                       const std::string& significance,
                                       const std::vector<std::string>& factors = {}) {
  auto known = with({});
  pattern_summary pattern;
  pattern.name = name;
  pattern.score = score;
  pattern.significance = significance;
  pattern.factors = factors;
  known.patterns = {pattern};
  return observe(known, today);
}

} // namespace

BOOST_AUTO_TEST_SUITE(observations)

BOOST_AUTO_TEST_CASE(the_first_week) {
  for (const std::int32_t data_days : {0, 6}) {
    const auto list = after_days(data_days);
    BOOST_REQUIRE(list.size() == 1u);
    BOOST_TEST(list[0].category == "onboarding");
    BOOST_TEST(list[0].priority == "info");
    BOOST_TEST(list[0].fact
               == "Building your personal baselines (" + std::to_string(data_days) + "/7 days)");
    BOOST_TEST(!list[0].trend.has_value());
  }
  BOOST_TEST(after_days(0)[0].context->ends_with("unlock in 7 days"));
  BOOST_TEST(after_days(6)[0].context->ends_with("unlock in 1 day"));
}

BOOST_AUTO_TEST_CASE(the_first_three_weeks) {
  for (const std::int32_t data_days : {7, 20}) {
    const auto list = after_days(data_days);
    BOOST_REQUIRE(list.size() == 1u);
    BOOST_TEST(list[0].category == "onboarding");
    BOOST_TEST(list[0].priority == "info");
    BOOST_TEST(list[0].fact
               == "Your baselines are being established (" + std::to_string(data_days)
                      + " days of data)");
  }
  BOOST_TEST(after_days(7)[0].context->starts_with("Pattern detection starts in 14 days;"));
  BOOST_TEST(after_days(20)[0].context->starts_with("Pattern detection starts in 1 day;"));
  BOOST_TEST(after_days(21).empty());
}

BOOST_AUTO_TEST_CASE(the_example_of_the_seed_document) {
  // 45.2 of 52.0 is 86.9 %, so 13.1 % below.
  auto hrv = comparison(metric::hrv_rmssd, 45.2, 52.0);
  hrv.trend = "declining";
  const auto list = observe(with({hrv}), today);
  BOOST_REQUIRE(list.size() == 1u);
  BOOST_TEST(list[0].category == "recovery");
  BOOST_TEST(list[0].priority == "high");
  BOOST_TEST(list[0].fact == "HRV is 13% below baseline");
  BOOST_TEST(list[0].context.value() == "Current: 45ms, Baseline: 52ms");
  BOOST_TEST(list[0].trend.value() == "declining");
}

BOOST_AUTO_TEST_CASE(hrv_limits) {
  BOOST_TEST(about_hrv(89.99, 100).at(0).fact == "HRV is 10% below baseline");
  BOOST_TEST(about_hrv(90, 100).empty());
  BOOST_TEST(about_hrv(84, 100).at(0).fact == "HRV is 16% below baseline");
  BOOST_TEST(about_hrv(84, 100).at(0).priority == "high");
  BOOST_TEST(about_hrv(100, 100).empty());
  BOOST_TEST(about_hrv(109.99, 100).empty());
  BOOST_TEST(about_hrv(110.01, 100).at(0).fact == "HRV is 10% above baseline - excellent recovery");
  const auto good = about_hrv(121, 100).at(0);
  BOOST_TEST(good.category == "recovery");
  BOOST_TEST(good.priority == "positive");
  BOOST_TEST(good.fact == "HRV is 21% above baseline - excellent recovery");
  BOOST_TEST(good.trend.value() == "improving");
  BOOST_TEST(good.context.has_value());
}

BOOST_AUTO_TEST_CASE(halves_in_sentences_go_to_even) {
  // 12.5 % below and 13.5 % below.
  BOOST_TEST(about_hrv(87.5, 100).at(0).fact == "HRV is 12% below baseline");
  BOOST_TEST(about_hrv(86.5, 100).at(0).fact == "HRV is 14% below baseline");
}

BOOST_AUTO_TEST_CASE(sleep_limits) {
  BOOST_TEST(about_sleep(85, 100).empty());
  const auto poor = about_sleep(63, 75.5).at(0);
  // 63/75.5 = 83.4 %; the baseline 75.5 is printed half to even.
  BOOST_TEST(poor.category == "sleep");
  BOOST_TEST(poor.priority == "medium");
  BOOST_TEST(poor.fact == "Sleep score is 17% below your average");
  BOOST_TEST(poor.context.value() == "Current: 63, Baseline: 76");
  BOOST_TEST(poor.trend.value() == "stable");
  BOOST_TEST(about_sleep(150, 100).empty());
}

BOOST_AUTO_TEST_CASE(a_decline_of_sleep_that_lasts) {
  auto sleep = comparison(metric::sleep_score, 70, 75);
  const auto facts = [&sleep] {
    return observe(with({sleep}), today);
  };
  sleep.trend = "declining";
  sleep.trend_days = 2;
  BOOST_TEST(facts().empty());
  sleep.trend_days = 3;
  const auto entry = facts().at(0);
  BOOST_TEST(entry.category == "sleep");
  BOOST_TEST(entry.priority == "medium");
  BOOST_TEST(entry.trend.value() == "declining");
  BOOST_TEST(entry.fact == "Sleep quality has been declining for 3 days");
  BOOST_TEST(entry.context.value() == "Current score: 70");
  sleep.trend = "stable";
  BOOST_TEST(facts().empty());
  sleep.trend.reset();
  sleep.trend_days.reset();
  BOOST_TEST(facts().empty());
}

BOOST_AUTO_TEST_CASE(nothing_is_concluded_from_old_values_or_thin_baselines) {
  auto hrv = comparison(metric::hrv_rmssd, 40, 80);
  hrv.as_of = today - days{3};
  BOOST_TEST(observe(with({hrv}), today).size() == 1u);
  hrv.as_of = today - days{4};
  BOOST_TEST(observe(with({hrv}), today).empty());
  hrv.as_of = today;
  hrv.status = baseline_status::insufficient;
  BOOST_TEST(observe(with({hrv}), today).empty());
  hrv.status = baseline_status::ready;
  hrv.percent_of_baseline.reset();
  BOOST_TEST(observe(with({hrv}), today).empty());
}

BOOST_AUTO_TEST_CASE(other_metrics_have_no_sentences_of_their_own) {
  for (const metric name :
       {metric::resting_hr, metric::training_load, metric::training_load_ratio}) {
    BOOST_TEST(observe(with({comparison(name, 10, 100)}), today).empty());
    BOOST_TEST(observe(with({comparison(name, 200, 100)}), today).empty());
  }
}

BOOST_AUTO_TEST_CASE(critical_anomalies) {
  const auto list = about_anomaly(low_hrv("critical"));
  BOOST_REQUIRE(list.size() == 1u);
  BOOST_TEST(list[0].category == "anomaly");
  BOOST_TEST(list[0].priority == "critical");
  BOOST_TEST(list[0].trend.value() == "anomalous");
  BOOST_TEST(list[0].fact == "HRV RMSSD is significantly below normal range");
  BOOST_TEST(list[0].context.value() == "Current: 45.8, Baseline: 50.0 (-8%)");
}

BOOST_AUTO_TEST_CASE(anomalies_that_are_a_warning) {
  auto anomaly = low_hrv("warning");
  anomaly.name = metric::training_load_ratio;
  anomaly.direction = "above";
  anomaly.deviation_percent = 12.5;
  const auto list = about_anomaly(anomaly);
  BOOST_REQUIRE(list.size() == 1u);
  BOOST_TEST(list[0].priority == "high");
  BOOST_TEST(list[0].fact == "TRAINING LOAD RATIO is above normal range");
  BOOST_TEST(list[0].context.value() == "Current: 45.8, Baseline: 50.0 (+12%)");
}

BOOST_AUTO_TEST_CASE(an_anomaly_without_a_percentage) {
  auto anomaly = low_hrv("warning");
  anomaly.deviation_percent.reset();
  BOOST_TEST(about_anomaly(anomaly).at(0).context.value() == "Current: 45.8, Baseline: 50.0");
}

BOOST_AUTO_TEST_CASE(an_elevated_risk_of_overtraining) {
  const auto list = about_pattern("overtraining_risk", 50, "high", {"first", "second"});
  BOOST_REQUIRE(list.size() == 1u);
  BOOST_TEST(list[0].category == "training");
  BOOST_TEST(list[0].priority == "high");
  BOOST_TEST(list[0].trend.value() == "declining");
  BOOST_TEST(list[0].fact == "Overtraining risk is elevated (50/100)");
  BOOST_TEST(list[0].context.value() == "first, second");
}

BOOST_AUTO_TEST_CASE(a_moderate_risk_of_overtraining) {
  for (const double score : {25.0, 49.0}) {
    const auto list = about_pattern("overtraining_risk", score, "medium");
    BOOST_REQUIRE(list.size() == 1u);
    BOOST_TEST(list[0].category == "training");
    BOOST_TEST(list[0].priority == "medium");
    BOOST_TEST(list[0].trend.value() == "stable");
    BOOST_TEST(!list[0].context.has_value());
  }
  BOOST_TEST(about_pattern("overtraining_risk", 25, "medium").at(0).fact
             == "Moderate overtraining indicators detected (25/100)");
}

BOOST_AUTO_TEST_CASE(little_risk_and_too_few_checks_say_nothing) {
  BOOST_TEST(about_pattern("overtraining_risk", 24, "low").empty());
  BOOST_TEST(about_pattern("overtraining_risk", 60, "insufficient").empty());
}

BOOST_AUTO_TEST_CASE(a_strong_link_of_sleep_and_hrv) {
  const auto list = about_pattern("sleep_hrv_correlation", 0.51, "high");
  BOOST_REQUIRE(list.size() == 1u);
  BOOST_TEST(list[0].category == "recovery");
  BOOST_TEST(list[0].priority == "info");
  BOOST_TEST(!list[0].trend.has_value());
  BOOST_TEST(!list[0].fact.empty());
  BOOST_TEST(list[0].context.has_value());
  BOOST_TEST(about_pattern("sleep_hrv_correlation", 0.5, "high").empty());
  BOOST_TEST(about_pattern("sleep_hrv_correlation", 0.9, "medium").empty());
  BOOST_TEST(about_pattern("sleep_hrv_correlation", -0.9, "high").empty());
}

BOOST_AUTO_TEST_CASE(other_patterns_have_no_sentences_of_their_own) {
  for (const char* name : {"hrv_trend", "sleep_trend", "recovery_readiness"})
    BOOST_TEST(about_pattern(name, 90, "high").empty());
}

BOOST_AUTO_TEST_CASE(equal_priorities_come_in_the_order_of_the_contract) {
  auto known = with({comparison(metric::hrv_rmssd, 40, 80)});
  known.anomalies = {low_hrv("warning")};
  pattern_summary risk;
  risk.name = "overtraining_risk";
  risk.score = 70;
  risk.significance = "high";
  known.patterns = {risk};
  const auto list = observe(known, today);
  BOOST_REQUIRE(list.size() == 3u);
  BOOST_TEST(list[0].category == "anomaly");
  BOOST_TEST(list[1].category == "recovery");
  BOOST_TEST(list[2].category == "training");
}

BOOST_AUTO_TEST_CASE(urgent_things_first) {
  auto known =
      with({comparison(metric::hrv_rmssd, 40, 80), comparison(metric::sleep_score, 40, 80)});
  known.data_days = 20;
  const auto list = observe(known, today);
  BOOST_REQUIRE(list.size() == 3u);
  BOOST_TEST(list[0].priority == "high");
  BOOST_TEST(list[1].priority == "medium");
  BOOST_TEST(list[2].priority == "info");
}

BOOST_AUTO_TEST_CASE(sorting_is_stable) {
  std::vector<observation> list;
  for (const char* priority : {"positive", "info", "low", "medium", "high", "critical"}) {
    for (const char* fact : {"first", "second"})
      list.push_back({.category = {},
                      .priority = priority,
                      .fact = fact,
                      .context = std::nullopt,
                      .trend = std::nullopt});
  }
  sort_by_priority(list);
  std::string order;
  for (const auto& entry : list)
    order += entry.priority + "/" + entry.fact + " ";
  BOOST_TEST(order
             == "critical/first critical/second high/first high/second medium/first "
                "medium/second low/first low/second info/first info/second positive/first "
                "positive/second ");
}

BOOST_AUTO_TEST_SUITE_END()
