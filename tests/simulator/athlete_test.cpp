#define BOOST_TEST_DYN_LINK
#include "simulator/athlete.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <set>

using namespace polar_flow;
using namespace polar_flow::simulator;

BOOST_AUTO_TEST_SUITE(athletes)

BOOST_AUTO_TEST_CASE(everybody_is_believable) {
  std::set<std::int64_t> offsets;
  std::set<discipline> disciplines;
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 200; ++id) {
    const auto who = make_athlete(42, id);
    BOOST_TEST_INFO(id);
    BOOST_TEST(who.id == id);
    BOOST_TEST((who.height_cm > 140 && who.height_cm < 205));
    BOOST_TEST((who.weight_kg > 38 && who.weight_kg < 125));
    BOOST_TEST((who.heart_rate_night_bpm > 36 && who.heart_rate_night_bpm < 66));
    BOOST_TEST(who.heart_rate_max_bpm > who.heart_rate_rest_bpm + 80);
    const double rmssd_ms = std::exp(who.ln_rmssd);
    BOOST_TEST((rmssd_ms > 18 && rmssd_ms < 120));
    BOOST_TEST((who.breaths_per_minute > 11 && who.breaths_per_minute < 18));
    BOOST_TEST((who.usual_load > 10 && who.usual_load < 160));
    BOOST_TEST(who.device_id.size() == 8U);
    offsets.insert(who.utc_offset.count());
    disciplines.insert(who.trains_as);
  }
  // Whole hours, half hours, quarter hours, both signs and the far east of the date line.
  for (const int odd : {345, 765, -210, 840, -600, 0})
    BOOST_TEST(offsets.contains(odd));
  BOOST_TEST(disciplines.size() == 3U);
}

BOOST_AUTO_TEST_CASE(the_demo_athlete_is_a_runner_in_central_europe) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const auto who = make_athlete(seed, first_athlete_id);
    BOOST_TEST(who.utc_offset.count() == 60);
    BOOST_TEST((who.trains_as == discipline::runner));
  }
}

BOOST_AUTO_TEST_SUITE_END()
