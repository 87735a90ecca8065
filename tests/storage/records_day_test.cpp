#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"

#include <random>

namespace polar_flow::storage {

BOOST_FIXTURE_TEST_SUITE(day_records, records_fixture)

BOOST_AUTO_TEST_CASE(activity_samples_are_stored_whole) {
  store_all(stream::activity_samples, std::vector{full_activity_samples(day_of(2026, 3, 9))});
  BOOST_TEST(query("SELECT row(total_steps, interval_ms, step_times, step_counts)::text "
                   "FROM activity_samples")
             == "(120,60000,\"{\"\"2026-03-09 00:00:00\"\",\"\"2026-03-09 07:00:00\"\"}\","
                "\"{0,120}\")");
  BOOST_TEST(query("SELECT zones[2] FROM activity_samples") == "odd, \"zone\"");
  BOOST_TEST(query("SELECT inactivity_times[1] FROM activity_samples") == "2026-03-09 09:00:00.5");
}

BOOST_AUTO_TEST_CASE(cardio_load_and_activity_are_stored_whole) {
  store_all(stream::cardio_load, std::vector{full_cardio_load(day_of(2026, 3, 9))});
  BOOST_TEST(query("SELECT row(status, cardio_load, strain, tolerance, ratio, level_very_low, "
                   "level_low, level_medium, level_high, level_very_high)::text FROM cardio_load")
             == "(PRODUCTIVE,77.125,50.5,45.25,1.1160220994475138,1,2,3,4,)");
  store_all(stream::activity, std::vector{full_activity(day_of(2026, 3, 9))});
  BOOST_TEST(query("SELECT row(start_time, end_time, steps, distance_m, calories_total_kcal, "
                   "calories_active_kcal, active_s, inactive_s, daily_activity_percent, "
                   "inactivity_alerts)::text FROM activity")
             == "(\"2026-03-09 00:00:00\",\"2026-03-09 23:59:00\",0,0.5,2000,300,3600,30000,"
                "110.5,1)");
}

BOOST_AUTO_TEST_CASE(a_day_of_heart_rates_is_stored_whole) {
  store_all(stream::continuous_hr, std::vector{full_heart_rate(day_of(2026, 3, 9))});
  // (61 + 58 + 120) / 3 = 79.67
  BOOST_TEST(query("SELECT row(day, sample_count, heart_rate_min_bpm, heart_rate_avg_bpm, "
                   "heart_rate_max_bpm, sample_seconds, samples_bpm)::text "
                   "FROM continuous_heart_rate")
             == "(2026-03-09,3,58,80,120,\"{0,300,86399}\",\"{61,58,120}\")");
}

BOOST_AUTO_TEST_CASE(a_mean_heart_rate_is_rounded_half_to_even) {
  const auto mean_of = [this](std::vector<std::int32_t> rates) {
    heart_rate_day day{.day = day_of(2026, 3, 9), .samples = {}};
    for (const auto bpm : rates)
      day.samples.push_back({static_cast<std::int32_t>(day.samples.size()), bpm});
    store_all(stream::continuous_hr, std::vector{day});
    return query("SELECT heart_rate_avg_bpm FROM continuous_heart_rate");
  };
  BOOST_TEST(mean_of({60, 61}) == "60");
  BOOST_TEST(mean_of({61, 62}) == "62");
  // 60.25 and 60.75.
  BOOST_TEST(mean_of({60, 60, 60, 61}) == "60");
  BOOST_TEST(mean_of({60, 61, 61, 61}) == "61");
  BOOST_TEST(mean_of({}) == "NULL");
  BOOST_TEST(query("SELECT sample_count FROM continuous_heart_rate") == "0");
}

BOOST_AUTO_TEST_CASE(a_day_may_hold_a_sample_per_second) {
  heart_rate_day day{.day = day_of(2026, 3, 9), .samples = {}};
  for (std::int32_t second = 0; second < 86'400; ++second)
    day.samples.push_back({second, 50 + second % 100});
  BOOST_TEST(store_all(stream::continuous_hr, std::vector{day}) == 1);
  BOOST_TEST(store_all(stream::continuous_hr, std::vector{day}) == 0);
  BOOST_TEST(query("SELECT row(sample_count, sample_seconds[86400], samples_bpm[86400])::text "
                   "FROM continuous_heart_rate")
             == "(86400,86399,149)");
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
