#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

namespace {

/// The only night of an answer with these members besides a date.
night read_one(const std::string& members) {
  const auto nights =
      polar::read_sleep(R"({"nights":[{"date":"2026-05-03",)" + members + "}]}").value();
  BOOST_REQUIRE(nights.size() == 1);
  return nights.front();
}

std::vector<std::int32_t> minutes_of(const std::vector<night_sample>& samples) {
  std::vector<std::int32_t> minutes;
  for (const auto& sample : samples)
    minutes.push_back(sample.minute);
  return minutes;
}

const std::string start_at_23_30 =
    R"("sleep_start_time":"2026-05-02T23:30:29-05:00",
         "sleep_end_time":"2026-05-03T07:51:59-05:00")";

} // namespace

BOOST_AUTO_TEST_SUITE(sleep_reader)

BOOST_AUTO_TEST_CASE(a_full_night_is_read) {
  const auto nights = polar::read_sleep(testing::sleep_answer).value();
  BOOST_REQUIRE(nights.size() == 2);
  night expected;
  expected.day = 2026y / May / 3;
  // 23:30:29 at UTC−5 is 04:30:29 UTC of the next day.
  expected.start_time = sys_days{2026y / May / 3} + 4h + 30min + 29s;
  expected.end_time = sys_days{2026y / May / 3} + 12h + 51min + 59s;
  expected.utc_offset_minutes = -300;
  expected.device_id = "FA4E000A";
  expected.light_sleep_s = 17490;
  expected.deep_sleep_s = 3510;
  expected.rem_sleep_s = 7500;
  expected.unrecognized_sleep_s = 0;
  expected.interruptions_s = 1590;
  expected.short_interruptions_s = 1350;
  expected.long_interruptions_s = 240;
  expected.sleep_goal_s = 25200;
  expected.sleep_score = 86;
  expected.sleep_rating = 4;
  expected.sleep_charge = 5;
  expected.sleep_cycles = 5;
  expected.continuity = 2.5;
  expected.continuity_class = 2;
  expected.group_duration_score = 100.0;
  expected.group_solidity_score = 75.3686;
  expected.group_regeneration_score = 84.8611;
  expected.hypnogram = {{-30, 3}, {-11, 4}, {-4, 3}, {-1, 4}, {7, 4}, {9, 3}, {20, 0}};
  expected.heart_rate_samples = {{-27, 67}, {-24, 68}, {1, 66}};
  BOOST_TEST((nights[0] == expected));
}

BOOST_AUTO_TEST_CASE(a_night_after_midnight_starts_on_its_day) {
  const auto nights = polar::read_sleep(testing::sleep_answer).value();
  BOOST_TEST((nights[1].hypnogram == std::vector<night_sample>{{12, 3}, {60, 1}, {372, 0}}));
}

BOOST_AUTO_TEST_CASE(every_sentinel_becomes_unknown) {
  const auto record = read_one(
      R"("continuity":0.0,"continuity_class":0,"sleep_score":0,"sleep_rating":0,"sleep_charge":-1,)"
      R"("device_id":"","heart_rate_samples":{"01:00":0,"01:05":60})");
  BOOST_TEST(!record.continuity);
  BOOST_TEST(!record.continuity_class);
  BOOST_TEST(!record.sleep_score);
  BOOST_TEST(!record.sleep_rating);
  BOOST_TEST(!record.sleep_charge);
  BOOST_TEST(!record.device_id);
  BOOST_TEST((record.heart_rate_samples == std::vector<night_sample>{{65, 60}}));
  BOOST_TEST(!read_one(R"("sleep_charge":0)").sleep_charge);
}

BOOST_AUTO_TEST_CASE(absent_and_null_are_unknown) {
  night expected;
  expected.day = 2026y / May / 3;
  BOOST_TEST((read_one(R"("x":1)") == expected));
  BOOST_TEST(
      (read_one(R"("sleep_score":null,"hypnogram":null,"sleep_start_time":null)") == expected));
}

BOOST_AUTO_TEST_CASE(hyphens_and_underscores_are_the_same) {
  const auto record = read_one(R"("sleep-score":80,"light-sleep":100,"group-solidity-score":7.5)");
  BOOST_TEST((record.sleep_score == 80));
  BOOST_TEST((record.light_sleep_s == 100));
  BOOST_TEST((record.group_solidity_score == 7.5));
}

BOOST_AUTO_TEST_CASE(zero_is_a_duration) {
  BOOST_TEST((read_one(R"("deep_sleep":0)").deep_sleep_s == 0));
  BOOST_TEST(!read_one(R"("deep_sleep":-1)").deep_sleep_s);
}

