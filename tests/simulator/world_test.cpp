#define BOOST_TEST_DYN_LINK
#include "simulator/world.hpp"
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;

BOOST_AUTO_TEST_SUITE(worlds)

BOOST_AUTO_TEST_CASE(knows_its_athletes_and_no_others) {
  options settings;
  settings.athletes = 3;
  world all{settings, std::make_shared<testing::set_clock>()};
  BOOST_TEST((all.find_athlete_id("10000003") == 10000003));
  for (const auto* wrong : {"10000004", "10000000", "", "x", "10000001x", "99999999999999999999",
                            "-10000001", " 10000001"})
    BOOST_TEST(!all.find_athlete_id(wrong).has_value());
  const auto* first = &all.person(10000001);
  all.person(10000002);
  BOOST_TEST(first == &all.person(10000001));
}

BOOST_AUTO_TEST_CASE(bad_folders_are_said_at_once) {
  options settings;
  settings.replay_folder = "/no/such/folder";
  BOOST_CHECK_THROW(world(settings, nullptr), std::runtime_error);
  settings = {};
  settings.state_file = "/no/such/folder/state";
  BOOST_CHECK_THROW(world(settings, nullptr), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
