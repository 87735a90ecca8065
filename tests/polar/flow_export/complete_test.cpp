// Goal: what is told twice is kept once, whole, and in its better form.
#define BOOST_TEST_DYN_LINK
#include "polar/flow_export.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;
using polar::complete;

namespace {

constexpr date the_day = 2024y / August / 3;

exercise training(seconds start, std::optional<double> duration_s,
                  std::optional<std::int32_t> utc_offset_minutes = 120) {
  exercise record;
  record.start_time = sys_days{the_day} + start;
  record.utc_offset_minutes = utc_offset_minutes;
  record.duration_s = duration_s;
  return record;
}

bool is_same(const exercise& left, const exercise& right) {
  const bool is_one = polar::is_same_training(left, right);
  BOOST_TEST(polar::is_same_training(right, left) == is_one);
  return is_one;
}

activity_day day_with(std::optional<std::int32_t> steps, std::optional<double> distance_m) {
  activity_day record;
  record.day = the_day;
  record.steps = steps;
  record.distance_m = distance_m;
  return record;
}

} // namespace

BOOST_AUTO_TEST_SUITE(export_complete)

BOOST_AUTO_TEST_CASE(trainings_are_the_same_within_two_seconds) {
  BOOST_TEST(is_same(training(0s, 1000), training(2s, 1002)));
  BOOST_TEST(!is_same(training(0s, 1000), training(3s, 1000)));
  BOOST_TEST(!is_same(training(0s, 1000), training(0s, 1002.1)));
  BOOST_TEST(is_same(training(0s, 1000), training(1s, std::nullopt)));
  BOOST_TEST(!is_same(training(0s, std::nullopt), training(3s, std::nullopt)));
}

BOOST_AUTO_TEST_CASE(without_an_offset_the_clocks_are_compared) {
  // The same 2:00 on the clock: midnight UTC at +2 hours, and a reading whose zone is not known.
  BOOST_TEST(is_same(training(0s, 1000, 120), training(2h, 1000, std::nullopt)));
  BOOST_TEST(!is_same(training(0s, 1000, 120), training(0s, 1000, std::nullopt)));
  BOOST_TEST(is_same(training(0s, 1000, 120), training(0s, 1000, 60)));
}

BOOST_AUTO_TEST_CASE(a_night_keeps_what_it_knows) {
  night kept;
  kept.day = the_day;
  kept.sleep_score = 79;
  night other = kept;
  other.sleep_score = 78;
  other.sleep_charge = 4;
  other.start_time = sys_days{the_day};
  other.hypnogram = {{0, 3}};
  complete(kept, other);
  BOOST_TEST((kept.sleep_score == 79));
  BOOST_TEST((kept.sleep_charge == 4));
  BOOST_TEST((kept.start_time == other.start_time));
  BOOST_TEST((kept.hypnogram == other.hypnogram));
}

BOOST_AUTO_TEST_CASE(times_and_stages_of_a_night_stay_together) {
  night kept;
  kept.end_time = sys_days{the_day} + 7h;
  night other;
  other.start_time = sys_days{the_day};
  other.utc_offset_minutes = 60;
  other.hypnogram = {{0, 3}};
  complete(kept, other);
  BOOST_TEST(!kept.start_time);
  BOOST_TEST(!kept.utc_offset_minutes);
  BOOST_TEST(kept.hypnogram.empty());
}

BOOST_AUTO_TEST_CASE(a_recharge_is_completed) {
  nightly_recharge kept;
  kept.hrv_rmssd_ms = 40;
  nightly_recharge other;
  other.hrv_rmssd_ms = 41;
  other.ans_charge = 1.5;
  complete(kept, other);
  BOOST_TEST((kept.hrv_rmssd_ms == 40));
  BOOST_TEST((kept.ans_charge == 1.5));
}

BOOST_AUTO_TEST_CASE(heart_rates_are_merged_in_order) {
  heart_rate_day kept{the_day, {{1, 60}, {5, 61}}};
  complete(kept, {the_day, {{0, 70}, {1, 71}, {9, 72}}});
  BOOST_TEST((kept.samples == std::vector<heart_rate_sample>{{0, 70}, {1, 60}, {5, 61}, {9, 72}}));
}

BOOST_AUTO_TEST_CASE(the_watch_with_more_steps_was_worn) {
  auto kept = day_with(100, 80.0);
  complete(kept, day_with(5000, std::nullopt));
  BOOST_TEST((kept == day_with(5000, 80.0)));
  complete(kept, day_with(200, 160.0));
  BOOST_TEST((kept == day_with(5000, 80.0)));
  complete(kept, day_with(std::nullopt, 1.0));
  BOOST_TEST((kept == day_with(5000, 80.0)));
}

BOOST_AUTO_TEST_CASE(steps_within_the_day_are_those_of_one_watch) {
  const polar_flow::local_time midnight{the_day.time_since_epoch()};
  activity_sample_day kept;
  kept.total_steps = 10;
  kept.steps = {{midnight, 10}};
  kept.zones = {{midnight, "LIGHT"}};
  activity_sample_day other;
  other.total_steps = 20;
  other.steps = {{midnight + 1h, 20}};
  complete(kept, other);
  BOOST_TEST((kept.total_steps == 20));
  BOOST_TEST((kept.steps == other.steps));
  BOOST_TEST(kept.zones.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
