#define BOOST_TEST_DYN_LINK
#include "polar/resources.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace polar_flow;
using namespace polar_flow::polar;
using namespace std::chrono;

namespace {

const date today = 2026y / November / 22;

} // namespace

BOOST_AUTO_TEST_SUITE(resources)

BOOST_AUTO_TEST_CASE(every_stream_has_a_path_of_its_own) {
  std::set<std::string> paths;
  for (const auto kind : all_streams) {
    BOOST_TEST(path_of(kind).starts_with("/v3/"), to_string(kind));
    BOOST_TEST(paths.insert(path_of(kind)).second, to_string(kind));
  }
}

BOOST_AUTO_TEST_CASE(days_and_ranges_are_in_the_target_and_beside_it) {
  const date_range two_days{today - days{1}, today};
  BOOST_TEST(
      (plan_day(stream::sleep, today)
       == planned_request{stream::sleep, "/v3/users/sleep/2026-11-22", date_range{today, today}}));
  BOOST_TEST(
      (plan_days(stream::sleep, two_days)
       == std::vector{plan_day(stream::sleep, today - days{1}), plan_day(stream::sleep, today)}));
  BOOST_TEST(plan_days(stream::sleep, {today, today - days{1}}).empty());
  BOOST_TEST((plan_range(stream::activity, two_days)
              == planned_request{stream::activity,
                                 "/v3/users/activities?from=2026-11-21&to=2026-11-22", two_days}));
  // SleepWise has its ranges under a path of their own.
  BOOST_TEST(plan_range(stream::sleepwise_bedtime, two_days).target
             == "/v3/users/sleepwise/circadian-bedtime/date?from=2026-11-21&to=2026-11-22");
}

BOOST_AUTO_TEST_SUITE_END()
