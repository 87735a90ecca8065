#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

namespace {

/// 1697787256 s, by `date -u -d @1697787256`.
const instant test_time = sys_days{2023y / October / 20} + 7h + 34min + 16s;

std::vector<spo2_test> read_list(const std::string& items) {
  return polar::read_spo2("[" + items + "]").value();
}

spo2_test read_one(const std::string& members) {
  const auto tests = read_list(R"({"test_time":1697787256,)" + members + "}");
  BOOST_REQUIRE(tests.size() == 1);
  return tests.front();
}

} // namespace

BOOST_AUTO_TEST_SUITE(spo2_reader)

BOOST_AUTO_TEST_CASE(a_passed_test_is_read) {
  const auto tests = polar::read_spo2(testing::spo2_answer).value();
  BOOST_REQUIRE(tests.size() == 2);
  spo2_test expected;
  expected.device_id = "1111AAAA";
  expected.test_time = test_time;
  expected.utc_offset_minutes = 180;
  expected.test_status = "SPO2_TEST_PASSED";
  expected.blood_oxygen_percent = 95;
  expected.spo2_class = "SPO2_CLASS_NORMAL";
  expected.spo2_deviation = "DEVIATION_NO_BASELINE";
  expected.quality_percent = 90;
  expected.average_heart_rate_bpm = 60;
  expected.hrv_ms = 100;
  expected.hrv_deviation = "DEVIATION_USUAL";
  expected.altitude_m = 50;
  BOOST_TEST((tests[0] == expected));
}

BOOST_AUTO_TEST_CASE(any_other_test_is_no_reading) {
  const std::string values = R"(,"blood_oxygen_percent":88,"spo2_class":"SPO2_CLASS_LOW",
    "spo2_value_deviation_from_baseline":"DEVIATION_BELOW_USUAL","average_heart_rate_bpm":99,
    "heart_rate_variability_ms":10,"spo2_hrv_deviation_from_baseline":"DEVIATION_USUAL",
    "spo2_quality_average_percent":20.5,"altitude_meters":-3)";
  for (const std::string status :
       {"SPO2_TEST_INCONCLUSIVE_TOO_LOW_QUALITY_IN_SAMPLES",
        "SPO2_TEST_INCONCLUSIVE_TOO_MANY_MISSING_SAMPLES", "SPO2_TEST_SOMETHING_NEW"}) {
    spo2_test expected;
    expected.test_time = test_time;
    expected.test_status = status;
    expected.quality_percent = 20.5;
    expected.altitude_m = -3;
    BOOST_TEST((read_one(R"("test_status":")" + status + "\"" + values) == expected), status);
  }
  BOOST_TEST(!read_one(R"("test_status":null)" + values).blood_oxygen_percent);
}

BOOST_AUTO_TEST_CASE(the_unit_of_the_time_shows_in_its_size) {
  for (const auto* time : {"1697787256", "1697787256000", R"("1697787256")", R"("1697787256000")",
                           "1697787256.0", "1.697787256e12"})
    BOOST_TEST(
        (read_list(std::string{R"({"test_time":)"} + time + "}").at(0).test_time == test_time),
        time);
  // The last second and the first millisecond: the year 5138 is not one of ours, 1973 is.
  BOOST_TEST(
      (polar::read_spo2(R"([{"test_time":99999999999}])").error().code == errc::polar_unreadable));
  BOOST_TEST((read_list(R"({"test_time":100000000000})").at(0).test_time == instant{100'000'000s}));
  for (const auto* time :
       {"0", "-1697787256", "9223372036854775807", "1e300", R"("today")", "null"})
    BOOST_TEST(!polar::read_spo2(std::string{R"([{"test_time":)"} + time + "}]").has_value(), time);
}

BOOST_AUTO_TEST_CASE(the_key_is_device_and_time) {
  const auto tests = read_list(R"({"source_device_id":"A","test_time":1697787256,"test_status":"x"},
    {"source_device_id":"B","test_time":1697787256},{"test_time":1697787256},
    {"source_device_id":"A","test_time":"1697787256000","test_status":"y"})");
  BOOST_REQUIRE(tests.size() == 3);
  BOOST_TEST((tests[0].test_status == "y"));
  BOOST_TEST(tests[1].device_id == "B");
  BOOST_TEST(tests[2].device_id == "");
}

BOOST_AUTO_TEST_CASE(impossible_values_are_unknown) {
  const auto test = read_one(R"("test_status":"SPO2_TEST_PASSED","blood_oxygen_percent":0,
    "average_heart_rate_bpm":0,"heart_rate_variability_ms":-1,"time_zone_offset":2000,
    "spo2_quality_average_percent":101,"altitude_meters":1e9,"spo2_class":"SPO2_CLASS_PERFECT")");
  BOOST_TEST(!test.blood_oxygen_percent);
  BOOST_TEST(!test.average_heart_rate_bpm);
  BOOST_TEST(!test.hrv_ms);
  BOOST_TEST(!test.utc_offset_minutes);
  BOOST_TEST(!test.quality_percent);
  BOOST_TEST(!test.altitude_m);
  BOOST_TEST((test.spo2_class == "SPO2_CLASS_PERFECT"));
}

BOOST_AUTO_TEST_SUITE_END()
