#define BOOST_TEST_DYN_LINK
#include "tests/polar/flow_export/export_reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono;

namespace {

using values = std::vector<std::optional<double>>;

exercise read_one(const std::string& members) {
  return read_export<exercise>("training-session-x.json",
                               R"({"startTime":"2020-05-01T10:00:00.000",)" + members + "}")
      .at(0);
}

exercise expected_session() {
  exercise expected;
  expected.polar_exercise_id = "flow-export-4711471147";
  expected.is_detailed = true;
  // 10:00 where clocks show UTC+2.
  expected.start_time = sys_days{2020y / May / 1} + 8h;
  expected.utc_offset_minutes = 120;
  expected.duration_s = 4050.564;
  expected.sport = "RUNNING";
  expected.device_id = "FA4E0001";
  expected.distance_m = 12345.6;
  expected.calories_kcal = 780;
  expected.average_heart_rate_bpm = 151;
  expected.max_heart_rate_bpm = 176;
  expected.training_load = 79.35;
  expected.has_route = true;
  training_load_pro load;
  load.cardio_load = 79.35;
  load.cardio_load_interpretation = "MEDIUM";
  expected.load_pro = load;
  expected.heart_rate_zones = {{0, 95, 114, 61.0}, {1, 114, 133, std::nullopt}};
  // The steps are those of the times: one second, where one is missing, and five seconds.
  expected.samples = {{0, 1, {88, std::nullopt, std::nullopt, std::nullopt, 91}},
                      {1, 5, {9.5, 9.75}},
                      {11, std::nullopt, {812, std::nullopt}}};
  expected.route = {{60.25, 25.5, 1.5, std::nullopt, std::nullopt}};
  return expected;
}

} // namespace

BOOST_AUTO_TEST_SUITE(export_old_session)

BOOST_AUTO_TEST_CASE(a_session_is_read) {
  const auto records = read_export<exercise>(old_session_file);
  BOOST_TEST((records == std::vector{expected_session()}));
}

BOOST_AUTO_TEST_CASE(the_offset_has_two_spellings) {
  BOOST_TEST((read_one(R"("timeZoneOffset":-60)").utc_offset_minutes == -60));
  BOOST_TEST((read_one(R"("exercises":[{"timezoneOffset":-60}])").utc_offset_minutes == -60));
}

BOOST_AUTO_TEST_CASE(a_session_of_several_sports_has_none_of_them) {
  BOOST_TEST(
      (read_one(R"("exercises":[{"sport":"RUNNING"},{"sport":"RUNNING"}])").sport == "RUNNING"));
  BOOST_TEST(!read_one(R"("exercises":[{"sport":"RUNNING"},{"sport":"CYCLING"}])").sport);
}

BOOST_AUTO_TEST_CASE(several_exercises_are_one_session) {
  const auto record = read_one(R"("exercises":[
      {"samples":{"heartRate":[{"dateTime":"2020-05-01T10:00:00","value":1},
                               {"dateTime":"2020-05-01T10:00:01","value":2}],
                  "rr":[{"duration":"PT0.8S"}]}},
      {"samples":{"heartRate":[{"dateTime":"2020-05-01T10:00:03","value":4},
                               {"dateTime":"2020-05-01T10:00:04","value":5}],
                  "rr":[{"duration":"PT0.9S"},{"duration":"PT90S"},{}]}}])");
  BOOST_TEST((record.samples.at(0).values == values{1, 2, std::nullopt, 4, 5}));
  BOOST_TEST((record.samples.at(1).values == values{800, 900, std::nullopt, std::nullopt}));
}

BOOST_AUTO_TEST_SUITE_END()
