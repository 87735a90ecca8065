#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

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
  const auto list = polar.read("/v3/users/sleepwise/alertness");
  for (const auto& period : list.as_array())
    types.emplace(text_of(period, "period_start_time"), text_of(period, "result_type"));
  BOOST_TEST(types.size() == list.as_array().size());
  return types;
}

} // namespace

BOOST_AUTO_TEST_SUITE(alertness_endpoints)

BOOST_AUTO_TEST_CASE(periods_have_the_documented_shape) {
  talk polar;
  const auto list = polar.read("/v3/users/sleepwise/alertness");
  BOOST_TEST(list.as_array().size() > 20U);
  std::set<std::string> levels;
  for (const auto& period : list.as_array()) {
    BOOST_TEST(keys_of(period)
               == "grade grade_validity_seconds grade_type grade_classification validity "
                  "sleep_inertia sleep_type result_type period_start_time period_end_time "
                  "sleep_period_start_time sleep_period_end_time sleep_timezone_offset_minutes "
                  "hourly_data");
    BOOST_TEST(period.at("grade").as_double() >= 0.0);
    BOOST_TEST(period.at("grade").as_double() <= 10.0);
    const auto start = parse_local_time(text_of(period, "period_start_time"));
    const auto slept_until = parse_local_time(text_of(period, "sleep_period_end_time"));
    const auto end = parse_local_time(text_of(period, "period_end_time"));
    BOOST_REQUIRE((start && slept_until && end));
    BOOST_TEST((*start < *slept_until && *slept_until < *end));
    // The hours cover the waking time without a gap.
    const auto& hours = period.at("hourly_data").as_array();
    BOOST_TEST(hours.size() > 10U);
    for (std::size_t i = 0; i < hours.size(); ++i) {
      BOOST_TEST(keys_of(hours[i]) == "validity alertness_level start_time end_time");
      if (i > 0)
        BOOST_TEST((hours[i].at("start_time") == hours[i - 1].at("end_time")));
      levels.insert(text_of(hours[i], "alertness_level"));
    }
  }
  BOOST_TEST(levels.size() >= 3U);
}

BOOST_AUTO_TEST_CASE(a_prediction_becomes_history_under_the_same_start) {
  talk polar;
  // The first night that can be read from here on is predicted first.
  std::size_t became_history = 0;
  auto before = types_by_start(polar);
  for (int hour = 0; hour < 96; ++hour) {
    polar.clock->time += 1h;
    const auto after = types_by_start(polar);
    for (const auto& [start, type] : after) {
      const auto found = before.find(start);
      if (found == before.end())
        BOOST_TEST(type == "ALERTNESS_TYPE_PREDICTION");
      else if (found->second != type) {
        BOOST_TEST(type == "ALERTNESS_TYPE_HISTORY");
        ++became_history;
      }
    }
    before = after;
  }
  BOOST_TEST(became_history >= 2U);
}

BOOST_AUTO_TEST_CASE(five_nights_are_needed) {
  options settings;
  settings.first_day = date{std::chrono::year{2026} / 6 / 14};
  talk polar{settings};
  const auto token = polar.connect();
  BOOST_TEST(polar.get("/v3/users/sleepwise/alertness", token).status == 204);
  BOOST_TEST(polar.get("/v3/users/sleepwise/alertness", token).body.empty());
  polar.clock->time += std::chrono::days{7};
  const auto nights = polar.read("/v3/users/sleep").at("nights").as_array().size();
  BOOST_REQUIRE(nights >= 5U);
  const auto list = polar.read("/v3/users/sleepwise/alertness");
  BOOST_TEST(list.as_array().size() == nights - 4);
}

BOOST_AUTO_TEST_CASE(ranges_are_limited) {
  talk polar;
  const auto token = polar.connect();
  const auto status = [&](const std::string& query) {
    return polar.get("/v3/users/sleepwise/alertness/date" + query, token).status;
  };
  BOOST_TEST(status("") == 400);
  BOOST_TEST(status("?from=2026-05-20&to=2026-06-17") == 400);
  BOOST_TEST(status("?from=2026-05-18&to=2026-06-01") == 400);
  BOOST_TEST(status("?from=2026-05-21&to=2026-06-17") == 200);
  BOOST_TEST(status("?from=2026-06-18&to=2026-06-19") == 204);
  const auto all = polar.read("/v3/users/sleepwise/alertness");
  BOOST_TEST(
      (polar.read("/v3/users/sleepwise/alertness/date?from=2026-05-21&to=2026-06-17") == all));
}

BOOST_AUTO_TEST_SUITE_END()
