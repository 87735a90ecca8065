#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

namespace {

nightly_recharge read_one(const std::string& members) {
  const auto records =
      polar::read_recharge(R"({"recharges":[{"date":"2026-05-03",)" + members + "}]}").value();
  BOOST_REQUIRE(records.size() == 1);
  return records.front();
}

} // namespace

BOOST_AUTO_TEST_SUITE(recharge_reader)

BOOST_AUTO_TEST_CASE(a_full_recharge_is_read) {
  const auto records = polar::read_recharge(testing::recharge_answer).value();
  BOOST_REQUIRE(records.size() == 2);
  nightly_recharge expected;
  expected.day = 2026y / May / 3;
  expected.heart_rate_avg_bpm = 55;
  expected.beat_to_beat_avg_ms = 1075;
  expected.hrv_rmssd_ms = 43;
  expected.breathing_rate_avg_per_min = 12.2;
  expected.recharge_status = 5;
  expected.ans_charge = 1.3;
  expected.ans_charge_status = 3;
  expected.hrv_samples_ms = {{-28, 54}, {-23, 34}, {2, 41}};
  expected.breathing_samples_per_min = {{-30, 14.6}, {5, 13.9}};
  BOOST_TEST((records[0] == expected));
  BOOST_TEST((records[1].ans_charge == -2.7));
  BOOST_TEST((records[1].hrv_samples_ms == std::vector<night_sample>{{17, 33}}));
}

BOOST_AUTO_TEST_CASE(no_signal_is_unknown) {
  const auto record =
      read_one(R"("beat_to_beat_avg":0,"heart_rate_avg":0,"heart_rate_variability_avg":0,)"
               R"("breathing_rate_avg":0,"nightly_recharge_status":0,"ans_charge_status":0)");
  nightly_recharge expected;
  expected.day = 2026y / May / 3;
  BOOST_TEST((record == expected));
}

BOOST_AUTO_TEST_CASE(absent_fields_are_unknown) {
  // Status and maps were absent in recorded nights.
  const auto record = read_one(R"("heart_rate_avg":55)");
  BOOST_TEST(!record.recharge_status);
  BOOST_TEST(!record.ans_charge_status);
  BOOST_TEST(record.hrv_samples_ms.empty());
  BOOST_TEST(record.breathing_samples_per_min.empty());
}

BOOST_AUTO_TEST_CASE(the_charge_reaches_both_ends_and_zero) {
  BOOST_TEST((read_one(R"("ans_charge":-10.0)").ans_charge == -10.0));
  BOOST_TEST((read_one(R"("ans_charge":10)").ans_charge == 10.0));
  BOOST_TEST((read_one(R"("ans_charge":0.0)").ans_charge == 0.0));
  BOOST_TEST(!read_one(R"("ans_charge":10.1)").ans_charge);
  BOOST_TEST(!read_one(R"("ans_charge":1e999)").ans_charge);
}

BOOST_AUTO_TEST_CASE(hyphens_and_underscores_are_the_same) {
  const auto record = read_one(R"("ans-charge":2.5,"hrv-samples":{"12:00":50})");
  BOOST_TEST((record.ans_charge == 2.5));
  // From noon on a first reading belongs to the evening before.
  BOOST_TEST((record.hrv_samples_ms == std::vector<night_sample>{{-720, 50}}));
}

BOOST_AUTO_TEST_CASE(a_sleep_of_the_morning_stays_on_its_day) {
  const auto record = read_one(R"("hrv_samples":{"11:59":50,"12:04":51})");
  BOOST_TEST((record.hrv_samples_ms == std::vector<night_sample>{{719, 50}, {724, 51}}));
}

BOOST_AUTO_TEST_CASE(null_and_broken_samples_are_left_out) {
  const auto record = read_one(R"("hrv_samples":{"23:00":null,"23:05":"44","23:10":[],"23:15":0})");
  BOOST_TEST((record.hrv_samples_ms == std::vector<night_sample>{{-55, 44}}));
}

BOOST_AUTO_TEST_SUITE_END()
