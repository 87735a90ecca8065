#define BOOST_TEST_DYN_LINK
#include "simulator/polar_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace std::chrono_literals;

namespace {

// The formats are those of section 16 of the contract.
const wall_time evening = midnight(date{std::chrono::year{2026} / 5 / 2}) + 23h + 30min + 29s;

} // namespace

BOOST_AUTO_TEST_SUITE(text_formats)

BOOST_AUTO_TEST_CASE(stamps_drop_seconds_only_where_polar_does) {
  BOOST_TEST(minute_key(evening) == "23:30");
  BOOST_TEST(short_stamp(evening) == "2026-05-02T23:30:29");
  BOOST_TEST(short_stamp(evening - 29s) == "2026-05-02T23:30");
  BOOST_TEST(full_stamp(evening - 29s) == "2026-05-02T23:30:00");
  BOOST_TEST(utc_stamp(to_utc(evening, 60min)) == "2026-05-02T22:30:29Z");
  BOOST_TEST(bare_utc_stamp(to_utc(evening, 60min)) == "2026-05-02T22:30:29");
}

BOOST_AUTO_TEST_CASE(offsets_have_sign_and_minutes) {
  BOOST_TEST(offset_stamp(evening, -300min) == "2026-05-02T23:30:29-05:00");
  BOOST_TEST(offset_stamp(evening, -210min) == "2026-05-02T23:30:29-03:30");
  BOOST_TEST(offset_stamp(evening, 765min) == "2026-05-02T23:30:29+12:45");
  BOOST_TEST(offset_stamp(evening, 0min) == "2026-05-02T23:30:29+00:00");
}

BOOST_AUTO_TEST_CASE(durations_come_in_both_recorded_forms) {
  BOOST_TEST(split_duration(5h + 5min) == "PT5H5M");
  BOOST_TEST(split_duration(1h + 29min + 13s) == "PT1H29M13S");
  BOOST_TEST(split_duration(36s) == "PT36S");
  BOOST_TEST(split_duration(0s) == "PT0S");
  BOOST_TEST(plain_duration(6917'941ms) == "PT6917.941S");
  BOOST_TEST(plain_duration(3370s) == "PT3370S");
  BOOST_TEST(plain_duration(3370'007ms) == "PT3370.007S");
}

BOOST_AUTO_TEST_SUITE_END()
