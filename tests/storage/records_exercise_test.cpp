#define BOOST_TEST_DYN_LINK
#include "crypto/hash.hpp"
#include "storage/record_columns.hpp"
#include "tests/storage/sample_records.hpp"

namespace polar_flow::storage {

BOOST_FIXTURE_TEST_SUITE(exercise_records, records_fixture)

BOOST_AUTO_TEST_CASE(an_exercise_is_stored_whole) {
  const auto made = detailed_exercise();
  BOOST_TEST(store_all(stream::exercises, std::vector{made}) == 1);
  BOOST_TEST(query("SELECT exercise_id FROM exercise")
             == crypto::exercise_public_id(user.value, made.polar_exercise_id));
  BOOST_TEST(query("SELECT row(start_time, utc_offset_minutes, start_day, upload_time, duration_s, "
                   "sport, detailed_sport, device, device_id, distance_m)::text FROM exercise")
             == "(\"2026-03-09 05:00:00+00\",780,2026-03-09,\"2026-03-09 07:00:00.123+00\","
                "6917.941,RUNNING,\"TRAIL, RUNNING\",\"Polar {Pacer}\",FA4E0001,14824)");
  BOOST_TEST(query("SELECT row(calories_kcal, average_heart_rate_bpm, max_heart_rate_bpm, "
                   "training_load, running_index, fat_percent, carbohydrate_percent, "
                   "protein_percent, has_route, club_id, club_name)::text FROM exercise")
             == "(1178,138,158,146.411,52,48,50,2,t,9000000000,Club)");
  BOOST_TEST(query("SELECT row(has_load_pro, pro_cardio_load, pro_cardio_load_interpretation, "
                   "pro_muscle_load, pro_muscle_load_interpretation, pro_perceived_load, "
                   "pro_perceived_load_interpretation, pro_user_rpe)::text FROM exercise")
             == "(t,146.411,VERY_HIGH,,NOT_AVAILABLE,0,,UNKNOWN)");
  BOOST_TEST(query("SELECT heart_rate_zones = '[{\"index\":0,\"lower_limit_bpm\":96,"
                   "\"upper_limit_bpm\":115,\"in_zone_s\":122},{\"index\":1,"
                   "\"lower_limit_bpm\":115,\"upper_limit_bpm\":null,\"in_zone_s\":null}]' "
                   "FROM exercise")
             == "t");
  BOOST_TEST(query("SELECT samples FROM exercise")
             == "[{\"values\": [77, null, 0.10000000149011612], \"sample_type\": 0, "
                "\"recording_rate_s\": 1}, {\"values\": [800], \"sample_type\": 11, "
                "\"recording_rate_s\": null}]");
  BOOST_TEST(query("SELECT route -> 0 FROM exercise")
             == "{\"fix\": 1, \"time_s\": 210.026, \"latitude\": 60.21982833, "
                "\"longitude\": 25.13925, \"satellites\": 4}");
}

BOOST_AUTO_TEST_CASE(a_list_does_not_erase_details) {
  auto detailed = detailed_exercise();
  store_all(stream::exercises, std::vector{detailed});
  const auto details = query("SELECT md5(row(heart_rate_zones, samples, route)::text) "
                             "FROM exercise");
  const auto stamp = query("SELECT updated_at FROM exercise");
  now += 1h;
  BOOST_TEST(store_all(stream::exercises, std::vector{full_exercise()}) == 0);
  BOOST_TEST(query("SELECT updated_at FROM exercise") == stamp);
  auto renamed = full_exercise();
  renamed.sport = "CYCLING";
  BOOST_TEST(store_all(stream::exercises, std::vector{renamed}) == 1);
  BOOST_TEST(query("SELECT sport FROM exercise") == "CYCLING");
  BOOST_TEST(query("SELECT md5(row(heart_rate_zones, samples, route)::text) FROM exercise")
             == details);
}

BOOST_AUTO_TEST_CASE(an_answer_about_one_exercise_holds_all_its_details) {
  auto detailed = detailed_exercise();
  store_all(stream::exercises, std::vector{detailed});
  detailed.samples.pop_back();
  detailed.route.clear();
  BOOST_TEST(store_all(stream::exercises, std::vector{detailed}) == 1);
  BOOST_TEST(query("SELECT jsonb_array_length(samples) FROM exercise") == "1");
  BOOST_TEST(query("SELECT route FROM exercise") == "NULL");
}

BOOST_AUTO_TEST_CASE(neither_answer_erases_what_only_the_other_tells) {
  exercise brief;
  brief.polar_exercise_id = full_exercise().polar_exercise_id;
  brief.start_time = full_exercise().start_time;
  brief.utc_offset_minutes = 780;
  brief.sport = "RUNNING";
  brief.club_name = "Another";
  store_all(stream::exercises, std::vector{brief});
  auto detailed = detailed_exercise();
  detailed.club_name.reset();
  BOOST_TEST(store_all(stream::exercises, std::vector{detailed}) == 1);
  BOOST_TEST(query("SELECT club_name || ' ' || calories_kcal FROM exercise") == "Another 1178");
  BOOST_TEST(store_all(stream::exercises, std::vector{brief}) == 0);
  BOOST_TEST(query("SELECT pro_cardio_load_interpretation FROM exercise") == "VERY_HIGH");

  // What was told anew replaces the old, Training Load Pro as a whole.
  brief.sport = "CYCLING";
  brief.load_pro.emplace();
  brief.load_pro->cardio_load = 12.5;
  BOOST_TEST(store_all(stream::exercises, std::vector{brief}) == 1);
  BOOST_TEST(query("SELECT row(sport, has_load_pro, pro_cardio_load, "
                   "pro_cardio_load_interpretation, pro_user_rpe)::text FROM exercise")
             == "(CYCLING,t,12.5,,)");
}

BOOST_AUTO_TEST_CASE(a_start_without_its_offset_does_not_move_the_exercise) {
  auto record = full_exercise();
  store_all(stream::exercises, std::vector{record});
  // Read without an offset, the wall clock's 18:00 passes for UTC.
  record.start_time += 13h;
  record.utc_offset_minutes.reset();
  BOOST_TEST(store_all(stream::exercises, std::vector{record}) == 0);
  BOOST_TEST(query("SELECT start_time || ' ' || utc_offset_minutes FROM exercise")
             == "2026-03-09 05:00:00+00 780");
}

BOOST_AUTO_TEST_CASE(a_digest_sees_every_value_and_no_detail) {
  const auto digest = summary_sha256(full_exercise());
  BOOST_TEST(digest.size() == 2 + 64u);
  BOOST_TEST(summary_sha256(detailed_exercise()) == digest);
  auto other = full_exercise();
  other.upload_time.reset();
  BOOST_TEST(summary_sha256(other) != digest);
  other = full_exercise();
  other.load_pro->user_rpe = "RPE_HARD";
  BOOST_TEST(summary_sha256(other) != digest);
  // A text that moves to the next column is another summary.
  other = full_exercise();
  std::swap(other.device, other.device_id);
  BOOST_TEST(summary_sha256(other) != digest);
  other = full_exercise();
  other.sport = "RUN";
  other.detailed_sport = "NINGTRAIL, RUNNING";
  BOOST_TEST(summary_sha256(other) != digest);
  other = full_exercise();
  other.club_name = "";
  auto without = full_exercise();
  without.club_name.reset();
  BOOST_TEST(summary_sha256(other) != summary_sha256(without));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
