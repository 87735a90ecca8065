#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_SUITE(ecg_endpoints)

BOOST_AUTO_TEST_CASE(tests_have_the_documented_shape) {
  talk polar;
  const auto list = polar.read("/v3/users/biosensing/ecg");
  BOOST_TEST(list.as_array().size() >= 1U);
  for (const auto& test : list.as_array()) {
    BOOST_TEST(keys_of(test)
               == "source_device_id test_time time_zone_offset average_heart_rate_bpm "
                  "heart_rate_variability_ms heart_rate_variability_level rri_ms "
                  "pulse_transit_time_systolic_ms pulse_transit_time_diastolic_ms "
                  "pulse_transit_time_quality_index samples quality_measurements");
    const auto& samples = test.at("samples").as_array();
    BOOST_TEST(samples.size() == 3900U);
    BOOST_TEST(keys_of(samples.front()) == "recording_time_delta_ms amplitude_mv");
    BOOST_TEST(samples.front().at("recording_time_delta_ms").as_int64() == 0);
    // 3899 steps of 1000 / 130 ms, cut.
    BOOST_TEST(samples.back().at("recording_time_delta_ms").as_int64() == 29'992);
    const auto& qualities = test.at("quality_measurements").as_array();
    BOOST_TEST(qualities.size() == 30U);
    BOOST_TEST(keys_of(qualities.front()) == "recording_time_delta_ms quality_level");
  }
}

BOOST_AUTO_TEST_CASE(limits_and_emptiness) {
  talk polar;
  const auto token = polar.connect();
  const auto status = [&](const std::string& query) {
    return polar.get("/v3/users/biosensing/ecg" + query, token).status;
  };
  BOOST_TEST(status("?from=2026-05-20&to=2026-06-17") == 400);
  BOOST_TEST(status("?from=2026-06-18&to=2026-06-20") == 204);
}

BOOST_AUTO_TEST_SUITE_END()
