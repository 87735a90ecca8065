#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_SUITE(spo2_endpoints)

BOOST_AUTO_TEST_CASE(tests_have_the_documented_shape_and_some_fail) {
  options settings;
  settings.limits = {100'000, 100'000};
  talk polar{settings};
  std::set<std::string> statuses;
  std::set<std::string> deviations;
  std::set<std::int64_t> times;
  std::size_t all = 0;
  for (int month = 0; month < 8; ++month) {
    const auto list = polar.read("/v3/users/biosensing/spo2");
    for (const auto& test : list.as_array()) {
      ++all;
      const std::string status{test.at("test_status").as_string()};
      statuses.insert(status);
      times.insert(test.at("test_time").as_int64());
      if (status == "SPO2_TEST_PASSED") {
        BOOST_TEST(keys_of(test)
                   == "source_device_id test_time time_zone_offset test_status "
                      "blood_oxygen_percent spo2_class spo2_value_deviation_from_baseline "
                      "spo2_quality_average_percent average_heart_rate_bpm "
                      "heart_rate_variability_ms spo2_hrv_deviation_from_baseline "
                      "altitude_meters");
        BOOST_TEST(test.at("blood_oxygen_percent").as_int64() >= 85);
        BOOST_TEST(test.at("blood_oxygen_percent").as_int64() <= 100);
        deviations.insert(std::string{test.at("spo2_value_deviation_from_baseline").as_string()});
      } else {
        BOOST_TEST(!test.as_object().contains("blood_oxygen_percent"));
      }
    }
    polar.clock->time += std::chrono::days{28};
  }
  // One day in three of 224; no test belongs to two windows.
  BOOST_TEST(all > 50U);
  BOOST_TEST(all < 100U);
  BOOST_TEST(times.size() == all);
  BOOST_TEST(statuses.size() >= 3U);
  BOOST_TEST(deviations.contains("DEVIATION_USUAL"));
}

BOOST_AUTO_TEST_CASE(the_baseline_builds_up) {
  options settings;
  settings.first_day = date{std::chrono::year{2026} / 5 / 21};
  talk polar{settings};
  const auto list = polar.read("/v3/users/biosensing/spo2");
  int passed = 0;
  for (const auto& test : list.as_array()) {
    if (test.at("test_status") != "SPO2_TEST_PASSED")
      continue;
    const bool has_none = test.at("spo2_value_deviation_from_baseline") == "DEVIATION_NO_BASELINE";
    BOOST_TEST(has_none == (passed < 3));
    ++passed;
  }
  BOOST_TEST(passed > 3);
}

BOOST_AUTO_TEST_CASE(limits_and_emptiness) {
  talk polar;
  const auto token = polar.connect();
  const auto status = [&](const std::string& query) {
    return polar.get("/v3/users/biosensing/spo2" + query, token).status;
  };
  BOOST_TEST(status("?from=2026-05-20&to=2026-06-17") == 400);
  BOOST_TEST(status("?from=2026-05-18") == 400);
  BOOST_TEST(status("?from=2026-06-18&to=2026-06-20") == 204);
  BOOST_TEST(status("?from=x") == 400);
}

BOOST_AUTO_TEST_SUITE_END()
