#define BOOST_TEST_DYN_LINK
#include "tests/polar/flow_export/export_reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono;

BOOST_AUTO_TEST_SUITE(export_continuous_heart_rate)

BOOST_AUTO_TEST_CASE(devices_of_one_day_are_put_together) {
  heart_rate_day expected;
  expected.day = 2024y / August / 3;
  // Of two in one second that of the first device; 0 is no signal.
  expected.samples = {{128, 61}, {400, 62}, {728, 63}};
  // The fourth of August had no signal at all.
  BOOST_TEST((read_export<heart_rate_day>(heart_rate_file) == std::vector{expected}));
}

BOOST_AUTO_TEST_CASE(samples_are_put_in_order_and_held_against_the_clock) {
  const auto days = read_export<heart_rate_day>("247ohr_1_01-x.json", R"({"deviceDays":[
      {"date":"2024-08-03","samples":[{"heartRate":63,"secondsFromDayStart":86400},
       {"heartRate":62,"secondsFromDayStart":"500"},{"heartRate":61,"secondsFromDayStart":0},
       {"heartRate":60},{"heartRate":301,"secondsFromDayStart":9}]}]})");
  BOOST_TEST((days.at(0).samples == std::vector<heart_rate_sample>{{0, 61}, {500, 62}}));
}

BOOST_AUTO_TEST_CASE(one_bad_day_does_not_spoil_the_others) {
  const auto file = polar::read_export_file("247ohr_1_01-x.json", R"({"deviceDays":[
      {"date":"2024-08-33","samples":[]},5,
      {"date":"2024-08-03","samples":[{"heartRate":61,"secondsFromDayStart":0}]}]})");
  BOOST_REQUIRE(file.has_value());
  BOOST_TEST(file->skipped == 2u);
  BOOST_TEST(record_count(file->parts.at(0).records) == 1u);
}

BOOST_AUTO_TEST_CASE(a_month_without_days_is_empty) {
  for (const auto* content : {"{}", "", "null", R"({"deviceDays":[]})", R"({"deviceDays":null})"})
    BOOST_TEST(polar::read_export_file("247ohr_1_01-x.json", content).value().parts.empty());
}

BOOST_AUTO_TEST_SUITE_END()
