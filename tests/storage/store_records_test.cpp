#define BOOST_TEST_DYN_LINK
#include "crypto/hash.hpp"
#include "tests/storage/store_fixture.hpp"

#include <random>

namespace polar_flow::storage {

namespace {

struct records_fixture : store_fixture {
  int bodies = 0;

  /// Stores `records` as an answer that was not seen before.
  template <class Record>
  std::int32_t store_all(stream kind, std::vector<Record> records) {
    return put(reply(kind, "body " + std::to_string(++bodies), std::move(records))).rows_changed;
  }
};

night full_night(date day) {
  night made;
  made.day = day;
  made.start_time = instant{day} - 70min;
  made.end_time = instant{day} + 6h + 1us;
  made.utc_offset_minutes = 60;
  made.device_id = "AB\"1";
  made.light_sleep_s = 12000;
  made.deep_sleep_s = 5000;
  made.rem_sleep_s = 6000;
  made.unrecognized_sleep_s = 0;
  made.interruptions_s = 900;
  made.short_interruptions_s = 600;
  made.long_interruptions_s = 300;
  made.sleep_goal_s = 28800;
  made.sleep_score = 80;
  made.sleep_rating = 3;
  made.sleep_charge = 4;
  made.sleep_cycles = 5;
  made.continuity = 3.1;
  made.continuity_class = 3;
  made.group_duration_score = 77.7;
  made.group_solidity_score = 66.6;
  made.group_regeneration_score = 55.5;
  made.hypnogram = {{-70, 0}, {-60, 3}, {10, 4}};
  made.heart_rate_samples = {{-69, 60}, {-64, 55.5}, {-59, 50}};
  return made;
}

exercise full_exercise() {
  exercise made;
  made.polar_exercise_id = "y8aKxj2J";
  made.start_time = instant{day_of(2026, 3, 9)} + 5h;
  made.utc_offset_minutes = 780;
  made.upload_time = instant{day_of(2026, 3, 9)} + 7h + 123ms;
  made.duration_s = 6917.941;
  made.sport = "RUNNING";
  made.detailed_sport = "TRAIL, RUNNING";
  made.device = "Polar {Pacer}";
  made.device_id = "FA4E0001";
  made.distance_m = 14824.0;
  made.calories_kcal = 1178;
  made.average_heart_rate_bpm = 138;
  made.max_heart_rate_bpm = 158;
  made.training_load = 146.411;
  made.running_index = 52;
  made.fat_percent = 48;
  made.carbohydrate_percent = 50;
  made.protein_percent = 2;
  made.has_route = true;
  made.club_id = 9'000'000'000;
  made.club_name = "Club";
  made.load_pro = training_load_pro{.cardio_load = 146.411,
                                    .cardio_load_interpretation = "VERY_HIGH",
                                    .muscle_load = std::nullopt,
                                    .muscle_load_interpretation = "NOT_AVAILABLE",
                                    .perceived_load = 0.0,
                                    .perceived_load_interpretation = std::nullopt,
                                    .user_rpe = "UNKNOWN"};
  return made;
}

void add_details(exercise& made) {
  made.heart_rate_zones = {{0, 96, 115, 122.0}, {1, 115, std::nullopt, std::nullopt}};
  made.samples = {{0, 1, {77.0, std::nullopt, 0.10000000149011612}}, {11, std::nullopt, {800.0}}};
  made.route = {{60.21982833, 25.13925, 210.026, 4, 1}, {60.0, 25.0, {}, {}, {}}};
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(records, records_fixture)

BOOST_AUTO_TEST_CASE(a_night_is_stored_whole) {
  store_all(stream::sleep, std::vector{full_night(day_of(2026, 3, 9))});
  BOOST_TEST(
      query("SELECT row(start_time, end_time, utc_offset_minutes, device_id, light_sleep_s, "
            "deep_sleep_s, rem_sleep_s, unrecognized_sleep_s, interruptions_s, "
            "short_interruptions_s, long_interruptions_s, sleep_goal_s)::text FROM sleep")
      == "(\"2026-03-08 22:50:00+00\",\"2026-03-09 06:00:00.000001+00\",60,\"AB\"\"1\",12000,"
         "5000,6000,0,900,600,300,28800)");
  BOOST_TEST(query("SELECT row(sleep_score, sleep_rating, sleep_charge, sleep_cycles, continuity, "
                   "continuity_class, group_duration_score, group_solidity_score, "
                   "group_regeneration_score)::text FROM sleep")
             == "(80,3,4,5,3.1,3,77.7,66.6,55.5)");
  BOOST_TEST(query("SELECT row(hypnogram_minutes, hypnogram_stages, heart_rate_minutes, "
                   "heart_rate_samples_bpm)::text FROM sleep")
             == "(\"{-70,-60,10}\",\"{0,3,4}\",\"{-69,-64,-59}\",\"{60,55.5,50}\")");
  // (60 + 55.5 + 50) / 3 = 55.1666…
  BOOST_TEST(query("SELECT row(heart_rate_avg_bpm, heart_rate_min_bpm, heart_rate_max_bpm)::text "
                   "FROM sleep")
             == "(55.2,50,60)");
}

BOOST_AUTO_TEST_CASE(an_average_is_rounded_half_to_even_on_the_exact_value) {
  auto one = full_night(day_of(2026, 3, 9));
  // 50.25 is exact in binary, so it is a true tie: 50.2. 50.35 is a little more than that: 50.4.
  one.heart_rate_samples = {{0, 50.25}};
  store_all(stream::sleep, std::vector{one});
  BOOST_TEST(query("SELECT heart_rate_avg_bpm FROM sleep") == "50.2");
  one.heart_rate_samples = {{0, 50.35}};
  store_all(stream::sleep, std::vector{one});
  BOOST_TEST(query("SELECT heart_rate_avg_bpm FROM sleep") == "50.4");
}

BOOST_AUTO_TEST_CASE(what_is_unknown_is_null) {
  night empty;
  empty.day = day_of(2026, 3, 9);
  store_all(stream::sleep, std::vector{empty});
  BOOST_TEST(query("SELECT num_nonnulls(start_time, end_time, utc_offset_minutes, device_id, "
                   "light_sleep_s, sleep_score, continuity, heart_rate_avg_bpm, "
                   "heart_rate_min_bpm) FROM sleep")
             == "0");
  BOOST_TEST(query("SELECT cardinality(hypnogram_minutes) FROM sleep") == "0");
}

BOOST_AUTO_TEST_CASE(a_recharge_is_stored_whole) {
  nightly_recharge made;
  made.day = day_of(2026, 3, 9);
  made.heart_rate_avg_bpm = 48;
  made.beat_to_beat_avg_ms = 1250;
  made.hrv_rmssd_ms = 61;
  made.breathing_rate_avg_per_min = 14.3;
  made.recharge_status = 5;
  made.ans_charge = -1.7;
  made.ans_charge_status = 3;
  made.hrv_samples_ms = {{-20, 60}, {-15, 62}};
  made.breathing_samples_per_min = {{-20, 14.25}};
  BOOST_TEST(store_all(stream::recharge, std::vector{made}) == 1);
  BOOST_TEST(query("SELECT row(day, heart_rate_avg_bpm, beat_to_beat_avg_ms, hrv_rmssd_ms, "
                   "breathing_rate_avg_per_min, recharge_status, ans_charge, ans_charge_status, "
                   "hrv_minutes, hrv_samples_ms, breathing_minutes, breathing_samples_per_min)"
                   "::text FROM nightly_recharge")
             == "(2026-03-09,48,1250,61,14.3,5,-1.7,3,\"{-20,-15}\",\"{60,62}\",{-20},{14.25})");
}

BOOST_AUTO_TEST_CASE(activity_samples_are_stored_whole) {
  const local_time midnight{day_of(2026, 3, 9).time_since_epoch()};
  activity_sample_day made;
  made.day = day_of(2026, 3, 9);
  made.total_steps = 120;
  made.interval_ms = 60000;
  made.steps = {{midnight, 0}, {midnight + 7h, 120}};
  made.zones = {{midnight, "SLEEP"}, {midnight + 7h, "odd, \"zone\""}};
  made.inactivity_stamps = {midnight + 9h + 500ms};
  BOOST_TEST(store_all(stream::activity_samples, std::vector{made}) == 1);
  BOOST_TEST(query("SELECT row(total_steps, interval_ms, step_times, step_counts)::text "
                   "FROM activity_samples")
             == "(120,60000,\"{\"\"2026-03-09 00:00:00\"\",\"\"2026-03-09 07:00:00\"\"}\","
                "\"{0,120}\")");
  BOOST_TEST(query("SELECT zones[2] FROM activity_samples") == "odd, \"zone\"");
  BOOST_TEST(query("SELECT inactivity_times[1] FROM activity_samples") == "2026-03-09 09:00:00.5");
}

BOOST_AUTO_TEST_CASE(an_exercise_is_stored_whole) {
  auto made = full_exercise();
  add_details(made);
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
  auto detailed = full_exercise();
  add_details(detailed);
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
  // New details do replace old ones.
  detailed.samples.pop_back();
  BOOST_TEST(store_all(stream::exercises, std::vector{detailed}) == 1);
  BOOST_TEST(query("SELECT jsonb_array_length(samples) FROM exercise") == "1");
}

BOOST_AUTO_TEST_CASE(cardio_load_and_activity_are_stored_whole) {
  cardio_load_day load;
  load.day = day_of(2026, 3, 9);
  load.status = "PRODUCTIVE";
  load.cardio_load = 77.125;
  load.strain = 50.5;
  load.tolerance = 45.25;
  load.ratio = 1.1160220994475138;
  load.levels = {.very_low = 1, .low = 2, .medium = 3, .high = 4, .very_high = std::nullopt};
  BOOST_TEST(store_all(stream::cardio_load, std::vector{load}) == 1);
  BOOST_TEST(query("SELECT row(status, cardio_load, strain, tolerance, ratio, level_very_low, "
                   "level_low, level_medium, level_high, level_very_high)::text FROM cardio_load")
             == "(PRODUCTIVE,77.125,50.5,45.25,1.1160220994475138,1,2,3,4,)");

  const local_time midnight{day_of(2026, 3, 9).time_since_epoch()};
  activity_day day{.day = day_of(2026, 3, 9),
                   .start_time = midnight,
                   .end_time = midnight + 23h + 59min,
                   .steps = 0,
                   .distance_m = 0.5,
                   .calories_total_kcal = 2000,
                   .calories_active_kcal = 300,
                   .active_s = 3600,
                   .inactive_s = 30000,
                   .daily_activity_percent = 110.5,
                   .inactivity_alerts = 1};
  BOOST_TEST(store_all(stream::activity, std::vector{day}) == 1);
  BOOST_TEST(query("SELECT row(start_time, end_time, steps, distance_m, calories_total_kcal, "
                   "calories_active_kcal, active_s, inactive_s, daily_activity_percent, "
                   "inactivity_alerts)::text FROM activity")
             == "(\"2026-03-09 00:00:00\",\"2026-03-09 23:59:00\",0,0.5,2000,300,3600,30000,"
                "110.5,1)");
}

BOOST_AUTO_TEST_CASE(only_changed_rows_change) {
  std::vector<night> nights;
  for (unsigned day = 1; day <= 28; ++day)
    nights.push_back(full_night(day_of(2026, 2, day)));
  BOOST_TEST(store_all(stream::sleep, nights) == 28);
  const auto stamp = query("SELECT max(updated_at) FROM sleep");
  now += 1h;
  nights[27].sleep_score = 81;
  nights[26].hypnogram.push_back({20, 0});
  nights[25].device_id.reset();
  BOOST_TEST(store_all(stream::sleep, nights) == 3);
  BOOST_TEST(query("SELECT count(*) FROM sleep WHERE updated_at = '" + stamp + "'") == "25");
  BOOST_TEST(query("SELECT count(DISTINCT created_at) FROM sleep") == "1");
  BOOST_TEST(require_value(db->find_user(user)).changes == 2u);
}

BOOST_AUTO_TEST_CASE(of_two_records_with_one_key_the_last_wins) {
  auto first = full_night(day_of(2026, 3, 9));
  auto second = first;
  first.sleep_score = 10;
  second.sleep_score = 20;
  BOOST_TEST(store_all(stream::sleep, std::vector{first, second}) == 1);
  BOOST_TEST(query("SELECT sleep_score FROM sleep") == "20");
  BOOST_TEST(store_all(stream::exercises, std::vector{full_exercise(), full_exercise()}) == 1);
}

BOOST_AUTO_TEST_CASE(impossible_days_do_not_stop_the_others) {
  auto good = full_night(day_of(2026, 3, 9));
  auto zero = full_night(day_of(0, 1, 1));
  BOOST_TEST(store_all(stream::sleep, std::vector{zero, good}) == 1);
  BOOST_TEST(query("SELECT day FROM sleep") == "2026-03-09");
}

BOOST_AUTO_TEST_CASE(text_that_no_database_takes_is_still_stored) {
  auto made = full_exercise();
  made.sport = std::string{"RUN\0NING\xFF", 9};
  made.polar_exercise_id = "a\"b\\c,{d}";
  BOOST_TEST(store_all(stream::exercises, std::vector{made}) == 1);
  BOOST_TEST(query("SELECT sport FROM exercise") == "RUNNING\xEF\xBF\xBD");
  BOOST_TEST(query("SELECT polar_exercise_id FROM exercise") == made.polar_exercise_id);
}

BOOST_AUTO_TEST_CASE(the_users_zone_follows_the_newest_night) {
  auto older = full_night(day_of(2026, 3, 8));
  auto newer = full_night(day_of(2026, 3, 9));
  newer.utc_offset_minutes = -180;
  store_all(stream::sleep, std::vector{newer, older});
  BOOST_TEST((require_value(db->find_user(user)).utc_offset_minutes == -180));
  // A night that does not tell one is not asked.
  auto newest = full_night(day_of(2026, 3, 10));
  newest.utc_offset_minutes.reset();
  store_all(stream::sleep, std::vector{newest});
  BOOST_TEST((require_value(db->find_user(user)).utc_offset_minutes == -180));
  BOOST_TEST((require_value(db->load_analytics_input(user)).utc_offset_minutes == -180));
}

BOOST_AUTO_TEST_CASE(an_empty_answer_changes_nothing) {
  BOOST_TEST(store_all(stream::sleep, std::vector<night>{}) == 0);
  BOOST_TEST(require_value(db->find_user(user)).changes == 0u);
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "1");
}

BOOST_AUTO_TEST_CASE(records_of_an_unknown_user_are_refused_whole) {
  const user_id stranger{"999"};
  const auto outcome =
      db->store_reply(shards.claim_for(stranger), stranger,
                      reply(stream::sleep, "x", std::vector{full_night(day_of(2026, 3, 9))}));
  BOOST_TEST(code_of(outcome) == errc::unknown_user);
  BOOST_TEST(query("SELECT count(*) FROM sleep") == "0");
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "0");
}

BOOST_AUTO_TEST_CASE(random_values_come_back_exactly) {
  const std::uint64_t seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random{seed};
  std::uniform_real_distribution<double> anything{-1000, 1000};
  std::vector<cardio_load_day> days(300);
  for (std::size_t i = 0; i < days.size(); ++i) {
    days[i].day = day_of(2025, 1, 1) + std::chrono::days{i};
    for (auto* member : {&days[i].cardio_load, &days[i].strain, &days[i].tolerance, &days[i].ratio,
                         &days[i].levels.low, &days[i].levels.very_high})
      if (random() % 4 != 0)
        *member = anything(random) / static_cast<double>(random() % 1000 + 1);
  }
  BOOST_TEST(store_all(stream::cardio_load, days) == 300);
  const auto rows = require_value(
      db->load_list(user, list_kind::cardio_load, {day_of(2025, 1, 1), day_of(2026, 1, 1)}));
  auto found = std::get<std::vector<cardio_load_day>>(rows);
  std::ranges::reverse(found);
  BOOST_TEST((found == days));
  BOOST_TEST(store_all(stream::cardio_load, days) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
