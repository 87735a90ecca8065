#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

namespace {

physical_info read_one(const char* body) {
  const auto records = polar::read_physical_info(body).value();
  BOOST_REQUIRE(records.size() == 1);
  return records.front();
}

} // namespace

BOOST_AUTO_TEST_SUITE(physical_info_reader)

BOOST_AUTO_TEST_CASE(a_person_is_read) {
  const auto records = polar::read_physical_info(testing::physical_info_answer).value();
  BOOST_REQUIRE(records.size() == 1);
  physical_info expected;
  expected.recorded_at = sys_days{2024y / June / 10} + 12h;
  expected.weight_kg = 70.5;
  expected.height_cm = 175;
  // Before 1970, where days of health data begin.
  expected.birthday = 1960y / January / 31;
  expected.gender = "MALE";
  expected.maximum_heart_rate_bpm = 190;
  expected.resting_heart_rate_bpm = 60;
  expected.aerobic_threshold_bpm = 140;
  expected.anaerobic_threshold_bpm = 170;
  expected.vo2_max_ml_per_min_kg = 50;
  expected.weight_source = "SOURCE_USER";
  expected.training_background = "REGULAR";
  expected.typical_day = "MOSTLY_MOVING";
  expected.sleep_goal_s = 8 * 3600;
  BOOST_TEST((records[0] == expected));
}

BOOST_AUTO_TEST_CASE(the_time_is_the_last_change_else_the_creation_else_unknown) {
  BOOST_TEST((read_one(R"({"created":"2024-06-01T12:00:00.500Z","weight":70})").recorded_at
              == sys_days{2024y / June / 1} + 12h + 500ms));
  BOOST_TEST(
      (read_one(R"({"modified":null,"created":"2024-06-01T12:00:00","weight":70})").recorded_at
       == sys_days{2024y / June / 1} + 12h));
  BOOST_TEST(!read_one(R"({"weight":70})").recorded_at);
}

BOOST_AUTO_TEST_CASE(nothing_is_no_record) {
  for (const auto* body :
       {"", "null", "{}", "[]", R"({"weight":null})", R"({"weight":0,"height":-1})",
        R"({"created":"2024-06-01T12:00:00Z","weight":0})"})
    BOOST_TEST(polar::read_physical_info(body).value().empty(), body);
}

BOOST_AUTO_TEST_CASE(another_shape_is_unreadable) {
  for (const auto* body : {"[{}]", "7", "\"x\"", R"({"message":"x"})", "{"})
    BOOST_TEST((polar::read_physical_info(body).error().code == errc::polar_unreadable), body);
}

BOOST_AUTO_TEST_CASE(numbers_may_be_text_and_enumerators_new) {
  const auto record = read_one(R"({"weight":"70.5","vo2-max":"48","gender":"UNSPECIFIED",
    "sleep-goal":"PT7H30M","birthday":"1899-12-31","resting_heart_rate":0})");
  BOOST_TEST((record.weight_kg == 70.5));
  BOOST_TEST((record.vo2_max_ml_per_min_kg == 48));
  BOOST_TEST((record.gender == "UNSPECIFIED"));
  BOOST_TEST((record.sleep_goal_s == 27'000));
  BOOST_TEST(!record.birthday);
  BOOST_TEST(!record.resting_heart_rate_bpm);
}

// A damaged time must not make a second row of one state.
BOOST_AUTO_TEST_CASE(a_state_whose_time_is_damaged_is_refused) {
  for (const auto* body :
       {R"({"weight":70.5,"modified":7})", R"({"weight":70.5,"created":"soon"})"})
    BOOST_TEST((polar::read_physical_info(body).error().code == errc::polar_unreadable), body);
  BOOST_TEST(!read_one(R"({"weight":70.5,"modified":null})").recorded_at.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
