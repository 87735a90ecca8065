#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

namespace {

using values = std::vector<std::optional<double>>;

exercise read_one(const std::string& members) {
  const auto records =
      polar::read_exercises(R"([{"id":"aB3","start_time":"2026-02-01T06:35:07",)" + members + "}]")
          .value();
  BOOST_REQUIRE(records.size() == 1);
  return records.front();
}

values read_data(const std::string& data) {
  const auto record =
      read_one(R"("samples":[{"recording_rate":1,"sample_type":0,"data":)" + data + "}]");
  return record.samples.at(0).values;
}

exercise expected_run() {
  exercise expected;
  expected.polar_exercise_id = "y8aKxj2J";
  // 06:35:07 where clocks show UTC+1.
  expected.start_time = sys_days{2026y / February / 1} + 5h + 35min + 7s;
  expected.utc_offset_minutes = 60;
  expected.upload_time = sys_days{2026y / February / 1} + 11h + 48min + 20s;
  expected.duration_s = 6917.941;
  expected.sport = "RUNNING";
  expected.detailed_sport = "RUNNING";
  expected.device = "Polar Pacer Pro";
  expected.device_id = "FA4E0001";
  expected.distance_m = 14824;
  expected.calories_kcal = 1178;
  expected.average_heart_rate_bpm = 138;
  expected.max_heart_rate_bpm = 158;
  expected.training_load = 143.22;
  expected.running_index = 52;
  expected.fat_percent = 48;
  expected.carbohydrate_percent = 50;
  expected.protein_percent = 2;
  expected.has_route = true;
  expected.club_id = 999;
  expected.club_name = "Polar Club";
  training_load_pro load;
  load.cardio_load = 146.411;
  load.cardio_load_interpretation = "VERY_HIGH";
  load.muscle_load = 1389.35;
  load.muscle_load_interpretation = "HIGH";
  load.perceived_load_interpretation = "NOT_AVAILABLE";
  load.user_rpe = "UNKNOWN";
  expected.load_pro = load;
  expected.heart_rate_zones = {{0, 96, 115, 122.0}, {1, 115, 134, 3603.5}};
  expected.samples = {{0, 1, {77, 77, 78}},
                      {11, std::nullopt, {800, std::nullopt, std::nullopt, 790}}};
  expected.route = {{60.21982833, 25.13925, 210.026, 4, 1}};
  return expected;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exercises_reader)

BOOST_AUTO_TEST_CASE(a_full_exercise_is_read) {
  const auto records = polar::read_exercises(testing::exercises_answer).value();
  BOOST_REQUIRE(records.size() == 2);
  BOOST_TEST((records[0] == expected_run()));
}

BOOST_AUTO_TEST_CASE(a_bare_exercise_is_read) {
  const auto records = polar::read_exercises(testing::exercises_answer).value();
  exercise expected;
  expected.polar_exercise_id = "pc0BlEu4";
  expected.start_time = sys_days{2026y / February / 2} + 21h;
  expected.utc_offset_minutes = -180;
  expected.duration_s = 2 * 3600 + 44 * 60;
  expected.sport = "OTHER";
  expected.detailed_sport = "MOBILITY_DYNAMIC";
  BOOST_TEST((records.at(1) == expected));
}

BOOST_AUTO_TEST_CASE(utc_is_local_start_minus_offset) {
  // The offsets that were checked on recordings.
  BOOST_TEST((read_one(R"("start_time_utc_offset":780)").start_time
              == sys_days{2026y / January / 31} + 17h + 35min + 7s));
  BOOST_TEST((read_one(R"("start_time_utc_offset":-180)").start_time
              == sys_days{2026y / February / 1} + 9h + 35min + 7s));
  const auto unknown = read_one(R"("start_time_utc_offset":5000)");
  BOOST_TEST(!unknown.utc_offset_minutes);
  BOOST_TEST((unknown.start_time == sys_days{2026y / February / 1} + 6h + 35min + 7s));
}

BOOST_AUTO_TEST_CASE(a_start_that_carries_its_offset_is_believed) {
  const auto records =
      polar::read_exercises(R"({"id":"aB3","start_time":"2026-02-01T06:35:07+02:00"})").value();
  BOOST_TEST((records.at(0).start_time == sys_days{2026y / February / 1} + 4h + 35min + 7s));
  BOOST_TEST((records.at(0).utc_offset_minutes == 120));
}

BOOST_AUTO_TEST_CASE(a_list_or_a_single_exercise) {
  BOOST_TEST(
      polar::read_exercises(R"({"id":"a","start_time":"2026-02-01T06:35:07"})").value().size()
      == 1u);
  BOOST_TEST(polar::read_exercises("[]").value().empty());
}

BOOST_AUTO_TEST_CASE(one_exercise_by_itself_is_detailed) {
  const std::string item = R"({"id":"a","start_time":"2026-02-01T06:35:07"})";
  BOOST_TEST(polar::read_exercises(item).value().at(0).is_detailed);
  for (const auto& list : {"[" + item + "]", R"({"exercises":[)" + item + "]}"})
    BOOST_TEST(!polar::read_exercises(list).value().at(0).is_detailed, list);
}

BOOST_AUTO_TEST_CASE(both_key_styles_of_the_disputed_fields_are_read) {
  // The official file writes hyphens, recordings have underscores; inside training_load_pro it is
  // the other way round.
  const auto record = read_one(
      R"("running-index":51,"heart-rate-zones":[{"index":1,"lower-limit":90,
         "upper-limit":100,"in-zone":"PT5S"}],)"
      R"("samples":[{"recording-rate":5,"sample-type":"3","data":"1"}],)"
      R"("training-load-pro":{"cardio_load":12.5,"cardio_load_interpretation":"LOW",
         "user_rpe":"RPE_EASY"})");
  BOOST_TEST((record.running_index == 51));
  BOOST_TEST((record.heart_rate_zones == std::vector<heart_rate_zone>{{0, 90, 100, 5.0}}));
  BOOST_TEST((record.samples == std::vector<sample_series>{{3, 5, {1.0}}}));
  BOOST_TEST((record.load_pro->cardio_load == 12.5));
  BOOST_TEST((record.load_pro->cardio_load_interpretation == "LOW"));
  BOOST_TEST((record.load_pro->user_rpe == "RPE_EASY"));
}

