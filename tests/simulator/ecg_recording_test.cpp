#define BOOST_TEST_DYN_LINK
#include "simulator/ecg_recording.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

using namespace polar_flow;
using namespace polar_flow::simulator;

namespace {

const date_range summer{date{std::chrono::year{2026} / 6 / 1},
                        date{std::chrono::year{2026} / 8 / 31}};

template <class Check>
int for_every_test(Check check) {
  int count = 0;
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 3; ++id) {
    const auto who = make_athlete(4, id);
    for (const auto& state : conditions(who, summer)) {
      if (!ecg_moment_on(who, state.day))
        continue;
      ++count;
      check(who, state, record_ecg(who, state));
    }
  }
  return count;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ecg_recordings)

BOOST_AUTO_TEST_CASE(half_a_minute_at_130_hertz) {
  const int count =
      for_every_test([](const athlete& who, const condition& state, const auto& test) {
        BOOST_TEST(test.amplitudes_mv.size() == 3900U);
        BOOST_TEST(test.contacts.size() == 30U);
        BOOST_TEST((test.moment == ecg_moment_on(who, state.day)));
        BOOST_TEST((test.heart_rate_bpm >= 35 && test.heart_rate_bpm <= 120));
      });
  // Every fifth of 276 days, with a standard deviation of 7.
  BOOST_TEST(count > 28);
  BOOST_TEST(count < 85);
}

BOOST_AUTO_TEST_CASE(the_curve_beats_at_the_heart_rate) {
  for_every_test([](const athlete&, const condition&, const ecg_recording& test) {
    int beats = 0;
    for (std::size_t i = 1; i < test.amplitudes_mv.size(); ++i)
      beats += test.amplitudes_mv[i] > 0.45 && test.amplitudes_mv[i - 1] <= 0.45 ? 1 : 0;
    // Half a minute holds half the beats of a minute; variability moves the count a little.
    BOOST_TEST(std::abs(beats - test.heart_rate_bpm / 2.0) < 5.0);
    BOOST_TEST(std::ranges::max(test.amplitudes_mv) < 1.5);
    BOOST_TEST(std::ranges::min(test.amplitudes_mv) > -0.8);
  });
}

BOOST_AUTO_TEST_SUITE_END()
