// Goal: the scan finds what leaves the personal bounds today, and says by which figures. Method:
// samples whose quartiles are round numbers, and the days around every limit.
#define BOOST_TEST_DYN_LINK
#include "analytics/anomalies.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

/// Days with the values 1…7 (quartiles 2 and 6, mean and median 4, bounds −4 and 12, outer bounds
/// −10 and 18), then `newest` on `last`.
series week_then(double newest, date last = today) {
  return joined(ending(last - days{1}, {1, 2, 3, 4, 5, 6, 7}), constant(last, 1, newest));
}

} // namespace

BOOST_AUTO_TEST_SUITE(anomalies)

BOOST_AUTO_TEST_CASE(nothing_known_nothing_found) {
  BOOST_TEST(find_anomalies({}, today).empty());
}

BOOST_AUTO_TEST_CASE(a_value_within_the_bounds_is_none) {
  for (const double value : {1.0, 4.0, 12.0})
    BOOST_TEST(find_anomalies(hrv_only(week_then(value)), today).empty());
}

BOOST_AUTO_TEST_CASE(a_whole_anomaly_by_hand) {
  const auto found = find_anomalies(hrv_only(week_then(14)), today);
  BOOST_REQUIRE(found.size() == 1u);
  const anomaly_summary expected{.name = metric::hrv_rmssd,
                                 .current_value = 14,
                                 .baseline_value = 4,
                                 .median_value = 4,
                                 .deviation_percent = 250.0,
                                 .direction = "above",
                                 .severity = "warning",
                                 .lower_bound = -4,
                                 .upper_bound = 12};
  BOOST_TEST((found[0] == expected));
}

BOOST_AUTO_TEST_CASE(far_outside_is_critical) {
  BOOST_TEST(find_anomalies(hrv_only(week_then(18)), today).at(0).severity == "warning");
  BOOST_TEST(find_anomalies(hrv_only(week_then(18.1)), today).at(0).severity == "critical");
}

BOOST_AUTO_TEST_CASE(below_is_below) {
  // 11…17: quartiles 12 and 16, so the bounds are 6 and 22.
  const auto values =
      joined(ending(today - days{1}, {11, 12, 13, 14, 15, 16, 17}), constant(today, 1, 5));
  const auto found = find_anomalies(hrv_only(values), today).at(0);
  BOOST_TEST(found.direction == "below");
  BOOST_TEST(found.deviation_percent.value() == (5.0 - 14.0) / 14.0 * 100.0);
}

BOOST_AUTO_TEST_CASE(the_direction_is_that_of_the_bound_not_of_the_mean) {
  // Upper bound 35, mean nearly 6·10^8: see judging_test.cpp.
  const auto values =
      joined(ending(today - days{1}, {10, 10, 12, 15, 18, 20, 4e9}), constant(today, 1, 36));
  const auto found = find_anomalies(hrv_only(values), today).at(0);
  BOOST_TEST(found.direction == "above");
  BOOST_TEST(found.deviation_percent.value() < 0.0);
  BOOST_TEST(found.median_value == 15.0);
}

BOOST_AUTO_TEST_CASE(a_value_is_judged_by_the_days_before_it) {
  // Judged by itself too, 30 would widen its own bounds.
  const auto values = joined(week_then(4, today - days{1}), constant(today, 1, 30));
  const auto found = find_anomalies(hrv_only(values), today).at(0);
  // Mean of 1…7 and 4; the quartiles of 1 2 3 4 4 5 6 7 are 2.25 and 5.75.
  BOOST_TEST(found.baseline_value == 4.0);
  BOOST_TEST(found.lower_bound == 2.25 - 1.5 * 3.5);
  BOOST_TEST(found.upper_bound == 5.75 + 1.5 * 3.5);
}

BOOST_AUTO_TEST_CASE(nothing_is_built_on_old_values) {
  BOOST_TEST(find_anomalies(hrv_only(week_then(30, today - days{3})), today).size() == 1u);
  BOOST_TEST(find_anomalies(hrv_only(week_then(30, today - days{4})), today).empty());
}

BOOST_AUTO_TEST_CASE(too_few_days_judge_nothing) {
  const auto values = joined(ending(today - days{1}, {1, 2, 3, 4, 5, 6}), constant(today, 1, 30));
  BOOST_TEST(find_anomalies(hrv_only(values), today).empty());
}

BOOST_AUTO_TEST_CASE(only_the_newest_value_is_judged) {
  const auto values = joined(week_then(30, today - days{1}), constant(today, 1, 4));
  BOOST_TEST(find_anomalies(hrv_only(values), today).empty());
}

BOOST_AUTO_TEST_CASE(all_metrics_in_their_order) {
  analytics_window window;
  window.hrv_rmssd_ms = week_then(30);
  window.sleep_score = week_then(30);
  window.resting_heart_rate_bpm = week_then(30);
  window.training_load = week_then(30);
  window.training_load_ratio = week_then(30);
  const auto found = find_anomalies(window, today);
  BOOST_REQUIRE(found.size() == all_metrics.size());
  for (std::size_t index = 0; index < found.size(); ++index)
    BOOST_TEST((found[index].name == all_metrics[index]));
}

BOOST_AUTO_TEST_SUITE_END()