BOOST_AUTO_TEST_CASE(zones_are_ranked_by_position_whatever_their_index) {
  for (const auto* first : {"0", "1", "7", "null", "\"x\""}) {
    const auto record = read_one(std::string{R"("heart_rate_zones":[{"index":)"} + first
                                 + R"(,"lower_limit":96},{"index":2,"lower_limit":115}])");
    BOOST_REQUIRE(record.heart_rate_zones.size() == 2);
    BOOST_TEST(record.heart_rate_zones[0].index == 0);
    BOOST_TEST(record.heart_rate_zones[1].index == 1);
  }
}

BOOST_AUTO_TEST_CASE(a_broken_zone_keeps_its_rank) {
  const auto record = read_one(R"("heart_rate_zones":[7,{"lower_limit":115}])");
  BOOST_REQUIRE(record.heart_rate_zones.size() == 1);
  BOOST_TEST(record.heart_rate_zones[0].index == 1);
}

BOOST_AUTO_TEST_CASE(sample_lists_hold_nulls_and_gaps) {
  const std::optional<double> off;
  BOOST_TEST((read_data(R"("77,null,78")") == values{77, off, 78}));
  BOOST_TEST((read_data(R"("77,,78")") == values{77, off, 78}));
  BOOST_TEST((read_data(R"(",77,")") == values{off, 77, off}));
  BOOST_TEST((read_data(R"("")") == values{}));
  BOOST_TEST((read_data(R"("0,0.0, 12.5 ,0.10000000149011612")")
              == values{0, 0, 12.5, 0.10000000149011612}));
  BOOST_TEST(
      (read_data(R"("NaN,inf,-inf,1e999,x,1 2,-3")") == values{off, off, off, off, off, off, -3}));
  BOOST_TEST((read_data(R"([1,null,"2"])") == values{1, off, 2}));
}

