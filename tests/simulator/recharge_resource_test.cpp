#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

namespace {

std::vector<boost::json::object> many_recharges() {
  options settings;
  settings.athletes = 20;
  talk polar{settings};
  std::vector<boost::json::object> found;
  for (int i = 0; i < 20; ++i) {
    const auto token = polar.connect(first_athlete_id + i);
    const auto list = boost::json::parse(polar.get("/v3/users/nightly-recharge", token).body);
    for (const auto& each : list.at("recharges").as_array())
      found.push_back(each.as_object());
  }
  return found;
}

} // namespace

BOOST_AUTO_TEST_SUITE(recharge_endpoints)

BOOST_AUTO_TEST_CASE(shape_and_omissions_are_the_recorded_ones) {
  int full = 0;
  int without_status = 0;
  int without_samples = 0;
  int without_signal = 0;
  for (const auto& each : many_recharges()) {
    full += keys_of(each)
                    == "polar_user date heart_rate_avg beat_to_beat_avg heart_rate_variability_avg "
                       "breathing_rate_avg nightly_recharge_status ans_charge ans_charge_status "
                       "hrv_samples breathing_samples"
                ? 1
                : 0;
    without_status += each.contains("ans_charge_status") ? 0 : 1;
    without_samples += each.contains("hrv_samples") ? 0 : 1;
    without_signal += each.at("beat_to_beat_avg") == 0 ? 1 : 0;
    BOOST_TEST(each.contains("hrv_samples") == each.contains("breathing_samples"));
  }
  BOOST_TEST(full > 300);
  BOOST_TEST(without_status > 0);
  BOOST_TEST(without_samples > 0);
  BOOST_TEST(without_signal > 0);
}

BOOST_AUTO_TEST_CASE(averages_agree) {
  for (const auto& each : many_recharges()) {
    const auto beat_ms = each.at("beat_to_beat_avg").as_int64();
    if (beat_ms == 0)
      continue;
    // As in 42 of 42 recorded nights.
    BOOST_TEST(each.at("heart_rate_avg").as_int64() == 60'000 / beat_ms);
    const double charge = each.at("ans_charge").as_double();
    BOOST_TEST((charge >= -10.0 && charge <= 10.0));
    if (!each.contains("hrv_samples"))
      continue;
    double sum = 0;
    for (const auto& sample : each.at("hrv_samples").as_object())
      sum += static_cast<double>(sample.value().as_int64());
    const auto count = static_cast<double>(each.at("hrv_samples").as_object().size());
    const auto mean = static_cast<double>(each.at("heart_rate_variability_avg").as_int64());
    BOOST_TEST(std::abs(sum / count - mean) <= 0.5);
  }
}

BOOST_AUTO_TEST_CASE(a_single_night_equals_its_row_in_the_list) {
  talk polar;
  const auto list = polar.read("/v3/users/nightly-recharge");
  const auto& last = list.at("recharges").as_array().back();
  const std::string day{last.at("date").as_string()};
  BOOST_TEST(polar.read("/v3/users/nightly-recharge/" + day) == last);
  const auto token = polar.authorize(first_athlete_id);
  BOOST_TEST(polar.get("/v3/users/nightly-recharge/2026-05-20", token).status == 404);
  BOOST_TEST(polar.get("/v3/users/nightly-recharge/x", token).status == 400);
}

BOOST_AUTO_TEST_CASE(the_first_nights_have_no_status) {
  options settings;
  settings.first_day = date{std::chrono::year{2026} / 6 / 15};
  talk polar{settings};
  const auto list = polar.read("/v3/users/nightly-recharge");
  BOOST_TEST(!list.at("recharges").as_array().empty());
  for (const auto& each : list.at("recharges").as_array())
    BOOST_TEST(!each.as_object().contains("nightly_recharge_status"));
}

BOOST_AUTO_TEST_SUITE_END()
