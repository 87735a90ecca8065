#define BOOST_TEST_DYN_LINK
#include "tests/polar/flow_export/export_reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono;

namespace {

using values = std::vector<std::optional<double>>;

exercise read_one(const std::string& members) {
  return read_export<exercise>("training-session_x.json",
                               R"({"identifier":{"id":"7"},"startTime":"2026-06-18T18:50:02",)"
                                   + members + "}")
      .at(0);
}

exercise expected_session() {
  exercise expected;
  expected.polar_exercise_id = "flow-export-0e16eab9-6090-32b2-f705-0b063ea9f20b";
  expected.is_detailed = true;
  // 18:50:02 where clocks show UTC−7.
  expected.start_time = sys_days{2026y / June / 19} + 1h + 50min + 2s;
  expected.utc_offset_minutes = -420;
  expected.duration_s = 2071.005;
  expected.sport = "POLAR_SPORT_39";
  expected.device = "Polar BEAT";
  expected.device_id = "FA4E0002";
  expected.calories_kcal = 447;
  expected.average_heart_rate_bpm = 160;
  expected.max_heart_rate_bpm = 187;
  expected.training_load = 79.3511;
  expected.running_index = 52;
  expected.fat_percent = 11;
  expected.carbohydrate_percent = 80;
  expected.protein_percent = 9;
  expected.has_route = true;
  training_load_pro load;
  load.cardio_load = 79.3511;
  load.cardio_load_interpretation = "HIGH";
  load.muscle_load_interpretation = "NOT_AVAILABLE";
  expected.load_pro = load;
  expected.heart_rate_zones = {{0, std::nullopt, 115, 20.999}, {1, 115, 134, std::nullopt}};
  expected.samples = {{0, 1, {83, std::nullopt, std::nullopt, 84}}, {1, 2, {9.5, 9.75}}};
  // The route began a second after the session.
  expected.route = {{0.25, -150.5, 1.0 + 1.001, std::nullopt, std::nullopt}};
  return expected;
}

} // namespace

BOOST_AUTO_TEST_SUITE(export_new_session)

BOOST_AUTO_TEST_CASE(a_session_is_read) {
  const auto records = read_export<exercise>(new_session_file);
  BOOST_TEST((records == std::vector{expected_session()}));
}

BOOST_AUTO_TEST_CASE(only_certain_sports_have_a_name) {
  const auto running = read_one(R"("sport":{"id":"1"})");
  BOOST_TEST((running.sport == "RUNNING"));
  BOOST_TEST((running.detailed_sport == "RUNNING"));
  const auto indoor = read_one(R"("sport":{"id":83})");
  BOOST_TEST((indoor.sport == "OTHER"));
  BOOST_TEST((indoor.detailed_sport == "OTHER_INDOOR"));
  const auto other = read_one(R"("sport":{"id":"2"})");
  BOOST_TEST((other.sport == "POLAR_SPORT_2"));
  BOOST_TEST(!other.detailed_sport);
  BOOST_TEST(!read_one(R"("sport":{"id":"running"})").sport);
}

BOOST_AUTO_TEST_CASE(an_unknown_offset_is_not_zero) {
  const auto record = read_one(R"("durationMillis":1)");
  BOOST_TEST(!record.utc_offset_minutes);
  BOOST_TEST((record.start_time == sys_days{2026y / June / 18} + 18h + 50min + 2s));
}

BOOST_AUTO_TEST_CASE(zero_means_that_nothing_was_measured) {
  const auto record = read_one(R"("hrAvg":0,"hrMax":0,"distanceMeters":0,"exercises":[])");
  BOOST_TEST(!record.average_heart_rate_bpm);
  BOOST_TEST(!record.max_heart_rate_bpm);
  BOOST_TEST(!record.distance_m);
  BOOST_TEST((record.has_route == false));
}

BOOST_AUTO_TEST_CASE(empty_objects_stand_for_missing_parts) {
  const auto record = read_one(R"("trainingLoadReport":{},"sport":{},"exercises":[
      {"laps":{},"routes":{},"zones":[],"samples":{},"statistics":{}},{}])");
  BOOST_TEST(!record.load_pro);
  BOOST_TEST(record.samples.empty());
  BOOST_TEST(record.heart_rate_zones.empty());
}

BOOST_AUTO_TEST_CASE(several_exercises_are_one_session) {
  const auto record = read_one(R"("exercises":[
      {"startTime":"2026-06-18T18:50:02","runningIndex":50,
       "zones":[{"type":"ZONE_TYPE_HEART_RATE","zones":[{"higherLimit":115,"inZone":1000}]}],
       "samples":{"samples":[{"type":"HEART_RATE","intervalMillis":1000,"values":[100,101]}]},
       "routes":{"route":{"wayPoints":[{"latitude":1,"longitude":2,"elapsedMillis":0}]}}},
      {"startTime":"2026-06-18T18:50:05","runningIndex":60,
       "zones":[{"type":"ZONE_TYPE_HEART_RATE","zones":[{"higherLimit":115,"inZone":500}]}],
       "samples":{"samples":[{"type":"HEART_RATE","intervalMillis":1000,"values":[110]}]},
       "routes":{"route":{"wayPoints":[{"latitude":3,"longitude":4,"elapsedMillis":500}]}}}])");
  BOOST_TEST((record.samples.at(0).values == values{100, 101, std::nullopt, 110}));
  BOOST_TEST((record.heart_rate_zones.at(0).in_zone_s == 1.5));
  BOOST_REQUIRE(record.route.size() == 2);
  BOOST_TEST((record.route[1].time_s == 3.5));
  BOOST_TEST(!record.running_index);
}

BOOST_AUTO_TEST_SUITE_END()
