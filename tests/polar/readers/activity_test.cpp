#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

BOOST_AUTO_TEST_SUITE(activity_reader)

BOOST_AUTO_TEST_CASE(days_are_read_as_local_wall_time) {
  const auto days = polar::read_activity(testing::activity_answer).value();
  BOOST_REQUIRE(days.size() == 2);
  activity_day expected;
  expected.day = 2025y / September / 7;
  expected.start_time = local_days{2025y / September / 7} + 12h + 36min;
  expected.end_time = local_days{2025y / September / 7} + 23h + 59min + 30s;
  expected.active_s = 5 * 3600 + 5 * 60;
  expected.inactive_s = 4 * 3600 + 44 * 60;
  expected.daily_activity_percent = 44.43;
  expected.calories_total_kcal = 2260;
  expected.calories_active_kcal = 644;
  expected.steps = 6278;
  expected.inactivity_alerts = 1;
  expected.distance_m = 3692.33;
  BOOST_TEST((days[0] == expected));
  BOOST_TEST((days[1].inactivity_alerts == 0));
  // A float that arrives as an integer, and a goal that was exceeded.
  BOOST_TEST((days[1].distance_m == 5237.0));
  BOOST_TEST((days[1].daily_activity_percent == 162.93));
}

BOOST_AUTO_TEST_CASE(the_day_is_that_of_the_start_even_if_it_says_utc) {
  const auto days =
      polar::read_activity(
          R"([{"start_time":"2025-09-08T00:00:00Z","end_time":"2025-09-08T23:59:59+13:00"}])")
          .value();
  BOOST_REQUIRE(days.size() == 1);
  BOOST_TEST((days[0].day == sys_days{2025y / September / 8}));
  BOOST_TEST((days[0].start_time == local_days{2025y / September / 8}));
  BOOST_TEST((days[0].end_time == local_days{2025y / September / 8} + 23h + 59min + 59s));
}

BOOST_AUTO_TEST_CASE(one_day_alone_is_an_answer_too) {
  BOOST_TEST(polar::read_activity(R"({"start_time":"2025-09-08T00:00","steps":"12"})")
                 .value()
                 .at(0)
                 .steps.value()
             == 12);
}

BOOST_AUTO_TEST_CASE(a_day_without_start_is_skipped) {
  const auto days = polar::read_activity(
                        R"([{"steps":5},{"start_time":"soon"},{"start_time":"2025-09-08T00:00"}])")
                        .value();
  BOOST_TEST(days.size() == 1u);
}

BOOST_AUTO_TEST_CASE(nonsense_is_unknown) {
  const auto days =
      polar::read_activity(
          R"([{"start_time":"2025-09-08T00:00","steps":-5,"calories":99999999999,
         "active_duration":"5h",)"
          R"("inactive_duration":-7,"daily_activity":"NaN","distance_from_steps":"inf"}])")
          .value();
  activity_day expected;
  expected.day = 2025y / September / 8;
  expected.start_time = local_days{2025y / September / 8};
  BOOST_TEST((days.at(0) == expected));
}

BOOST_AUTO_TEST_SUITE_END()
