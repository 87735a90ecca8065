#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"

#include <array>

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

BOOST_AUTO_TEST_CASE(every_list_tells_what_was_stored) {
  const auto ninth = day_of(2026, 3, 9);
  const auto morning = instant{ninth} + 6h;
  for (const auto& [kind, records] : one_of_each())
    put(reply(kind, std::string{to_string(kind)}, records));
  BOOST_TEST((list<activity_samples_summary>(list_kind::activity_samples)
              == std::vector<activity_samples_summary>{{ninth, 120, 2}}));
  BOOST_TEST((list<heart_rate_summary>(list_kind::heart_rate)
              == std::vector<heart_rate_summary>{{ninth, 58, 80.0, 120, 3}}));
  BOOST_TEST((list<alertness_summary>(list_kind::alertness)
              == std::vector<alertness_summary>{
                  {morning, morning + 24h, 120, 7.25, "GRADE_CLASSIFICATION_STRONG"}}));
  BOOST_TEST((list<bedtime_period>(list_kind::bedtime) == std::vector{full_bedtime(morning)}));
  BOOST_TEST((list<spo2_test>(list_kind::spo2) == std::vector{full_spo2(morning)}));
  const auto ecg = list<ecg_summary>(list_kind::ecg);
  BOOST_TEST_REQUIRE(ecg.size() == 1u);
  BOOST_TEST(std::to_string(ecg.front().id) == query("SELECT ecg_id FROM ecg_ids"));
  BOOST_TEST((ecg.front().duration_s == 0.016));
  BOOST_TEST(ecg.front().sample_count == 3);
  BOOST_TEST((ecg.front().hrv_level == "HIGH"));
  const auto temperatures = list<body_temperature_summary>(list_kind::body_temperature);
  BOOST_TEST_REQUIRE(temperatures.size() == 1u);
  BOOST_TEST(temperatures.front().device_id == "0A1B2C3D");
  BOOST_TEST((temperatures.front().min_celsius == 32.0));
  BOOST_TEST((temperatures.front().max_celsius == 34.25));
  BOOST_TEST(temperatures.front().sample_count == 3);
  BOOST_TEST((list<skin_temperature_night>(list_kind::skin_temperature)
              == std::vector{full_skin_temperature(ninth)}));
  BOOST_TEST(
      (list<physical_info>(list_kind::physical_info) == std::vector{full_physical_info(morning)}));
  BOOST_TEST(
      (list<record_counts>(list_kind::counts) == std::vector<record_counts>{{1, 1, 1, 1, 1, 1}}));
  const date_range april{day_of(2026, 4, 1), day_of(2026, 4, 30)};
  BOOST_TEST((list<record_counts>(list_kind::counts, april)
              == std::vector<record_counts>{{0, 0, 0, 0, 0, 0}}));
  BOOST_TEST(list<spo2_test>(list_kind::spo2, april).empty());
}

BOOST_AUTO_TEST_CASE(a_failed_test_of_blood_oxygen_is_not_listed) {
  auto failed = full_spo2(instant{day_of(2026, 3, 9)} + 6h);
  failed.blood_oxygen_percent.reset();
  put(reply(stream::spo2, "s", std::vector{failed}));
  BOOST_TEST(list<spo2_test>(list_kind::spo2).empty());
}

BOOST_AUTO_TEST_CASE(a_moment_is_on_the_day_of_its_own_clock_or_the_users) {
  const auto late = instant{day_of(2026, 3, 9)} + 23h + 30min;
  const date_range tenth{day_of(2026, 3, 10), day_of(2026, 3, 10)};
  put(reply(stream::spo2, "east", std::vector{full_spo2(late)}));
  BOOST_TEST(list<spo2_test>(list_kind::spo2, tenth).size() == 1u);
  put(reply(stream::body_temperature, "b", std::vector{full_body_temperature(late)}));
  BOOST_TEST(list<body_temperature_summary>(list_kind::body_temperature, tenth).empty());
  // A night tells the user's clock: an hour east.
  put(reply(stream::sleep, "n", std::vector{full_night(day_of(2026, 3, 9))}));
  BOOST_TEST(list<body_temperature_summary>(list_kind::body_temperature, tenth).size() == 1u);
}

