#define BOOST_TEST_DYN_LINK
#include "simulator/movement.hpp"
#include "simulator/physiology.hpp"
#include "simulator/training.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <numeric>

using namespace polar_flow;
using namespace polar_flow::simulator;
using std::chrono::days;

BOOST_AUTO_TEST_SUITE(movements)

BOOST_AUTO_TEST_CASE(a_day_has_sleep_sitting_and_steps) {
  const auto who = make_athlete(4, first_athlete_id);
  double steps_sum = 0;
  int stamps = 0;
  int non_wear = 0;
  constexpr int count = 120;
  const date first{std::chrono::year{2026} / 2 / 1};
  for (int i = 0; i < count; ++i) {
    const auto made = make_movement(who, first + days{i});
    steps_sum += std::accumulate(made.steps.begin(), made.steps.end(), 0);
    stamps += static_cast<int>(made.inactivity_stamps.size());
    non_wear += static_cast<int>(std::ranges::count(made.slots, activity_zone::non_wear));
    for (const auto zone : {activity_zone::sedentary, activity_zone::light})
      BOOST_TEST(std::ranges::count(made.slots, zone) > 200);
    BOOST_TEST(
        (is_night_recorded(who, first + days{i}) == (made.slots[3 * 120] == activity_zone::sleep)));
  }
  BOOST_TEST((steps_sum / count > 6000 && steps_sum / count < 20000));
  BOOST_TEST((stamps > 5 && stamps < 3 * count));
  BOOST_TEST(non_wear > 0);
}

BOOST_AUTO_TEST_CASE(a_run_is_vigorous_and_has_its_cadence) {
  const auto who = make_athlete(4, first_athlete_id);
  for (date day{std::chrono::year{2026} / 2 / 1};; day += days{1}) {
    const auto sessions = sessions_on(who, day);
    if (sessions.empty() || sessions.front().kind != session_kind::easy_run)
      continue;
    const auto made = make_movement(who, day);
    const auto middle = sessions.front().start + std::chrono::minutes{5};
    const auto minute = static_cast<std::size_t>(
        std::chrono::floor<std::chrono::minutes>(middle - midnight(day)).count());
    BOOST_TEST((made.slots[minute * 2] == activity_zone::vigorous));
    BOOST_TEST(made.steps[minute] == 164);
    break;
  }
}

BOOST_AUTO_TEST_CASE(an_hour_of_sitting_is_stamped_once) {
  const auto who = make_athlete(4, first_athlete_id + 3);
  int stamped = 0;
  for (int i = 0; i < 60; ++i) {
    const auto made = make_movement(who, date{std::chrono::year{2026} / 2 / 1} + days{i});
    for (const int minute : made.inactivity_stamps) {
      ++stamped;
      for (int slot = minute * 2 - 109; slot < minute * 2; ++slot)
        BOOST_TEST((made.slots[static_cast<std::size_t>(slot)] == activity_zone::sedentary));
    }
  }
  BOOST_TEST(stamped > 0);
}

BOOST_AUTO_TEST_SUITE_END()
