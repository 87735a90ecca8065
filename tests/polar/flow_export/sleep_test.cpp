// Goal: a night of the export looks as AccessLink would have told it. Method: made-up nights, and
// the rules that comparing twelve nights of both gave (section 7.4 of the contract).
#define BOOST_TEST_DYN_LINK
#include "tests/polar/flow_export/export_reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono;

namespace {

constexpr date the_day = 2024y / August / 3;

night read_result(const std::string& members) {
  return read_export<night>("sleep_result_1-x.json", R"([{"night":"2024-08-03",)" + members + "}]")
      .at(0);
}

night read_hypnogram(const std::string& members) {
  return read_result(R"("sleepResult":{"hypnogram":{)" + members + "}}");
}

std::optional<std::int32_t> read_score(const std::string& score) {
  return read_export<night>("sleep_score_1-x.json",
                            R"([{"night":"2024-08-03","sleepScoreResult":{"sleepScore":)" + score
                                + "}}]")
      .at(0)
      .sleep_score;
}

} // namespace

BOOST_AUTO_TEST_SUITE(export_sleep)

BOOST_AUTO_TEST_CASE(a_result_is_read) {
  night expected;
  expected.day = the_day;
  // 23:40:01 of the evening before where clocks show UTC+2.
  expected.start_time = sys_days{the_day} - 2h - 20min + 1s;
  expected.end_time = sys_days{the_day} + 5h + 10min + 1s;
  expected.utc_offset_minutes = 120;
  expected.device_id = "FA4E0003";
  expected.light_sleep_s = 4 * 3600 + 600;
  expected.deep_sleep_s = 3600 + 22 * 60;
  expected.rem_sleep_s = 5400;
  expected.unrecognized_sleep_s = 0;
  expected.interruptions_s = 28 * 60;
  expected.short_interruptions_s = 13 * 60;
  expected.long_interruptions_s = 15 * 60;
  expected.sleep_goal_s = 8 * 3600;
  expected.sleep_rating = 5;
  // Three models.
  expected.sleep_cycles = 2;
  expected.continuity = 3.7;
  expected.continuity_class = 3;
  // 23:59:01 and 23:59:31 are one minute; the last one is the marker that AccessLink has too.
  expected.hypnogram = {{-20, 3}, {-1, 4}, {40, 1}, {100, 5}, {430, 0}};
  BOOST_TEST((read_export<night>(sleep_result_file) == std::vector{expected}));
}

BOOST_AUTO_TEST_CASE(scores_are_read) {
  night expected;
  expected.day = the_day;
  expected.sleep_score = 78;
  expected.sleep_charge = 4;
  expected.group_duration_score = 81.5;
  expected.group_solidity_score = 70.25;
  expected.group_regeneration_score = 79.0;
  BOOST_TEST((read_export<night>(sleep_score_file) == std::vector{expected}));
}

BOOST_AUTO_TEST_CASE(the_score_is_rounded_and_nothing_is_added) {
  BOOST_TEST((read_score("77.4") == 77));
  BOOST_TEST((read_score("77.5") == 78));
  BOOST_TEST((read_score("\"77.5\"") == 78));
  for (const auto* none : {"0", "-1", "101", "NaN", "\"NaN\"", "null"})
    BOOST_TEST(!read_score(none), none);
}

BOOST_AUTO_TEST_CASE(cycles_are_one_less_than_their_models) {
  const auto cycles = [](const std::string& models) {
    return read_result(R"("sleepResult":{"sleepCycles":{"cycles":{"sleepCycleModels":)" + models
                       + "}}}")
        .sleep_cycles;
  };
  BOOST_TEST((cycles("[{},{},{},{}]") == 3));
  BOOST_TEST((cycles("[{}]") == 0));
  BOOST_TEST(!cycles("[]"));
  BOOST_TEST(!cycles("{}"));
}

BOOST_AUTO_TEST_CASE(nights_before_the_stages_are_nights_too) {
  const auto record = read_hypnogram(R"("sleepStart":"2024-08-03T00:10:00.000+02:00",
      "sleepStateChanges":[{"offsetFromStart":"PT0S","state":"WS_UNKNOWN"},
                           {"offsetFromStart":"PT1H","state":"WAKE"},{"state":"WAKE"},
                           {"offsetFromStart":"P9D","state":"WAKE"}])");
  BOOST_TEST((record.hypnogram == std::vector<night_sample>{{10, 5}, {70, 0}}));
  BOOST_TEST(!record.light_sleep_s);
  BOOST_TEST(!record.sleep_cycles);
}

BOOST_AUTO_TEST_CASE(times_that_cannot_be_are_unknown) {
  // Four days before the night; an offset of no clock; no offset.
  BOOST_TEST(read_hypnogram(R"("sleepStart":"2024-07-30T23:00:00+02:00",
      "sleepStateChanges":[{"offsetFromStart":"PT0S","state":"WAKE"}])")
                 .hypnogram.empty());
  BOOST_TEST(!read_hypnogram(R"("sleepStart":"2024-08-02T23:00:00+20:00")").start_time);
  BOOST_TEST(!read_hypnogram(R"("sleepStart":"2024-08-02T23:00:00")").start_time);
}

BOOST_AUTO_TEST_CASE(ratings_are_numbered_as_at_accesslink) {
  const auto rating = [](const std::string& name) {
    return read_hypnogram(R"("rating":")" + name + "\"").sleep_rating;
  };
  BOOST_TEST((rating("SLEPT_BAD") == 1));
  BOOST_TEST((rating("SLEPT_QUITE_BAD") == 2));
  BOOST_TEST((rating("SLEPT_NEITHER_BAD_NOR_WELL") == 3));
  BOOST_TEST((rating("SLEPT_QUITE_WELL") == 4));
  BOOST_TEST(!rating("UNKNOWN"));
}

BOOST_AUTO_TEST_CASE(both_files_make_one_night) {
  auto whole = read_export<night>(sleep_result_file).at(0);
  polar::complete(whole, read_export<night>(sleep_score_file).at(0));
  BOOST_TEST((whole.sleep_score == 78));
  BOOST_TEST((whole.sleep_cycles == 2));
  auto other_way = read_export<night>(sleep_score_file).at(0);
  polar::complete(other_way, read_export<night>(sleep_result_file).at(0));
  BOOST_TEST((whole == other_way));
}

BOOST_AUTO_TEST_CASE(a_night_without_date_is_skipped) {
  const auto file = polar::read_export_file(
      "sleep_score_1-x.json",
      R"([{"sleepScoreResult":{"sleepScore":50}},{"night":"2024-08-03","sleepScoreResult":{}}])");
  BOOST_TEST(file.value().skipped == 1u);
  BOOST_TEST(record_count(file.value().parts.at(0).records) == 1u);
  const auto none = polar::read_export_file("sleep_score_1-x.json", R"([{"a":1}])");
  BOOST_REQUIRE(!none);
  BOOST_TEST(none.error().message
             == "no record could be read; the first problem: nights[0].night is missing or "
                "unreadable");
}

BOOST_AUTO_TEST_SUITE_END()
