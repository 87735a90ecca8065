// Goal: any value can be held against what is normal. Method: a sample whose quartiles are round
// numbers, and the edges of the 90 days.
#define BOOST_TEST_DYN_LINK
#include "analytics/checks.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

/// 1…7 until yesterday: quartiles 2 and 6, mean 4, bounds −4 and 12, outer bounds −10 and 18.
const series week = ending(today - days{1}, {1, 2, 3, 4, 5, 6, 7});

metric_check check(double value, const series& values = week) {
  return check_value(hrv_only(values), metric::hrv_rmssd, value, today);
}

} // namespace

BOOST_AUTO_TEST_SUITE(checks)

BOOST_AUTO_TEST_CASE(without_values_there_is_no_baseline) {
  metric_check expected;
  expected.name = metric::sleep_score;
  expected.value = 70;
  BOOST_TEST((check_value({}, metric::sleep_score, 70, today) == expected));
  BOOST_TEST(expected.sample_count == 0);
}

BOOST_AUTO_TEST_CASE(a_normal_value) {
  const metric_check expected{.name = metric::hrv_rmssd,
                              .value = 5,
                              .is_anomaly = false,
                              .severity = std::nullopt,
                              .baseline = 4.0,
                              .baseline_7d = 4.0,
                              .lower_bound = -4.0,
                              .upper_bound = 12.0,
                              .status = baseline_status::partial,
                              .sample_count = 7};
  BOOST_TEST((check(5) == expected));
}

BOOST_AUTO_TEST_CASE(outside_the_bounds) {
  BOOST_TEST(!check(12).is_anomaly);
  BOOST_TEST(check(12.1).is_anomaly);
  BOOST_TEST(check(12.1).severity.value() == "warning");
  BOOST_TEST(check(18.1).severity.value() == "critical");
  BOOST_TEST(check(-4.1).severity.value() == "warning");
  BOOST_TEST(check(-1e300).severity.value() == "critical");
}

BOOST_AUTO_TEST_CASE(few_values_have_a_mean_and_no_bounds) {
  const auto result = check(1000, ending(today - days{1}, {1, 2, 3, 4, 5, 6}));
  BOOST_TEST(!result.is_anomaly);
  BOOST_TEST(result.baseline.value() == 3.5);
  BOOST_TEST(!result.baseline_7d.has_value());
  BOOST_TEST(!result.lower_bound.has_value());
  BOOST_TEST((result.status == baseline_status::insufficient));
  BOOST_TEST(result.sample_count == 6);
}

BOOST_AUTO_TEST_CASE(today_and_the_future_do_not_judge) {
  auto values = week;
  values.push_back({today, 5000});
  values.push_back({today + days{1}, 5000});
  BOOST_TEST((check(5, values) == check(5)));
}

BOOST_AUTO_TEST_CASE(ninety_days_judge) {
  BOOST_TEST(check(5, constant(today - days{1}, 200, 5)).sample_count == 90);
  // After a pause of 90 days there is nothing to judge by, and no weekly mean of back then.
  const auto paused = check(5, constant(today - days{91}, 200, 5));
  BOOST_TEST(paused.sample_count == 0);
  BOOST_TEST(!paused.baseline.has_value());
  BOOST_TEST(!paused.baseline_7d.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_measurement_does_not_judge) {
  BOOST_TEST(check(5, joined(constant(today - days{8}, 7, 0), week)).sample_count == 7);
}

BOOST_AUTO_TEST_CASE(every_metric_has_its_own_values) {
  analytics_window window;
  window.hrv_rmssd_ms = constant(today - days{1}, 7, 1);
  window.sleep_score = constant(today - days{1}, 7, 2);
  window.resting_heart_rate_bpm = constant(today - days{1}, 7, 3);
  window.training_load = constant(today - days{1}, 7, 4);
  window.training_load_ratio = constant(today - days{1}, 7, 5);
  double expected = 0;
  for (const metric name : all_metrics) {
    BOOST_TEST((check_value(window, name, 1, today).name == name));
    BOOST_TEST(check_value(window, name, 1, today).baseline.value() == ++expected);
  }
}

BOOST_AUTO_TEST_SUITE_END()
