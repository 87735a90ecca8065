// Goal: one definition of a trend. Method: levels whose percentages are round numbers, boundaries
// of the windows and counts, and days counted by hand.
#define BOOST_TEST_DYN_LINK
#include "analytics/trend.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

/// 23 days at 50, then 7 days at `recent`.
series levels(double recent) {
  return joined(constant(today - days{7}, 23, 50), constant(today, 7, recent));
}

std::int32_t days_moving(const series& values) {
  return trend_days(values, today, trend_percent(values, today).value());
}

} // namespace

BOOST_AUTO_TEST_SUITE(trend)

BOOST_AUTO_TEST_CASE(the_last_week_against_the_23_days_before) {
  BOOST_TEST(trend_percent(levels(55), today).value() == 10.0);
  BOOST_TEST(trend_percent(levels(45), today).value() == -10.0);
  BOOST_TEST(trend_percent(levels(50), today).value() == 0.0);
}

BOOST_AUTO_TEST_CASE(older_and_later_values_do_not_count) {
  auto values = joined(constant(today - days{30}, 100, 9000), levels(55));
  values.push_back({today + days{1}, 9000});
  BOOST_TEST(trend_percent(values, today).value() == 10.0);
}

BOOST_AUTO_TEST_CASE(both_sides_need_values) {
  const auto earlier = [](std::size_t count) {
    return constant(today - days{7}, count, 50);
  };
  const auto recent = [](std::size_t count) {
    return constant(today, count, 55);
  };
  BOOST_TEST(!trend_percent({}, today).has_value());
  BOOST_TEST(!trend_percent(joined(earlier(23), recent(2)), today).has_value());
  BOOST_TEST(trend_percent(joined(earlier(23), recent(3)), today).has_value());
  BOOST_TEST(!trend_percent(joined(earlier(6), recent(7)), today).has_value());
  BOOST_TEST(trend_percent(joined(earlier(7), recent(7)), today).has_value());
  // Zeros never reach a trend from `known_on`; alone they must still not divide.
  BOOST_TEST(!trend_percent(constant(today, 30, 0), today).has_value());
}

BOOST_AUTO_TEST_CASE(old_data_have_no_trend) {
  BOOST_TEST(trend_percent(levels(55), today + days{4}).has_value());
  BOOST_TEST(!trend_percent(levels(55), today + days{5}).has_value());
}

BOOST_AUTO_TEST_CASE(names_speak_of_health_where_there_is_good_and_bad) {
  for (const metric name : {metric::hrv_rmssd, metric::sleep_score}) {
    BOOST_TEST(trend_name(name, 5.1) == "improving");
    BOOST_TEST(trend_name(name, -5.1) == "declining");
  }
  BOOST_TEST(trend_name(metric::resting_hr, 5.1) == "declining");
  BOOST_TEST(trend_name(metric::resting_hr, -5.1) == "improving");
  for (const metric name : {metric::training_load, metric::training_load_ratio}) {
    BOOST_TEST(trend_name(name, 5.1) == "increasing");
    BOOST_TEST(trend_name(name, -5.1) == "decreasing");
  }
  for (const metric name : all_metrics) {
    BOOST_TEST(trend_name(name, 5.0) == "stable");
    BOOST_TEST(trend_name(name, -5.0) == "stable");
    BOOST_TEST(trend_name(name, 0.0) == "stable");
  }
}

BOOST_AUTO_TEST_CASE(days_of_a_step) {
  // Seven days ago the level changed: each of these days replaced a 50 in the 7-day mean.
  BOOST_TEST(days_moving(levels(40)) == 7);
  BOOST_TEST(days_moving(levels(60)) == 7);
}

BOOST_AUTO_TEST_CASE(days_of_a_decline_after_a_rise) {
  // 23 days at 50, two at 56, five at 40. The mean rises for two days, then falls for five.
  const auto values =
      joined(joined(constant(today - days{7}, 23, 50), constant(today - days{5}, 2, 56)),
             constant(today, 5, 40));
  BOOST_TEST(days_moving(values) == 5);
}

BOOST_AUTO_TEST_CASE(a_trend_that_has_turned_counts_no_days) {
  // Declining over the week, but the newest value is above the one that left the window: 45 for 50
  // moved the mean down on six days, 80 for 50 moved it up today. Mean 50 → (6·35 + 80)/7 = 41.4.
  const auto values = joined(constant(today - days{7}, 23, 50),
                             joined(constant(today - days{1}, 6, 35), constant(today, 1, 80)));
  BOOST_TEST(trend_percent(values, today).value() < -5.0);
  BOOST_TEST(days_moving(values) == 0);
}

BOOST_AUTO_TEST_CASE(a_stable_trend_counts_the_newest_move) {
  // 51 replaces 50 on each of the last three days: the mean moves up, by far less than 5 %.
  const auto values = joined(constant(today - days{3}, 27, 50), constant(today, 3, 51));
  BOOST_TEST(days_moving(values) == 3);
  BOOST_TEST(days_moving(constant(today, 60, 50)) == 0);
}

BOOST_AUTO_TEST_CASE(the_count_starts_at_the_newest_value) {
  // Nothing came today: the six days since the step still count, today does not end them.
  auto values = levels(40);
  values.pop_back();
  BOOST_TEST(days_moving(values) == 6);
}

BOOST_AUTO_TEST_CASE(no_values_no_days) {
  BOOST_TEST(trend_days({}, today, -10.0) == 0);
  BOOST_TEST(trend_days(constant(today, 2, 50), today, -10.0) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
