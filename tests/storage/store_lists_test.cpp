#define BOOST_TEST_DYN_LINK
#include "tests/storage/store_fixture.hpp"

namespace polar_flow::storage {

namespace {

const date_range march{day_of(2026, 3, 1), day_of(2026, 3, 31)};

struct list_fixture : store_fixture {
  template <class Row>
  std::vector<Row> list(list_kind kind, date_range days = march) {
    return std::get<std::vector<Row>>(require_value(db->load_list(user, kind, days)));
  }
};

exercise exercise_at(std::string id, instant start, std::optional<std::int32_t> offset) {
  exercise made;
  made.polar_exercise_id = std::move(id);
  made.start_time = start;
  made.utc_offset_minutes = offset;
  return made;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(lists, list_fixture)

BOOST_AUTO_TEST_CASE(a_night_is_joined_with_what_others_know_of_its_day) {
  night both;
  both.day = day_of(2026, 3, 9);
  both.sleep_score = 80;
  both.light_sleep_s = 100;
  both.rem_sleep_s = 20;
  both.heart_rate_samples = {{0, 50}, {5, 51}};
  night alone;
  alone.day = day_of(2026, 3, 8);
  put(reply(stream::sleep, "s", std::vector{both, alone}));
  nightly_recharge recharge;
  recharge.day = day_of(2026, 3, 9);
  recharge.hrv_rmssd_ms = 61;
  recharge.breathing_rate_avg_per_min = 14.5;
  nightly_recharge without_night;
  without_night.day = day_of(2026, 3, 7);
  put(reply(stream::recharge, "r", std::vector{recharge, without_night}));
  query("WITH made AS (INSERT INTO skin_temperature VALUES ('12345', '2026-03-09', 34.5, 0.1, "
        "now(), now()), ('67890', '2026-03-08', 33, 0.1, now(), now()) RETURNING 1) "
        "SELECT count(*) FROM made");

  const auto rows = list<sleep_summary>(list_kind::sleep);
  BOOST_REQUIRE_EQUAL(rows.size(), 2u);
  BOOST_TEST((rows[0]
              == sleep_summary{.day = day_of(2026, 3, 9),
                               .sleep_score = 80,
                               .total_sleep_s = 120,
                               .light_sleep_s = 100,
                               .deep_sleep_s = std::nullopt,
                               .rem_sleep_s = 20,
                               .hrv_avg_ms = 61,
                               .heart_rate_avg_bpm = 50.5,
                               .breathing_rate_avg_per_min = 14.5,
                               .skin_temperature_avg_celsius = 34.5}));
  sleep_summary bare;
  bare.day = day_of(2026, 3, 8);
  BOOST_TEST((rows[1] == bare));
}

BOOST_AUTO_TEST_CASE(both_ends_of_the_range_count_and_the_newest_is_first) {
  std::vector<nightly_recharge> nights(5);
  for (std::size_t i = 0; i < nights.size(); ++i) {
    nights[i].day = day_of(2026, 3, 3) + std::chrono::days{i};
    nights[i].hrv_rmssd_ms = static_cast<std::int32_t>(i);
  }
  put(reply(stream::recharge, "r", nights));
  const auto rows =
      list<recharge_summary>(list_kind::recharge, {day_of(2026, 3, 4), day_of(2026, 3, 6)});
  BOOST_REQUIRE_EQUAL(rows.size(), 3u);
  BOOST_TEST((rows[0].hrv_rmssd_ms == 3));
  BOOST_TEST((rows[2].hrv_rmssd_ms == 1));
}

BOOST_AUTO_TEST_CASE(activity_comes_back_as_it_was_stored) {
  const local_time midnight{day_of(2026, 3, 9).time_since_epoch()};
  const activity_day day{.day = day_of(2026, 3, 9),
                         .start_time = midnight,
                         .end_time = midnight + 23h + 59min + 1us,
                         .steps = 0,
                         .distance_m = 0.1,
                         .calories_total_kcal = 2000,
                         .calories_active_kcal = std::nullopt,
                         .active_s = 3600,
                         .inactive_s = 30000,
                         .daily_activity_percent = 110.5,
                         .inactivity_alerts = 1};
  put(reply(stream::activity, "a", std::vector{day}));
  BOOST_TEST((list<activity_day>(list_kind::activity) == std::vector{day}));
}

BOOST_AUTO_TEST_CASE(an_exercise_belongs_to_the_day_on_the_users_clock) {
  const auto late_evening = instant{day_of(2026, 3, 9)} + 23h;
  put(reply(stream::exercises, "e",
            std::vector{exercise_at("east", late_evening, 120),
                        exercise_at("west", late_evening, -600),
                        exercise_at("unknown", late_evening + 30min, std::nullopt)}));
  const date_range ninth{day_of(2026, 3, 9), day_of(2026, 3, 9)};
  const auto rows = list<exercise_summary>(list_kind::exercises, ninth);
  BOOST_REQUIRE_EQUAL(rows.size(), 2u);
  BOOST_TEST(rows[0].polar_exercise_id == "unknown");
  BOOST_TEST(rows[1].polar_exercise_id == "west");
  BOOST_TEST(rows[1].id.size() == 36u);
  const date_range tenth{day_of(2026, 3, 10), day_of(2026, 3, 10)};
  BOOST_TEST(list<exercise_summary>(list_kind::exercises, tenth).front().polar_exercise_id
             == "east");
}

BOOST_AUTO_TEST_CASE(nobody_sees_anothers_rows) {
  nightly_recharge recharge;
  recharge.day = day_of(2026, 3, 9);
  put(reply(stream::recharge, "r", std::vector{recharge}));
  const auto rows = require_value(db->load_list(user_id{"67890"}, list_kind::recharge, march));
  BOOST_TEST(std::get<std::vector<recharge_summary>>(rows).empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
