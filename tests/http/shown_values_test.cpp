#define BOOST_TEST_DYN_LINK
#include "http/shown_values.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace polar_flow;
using namespace polar_flow::http;

BOOST_AUTO_TEST_SUITE(shown_values)

BOOST_AUTO_TEST_CASE(units_and_their_decimals) {
  BOOST_TEST(hours(27010).value() == 7.5); // 7.50277…
  BOOST_TEST(hours(27120).value() == 7.53);
  BOOST_TEST(minutes(6917.941).value() == 115.3);
  BOOST_TEST(minutes(7890).value() == 131.5);
  BOOST_TEST(kilometres(2675).value() == 2.67); // below the half in binary
  BOOST_TEST(two_decimals(0.125).value() == 0.12);
}

BOOST_AUTO_TEST_CASE(whole_numbers) {
  BOOST_TEST(whole(62.5).value() == 62); // half to even
  BOOST_TEST(whole(63.5).value() == 64);
  BOOST_TEST(whole(-0.4).value() == 0);
  BOOST_TEST(cut(44.93).value() == 44);
  BOOST_TEST(cut(-1.9).value() == -1);
  BOOST_TEST(as_double(38).value() == 38.0);
}

BOOST_AUTO_TEST_CASE(zero_is_zero_and_unknown_is_unknown) {
  BOOST_TEST(hours(0).value() == 0);
  BOOST_TEST(minutes(0).value() == 0);
  BOOST_TEST(kilometres(0).value() == 0);
  BOOST_TEST(two_decimals(0).value() == 0);
  BOOST_TEST(whole(0).value() == 0);
  BOOST_TEST(cut(0).value() == 0);
  BOOST_TEST(as_double(0).value() == 0);
  for (const auto shown : {hours, minutes, kilometres, two_decimals})
    BOOST_TEST(!shown(std::nullopt).has_value());
  for (const auto shown : {whole, cut}) {
    BOOST_TEST(!shown(std::nullopt).has_value());
    BOOST_TEST(!shown(std::numeric_limits<double>::quiet_NaN()).has_value());
    BOOST_TEST(!shown(std::numeric_limits<double>::infinity()).has_value());
  }
  BOOST_TEST(!as_double(std::nullopt).has_value());
  BOOST_TEST(!day_text(std::nullopt).has_value());
  BOOST_TEST(!instant_text(std::nullopt).has_value());
}

BOOST_AUTO_TEST_CASE(times) {
  const auto day = parse_date("2026-11-22");
  BOOST_TEST(day_text(day).value() == "2026-11-22");
  BOOST_TEST(instant_text(instant{*day}).value() == "2026-11-22T00:00:00Z");
}

BOOST_AUTO_TEST_SUITE_END()