BOOST_AUTO_TEST_CASE(a_series_without_type_or_data_is_left_out) {
  const auto record =
      read_one(R"("samples":[{"data":"1"},{"sample_type":0},{"sample_type":1,"data":"2"},4])");
  BOOST_REQUIRE(record.samples.size() == 1);
  BOOST_TEST(record.samples[0].sample_type == 1);
  BOOST_TEST(!record.samples[0].recording_rate_s);
}

BOOST_AUTO_TEST_CASE(a_load_that_is_not_available_is_unknown) {
  const auto record = read_one(
      R"("training_load_pro":{"cardio-load":-1.0,"cardio-load-interpretation":"NOT_AVAILABLE",)"
      R"("muscle-load":-1.0,"perceived-load":0.0,
         "perceived-load-interpretation":"NOT_AVAILABLE"})");
  BOOST_REQUIRE(record.load_pro.has_value());
  BOOST_TEST(!record.load_pro->cardio_load);
  BOOST_TEST(!record.load_pro->muscle_load);
  BOOST_TEST(!record.load_pro->perceived_load);
  BOOST_TEST(!record.training_load);
  BOOST_TEST(
      (read_one(
           R"("training_load_pro":{"perceived-load":0.0,"perceived-load-interpretation":"LOW"})")
           .load_pro->perceived_load
       == 0.0));
}

BOOST_AUTO_TEST_CASE(the_training_load_falls_back_to_the_cardio_load) {
  BOOST_TEST((read_one(R"("training_load_pro":{"cardio-load":146.411})").training_load == 146.411));
  BOOST_TEST(
      (read_one(R"("training_load":0.0,"training_load_pro":{"cardio-load":146.411})").training_load
       == 0.0));
  BOOST_TEST(
      (read_one(R"("training_load":-1,"training_load_pro":{"cardio-load":146.411})").training_load
       == 146.411));
  BOOST_TEST(!read_one(R"("x":1)").training_load);
}

BOOST_AUTO_TEST_CASE(absent_values_and_sentinels_are_unknown) {
  const auto record = read_one(R"("heart_rate":{"average":0,"maximum":0},"club_id":-1)");
  BOOST_TEST(!record.average_heart_rate_bpm);
  BOOST_TEST(!record.max_heart_rate_bpm);
  BOOST_TEST(!record.club_id);
  BOOST_TEST(!record.distance_m);
  BOOST_TEST(!record.running_index);
  BOOST_TEST(!record.fat_percent);
  BOOST_TEST(!record.device_id);
}

BOOST_AUTO_TEST_CASE(a_large_club_id_is_kept) {
  BOOST_TEST((read_one(R"("club_id":9007199254740993)").club_id == 9007199254740993));
}

BOOST_AUTO_TEST_CASE(an_exercise_without_id_or_start_is_skipped) {
  const auto records = polar::read_exercises(
                           R"([{"start_time":"2026-02-01T06:35:07"},{"id":"x"},{"id":"y",
         "start_time":"2026-02-01T06:35:07"}])")
                           .value();
  BOOST_REQUIRE(records.size() == 1);
  BOOST_TEST(records[0].polar_exercise_id == "y");
}

BOOST_AUTO_TEST_CASE(numeric_ids_are_kept_as_text) {
  const auto records =
      polar::read_exercises(R"([{"id":1937529874,"start_time":"2026-02-01T06:35:07"}])").value();
  BOOST_TEST(records.at(0).polar_exercise_id == "1937529874");
}

BOOST_AUTO_TEST_CASE(route_points_without_a_place_are_left_out) {
  const auto record = read_one(
      R"("route":[{"latitude":91,"longitude":0},{"latitude":1},{"latitude":"60.5",
         "longitude":25,"time":3}])");
  BOOST_TEST(
      (record.route == std::vector<route_point>{{60.5, 25, 3.0, std::nullopt, std::nullopt}}));
}

BOOST_AUTO_TEST_SUITE_END()
