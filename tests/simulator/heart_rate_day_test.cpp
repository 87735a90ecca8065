#define BOOST_TEST_DYN_LINK
#include "simulator/heart_rate_day.hpp"
#include "simulator/movement.hpp"
#include "simulator/night.hpp"
#include "simulator/training.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <ctime>

using namespace polar_flow;
using namespace polar_flow::simulator;
using std::chrono::days;

namespace {

const date_range spring{date{std::chrono::year{2026} / 3 / 1},
                        date{std::chrono::year{2026} / 5 / 1}};

template <class Check>
void for_every_day(Check check) {
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 3; ++id) {
    const auto who = make_athlete(4, id);
    const auto states = conditions(who, spring);
    for (std::size_t i = 0; i + 1 < states.size(); ++i)
      check(who, states[i], make_heart_rate_day(who, states[i], states[i + 1]));
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(heart_rate_days)

BOOST_AUTO_TEST_CASE(points_are_ordered_distinct_and_human) {
  std::size_t all = 0;
  std::size_t lost = 0;
  std::size_t seconds = 0;
  std::size_t largest = 0;
  for_every_day([&](const athlete& who, const condition&, const auto& points) {
    largest = std::max(largest, points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      BOOST_REQUIRE((i == 0 || points[i].second > points[i - 1].second));
      BOOST_REQUIRE((points[i].second >= 0 && points[i].second < 86'400));
      BOOST_REQUIRE(
          (points[i].bpm == 0 || (points[i].bpm >= 34 && points[i].bpm <= who.heart_rate_max_bpm)));
      ++all;
      lost += points[i].bpm == 0 ? 1 : 0;
      seconds += i > 0 && points[i].second == points[i - 1].second + 1 ? 1 : 0;
    }
  });
  // Of 65,738 recorded samples in 30 days 66 were empty and 57,625 followed within a second.
  BOOST_TEST(lost > all / 5000);
  BOOST_TEST(lost < all / 200);
  BOOST_TEST(seconds > all / 2);
  BOOST_TEST(largest > 10'000U);
  BOOST_TEST(largest <= heart_rate_points_max);
}

BOOST_AUTO_TEST_CASE(rest_has_five_minute_steps) {
  for_every_day([&](const athlete&, const condition&, const auto& points) {
    std::size_t gaps = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
      const int gap = points[i].second - points[i - 1].second;
      gaps += gap >= 240 && gap <= 360 ? 1 : 0;
    }
    // Recorded days have some 260 such gaps; a day at which the watch was forgotten or that was
    // measured by the second for hours has fewer.
    BOOST_TEST(gaps > 40U);
    BOOST_TEST(gaps < 290U);
  });
}

BOOST_AUTO_TEST_CASE(training_is_left_out) {
  std::size_t sessions = 0;
  for_every_day([&](const athlete& who, const condition& state, const auto& points) {
    for (const auto& done : sessions_on(who, state.day)) {
      ++sessions;
      const auto start_s = (done.start - midnight(state.day)).count();
      const auto end_s = (done.end() - midnight(state.day)).count();
      BOOST_TEST(std::ranges::none_of(points, [&](const auto& point) {
        return point.second >= start_s && point.second < end_s;
      }));
    }
  });
  BOOST_TEST(sessions > 60U);
}

BOOST_AUTO_TEST_CASE(nights_are_those_of_the_sleep) {
  for_every_day([&](const athlete& who, const condition& state, const auto& points) {
    if (!is_night_recorded(who, state.day))
      return;
    for (const auto& [when, bpm] : heart_rate_curve(who, state)) {
      if (day_of(when) != state.day)
        continue;
      const auto second = (when - midnight(state.day)).count();
      const auto found = std::ranges::find(points, second, &heart_rate_point::second);
      BOOST_REQUIRE((found != points.end()));
      BOOST_TEST(found->bpm == bpm);
    }
  });
}

BOOST_AUTO_TEST_CASE(illness_lifts_the_waking_heart) {
  const auto who = make_athlete(4, first_athlete_id);
  condition healthy;
  healthy.day = spring.first;
  healthy.heart_rate_bpm = who.heart_rate_night_bpm;
  auto sick = healthy;
  sick.heart_rate_bpm += 8.0;
  auto next = healthy;
  next.day += days{1};
  const auto mean_by_day = [&](const condition& state) {
    double sum = 0.0;
    int count = 0;
    for (const auto& point : make_heart_rate_day(who, state, next)) {
      const bool is_waking = point.second > 10 * 3600 && point.second < 20 * 3600;
      if (is_waking && point.bpm > 0) {
        sum += point.bpm;
        ++count;
      }
    }
    return sum / count;
  };
  // Nothing but the resting level differs; cutting at whole beats leaves a little room.
  BOOST_TEST(std::abs(mean_by_day(sick) - mean_by_day(healthy) - 8.0) < 0.5);
}

BOOST_AUTO_TEST_CASE(a_day_is_made_quickly) {
  const auto begin = std::clock();
  std::size_t made = 0;
  for_every_day([&](const athlete&, const condition&, const auto&) { ++made; });
  const double each_ms = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC
                         / static_cast<double>(made);
  BOOST_TEST_MESSAGE("processor time per day: " << each_ms << " ms");
  // A few milliseconds without optimisation; the bound leaves room for sanitizers.
  BOOST_TEST(each_ms < 100.0);
}

BOOST_AUTO_TEST_SUITE_END()
