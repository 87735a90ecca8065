// Goal: what to do today follows from the risk of overtraining, today's HRV and anomalies, if they
// are known well enough. Method: insights written by hand, values just on either side of every
// limit.
#define BOOST_TEST_DYN_LINK
#include "analytics/suggestions.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

insights with_hrv(double percent, baseline_status status = baseline_status::ready, int age = 0) {
  metric_comparison hrv;
  hrv.name = metric::hrv_rmssd;
  hrv.current = percent / 2;
  hrv.as_of = today - days{age};
  hrv.baseline = 50;
  hrv.percent_of_baseline = percent;
  hrv.status = status;
  insights known;
  known.comparisons = {hrv};
  return known;
}

pattern_summary overtraining(double score, const std::string& significance = "high") {
  pattern_summary risk;
  risk.name = "overtraining_risk";
  risk.score = score;
  risk.significance = significance;
  return risk;
}

std::vector<suggestion> at_risk(double score, const std::string& significance = "high") {
  insights known;
  known.patterns = {overtraining(score, significance)};
  return suggest(known, today);
}

anomaly_summary anomaly(metric name, const std::string& severity) {
  anomaly_summary result;
  result.name = name;
  result.severity = severity;
  return result;
}

/// All actions in their order.
std::string actions(const insights& known) {
  std::string text;
  for (const auto& entry : suggest(known, today))
    text += entry.action + " ";
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(suggestions)

BOOST_AUTO_TEST_CASE(a_low_hrv_asks_for_recovery) {
  // 86.9 % is the example of the seed document.
  const auto list = suggest(with_hrv(86.9), today);
  BOOST_REQUIRE(list.size() == 1u);
  BOOST_TEST(list[0].action == "prioritize_recovery");
  BOOST_TEST(list[0].description == "Prioritize sleep and recovery today");
  BOOST_TEST(list[0].confidence == 0.85);
  BOOST_TEST(list[0].reason == "HRV is 13% below baseline");
  BOOST_TEST(suggest(with_hrv(89.99), today).at(0).action == "prioritize_recovery");
}

BOOST_AUTO_TEST_CASE(nothing_is_suggested_in_between) {
  BOOST_TEST(suggest(with_hrv(90), today).empty());
  BOOST_TEST(suggest(with_hrv(99.99), today).empty());
}

BOOST_AUTO_TEST_CASE(an_hrv_at_baseline_lets_train) {
  for (const double percent : {100.0, 130.0}) {
    const auto list = suggest(with_hrv(percent), today);
    BOOST_REQUIRE(list.size() == 1u);
    BOOST_TEST(list[0].action == "train_normally");
    BOOST_TEST(list[0].confidence == 0.85);
    BOOST_TEST(!list[0].description.empty());
    BOOST_TEST(!list[0].reason.empty());
  }
}

BOOST_AUTO_TEST_CASE(baseline_status_and_age_are_respected) {
  for (const double percent : {80.0, 120.0}) {
    BOOST_TEST(suggest(with_hrv(percent, baseline_status::partial), today).size() == 1u);
    BOOST_TEST(suggest(with_hrv(percent, baseline_status::insufficient), today).empty());
    BOOST_TEST(suggest(with_hrv(percent, baseline_status::ready, 3), today).size() == 1u);
    BOOST_TEST(suggest(with_hrv(percent, baseline_status::ready, 4), today).empty());
  }
}

BOOST_AUTO_TEST_CASE(a_risk_of_overtraining_asks_for_rest) {
  const auto rest = at_risk(50);
  BOOST_REQUIRE(rest.size() == 1u);
  BOOST_TEST(rest[0].action == "rest_day");
  BOOST_TEST(rest[0].confidence == 0.5);
  BOOST_TEST(rest[0].reason == "Overtraining risk is elevated (50/100)");
  BOOST_TEST(!rest[0].description.empty());
  BOOST_TEST(at_risk(94).at(0).confidence == 0.94);
  BOOST_TEST(at_risk(100).at(0).confidence == 0.95);
  const auto less = at_risk(49, "medium");
  BOOST_REQUIRE(less.size() == 1u);
  BOOST_TEST(less[0].action == "reduce_intensity");
  BOOST_TEST(less[0].confidence == 0.49);
  BOOST_TEST(less[0].reason == "Overtraining risk is moderate (49/100)");
  BOOST_TEST(at_risk(25, "medium").at(0).action == "reduce_intensity");
  BOOST_TEST(at_risk(24, "low").empty());
}

BOOST_AUTO_TEST_CASE(a_score_of_too_few_checks_suggests_nothing) {
  BOOST_TEST(at_risk(25, "insufficient").empty());
  BOOST_TEST(at_risk(60, "insufficient").empty());
}

BOOST_AUTO_TEST_CASE(a_critical_anomaly_asks_for_attention) {
  insights known;
  known.anomalies = {anomaly(metric::hrv_rmssd, "warning")};
  BOOST_TEST(suggest(known, today).empty());
  known.anomalies.push_back(anomaly(metric::resting_hr, "critical"));
  known.anomalies.push_back(anomaly(metric::training_load, "critical"));
  const auto list = suggest(known, today);
  BOOST_REQUIRE(list.size() == 1u);
  BOOST_TEST(list[0].action == "monitor_closely");
  BOOST_TEST(list[0].confidence == 0.9);
  BOOST_TEST(list[0].reason == "Critical anomaly detected in resting_hr");
  BOOST_TEST(!list[0].description.empty());
}

BOOST_AUTO_TEST_CASE(several_suggestions_in_their_order) {
  auto known = with_hrv(80);
  known.patterns = {overtraining(60)};
  known.anomalies = {anomaly(metric::hrv_rmssd, "critical")};
  BOOST_TEST(actions(known) == "rest_day prioritize_recovery monitor_closely ");
}

BOOST_AUTO_TEST_CASE(train_normally_only_when_nothing_speaks_against_it) {
  auto known = with_hrv(105);
  known.patterns = {overtraining(24, "low")};
  known.anomalies = {anomaly(metric::hrv_rmssd, "warning")};
  BOOST_TEST(actions(known) == "train_normally ");
  known.patterns = {overtraining(25, "medium")};
  BOOST_TEST(actions(known) == "reduce_intensity ");
  known.patterns.clear();
  known.anomalies = {anomaly(metric::hrv_rmssd, "critical")};
  BOOST_TEST(actions(known) == "monitor_closely ");
}

BOOST_AUTO_TEST_CASE(nothing_known_nothing_suggested) {
  BOOST_TEST(suggest({}, today).empty());
}

BOOST_AUTO_TEST_CASE(alarms_come_first_and_speak_for_themselves) {
  insights known = with_hrv(110);
  BOOST_TEST(actions(known) == "train_normally ");
  for (const auto state : {illness_state::suspected, illness_state::recovering}) {
    known.alarms.illness.state = state;
    BOOST_TEST(actions(known) == "");
  }
  known.alarms.overload.state = overload_state::overload;
  known.alarms.overload.ratio = 1.75;
  BOOST_TEST(actions(known) == "reduce_intensity ");
  BOOST_TEST(suggest(known, today).front().reason
             == "The last 7 days were 1.8 times your usual load");
  known.alarms.illness.state = illness_state::ill;
  known.patterns = {overtraining(90)};
  BOOST_TEST(actions(known) == "rest_day ");
  BOOST_TEST(suggest(known, today).front().confidence == 0.85);
  known.alarms = {};
  BOOST_TEST(suggest(known, today).front().confidence == 0.9);
}

BOOST_AUTO_TEST_SUITE_END()
