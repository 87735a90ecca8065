// Goal: the newest value stands against the right baseline, and old values are shown but conclude
// nothing. Method: series around the boundaries, numbers by hand.
#define BOOST_TEST_DYN_LINK
#include "analytics/comparisons.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_SUITE(comparisons)

BOOST_AUTO_TEST_CASE(no_values_no_comparison) {
  BOOST_TEST(compare_all({}, today).empty());
  metric_comparison nothing;
  nothing.name = metric::resting_hr;
  BOOST_TEST((compare(metric::resting_hr, {}, today) == nothing));
}

BOOST_AUTO_TEST_CASE(all_metrics_are_listed_as_soon_as_one_has_a_value) {
  const auto list = compare_all(hrv_only(constant(today, 1, 50)), today);
  BOOST_REQUIRE(list.size() == all_metrics.size());
  for (std::size_t index = 0; index < all_metrics.size(); ++index)
    BOOST_TEST((list[index].name == all_metrics[index]));
  BOOST_TEST(list[0].current.value() == 50.0);
  BOOST_TEST(!list[0].percent_of_baseline.has_value());
  BOOST_TEST(!list[1].current.has_value());
}

BOOST_AUTO_TEST_CASE(the_first_value_has_nothing_to_stand_against) {
  const auto hrv = compare(metric::hrv_rmssd, constant(today, 1, 50), today);
  BOOST_TEST((hrv.as_of == today));
  BOOST_TEST(!hrv.baseline.has_value());
  BOOST_TEST(!hrv.lower_bound.has_value());
  BOOST_TEST(!hrv.trend.has_value());
  BOOST_TEST(!hrv.trend_days.has_value());
  BOOST_TEST((hrv.status == baseline_status::insufficient));
}

BOOST_AUTO_TEST_CASE(the_status_is_that_of_the_days_before) {
  const auto status_after = [](std::size_t values) {
    return compare(metric::hrv_rmssd, constant(today, values, 50), today).status;
  };
  BOOST_TEST((status_after(7) == baseline_status::insufficient));
  BOOST_TEST((status_after(8) == baseline_status::partial));
  BOOST_TEST((status_after(21) == baseline_status::partial));
  BOOST_TEST((status_after(22) == baseline_status::ready));
}

BOOST_AUTO_TEST_CASE(the_whole_comparison_by_hand) {
  // 29 nights at 50, then 40: 80 % of the 50 before it. The 7-day mean with today is
  // (6·50 + 40)/7, that of 30 days (29·50 + 40)/30. The quartiles of equal values coincide.
  const auto values = joined(constant(today - days{1}, 29, 50), constant(today, 1, 40));
  const auto hrv = compare(metric::hrv_rmssd, values, today);
  BOOST_TEST(hrv.current.value() == 40.0);
  BOOST_TEST(hrv.baseline.value() == 50.0);
  BOOST_TEST(hrv.percent_of_baseline.value() == 80.0);
  BOOST_TEST(hrv.baseline_7d.value() == 340.0 / 7.0);
  BOOST_TEST(hrv.baseline_30d.value() == 1490.0 / 30.0);
  BOOST_TEST(hrv.lower_bound.value() == 50.0);
  BOOST_TEST(hrv.upper_bound.value() == 50.0);
  // The week is (340/7 − 50)/50 = −2.9 % below the 23 days before: stable, moving since today.
  BOOST_TEST(hrv.trend.value() == "stable");
  BOOST_TEST(hrv.trend_days.value() == 1);
  BOOST_TEST((hrv.status == baseline_status::ready));
}

BOOST_AUTO_TEST_CASE(a_long_history_does_not_judge_after_a_pause) {
  // 200 nights, 91 nights without the device, one night: nothing in the 90 days before it.
  const auto values = joined(constant(today - days{92}, 200, 50), constant(today, 1, 40));
  const auto hrv = compare(metric::hrv_rmssd, values, today);
  BOOST_TEST(!hrv.baseline.has_value());
  BOOST_TEST((hrv.status == baseline_status::insufficient));
  BOOST_TEST((conclusive(std::vector{hrv}, metric::hrv_rmssd, today) == nullptr));
}

BOOST_AUTO_TEST_CASE(conclusions_need_a_recent_value) {
  const auto at_age = [](int age) {
    return std::vector{compare(metric::hrv_rmssd, constant(today - days{age}, 60, 50), today)};
  };
  for (const int age : {0, 3})
    BOOST_TEST((conclusive(at_age(age), metric::hrv_rmssd, today) != nullptr));
  for (const int age : {4, 400}) {
    const auto old = at_age(age);
    BOOST_TEST((conclusive(old, metric::hrv_rmssd, today) == nullptr));
    BOOST_TEST(old.front().current.value() == 50.0);
    BOOST_TEST((old.front().as_of == today - days{age}));
  }
}

BOOST_AUTO_TEST_CASE(newest_usable_values) {
  BOOST_TEST(!newest_usable({}, today).has_value());
  const date limit = today - newest_usable_age;
  BOOST_TEST((newest_usable(constant(limit, 9, 50), today) == dated_value{limit, 50}));
  BOOST_TEST(!newest_usable(constant(limit - days{1}, 9, 50), today).has_value());
}

BOOST_AUTO_TEST_CASE(conclusions_need_enough_values) {
  const auto with = [](std::size_t count) {
    return std::vector{compare(metric::hrv_rmssd, constant(today, count, 50), today)};
  };
  BOOST_TEST((conclusive(with(7), metric::hrv_rmssd, today) == nullptr));
  const auto enough = with(8);
  BOOST_TEST((conclusive(enough, metric::hrv_rmssd, today) == &enough.front()));
  BOOST_TEST((conclusive(enough, metric::sleep_score, today) == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
