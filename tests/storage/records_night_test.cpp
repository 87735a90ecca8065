#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"

namespace polar_flow::storage {

BOOST_FIXTURE_TEST_SUITE(night_records, records_fixture)

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
  BOOST_TEST(store_all(stream::recharge, std::vector{full_recharge(day_of(2026, 3, 9))}) == 1);
  BOOST_TEST(query("SELECT row(day, heart_rate_avg_bpm, beat_to_beat_avg_ms, hrv_rmssd_ms, "
                   "breathing_rate_avg_per_min, recharge_status, ans_charge, ans_charge_status, "
                   "hrv_minutes, hrv_samples_ms, breathing_minutes, breathing_samples_per_min)"
                   "::text FROM nightly_recharge")
             == "(2026-03-09,48,1250,61,14.3,5,-1.7,3,\"{-20,-15}\",\"{60,62}\",{-20},{14.25})");
}

BOOST_AUTO_TEST_CASE(a_skin_temperature_is_stored_whole) {
  store_all(stream::skin_temperature, std::vector{full_skin_temperature(day_of(2026, 3, 9))});
  BOOST_TEST(query("SELECT row(day, temperature_celsius, deviation_from_baseline_celsius)::text "
                   "FROM skin_temperature")
             == "(2026-03-09,33.41,-0.3)");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
