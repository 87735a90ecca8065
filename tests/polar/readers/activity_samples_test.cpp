#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

BOOST_AUTO_TEST_SUITE(activity_samples_reader)

BOOST_AUTO_TEST_CASE(a_day_of_samples_is_read) {
  const auto days = polar::read_activity_samples(testing::activity_samples_answer).value();
  BOOST_REQUIRE(days.size() == 2);
  const local_days midnight{2025y / September / 26};
  activity_sample_day expected;
  expected.day = 2025y / September / 26;
  expected.total_steps = 8823;
  expected.interval_ms = 60000;
  expected.steps = {{midnight + 2min, 12}, {midnight + 3min, 0}};
  expected.zones = {{midnight, "SLEEP"}, {midnight + 2h + 15min + 30s, "NON_WEAR"}};
  expected.inactivity_stamps = {midnight + 16h + 4min};
  BOOST_TEST((days[0] == expected));
  BOOST_TEST(days[1].zones.size() == 1u);
  BOOST_TEST(!days[1].total_steps);
}

BOOST_AUTO_TEST_CASE(samples_embedded_in_a_summary_are_found) {
  const auto days =
      polar::read_activity_samples(
          R"([{"start_time":"2025-09-26T00:00","steps":9842,"samples":{"date":"2025-09-26",
      "activity_zones":{"samples":[{"timestamp":"2025-09-26T00:49","zone":"SEDENTARY"}]}}},
      {"start_time":"2025-09-27T00:00","samples":{"steps":{"total_steps":5}}}])")
          .value();
  BOOST_REQUIRE(days.size() == 2);
  BOOST_TEST(days[0].zones.at(0).zone == "SEDENTARY");
  BOOST_TEST(!days[0].total_steps);
  BOOST_TEST((days[1].day == sys_days{2025y / September / 27}));
  BOOST_TEST((days[1].total_steps == 5));
}

BOOST_AUTO_TEST_CASE(an_unknown_zone_is_kept_as_text) {
  const auto days = polar::read_activity_samples(
                        R"({"date":"2025-09-26",
         "activity-zones":{"samples":[{"timestamp":"2025-09-26T00:49","zone":"FLYING"}]}})")
                        .value();
  BOOST_TEST(days.at(0).zones.at(0).zone == "FLYING");
}

BOOST_AUTO_TEST_CASE(broken_samples_do_not_spoil_the_others) {
  const auto days = polar::read_activity_samples(
                        R"([{"date":"2025-09-26","steps":{"samples":[7,{"steps":null,
         "timestamp":"2025-09-26T00:01"},
      {"steps":3},{"steps":4,"timestamp":"2025-09-26T00:02"}]},
      "activity_zones":{"samples":{"zone":"SLEEP"}},
      "inactivity_stamps":[{"stamp":"x"},"2025-09-26T01:00",{"stamp":"2025-09-26T02:00"}]}])")
                        .value();
  BOOST_TEST(days.at(0).steps.size() == 1u);
  BOOST_TEST(days.at(0).zones.empty());
  BOOST_TEST(days.at(0).inactivity_stamps.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
