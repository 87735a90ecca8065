// Goal: GET /baselines describes all data, and its rolling means are calendar windows. Method:
// boundaries of span and coverage, computed by hand.
#define BOOST_TEST_DYN_LINK
#include "analytics/analyse.hpp"
#include "analytics/baselines.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_SUITE(baselines)

BOOST_AUTO_TEST_CASE(five_metrics_in_order_even_without_data) {
  const auto baselines = compute_baselines({}, now);
  BOOST_REQUIRE(baselines.size() == all_metrics.size());
  for (std::size_t index = 0; index < all_metrics.size(); ++index) {
    baseline expected;
    expected.name = all_metrics[index];
    expected.calculated_at = now;
    BOOST_TEST((baselines[index] == expected));
  }
}

BOOST_AUTO_TEST_CASE(statistics_are_over_all_data) {
  // 200 nights of 40, then 100 nights of 70, more than 90 days each: mean (8000 + 7000)/300 = 50.
  const auto values = joined(constant(today - days{100}, 200, 40), constant(today, 100, 70));
  const auto hrv = compute_baselines(hrv_only(values), now).front();
  BOOST_TEST((hrv.name == metric::hrv_rmssd));
  BOOST_TEST(hrv.baseline_value.value() == 50.0);
  BOOST_TEST(hrv.baseline_90d.value() == 70.0);
  BOOST_TEST(hrv.median.value() == 40.0);
  BOOST_TEST(hrv.min.value() == 40.0);
  BOOST_TEST(hrv.max.value() == 70.0);
  // m = 301; i = 1: j = 75, both neighbours 40; i = 3: j = 225, both 70; iqr 30.
  BOOST_TEST(hrv.q1.value() == 40.0);
  BOOST_TEST(hrv.q3.value() == 70.0);
  BOOST_TEST(hrv.lower_bound.value() == -5.0);
  BOOST_TEST(hrv.upper_bound.value() == 115.0);
  BOOST_TEST(hrv.sample_count == 300);
  BOOST_TEST((hrv.status == baseline_status::ready));
  BOOST_TEST((hrv.data_start == today - days{299}));
  BOOST_TEST((hrv.data_end == today));
  BOOST_TEST((hrv.calculated_at == now));
}

BOOST_AUTO_TEST_CASE(a_rolling_mean_needs_data_that_reach_back) {
  BOOST_TEST(!rolling_mean({}, days{7}).has_value());
  BOOST_TEST(!rolling_mean(constant(today, 6, 50), days{7}).has_value());
  BOOST_TEST(rolling_mean(constant(today, 7, 50), days{7}).value() == 50.0);
  BOOST_TEST(!rolling_mean(constant(today, 29, 50), days{30}).has_value());
  BOOST_TEST(rolling_mean(constant(today, 30, 50), days{30}).has_value());
  BOOST_TEST(!rolling_mean(constant(today, 89, 50), days{90}).has_value());
  BOOST_TEST(rolling_mean(constant(today, 90, 50), days{90}).has_value());
}

BOOST_AUTO_TEST_CASE(a_rolling_mean_needs_half_of_its_days) {
  // Four of seven days; the week's mean is (40 + 44 + 48 + 52)/4.
  const series four{
      {today - days{6}, 40}, {today - days{4}, 44}, {today - days{1}, 48}, {today, 52}};
  BOOST_TEST(rolling_mean(four, days{7}).value() == 46.0);
  const series three{{today - days{6}, 40}, {today - days{4}, 44}, {today, 52}};
  BOOST_TEST(!rolling_mean(three, days{7}).has_value());
  // Thirty days: the first one and the last fourteen are exactly half, one less is not.
  const series first = constant(today - days{29}, 1, 10);
  BOOST_TEST(rolling_mean(joined(first, constant(today, 14, 25)), days{30}).value() == 24.0);
  BOOST_TEST(!rolling_mean(joined(first, constant(today, 13, 25)), days{30}).has_value());
}

BOOST_AUTO_TEST_CASE(a_rolling_mean_ends_with_the_newest_value_however_old) {
  const auto values =
      joined(constant(today - days{407}, 30, 40), constant(today - days{400}, 7, 60));
  BOOST_TEST(rolling_mean(values, days{7}).value() == 60.0);
}

BOOST_AUTO_TEST_CASE(older_values_do_not_enter_a_rolling_mean) {
  // The value of the eighth day back is outside; a window of seven samples would take it in.
  const auto values = joined(constant(today - days{7}, 1, 500), constant(today, 6, 50));
  BOOST_TEST(rolling_mean(values, days{7}).value() == 50.0);
}

BOOST_AUTO_TEST_SUITE_END()
