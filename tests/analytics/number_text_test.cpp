// Goal: numbers in sentences look as Python formats them. Method: vectors of the HTTP contract;
// many more, made by Python, are in statistics_test.cpp.
#define BOOST_TEST_DYN_LINK
#include "analytics/number_text.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace polar_flow::analytics;

BOOST_AUTO_TEST_SUITE(number_text)

BOOST_AUTO_TEST_CASE(halves_go_to_even) {
  BOOST_TEST(fixed_text(12.5, 0) == "12");
  BOOST_TEST(fixed_text(13.5, 0) == "14");
  BOOST_TEST(fixed_text(45.25, 1) == "45.2");
}

BOOST_AUTO_TEST_CASE(the_sign_is_always_shown) {
  BOOST_TEST(signed_text(-0.04, 1) == "-0.0");
  BOOST_TEST(signed_text(0.0, 1) == "+0.0");
  BOOST_TEST(signed_text(12.34, 1) == "+12.3");
  BOOST_TEST(signed_text(-12.5, 0) == "-12");
}

BOOST_AUTO_TEST_CASE(one_day_is_singular) {
  BOOST_TEST(days_text(0) == "0 days");
  BOOST_TEST(days_text(1) == "1 day");
  BOOST_TEST(days_text(2) == "2 days");
}

BOOST_AUTO_TEST_CASE(lists) {
  BOOST_TEST(list_text({}).empty());
  BOOST_TEST(list_text({"one"}) == "one");
  BOOST_TEST(list_text({"one", "two", "three"}) == "one, two, three");
}

BOOST_AUTO_TEST_CASE(the_largest_double_fits) {
  // 309 digits, a sign, a point and nine decimals.
  BOOST_TEST(fixed_text(std::numeric_limits<double>::lowest(), 20).size() == 1u + 309 + 1 + 9);
}

BOOST_AUTO_TEST_SUITE_END()
