#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

namespace {

const date november_20 = 2022y / November / 20;
const date november_21 = 2022y / November / 21;

alertness_period read_one(const std::string& members) {
  const auto periods = polar::read_sleepwise_alertness(
                           R"([{"period_start_time":"2022-11-20T20:52:20",)" + members + "}]")
                           .value();
  BOOST_REQUIRE(periods.size() == 1);
  return periods.front();
}

} // namespace

BOOST_AUTO_TEST_SUITE(sleepwise_alertness_reader)

BOOST_AUTO_TEST_CASE(a_full_period_is_read) {
  const auto periods = polar::read_sleepwise_alertness(testing::sleepwise_alertness_answer).value();
  BOOST_REQUIRE(periods.size() == 2);
  alertness_period expected;
  expected.period_start_time = november_20 + 20h + 52min + 20s;
  expected.period_end_time = november_21 + 19h + 15min + 52s;
  expected.sleep_period_start_time = november_20 + 20h + 52min + 20s + 570ms;
  expected.sleep_period_end_time = november_21 + 4h + 11min + 20s + 570ms;
  expected.utc_offset_minutes = 120;
  expected.grade = 9.9;
  expected.grade_validity_s = 57'600;
  expected.grade_type = "GRADE_TYPE_PRIMARY";
  expected.grade_classification = "GRADE_CLASSIFICATION_STRONG";
  expected.validity = "VALIDITY_ESTIMATE";
  expected.sleep_inertia = "SLEEP_INERTIA_MILD";
  expected.sleep_type = "SLEEP_TYPE_PRIMARY";
  expected.result_type = "ALERTNESS_TYPE_HISTORY";
  expected.hours = {
      {november_21 + 4h + 12min, instant{november_21 + 5h}, "ALERTNESS_LEVEL_LOW",
       "VALIDITY_ESTIMATE"},
      {november_21 + 5h, instant{november_21 + 6h}, "ALERTNESS_LEVEL_HIGH", "VALIDITY_VALID"}};
  BOOST_TEST((periods[0] == expected));
}

BOOST_AUTO_TEST_CASE(a_prediction_may_lack_almost_everything) {
  const auto period =
      polar::read_sleepwise_alertness(testing::sleepwise_alertness_answer).value().at(1);
  alertness_period expected;
  expected.period_start_time = november_21 + 20h + 40min;
  expected.utc_offset_minutes = -210;
  expected.grade = 4;
  expected.grade_validity_s = 0;
  expected.grade_type = "GRADE_TYPE_ADDITIONAL";
  expected.result_type = "ALERTNESS_TYPE_PREDICTION";
  BOOST_TEST((period == expected));
}

BOOST_AUTO_TEST_CASE(unknown_enumerators_are_kept_and_impossible_numbers_are_not) {
  const auto period = read_one(R"("grade":10.5,"grade_validity_seconds":-1,
    "grade_type":"GRADE_TYPE_NAP","validity":"VALIDITY_UNKNOWN",
    "sleep_timezone_offset_minutes":5000)");
  BOOST_TEST(!period.grade);
  BOOST_TEST(!period.grade_validity_s);
  BOOST_TEST((period.grade_type == "GRADE_TYPE_NAP"));
  BOOST_TEST((period.validity == "VALIDITY_UNKNOWN"));
  BOOST_TEST(!period.utc_offset_minutes);
}

BOOST_AUTO_TEST_CASE(an_hour_without_start_is_left_out) {
  const auto period = read_one(R"("hourly_data":[{"alertness_level":"ALERTNESS_LEVEL_LOW"},7,
    {"start_time":"2022-11-21T04:12:00"},{"start_time":"x"}])");
  BOOST_TEST((period.hours
              == std::vector<alertness_hour>{
                  {november_21 + 4h + 12min, std::nullopt, std::nullopt, std::nullopt}}));
}

BOOST_AUTO_TEST_CASE(history_replaces_the_prediction_of_the_same_start) {
  const auto periods =
      polar::read_sleepwise_alertness(
          R"([{"period_start_time":"2022-11-20T20:52:20","result_type":"ALERTNESS_TYPE_PREDICTION"},
              {"period_start_time":"2022-11-20T20:52:20","result_type":"ALERTNESS_TYPE_HISTORY"},
              {"grade":5}])")
          .value();
  BOOST_REQUIRE(periods.size() == 1);
  BOOST_TEST((periods[0].result_type == "ALERTNESS_TYPE_HISTORY"));
}

BOOST_AUTO_TEST_SUITE_END()
