#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

std::string text_of(const boost::json::value& period, const char* name) {
  return std::string{period.at(name).as_string()};
}

std::map<std::string, std::string> types_by_start(talk& polar) {
  std::map<std::string, std::string> types;
  const auto list = polar.read("/v3/users/sleepwise/circadian-bedtime");
  for (const auto& period : list.as_array())
    types.emplace(text_of(period, "period_start_time"), text_of(period, "result_type"));
  return types;
}

} // namespace

BOOST_AUTO_TEST_SUITE(circadian_bedtime_endpoints)

BOOST_AUTO_TEST_CASE(periods_have_the_documented_shape) {
  talk polar;
  const auto list = polar.read("/v3/users/sleepwise/circadian-bedtime");
  BOOST_TEST(list.as_array().size() > 20U);
  for (const auto& period : list.as_array()) {
    BOOST_TEST(keys_of(period)
               == "validity quality result_type period_start_time period_end_time "
                  "preferred_sleep_period_start_time preferred_sleep_period_end_time "
                  "sleep_gate_start_time sleep_gate_end_time sleep_timezone_offset_minutes");
    const auto start = parse_local_time(text_of(period, "period_start_time"));
    const auto opens = parse_local_time(text_of(period, "sleep_gate_start_time"));
    const auto closes = parse_local_time(text_of(period, "sleep_gate_end_time"));
    BOOST_REQUIRE((start && opens && closes));
    BOOST_TEST((*opens + 15min == *start && *start + 15min == *closes));
  }
}

BOOST_AUTO_TEST_CASE(tonight_is_a_prediction_that_keeps_its_start) {
  talk polar;
  const auto today = types_by_start(polar);
  polar.clock->time += std::chrono::days{2};
  const auto later = types_by_start(polar);
  std::size_t predictions = 0;
  for (const auto& [start, type] : today) {
    if (type != "CIRCADIAN_BEDTIME_TYPE_PREDICTION")
      continue;
    ++predictions;
    BOOST_REQUIRE(later.contains(start));
    BOOST_TEST(later.at(start) == "CIRCADIAN_BEDTIME_TYPE_HISTORY");
  }
  BOOST_TEST(predictions == 1U);
}

BOOST_AUTO_TEST_CASE(limits_and_emptiness) {
  options settings;
  settings.first_day = date{std::chrono::year{2026} / 6 / 14};
  talk young{settings};
  BOOST_TEST(young.get("/v3/users/sleepwise/circadian-bedtime", young.connect()).status == 204);
  talk polar;
  const auto token = polar.connect();
  const std::string path = "/v3/users/sleepwise/circadian-bedtime/date";
  BOOST_TEST(polar.get(path, token).status == 400);
  BOOST_TEST(polar.get(path + "?from=2026-05-20&to=2026-06-17", token).status == 400);
  BOOST_TEST(polar.get(path + "?from=2026-05-21&to=2026-06-17", token).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