BOOST_AUTO_TEST_CASE(a_night_lasts_two_days_at_most) {
  BOOST_TEST((read_one(R"("light_sleep":172800)").light_sleep_s == 172800));
  const auto record = read_one(
      R"("light_sleep":172801,"deep_sleep":2147483647,"rem_sleep":172801,)"
      R"("unrecognized_sleep_stage":172801,"total_interruption_duration":172801,)"
      R"("short_interruption_duration":172801,"long_interruption_duration":172801,)"
      R"("sleep_goal":172801)");
  night expected;
  expected.day = 2026y / May / 3;
  BOOST_TEST((record == expected));
}

BOOST_AUTO_TEST_CASE(an_offset_is_one_of_the_earths) {
  const auto of = [](const std::string& start, const std::string& end) {
    return read_one(R"("sleep_start_time":"2026-05-02T23:30:00)" + start
                    + R"(","sleep_end_time":"2026-05-03T07:00:00)" + end + R"(")");
  };
  BOOST_TEST((of("+14:00", "+14:00").utc_offset_minutes == 840));
  BOOST_TEST((of("-14:00", "-14:00").utc_offset_minutes == -840));
  const auto record = of("+14:01", "+02:00");
  BOOST_TEST(!record.start_time);
  BOOST_TEST((record.utc_offset_minutes == 120));
  BOOST_TEST((record.end_time == sys_days{2026y / May / 3} + 5h));
  BOOST_TEST(!of("-23:00", "-14:01").utc_offset_minutes);
}

BOOST_AUTO_TEST_CASE(unknown_stages_become_five) {
  // 6 is in an old documentation example; the rest is what a broken writer might send.
  const auto record = read_one(
      start_at_23_30
      + R"(,"hypnogram":{"23:30":6,"23:40":5,"23:50":-1,"00:10":"x","00:20":2.5,"00:30":"4"})");
  BOOST_TEST(
      (record.hypnogram
       == std::vector<night_sample>{{-30, 5}, {-20, 5}, {-10, 5}, {10, 5}, {20, 5}, {30, 4}}));
}

BOOST_AUTO_TEST_CASE(repeated_stages_are_kept) {
  const auto record = read_one(start_at_23_30 + R"(,"hypnogram":{"23:59":4,"00:07":4})");
  BOOST_TEST((record.hypnogram == std::vector<night_sample>{{-1, 4}, {7, 4}}));
}

BOOST_AUTO_TEST_CASE(keys_that_a_decoder_sorted_are_put_in_order_by_the_start) {
  const auto record =
      read_one(start_at_23_30 + R"(,"hypnogram":{"00:07":4,"00:20":0,"23:30":3,"23:49":4})");
  BOOST_TEST((record.hypnogram == std::vector<night_sample>{{-30, 3}, {-11, 4}, {7, 4}, {20, 0}}));
}

BOOST_AUTO_TEST_CASE(a_first_key_just_before_the_start_belongs_to_it) {
  const auto record = read_one(start_at_23_30 + R"(,"hypnogram":{"23:29":3,"00:20":0})");
  BOOST_TEST((minutes_of(record.hypnogram) == std::vector<std::int32_t>{-31, 20}));
}

BOOST_AUTO_TEST_CASE(a_clock_set_back_in_the_night_adds_no_day) {
  // Clocks in the European Union go from 03:00 back to 02:00 on 2026-10-25.
  const auto answer = R"({"nights":[{"date":"2026-10-25",
    "sleep_start_time":"2026-10-24T23:30:00+02:00","sleep_end_time":"2026-10-25T07:00:00+01:00",
    "hypnogram":{"23:30":3,"02:50":1,"02:10":4,"07:00":0}}]})";
  const auto nights = polar::read_sleep(answer).value();
  BOOST_TEST((minutes_of(nights.at(0).hypnogram) == std::vector<std::int32_t>{-30, 170, 130, 420}));
  BOOST_TEST((nights.at(0).utc_offset_minutes == 120));
}

BOOST_AUTO_TEST_CASE(a_night_without_start_is_walked_in_order) {
  const auto record = read_one(R"("hypnogram":{"22:10":3,"23:59":4,"00:00":1,"06:00":0})");
  BOOST_TEST((minutes_of(record.hypnogram) == std::vector<std::int32_t>{-110, -1, 0, 360}));
}

BOOST_AUTO_TEST_CASE(a_start_of_another_week_does_not_move_the_samples) {
  const auto record =
      read_one(R"("sleep_start_time":"2026-04-01T23:30:00Z","hypnogram":{"23:30":3,"00:10":0})");
  BOOST_TEST((minutes_of(record.hypnogram) == std::vector<std::int32_t>{-30, 10}));
}

BOOST_AUTO_TEST_CASE(impossible_clock_readings_are_left_out) {
  const auto record = read_one(
      R"("heart_rate_samples":{"24:00":60,"1:00":60,"01:60":60,"":60,"ab:cd":60,"01:00":61})");
  BOOST_TEST((record.heart_rate_samples == std::vector<night_sample>{{60, 61}}));
}

BOOST_AUTO_TEST_SUITE_END()
