// Goal: what is said about a sample depends on how many values it has. Method: the boundaries 0, 1,
// 6, 7, 20 and 21, and numbers that follow from the formulas.
#define BOOST_TEST_DYN_LINK
#include "analytics/sample.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::analytics;

BOOST_AUTO_TEST_SUITE(sample)

BOOST_AUTO_TEST_CASE(status_boundaries) {
  BOOST_TEST((status_of(0) == baseline_status::insufficient));
  BOOST_TEST((status_of(6) == baseline_status::insufficient));
  BOOST_TEST((status_of(7) == baseline_status::partial));
  BOOST_TEST((status_of(20) == baseline_status::partial));
  BOOST_TEST((status_of(21) == baseline_status::ready));
}

BOOST_AUTO_TEST_CASE(nothing_is_said_about_nothing) {
  BOOST_TEST((summarize({}) == sample_summary{}));
}

BOOST_AUTO_TEST_CASE(a_single_value) {
  const auto summary = summarize({47.5});
  BOOST_TEST(summary.count == 1);
  BOOST_TEST(summary.mean.value() == 47.5);
  BOOST_TEST(summary.min.value() == 47.5);
  BOOST_TEST(summary.max.value() == 47.5);
  BOOST_TEST(!summary.median.has_value());
  BOOST_TEST(!summary.std_dev.has_value());
}

BOOST_AUTO_TEST_CASE(six_values_have_no_quartiles) {
  const auto summary = summarize({1, 2, 3, 4, 5, 6});
  BOOST_TEST(summary.mean.value() == 3.5);
  BOOST_TEST(!summary.q1.has_value());
  BOOST_TEST(!summary.lower_bound.has_value());
}

BOOST_AUTO_TEST_CASE(seven_values_have_everything) {
  // Quartiles 2 and 6 (appendix A of the contract), iqr 4, bounds 2 − 6 and 6 + 6.
  const auto summary = summarize({7, 6, 5, 4, 3, 2, 1});
  BOOST_TEST((summary.status == baseline_status::partial));
  BOOST_TEST(summary.median.value() == 4.0);
  BOOST_TEST(summary.q1.value() == 2.0);
  BOOST_TEST(summary.q3.value() == 6.0);
  BOOST_TEST(summary.iqr.value() == 4.0);
  BOOST_TEST(summary.std_dev.value() == 2.160246899469287);
  BOOST_TEST(summary.lower_bound.value() == -4.0);
  BOOST_TEST(summary.upper_bound.value() == 12.0);
}

BOOST_AUTO_TEST_CASE(equal_values_have_no_spread) {
  const auto summary = summarize(std::vector<double>(21, 52.1));
  BOOST_TEST((summary.status == baseline_status::ready));
  BOOST_TEST(summary.mean.value() == 52.1);
  BOOST_TEST(summary.std_dev.value() == 0.0);
  BOOST_TEST(summary.iqr.value() == 0.0);
  BOOST_TEST(summary.lower_bound.value() == 52.1);
  BOOST_TEST(summary.upper_bound.value() == 52.1);
}

BOOST_AUTO_TEST_SUITE_END()
