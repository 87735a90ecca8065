#define BOOST_TEST_DYN_LINK
#include "polar/flow_export/session.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

namespace {

std::vector<heart_rate_zone> zones(std::optional<double> in_first_s,
                                   std::optional<double> in_second_s,
                                   std::int32_t limit_bpm = 120) {
  return {{0, std::nullopt, limit_bpm, in_first_s}, {1, limit_bpm, 140, in_second_s}};
}

std::optional<training_load_pro> read_load(std::string_view text) {
  const auto document = boost::json::parse(text);
  return polar::read_export_load(polar::object_view{document});
}

} // namespace

BOOST_AUTO_TEST_SUITE(export_session)

BOOST_AUTO_TEST_CASE(zones_of_several_exercises_add_up) {
  BOOST_TEST((polar::merge_zones({zones(1, 2), {}, zones(10, std::nullopt)}) == zones(11, 2)));
  BOOST_TEST((polar::merge_zones({zones(std::nullopt, 2), zones(1, 2)}) == zones(1, 4)));
  BOOST_TEST(polar::merge_zones({}).empty());
}

BOOST_AUTO_TEST_CASE(zones_with_other_limits_do_not) {
  BOOST_TEST(polar::merge_zones({zones(1, 2), zones(1, 2, 125)}).empty());
}

BOOST_AUTO_TEST_CASE(a_load_that_is_not_there_is_unknown) {
  BOOST_TEST(!read_load("{}"));
  const auto load = read_load(R"({"cardioLoad":0,"muscleLoad":-1,"perceivedLoad":0.0,
      "cardioLoadInterpretation":"LOAD_INTERPRETATION_NOT_AVAILABLE","sessionRpe":"RPE_HARD",
      "perceivedLoadInterpretation":"LOAD_INTERPRETATION_VERY_LOW"})");
  BOOST_REQUIRE(load);
  BOOST_TEST(!load->cardio_load);
  BOOST_TEST(!load->muscle_load);
  BOOST_TEST((load->perceived_load == 0.0));
  BOOST_TEST((load->cardio_load_interpretation == "NOT_AVAILABLE"));
  BOOST_TEST((load->perceived_load_interpretation == "VERY_LOW"));
  BOOST_TEST((load->user_rpe == "RPE_HARD"));
}

BOOST_AUTO_TEST_CASE(a_start_may_stand_in_the_first_exercise) {
  const auto document =
      boost::json::parse(R"({"exercises":[{"startTime":"2024-08-03T10:00:00","offset":-60},5]})");
  const polar::object_view session{document};
  const auto exercises = polar::exercises_of(session);
  BOOST_TEST(exercises.size() == 1u);
  const auto start = polar::read_session_start(session, exercises, "Offset", "offset");
  BOOST_REQUIRE(start);
  BOOST_TEST((start->moment() == sys_days{2024y / August / 3} + 11h));
  BOOST_TEST((start->utc_offset_minutes == -60));
  BOOST_TEST(!polar::read_session_start(session, {}, "offset", "offset"));
}

BOOST_AUTO_TEST_SUITE_END()
