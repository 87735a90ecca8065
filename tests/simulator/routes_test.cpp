#define BOOST_TEST_DYN_LINK
#include "simulator/resources.hpp"
#include "simulator/routes.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow::simulator;

namespace {

std::optional<matched_route> find(const char* target) {
  return find_data_route(parse_target(target)->segments);
}

} // namespace

BOOST_AUTO_TEST_SUITE(route_table)

BOOST_AUTO_TEST_CASE(fixed_words_win_over_placeholders) {
  BOOST_TEST((find("/v3/users/sleep/available")->handle == list_available_sleep));
  BOOST_TEST((find("/v3/users/sleep/2026-01-01")->handle == show_sleep));
  BOOST_TEST((find("/v3/users/activities/samples")->handle == list_activity_samples));
  BOOST_TEST((find("/v3/users/physical-info")->handle == show_physical_info));
  BOOST_TEST((find("/v3/users/sleepwise/alertness/date")->handle == list_alertness_range));
  BOOST_TEST((find("/v3/users/continuous-heart-rate")->handle == list_continuous_heart_rate));
  BOOST_TEST((find("/v3/users/cardio-load/date")->handle == list_cardio_load_range));
  BOOST_TEST((find("/v3/users/cardio-load/2026-01-01")->handle == show_cardio_load));
}

BOOST_AUTO_TEST_CASE(placeholders_capture) {
  const auto found = find("/v3/users/cardio-load/period/months/3");
  BOOST_REQUIRE(found);
  BOOST_TEST((found->handle == list_cardio_load_months));
  BOOST_TEST(found->captures == std::vector<std::string>{"3"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(everything_else_is_unknown) {
  for (const auto* target : {"/", "/v3", "/v3/users", "/v3/users/10000001", "/v3/users/sleep/a/b",
                             "/v3/users/sleep/", "/v3/exercises/a/samples", "/V3/exercises"}) {
    BOOST_TEST_INFO(target);
    const auto found = find(target);
    // A trailing slash is an empty date, which the handler refuses.
    BOOST_TEST((!found || found->captures == std::vector<std::string>{""}));
  }
}

BOOST_AUTO_TEST_SUITE_END()
