#define BOOST_TEST_DYN_LINK
#include "tests/polar/flow_export/export_reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono;

namespace {

/// 1722650000 seconds after 1970.
constexpr instant measured = sys_days{2024y / August / 3} + 1h + 53min + 20s;

} // namespace

BOOST_AUTO_TEST_SUITE(export_generic_period)

BOOST_AUTO_TEST_CASE(an_ecg_is_read) {
  ecg_test expected;
  expected.device_id = "FA4E0004";
  expected.test_time = measured;
  expected.utc_offset_minutes = 120;
  expected.average_heart_rate_bpm = 61;
  expected.hrv_ms = 41.5;
  expected.hrv_level = "HRV_NORMAL";
  expected.rri_ms = 983.5;
  expected.pulse_transit_systolic_ms = 250.5;
  expected.pulse_transit_diastolic_ms = 300.5;
  expected.pulse_transit_quality_index = 88;
  expected.samples = {{0, 0.125}, {8, -0.25}};
  expected.qualities = {{0, "ECG_GOOD"}};
  BOOST_TEST((read_export<ecg_test>(ecg_file) == std::vector{expected}));
}

BOOST_AUTO_TEST_CASE(an_spo2_test_is_read_and_a_skin_contact_is_not) {
  spo2_test expected;
  expected.device_id = "FA4E0004";
  expected.test_time = measured;
  expected.utc_offset_minutes = 120;
  expected.test_status = "SPO2_TEST_PASSED";
  expected.blood_oxygen_percent = 97;
  expected.spo2_class = "SPO2_CLASS_NORMAL";
  expected.quality_percent = 90.5;
  expected.average_heart_rate_bpm = 60;
  expected.altitude_m = 12;
  BOOST_TEST((read_export<spo2_test>(spo2_file) == std::vector{expected}));
  const auto file = polar::read_export_file(spo2_file.file_name, spo2_file.content).value();
  BOOST_TEST((file.family == polar::export_family::generic_period));
  BOOST_TEST(file.parts.size() == 1u);
  BOOST_TEST(file.skipped == 0u);
}

BOOST_AUTO_TEST_CASE(a_temperature_is_read) {
  body_temperature_period expected;
  expected.device_id = "FA4E0004";
  expected.start_time = measured;
  expected.end_time = sys_days{2024y / August / 3} + 3h;
  expected.measurement_type = "TM_SKIN_TEMPERATURE";
  expected.sensor_location = "SL_DISTAL";
  expected.samples = {{0, 33.5}, {120'000, 33.75}};
  BOOST_TEST((read_export<body_temperature_period>(temperature_file) == std::vector{expected}));
}

BOOST_AUTO_TEST_CASE(one_bad_measurement_does_not_spoil_the_others) {
  const auto broken = R"({"meta":{},"data":{"rriMs":1}})";
  const auto alone = polar::read_export_file("x.json", broken);
  BOOST_REQUIRE(!alone);
  BOOST_TEST((alone.error().code == errc::polar_unreadable));
  std::string list = "[";
  list.append(broken).append(",5,").append(temperature_file.content).append("]");
  const auto file = polar::read_export_file("x.json", list).value();
  BOOST_TEST(file.parts.size() == 1u);
  BOOST_TEST(file.skipped == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
