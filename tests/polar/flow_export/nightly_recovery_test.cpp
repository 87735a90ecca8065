#define BOOST_TEST_DYN_LINK
#include "tests/polar/flow_export/export_reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono;

namespace {

nightly_recharge read_one(const std::string& members) {
  return read_export<nightly_recharge>("nightly_recovery_1-x.json",
                                       R"([{"night":"2024-08-03",)" + members + "}]")
      .at(0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(export_nightly_recovery)

BOOST_AUTO_TEST_CASE(nights_are_read) {
  nightly_recharge full;
  full.day = 2024y / August / 3;
  full.beat_to_beat_avg_ms = 1017;
  // 60000 / 1017 = 58.997: AccessLink cuts the fraction.
  full.heart_rate_avg_bpm = 58;
  full.hrv_rmssd_ms = 43;
  // 60000 / 4255 = 14.10.
  full.breathing_rate_avg_per_min = 14.1;
  full.ans_charge = -2.5;
  full.ans_charge_status = 2;
  full.recharge_status = 3;
  nightly_recharge poor;
  poor.day = 2024y / August / 4;
  poor.beat_to_beat_avg_ms = 998;
  poor.heart_rate_avg_bpm = 60;
  const std::vector expected{full, poor};
  BOOST_TEST((read_export<nightly_recharge>(nightly_recovery_file) == expected));
}

BOOST_AUTO_TEST_CASE(breathing_has_one_decimal) {
  // 60000 / 4000 and 60000 / 4100 = 14.634.
  BOOST_TEST(
      (read_one(R"("meanNightlyRecoveryRespirationInterval":4000)").breathing_rate_avg_per_min
       == 15.0));
  BOOST_TEST(
      (read_one(R"("meanNightlyRecoveryRespirationInterval":4100)").breathing_rate_avg_per_min
       == 14.6));
}

BOOST_AUTO_TEST_CASE(values_off_the_scale_are_unknown) {
  nightly_recharge nothing;
  nothing.day = 2024y / August / 3;
  BOOST_TEST((read_one(R"("meanNightlyRecoveryRri":0,"meanNightlyRecoveryRmssd":-1,
      "meanNightlyRecoveryRespirationInterval":NaN,"ansStatus":11,"ansRate":0,
      "recoveryIndicator":7)")
              == nothing));
}

BOOST_AUTO_TEST_SUITE_END()