BOOST_AUTO_TEST_CASE(any_clock_on_earth_puts_a_moment_on_its_day) {
  const auto ninth = day_of(2026, 3, 9);
  const instant midnight{ninth};
  const date_range only_ninth{ninth, ninth};
  const auto first_and_last = [&](int offset_minutes) {
    const auto start = midnight - std::chrono::minutes{offset_minutes};
    return std::array{start - 1us, start, start + 24h - 1us, start + 24h};
  };
  int bodies = 0;
  for (const int offset_minutes : {-720, 0, 840}) {
    std::vector<alertness_period> forecasts;
    std::vector<bedtime_period> bedtimes;
    std::vector<spo2_test> oxygen;
    std::vector<ecg_test> hearts;
    for (const auto moment : first_and_last(offset_minutes)) {
      forecasts.push_back(full_alertness(moment));
      bedtimes.push_back(full_bedtime(moment));
      oxygen.push_back(full_spo2(moment));
      hearts.push_back(full_ecg(moment));
      forecasts.back().utc_offset_minutes = offset_minutes;
      bedtimes.back().utc_offset_minutes = offset_minutes;
      oxygen.back().utc_offset_minutes = offset_minutes;
      hearts.back().utc_offset_minutes = offset_minutes;
    }
    query("WITH gone AS (DELETE FROM sleepwise_alertness), of_bedtime AS (DELETE FROM "
          "sleepwise_bedtime), of_spo2 AS (DELETE FROM spo2), of_ecg AS (DELETE FROM ecg) "
          "SELECT 1");
    const auto body = std::to_string(++bodies);
    put(reply(stream::sleepwise_alertness, "a" + body, forecasts));
    put(reply(stream::sleepwise_bedtime, "b" + body, bedtimes));
    put(reply(stream::spo2, "s" + body, oxygen));
    put(reply(stream::ecg, "e" + body, hearts));
    // Newest first: of the four moments the two in the middle.
    BOOST_TEST((list<bedtime_period>(list_kind::bedtime, only_ninth)
                == std::vector{bedtimes[2], bedtimes[1]}));
    BOOST_TEST((list<spo2_test>(list_kind::spo2, only_ninth) == std::vector{oxygen[2], oxygen[1]}));
    const auto alert = list<alertness_summary>(list_kind::alertness, only_ninth);
    BOOST_TEST_REQUIRE(alert.size() == 2u);
    BOOST_TEST((alert[0].period_start_time == forecasts[2].period_start_time));
    BOOST_TEST((alert[1].period_start_time == forecasts[1].period_start_time));
    const auto ecg = list<ecg_summary>(list_kind::ecg, only_ninth);
    BOOST_TEST_REQUIRE(ecg.size() == 2u);
    BOOST_TEST((ecg[0].test_time == hearts[2].test_time));
    BOOST_TEST((ecg[1].test_time == hearts[1].test_time));
  }
}

BOOST_AUTO_TEST_CASE(a_moment_without_a_clock_has_the_users) {
  const auto late = instant{day_of(2026, 3, 9)} + 23h + 30min;
  const date_range tenth{day_of(2026, 3, 10), day_of(2026, 3, 10)};
  alertness_period forecast;
  forecast.period_start_time = late;
  bedtime_period bedtime;
  bedtime.period_start_time = late;
  ecg_test heart;
  heart.test_time = late;
  put(reply(stream::sleepwise_alertness, "a", std::vector{forecast}));
  put(reply(stream::sleepwise_bedtime, "b", std::vector{bedtime}));
  put(reply(stream::ecg, "e", std::vector{heart}));
  BOOST_TEST(list<alertness_summary>(list_kind::alertness, tenth).empty());
  BOOST_TEST(list<bedtime_period>(list_kind::bedtime, tenth).empty());
  BOOST_TEST(list<ecg_summary>(list_kind::ecg, tenth).empty());
  // A night tells the user's clock: an hour east.
  put(reply(stream::sleep, "n", std::vector{full_night(day_of(2026, 3, 9))}));
  BOOST_TEST(list<alertness_summary>(list_kind::alertness, tenth).size() == 1u);
  BOOST_TEST((list<bedtime_period>(list_kind::bedtime, tenth) == std::vector{bedtime}));
  const auto ecg = list<ecg_summary>(list_kind::ecg, tenth);
  BOOST_TEST_REQUIRE(ecg.size() == 1u);
  BOOST_TEST(!ecg.front().duration_s.has_value());
  BOOST_TEST(ecg.front().sample_count == 0);
}

