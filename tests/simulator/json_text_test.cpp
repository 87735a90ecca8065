#define BOOST_TEST_DYN_LINK
#include "simulator/json_text.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

using namespace polar_flow::simulator;

BOOST_AUTO_TEST_SUITE(json_printing)

BOOST_AUTO_TEST_CASE(floats_are_written_without_exponent) {
  const boost::json::value value{14824.0, 75.3686, 0.0, -1.0, 1e-7, 7, "a\"b", nullptr, true};
  BOOST_TEST(to_text(value) == R"([14824.0,75.3686,0.0,-1.0,0.0000001,7,"a\"b",null,true])");
  BOOST_TEST(to_text(boost::json::object{}) == "{}");
  BOOST_TEST(to_text(boost::json::array{}) == "[]");
  BOOST_TEST(to_text(rounded(-0.04, 1)) == "0.0");
  BOOST_TEST(six_digits(84.8611499) == 84.8611);
}

BOOST_AUTO_TEST_CASE(printed_members_can_be_added) {
  auto text = to_text(boost::json::object{{"a", 1}});
  append_member(text, "b", "[1,2]");
  BOOST_TEST(text == R"({"a":1,"b":[1,2]})");
}

BOOST_AUTO_TEST_SUITE_END()
