#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"

namespace polar_flow::storage {

namespace {

void change(night& record) {
  record.heart_rate_samples.pop_back();
}

void change(nightly_recharge& record) {
  record.breathing_samples_per_min.clear();
}

void change(activity_day& record) {
  record.steps.reset();
}

void change(activity_sample_day& record) {
  record.zones.pop_back();
}

void change(cardio_load_day& record) {
  record.levels.very_high = 5;
}

void change(exercise& record) {
  record.route.pop_back();
}

void change(heart_rate_day& record) {
  record.samples.front().bpm = 62;
}

void change(alertness_period& record) {
  record.hours.back().validity = "VALID";
}

void change(bedtime_period& record) {
  record.quality.reset();
}

void change(spo2_test& record) {
  record.altitude_m = 12.0;
}

void change(ecg_test& record) {
  record.qualities.clear();
}

void change(body_temperature_period& record) {
  record.samples.back().offset_ms += 1;
}

void change(skin_temperature_night& record) {
  record.deviation_from_baseline_celsius.reset();
}

void change(physical_info& record) {
  record.sleep_goal_s = 30'000;
}

/// The same records, each with another value.
stream_records changed(stream_records records) {
  std::visit(
      [](auto& list) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(list)>, std::monostate>)
          for (auto& record : list)
            change(record);
      },
      records);
  return records;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(records, records_fixture)

BOOST_AUTO_TEST_CASE(of_every_stream_only_a_change_is_one) {
  for (const auto& [kind, records] : one_of_each()) {
    BOOST_TEST_CONTEXT(to_string(kind)) {
      BOOST_TEST(store_all(kind, records) == 1);
      now += 1h;
      BOOST_TEST(store_all(kind, records) == 0);
      BOOST_TEST(store_all(kind, changed(records)) == 1);
      BOOST_TEST(store_all(kind, records) == 1);
    }
  }
  BOOST_TEST(require_value(db->find_user(user)).changes == 3 * all_streams.size());
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
  const auto long_ago = instant{day_of(-3, 1, 1)};
  for (const auto& [kind, records] : std::vector<std::pair<stream, stream_records>>{
           {stream::sleepwise_alertness, std::vector{full_alertness(long_ago)}},
           {stream::sleepwise_bedtime, std::vector{full_bedtime(long_ago)}},
           {stream::spo2, std::vector{full_spo2(long_ago)}},
           {stream::ecg, std::vector{full_ecg(long_ago)}},
           {stream::body_temperature, std::vector{full_body_temperature(long_ago)}},
           {stream::physical_info, std::vector{full_physical_info(long_ago)}}})
    BOOST_TEST(store_all(kind, records) == 0);
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

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
