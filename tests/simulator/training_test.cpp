#define BOOST_TEST_DYN_LINK
#include "simulator/episodes.hpp"
#include "simulator/physiology.hpp"
#include "simulator/training.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const date first_day{std::chrono::year{2025} / 6 / 2};

athlete without_name(bool is_female) {
  athlete who;
  who.is_female = is_female;
  who.heart_rate_rest_bpm = 50;
  who.heart_rate_max_bpm = 192;
  return who;
}

} // namespace

BOOST_AUTO_TEST_SUITE(training_plan)

BOOST_AUTO_TEST_CASE(impulse_is_close_to_recorded_cardio_load) {
  // Recorded: 115.3 min at 138 bpm gave 146.4, 33.5 min at 140 bpm gave 44.6 (maximum 192).
  BOOST_TEST(training_impulse(without_name(false), 115.3, 138) == 146.4,
             boost::test_tools::tolerance(0.05));
  BOOST_TEST(training_impulse(without_name(false), 33.5, 140) == 44.6,
             boost::test_tools::tolerance(0.05));
  // By hand: 60 × 0.5 × 0.86 × e^(1.67 × 0.5) = 59.5.
  BOOST_TEST(training_impulse(without_name(true), 60, 121) == 59.5,
             boost::test_tools::tolerance(0.002));
  BOOST_TEST(training_impulse(without_name(true), 60, 40) == 0.0);
}

BOOST_AUTO_TEST_CASE(sessions_fit_into_their_day) {
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 12; ++id) {
    const auto who = make_athlete(5, id);
    for (int i = 0; i < 365; ++i) {
      const date day = first_day + days{i};
      wall_time free_from = night_before(who, day).end();
      for (const auto& done : sessions_on(who, day)) {
        BOOST_TEST_INFO(id << " " << format_date(day));
        BOOST_TEST((day_of(done.start) == day));
        BOOST_TEST((done.start >= free_from));
        free_from = done.end();
        BOOST_TEST(done.heart_rate_average_bpm < done.heart_rate_max_bpm);
        BOOST_TEST(done.heart_rate_max_bpm <= who.heart_rate_max_bpm);
        BOOST_TEST(done.load > 0.0);
        BOOST_TEST((done.uploaded > to_utc(done.end(), who.utc_offset)));
        BOOST_TEST((done.uploaded < to_utc(done.end(), who.utc_offset) + 41h));
      }
      BOOST_TEST((free_from <= midnight(day) + 24h));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_week_has_a_rhythm) {
  const auto who = make_athlete(5, first_athlete_id);
  double sunday = 0;
  double friday = 0;
  for (int week = 0; week < 52; ++week) {
    friday += load_on(who, first_day + days{7 * week + 4});
    sunday += load_on(who, first_day + days{7 * week + 6});
  }
  BOOST_TEST(sunday > 4 * friday);
}

BOOST_AUTO_TEST_CASE(overload_is_heavy_and_illness_is_rest) {
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 10; ++id) {
    const auto who = make_athlete(5, id);
    BOOST_TEST_INFO(id);
    for (const auto& each : episodes_within(who, {first_day, first_day + days{365}})) {
      double sum = 0;
      int count = 0;
      for (date day = each.days.first; day <= each.days.last; day += days{1}, ++count)
        sum += load_on(who, day);
      if (each.kind == episode_kind::overload)
        BOOST_TEST(sum / count > 1.2 * who.usual_load);
      else
        BOOST_TEST(sum / count < 0.6 * who.usual_load);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
