#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

namespace {

const date november_20 = 2022y / November / 20;
const date november_21 = 2022y / November / 21;

} // namespace

BOOST_AUTO_TEST_SUITE(sleepwise_bedtime_reader)

BOOST_AUTO_TEST_CASE(a_full_period_is_read) {
  const auto periods = polar::read_sleepwise_bedtime(testing::sleepwise_bedtime_answer).value();
  BOOST_REQUIRE(periods.size() == 2);
  bedtime_period expected;
  expected.period_start_time = november_20 + 21h + 18min + 30s;
  expected.period_end_time = november_21 + 5h + 18min + 30s;
  expected.preferred_sleep_start_time = november_20 + 21h + 20min + 30s;
  expected.preferred_sleep_end_time = november_21 + 5h + 16min + 30s;
  expected.sleep_gate_start_time = november_20 + 21h + 3min + 30s;
  expected.sleep_gate_end_time = november_20 + 21h + 33min + 30s;
  expected.utc_offset_minutes = 120;
  expected.validity = "VALIDITY_ESTIMATE";
  expected.quality = "CIRCADIAN_BEDTIME_QUALITY_COMPROMISED";
  expected.result_type = "CIRCADIAN_BEDTIME_TYPE_HISTORY";
  BOOST_TEST((periods[0] == expected));
}

BOOST_AUTO_TEST_CASE(a_bare_period_is_read) {
  const auto periods = polar::read_sleepwise_bedtime(testing::sleepwise_bedtime_answer).value();
  bedtime_period expected;
  expected.period_start_time = november_21 + 21h + 15min;
  expected.validity = "VALIDITY_NOT_VALID";
  expected.result_type = "CIRCADIAN_BEDTIME_TYPE_PREDICTION";
  BOOST_TEST((periods.at(1) == expected));
}

BOOST_AUTO_TEST_CASE(unknown_enumerators_are_kept) {
  const auto periods =
      polar::read_sleepwise_bedtime(
          R"([{"period-start-time":"2022-11-20T21:18:30.123456Z","quality":"QUALITY_EXQUISITE"}])")
          .value();
  BOOST_REQUIRE(periods.size() == 1);
  BOOST_TEST((periods[0].period_start_time == november_20 + 21h + 18min + 30s + 123'456us));
  BOOST_TEST((periods[0].quality == "QUALITY_EXQUISITE"));
}

BOOST_AUTO_TEST_CASE(a_period_without_start_is_no_record) {
  const auto periods = polar::read_sleepwise_bedtime(R"([{"validity":"VALIDITY_VALID"}])");
  BOOST_TEST((periods.error().code == errc::polar_unreadable));
  BOOST_TEST(periods.error().message.find("circadian_bedtimes[0].period_start_time")
             != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
