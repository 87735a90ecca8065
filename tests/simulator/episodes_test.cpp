#define BOOST_TEST_DYN_LINK
#include "simulator/episodes.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using std::chrono::days;

namespace {

const date_range three_years{date{std::chrono::year{2024} / 1 / 1},
                             date{std::chrono::year{2026} / 12 / 31}};

} // namespace

BOOST_AUTO_TEST_SUITE(planted_episodes)

BOOST_AUTO_TEST_CASE(illness_and_overload_take_turns) {
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 20; ++id) {
    const auto who = make_athlete(3, id);
    const auto found = episodes_within(who, three_years);
    // 1096 days hold nine blocks of 120 days; one more episode may be cut off at each end.
    BOOST_TEST((found.size() >= 17 && found.size() <= 20));
    for (std::size_t i = 1; i < found.size(); ++i) {
      BOOST_TEST((found[i].kind != found[i - 1].kind));
      BOOST_TEST((found[i].days.first - found[i - 1].days.last > days{10}));
    }
  }
}

BOOST_AUTO_TEST_CASE(days_agree_with_the_list) {
  const auto who = make_athlete(3, first_athlete_id);
  for (const auto& each : episodes_within(who, three_years)) {
    for (date day = each.days.first; day <= each.days.last; day += days{1}) {
      BOOST_TEST(is_overload_day(who, day) == (each.kind == episode_kind::overload));
      BOOST_TEST((illness_severity(who, day) > 0.0) == (each.kind == episode_kind::illness));
    }
    if (each.kind == episode_kind::illness) {
      // The day before the symptoms shows already, the one before that does not.
      BOOST_TEST(illness_severity(who, each.days.first - days{1}) > 0.0);
      BOOST_TEST(illness_severity(who, each.days.first - days{2}) == 0.0);
      BOOST_TEST(illness_severity(who, each.days.first + days{1}) == 1.0);
      BOOST_TEST(is_watch_worn(who, each.days.first + days{1}));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_watch_is_mostly_worn) {
  const auto who = make_athlete(3, first_athlete_id + 4);
  int worn = 0;
  int total = 0;
  for (date day = three_years.first; day <= three_years.last; day += days{1}, ++total)
    worn += is_watch_worn(who, day) ? 1 : 0;
  // 0.4 gaps of two days on average in 28 days are 3 % of the days.
  BOOST_TEST(worn < total);
  BOOST_TEST(worn > total * 0.93);
}

BOOST_AUTO_TEST_CASE(days_before_1970_are_no_trap) {
  const auto who = make_athlete(3, first_athlete_id);
  const date day{std::chrono::year{1960} / 1 / 1};
  BOOST_TEST(episodes_within(who, {day, day + days{239}}).size() >= 3U);
}

BOOST_AUTO_TEST_SUITE_END()
