#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_SUITE(skin_contact_endpoints)

BOOST_AUTO_TEST_CASE(contact_changes_with_wearing) {
  talk polar;
  const auto list = polar.read("/v3/users/biosensing/skincontacts");
  BOOST_TEST(list.as_array().size() > 20U);
  std::size_t interruptions = 0;
  for (const auto& period : list.as_array()) {
    BOOST_TEST(keys_of(period)
               == "source_device_id start_time end_time modified_time skin_contact_changes");
    const auto& changes = period.at("skin_contact_changes").as_array();
    BOOST_REQUIRE(!changes.empty());
    BOOST_TEST(changes.front().at("recording_time_delta_milliseconds").as_int64() == 0);
    for (std::size_t i = 1; i < changes.size(); ++i) {
      BOOST_TEST(changes[i].at("skin_contact").as_bool()
                 != changes[i - 1].at("skin_contact").as_bool());
      interruptions += changes[i].at("skin_contact").as_bool() ? 0 : 1;
    }
  }
  BOOST_TEST(interruptions > 3U);
  // The running day ends now, at noon in UTC.
  BOOST_TEST(list.as_array().back().at("end_time").as_string() == "2026-06-17T12:00:00");
}

BOOST_AUTO_TEST_CASE(limits_and_emptiness) {
  talk polar;
  const auto token = polar.connect();
  const std::string path = "/v3/users/biosensing/skincontacts";
  BOOST_TEST(polar.get(path + "?from=2026-05-20&to=2026-06-17", token).status == 400);
  BOOST_TEST(polar.get(path + "?from=2026-06-18&to=2026-06-20", token).status == 204);
}

BOOST_AUTO_TEST_SUITE_END()
