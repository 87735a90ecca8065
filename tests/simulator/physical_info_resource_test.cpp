#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_SUITE(physical_info_endpoint)

BOOST_AUTO_TEST_CASE(it_has_the_documented_shape) {
  talk polar;
  const auto info = polar.read("/v3/users/physical-info");
  BOOST_TEST(keys_of(info)
             == "weight height created modified birthday gender maximum_heart_rate "
                "resting_heart_rate aerobic_threshold anaerobic_threshold vo2_max weight_source "
                "training_background typical_day sleep_goal");
  BOOST_TEST(info.at("weight").is_double());
  BOOST_TEST(parse_iso_duration(info.at("sleep_goal").as_string()).has_value());
  BOOST_TEST(parse_offset_time(info.at("created").as_string()).has_value());
  BOOST_TEST(info.at("aerobic_threshold").as_int64() < info.at("anaerobic_threshold").as_int64());
  BOOST_TEST(info.at("anaerobic_threshold").as_int64() < info.at("maximum_heart_rate").as_int64());
}

BOOST_AUTO_TEST_CASE(modified_moves_now_and_then_and_weight_with_it) {
  talk polar;
  std::set<std::string> modified;
  std::set<std::string> bodies;
  for (int i = 0; i < 60; ++i) {
    const auto info = polar.read("/v3/users/physical-info");
    modified.insert(std::string{info.at("modified").as_string()});
    bodies.insert(boost::json::serialize(info));
    polar.clock->time += std::chrono::days{1};
  }
  // Nine weighings in sixty days are expected; between them nothing changes at all.
  BOOST_TEST(modified.size() >= 4U);
  BOOST_TEST(modified.size() <= 18U);
  BOOST_TEST(bodies.size() == modified.size());
}

BOOST_AUTO_TEST_CASE(a_new_account_has_what_was_typed_in) {
  options settings;
  settings.first_day = date{std::chrono::year{2026} / 6 / 17};
  talk polar{settings};
  const auto info = polar.read("/v3/users/physical-info");
  BOOST_TEST(info.at("created").as_string() == "2026-06-17T11:30:00Z");
  BOOST_TEST(info.at("modified").as_string() >= "2026-06-17T11:30:00Z");
}

BOOST_AUTO_TEST_SUITE_END()
