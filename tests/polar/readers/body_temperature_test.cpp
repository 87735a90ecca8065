#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

BOOST_AUTO_TEST_SUITE(body_temperature_reader)

BOOST_AUTO_TEST_CASE(a_period_is_read_as_utc) {
  const auto periods = polar::read_body_temperature(testing::body_temperature_answer).value();
  BOOST_REQUIRE(periods.size() == 2);
  body_temperature_period expected;
  expected.device_id = "1111AAAA";
  expected.start_time = sys_days{2023y / October / 20} + 4h;
  expected.end_time = sys_days{2023y / October / 20} + 5h;
  expected.measurement_type = "TM_CORE_TEMPERATURE";
  expected.sensor_location = "SL_PROXIMAL";
  expected.samples = {{123, 36.5}, {60'123, 36.75}};
  BOOST_TEST((periods[0] == expected));
  BOOST_TEST(!periods[1].end_time);
  BOOST_TEST(periods[1].samples.empty());
}

BOOST_AUTO_TEST_CASE(broken_samples_do_not_spoil_the_others) {
  const auto periods = polar::read_body_temperature(R"([{"start_time":"2023-10-20T04:00:00Z",
    "measurement_type":"TM_EAR_TEMPERATURE","samples":[{"temperature_celsius":36.5},
    {"recording_time_delta_milliseconds":5},
    {"temperature_celsius":-273.15,"recording_time_delta_milliseconds":6},
    {"temperature_celsius":-5,"recording_time_delta_milliseconds":7},
    {"temperature_celsius":"37","recording_time_delta_ms":8}]}])")
                           .value();
  BOOST_REQUIRE(periods.size() == 1);
  BOOST_TEST((periods[0].start_time == sys_days{2023y / October / 20} + 4h));
  BOOST_TEST((periods[0].measurement_type == "TM_EAR_TEMPERATURE"));
  BOOST_TEST((periods[0].samples == std::vector<temperature_sample>{{7, -5.0}, {8, 37.0}}));
}

BOOST_AUTO_TEST_CASE(the_key_is_device_and_start) {
  const auto periods = polar::read_body_temperature(
                           R"([{"source_device_id":"A","start_time":"2023-10-20T04:00:00"},
    {"start_time":"2023-10-20T04:00:00"},
    {"source_device_id":"A","start_time":"2023-10-20T04:00:00","sensor_location":"SL_DISTAL"}])")
                           .value();
  BOOST_REQUIRE(periods.size() == 2);
  BOOST_TEST((periods[0].sensor_location == "SL_DISTAL"));
  BOOST_TEST(periods[1].device_id == "");
}

BOOST_AUTO_TEST_SUITE_END()
