// Goal: windows are calendar windows and know nothing of the future. Method: short series with gaps
// around a leap day.
#define BOOST_TEST_DYN_LINK
#include "analytics/windows.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_SUITE(windows)

BOOST_AUTO_TEST_CASE(the_future_is_not_known) {
  const auto known = known_on(hrv_only(ending(today + days{2}, {50, 51, 52, 53})), today);
  BOOST_TEST((known.hrv_rmssd_ms == ending(today, {50, 51})));
  BOOST_TEST((known.recorded_days == std::vector<date>{today - days{1}, today}));
}

BOOST_AUTO_TEST_CASE(values_that_are_no_measurement_are_not_known) {
  analytics_window window;
  window.hrv_rmssd_ms = ending(today, {0, 50, 0});
  window.sleep_score = ending(today, {70, 0});
  window.resting_heart_rate_bpm = ending(today, {0, std::numeric_limits<double>::infinity(),
                                                 std::numeric_limits<double>::quiet_NaN()});
  window.training_load = ending(today, {-1, 40, 0});
  window.training_load_ratio = ending(today, {1.1, -1});
  const auto known = known_on(window, today);
  BOOST_TEST((known.hrv_rmssd_ms == constant(today - days{1}, 1, 50)));
  BOOST_TEST((known.sleep_score == constant(today - days{1}, 1, 70)));
  BOOST_TEST(known.resting_heart_rate_bpm.empty());
  BOOST_TEST((known.training_load == constant(today - days{1}, 1, 40)));
  BOOST_TEST((known.training_load_ratio == constant(today - days{1}, 1, 1.1)));
}

BOOST_AUTO_TEST_CASE(every_metric_has_its_own_values) {
  analytics_window window;
  window.hrv_rmssd_ms = constant(today, 1, 1);
  window.sleep_score = constant(today, 1, 2);
  window.resting_heart_rate_bpm = constant(today, 1, 3);
  window.training_load = constant(today, 1, 4);
  window.training_load_ratio = constant(today, 1, 5);
  double expected = 0;
  for (const metric name : all_metrics)
    BOOST_TEST(newest(values_of(window, name))->value == ++expected);
}

BOOST_AUTO_TEST_CASE(both_ends_of_a_window_belong_to_it) {
  // 5 March 2024 minus seven days: 28 and 29 February, 1 to 5 March.
  const auto week = days_until(today, days{7});
  const std::chrono::year_month_day first{week.first};
  BOOST_TEST(unsigned{first.month()} == 2u);
  BOOST_TEST(unsigned{first.day()} == 28u);
  const auto values = constant(today, 30, 50);
  BOOST_TEST(between(values, week).size() == 7u);
  BOOST_TEST((between(values, week).front().day == week.first));
  BOOST_TEST((between(values, week).back().day == today));
}

BOOST_AUTO_TEST_CASE(windows_beside_the_values_are_empty) {
  const auto values = constant(today, 5, 50);
  BOOST_TEST(between(values, {today + days{1}, today + days{9}}).empty());
  BOOST_TEST(between(values, {today - days{9}, today - days{5}}).empty());
  BOOST_TEST(between(values, {today, today - days{1}}).empty());
  BOOST_TEST(between({}, {today, today}).empty());
  BOOST_TEST(!newest({}).has_value());
}

BOOST_AUTO_TEST_CASE(a_mean_needs_enough_values) {
  const series gappy{{today - days{6}, 40}, {today - days{2}, 50}, {today, 60}};
  BOOST_TEST(mean_between(gappy, days_until(today, days{7}), 3).value() == 50.0);
  BOOST_TEST(!mean_between(gappy, days_until(today, days{7}), 4).has_value());
  BOOST_TEST(mean_between(gappy, days_until(today, days{6}), 1).value() == 55.0);
  BOOST_TEST(!mean_between({}, days_until(today, days{7}), 0).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
