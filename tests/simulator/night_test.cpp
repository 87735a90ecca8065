#define BOOST_TEST_DYN_LINK
#include "simulator/night.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace polar_flow;
using namespace polar_flow::simulator;

namespace {

const date_range half_year{date{std::chrono::year{2025} / 12 / 1},
                           date{std::chrono::year{2026} / 5 / 31}};

} // namespace

BOOST_AUTO_TEST_SUITE(nights)

BOOST_AUTO_TEST_CASE(totals_are_counted_from_the_epochs) {
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 6; ++id) {
    const auto who = make_athlete(8, id);
    for (const auto& state : conditions(who, half_year)) {
      const auto slept = make_night(who, state);
      const int sum = slept.light_s + slept.deep_s + slept.rem_s + slept.unrecognized_s
                      + slept.short_interruptions_s + slept.long_interruptions_s;
      BOOST_TEST(sum == (slept.timing.end() - slept.timing.start).count());
      BOOST_TEST(slept.long_interruptions_s % 30 == 0);
      BOOST_TEST((slept.long_interruptions_s == 0 || slept.long_interruptions_s >= 90));
      BOOST_TEST((slept.epochs.front() != sleep_stage::wake));
      BOOST_TEST((slept.epochs.back() != sleep_stage::wake));
      BOOST_TEST(slept.scores.has_value() == (slept.score > 0));
      BOOST_TEST(slept.score <= 100);
      BOOST_TEST((slept.continuity == 0.0 || (slept.continuity >= 1.0 && slept.continuity <= 5.0)));
    }
  }
}

BOOST_AUTO_TEST_CASE(stages_have_adult_shares) {
  // Ohayon et al. 2004: about 15 % deep and 20 to 25 % REM in adults; Polar's recorded night has
  // 12 % and 26 %.
  const auto who = make_athlete(8, first_athlete_id);
  double deep = 0;
  double rem = 0;
  double asleep = 0;
  int unscored = 0;
  int unknown = 0;
  const auto states = conditions(who, half_year);
  for (const auto& state : states) {
    const auto slept = make_night(who, state);
    deep += slept.deep_s;
    rem += slept.rem_s;
    asleep += slept.light_s + slept.deep_s + slept.rem_s;
    unscored += slept.scores ? 0 : 1;
    unknown += slept.unrecognized_s > 0 ? 1 : 0;
  }
  BOOST_TEST((deep / asleep > 0.09 && deep / asleep < 0.2));
  BOOST_TEST((rem / asleep > 0.16 && rem / asleep < 0.28));
  BOOST_TEST((unscored > 0 && unscored < 25));
  BOOST_TEST((unknown > 0 && unknown < 25));
}

BOOST_AUTO_TEST_CASE(curves_lie_within_the_night) {
  const auto who = make_athlete(8, first_athlete_id + 1);
  int lost = 0;
  for (const auto& state : conditions(who, half_year)) {
    const auto timing = night_before(who, state.day);
    const auto beats = heart_rate_curve(who, state);
    BOOST_TEST((beats.front().first >= timing.start && beats.back().first < timing.end()));
    for (const auto& [when, value] : beats) {
      lost += value == 0 ? 1 : 0;
      BOOST_TEST((value == 0 || (value > 30 && value < 110)));
    }
    BOOST_TEST(hrv_curve(who, state).size() == 50U);
    BOOST_TEST(breathing_curve(who, state).size() == 50U);
  }
  BOOST_TEST(lost > 0);
}

BOOST_AUTO_TEST_SUITE_END()
