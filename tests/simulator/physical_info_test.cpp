#define BOOST_TEST_DYN_LINK
#include "simulator/physical_info.hpp"
#include "simulator/polar_text.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace polar_flow;
using namespace polar_flow::simulator;
using std::chrono::days;

namespace {

const date start{std::chrono::year{2026} / 1 / 1};

} // namespace

BOOST_AUTO_TEST_SUITE(weighings)

BOOST_AUTO_TEST_CASE(weight_changes_slowly) {
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 5; ++id) {
    const auto who = make_athlete(2, id);
    for (int i = 0; i < 400; ++i) {
      // A swing of 1.3 kg and meals of at most 0.75 kg, rounded.
      BOOST_TEST(std::abs(weight_kg_on(who, start + days{i}) - who.weight_kg) < 2.11);
      BOOST_TEST(
          std::abs(weight_kg_on(who, start + days{i + 1}) - weight_kg_on(who, start + days{i}))
          < 1.7);
    }
  }
}

BOOST_AUTO_TEST_CASE(about_one_day_in_seven_is_for_the_scales) {
  const auto who = make_athlete(2, first_athlete_id);
  int count = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto moment = weighing_on(who, start + days{i});
    count += moment ? 1 : 0;
    if (moment)
      BOOST_TEST((day_of(to_wall(*moment, who.utc_offset)) == start + days{i}));
  }
  // 150 are expected, with a standard deviation of 11.
  BOOST_TEST(count > 105);
  BOOST_TEST(count < 195);
}

BOOST_AUTO_TEST_CASE(the_last_weighing_is_the_newest_one_past) {
  const auto who = make_athlete(2, first_athlete_id);
  std::optional<weighing> previous;
  for (int hour = 0; hour < 24 * 60; ++hour) {
    const instant now = start + days{100} + std::chrono::hours{hour};
    const auto last = last_weighing(who, start, now);
    BOOST_REQUIRE(last);
    BOOST_TEST((last->moment <= now));
    if (previous)
      BOOST_TEST((last->moment >= previous->moment));
    previous = last;
  }
  BOOST_TEST(!last_weighing(who, start, start - days{1}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