BOOST_AUTO_TEST_CASE(devices_that_measure_together_are_in_a_steady_order) {
  const auto morning = instant{day_of(2026, 3, 9)} + 6h;
  auto second = full_body_temperature(morning);
  second.device_id = "B";
  auto first = full_body_temperature(morning);
  first.device_id = "A";
  put(reply(stream::body_temperature, "b",
            std::vector{second, full_body_temperature(morning + 1us), first}));
  const auto rows = list<body_temperature_summary>(list_kind::body_temperature);
  BOOST_TEST_REQUIRE(rows.size() == 3u);
  BOOST_TEST((rows[0].start_time == morning + 1us));
  BOOST_TEST(rows[1].device_id == "A");
  BOOST_TEST(rows[2].device_id == "B");
}

BOOST_AUTO_TEST_CASE(counts_are_of_the_days_asked_for) {
  const auto first = day_of(2026, 3, 3);
  std::vector<activity_day> activity;
  std::vector<cardio_load_day> load;
  for (int i = 0; i < 5; ++i) {
    activity.push_back(full_activity(first + std::chrono::days{i}));
    if (i < 3)
      load.push_back(full_cardio_load(first + std::chrono::days{i}));
  }
  put(reply(stream::activity, "a", activity));
  put(reply(stream::cardio_load, "c", load));
  const date_range days{first + std::chrono::days{1}, first + std::chrono::days{3}};
  record_counts expected;
  expected.activity = 3;
  expected.cardio_load = 2;
  BOOST_TEST((list<record_counts>(list_kind::counts, days) == std::vector{expected}));
}

BOOST_AUTO_TEST_CASE(the_body_has_a_history_of_ten) {
  const auto first = instant{day_of(2026, 1, 1)};
  std::vector<physical_info> states;
  for (int i = 0; i < 14; ++i)
    states.push_back(full_physical_info(first + std::chrono::days{i}));
  put(reply(stream::physical_info, "p", states));
  const auto rows = list<physical_info>(list_kind::physical_info);
  BOOST_TEST_REQUIRE(rows.size() == 11u);
  BOOST_TEST((rows.front().recorded_at == first + std::chrono::days{13}));
  BOOST_TEST((rows.back().recorded_at == first + std::chrono::days{3}));
}

BOOST_AUTO_TEST_CASE(nobody_sees_anothers_rows) {
  for (const auto& [kind, records] : one_of_each())
    put(reply(kind, std::string{to_string(kind)}, records));
  // The stranger has a clock and no records.
  const user_id stranger{"67890"};
  require_value(db->upsert_user(shards.claim_for(stranger), stranger, "sealed", std::nullopt, now));
  for (const auto kind :
       {list_kind::sleep, list_kind::activity, list_kind::recharge, list_kind::cardio_load,
        list_kind::exercises, list_kind::activity_samples, list_kind::heart_rate,
        list_kind::alertness, list_kind::bedtime, list_kind::spo2, list_kind::ecg,
        list_kind::body_temperature, list_kind::skin_temperature, list_kind::physical_info}) {
    const auto count = [&](const user_id& asked) {
      return std::visit([](const auto& rows) { return rows.size(); },
                        require_value(db->load_list(asked, kind, march)));
    };
    BOOST_TEST(count(user) == 1u);
    BOOST_TEST(count(stranger) == 0u);
  }
  const auto counts = require_value(db->load_list(stranger, list_kind::counts, march));
  BOOST_TEST((std::get<std::vector<record_counts>>(counts) == std::vector{record_counts{}}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
