#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

const std::string summary_keys = "start_time end_time active_duration inactive_duration "
                                 "daily_activity calories active_calories steps "
                                 "inactivity_alert_count distance_from_steps";

std::int64_t seconds_in(const boost::json::value& duration) {
  const auto parsed = parse_iso_duration(duration.as_string());
  BOOST_REQUIRE(parsed);
  return std::chrono::floor<std::chrono::seconds>(*parsed).count();
}

} // namespace

BOOST_AUTO_TEST_SUITE(activity_endpoints)

BOOST_AUTO_TEST_CASE(summary_has_the_recorded_shape) {
  talk polar;
  const auto list = polar.read("/v3/users/activities");
  const auto& days = list.as_array();
  BOOST_TEST(days.size() > 22U);
  for (const auto& day : days) {
    BOOST_TEST(keys_of(day) == summary_keys);
    BOOST_TEST(day.at("daily_activity").is_double());
    BOOST_TEST(day.at("distance_from_steps").is_double());
    const std::string start{day.at("start_time").as_string()};
    BOOST_TEST(start.ends_with("T00:00"));
    const bool is_today = start.starts_with("2026-06-17");
    // Noon in UTC is one o'clock for the athlete.
    BOOST_TEST(day.at("end_time").as_string()
               == start.substr(0, 10) + (is_today ? "T13:00" : "T23:59:59"));
    BOOST_TEST(seconds_in(day.at("active_duration")) + seconds_in(day.at("inactive_duration"))
               < 86'400);
    BOOST_TEST(day.at("active_calories").as_int64() < day.at("calories").as_int64());
  }
}

BOOST_AUTO_TEST_CASE(parts_come_only_when_asked_for) {
  talk polar;
  const auto zones = polar.read("/v3/users/activities?activity_zones=true");
  const auto& day = zones.as_array().front();
  BOOST_TEST(keys_of(day) == summary_keys + " samples");
  BOOST_TEST(keys_of(day.at("samples")) == "date activity_zones");
  const auto all = polar.read("/v3/users/activities/2026-06-16?steps=true&activity_zones=true&"
                              "inactivity_stamps=true");
  BOOST_TEST(keys_of(all.at("samples")) == "date steps activity_zones inactivity_stamps");
  const auto samples = polar.read("/v3/users/activities/samples/2026-06-16");
  BOOST_TEST(samples == all.at("samples"));
}

BOOST_AUTO_TEST_CASE(samples_agree_with_the_summary) {
  talk polar;
  const auto list = polar.read("/v3/users/activities?steps=true&activity_zones=true");
  std::set<std::string> zones_seen;
  for (const auto& day : list.as_array()) {
    const auto& steps = day.at("samples").at("steps");
    BOOST_TEST(keys_of(steps) == "interval_ms total_steps samples");
    BOOST_TEST(steps.at("total_steps") == day.at("steps"));
    // Undoing the thinning gives the total: a value holds until the next one.
    const auto& points = steps.at("samples").as_array();
    const auto end = parse_local_time(day.at("end_time").as_string());
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto from = parse_local_time(points[i].at("timestamp").as_string());
      const auto to = i + 1 < points.size()
                          ? parse_local_time(points[i + 1].at("timestamp").as_string())
                          : std::optional{std::chrono::ceil<std::chrono::minutes>(*end)};
      BOOST_REQUIRE(from && to);
      sum += points[i].at("steps").as_int64()
             * std::chrono::floor<std::chrono::minutes>(*to - *from).count();
      if (i > 0)
        BOOST_TEST(points[i].at("steps") != points[i - 1].at("steps"));
    }
    BOOST_TEST(sum == day.at("steps").as_int64());
    for (const auto& point : day.at("samples").at("activity_zones").at("samples").as_array())
      zones_seen.insert(std::string{point.at("zone").as_string()});
  }
  for (const auto* zone : {"SLEEP", "SEDENTARY", "LIGHT", "MODERATE", "VIGOROUS", "NON_WEAR"})
    BOOST_TEST(zones_seen.contains(zone));
}

BOOST_AUTO_TEST_CASE(today_grows_and_yesterday_stands) {
  talk polar;
  const auto noon = polar.read("/v3/users/activities/2026-06-17");
  const auto yesterday = polar.read("/v3/users/activities/2026-06-16");
  polar.clock->time += 6h;
  const auto evening = polar.read("/v3/users/activities/2026-06-17");
  BOOST_TEST(evening.at("steps").as_int64() > noon.at("steps").as_int64());
  BOOST_TEST(evening.at("calories").as_int64() > noon.at("calories").as_int64());
  BOOST_TEST(evening.at("end_time").as_string() == "2026-06-17T19:00");
  BOOST_TEST(polar.read("/v3/users/activities/2026-06-16") == yesterday);
}

BOOST_AUTO_TEST_CASE(a_year_back_in_windows_of_28_days) {
  talk polar;
  const auto token = polar.connect();
  const auto status = [&](const std::string& query) {
    return polar.get("/v3/users/activities" + query, token).status;
  };
  BOOST_TEST(status("?from=2025-06-17&to=2025-07-14") == 200);
  BOOST_TEST(status("?from=2025-06-16&to=2025-07-13") == 400);
  BOOST_TEST(status("?from=2026-05-20&to=2026-06-17") == 400);
  BOOST_TEST(status("/samples?from=2025-06-16&to=2025-06-17") == 400);
  BOOST_TEST(status("/2025-06-16") == 400);
  BOOST_TEST(status("/2026-06-18") == 204);
  BOOST_TEST(status("/2026-13-01") == 400);
}

BOOST_AUTO_TEST_CASE(sample_days_come_in_ranges) {
  talk polar;
  const auto list = polar.read("/v3/users/activities/samples?from=2026-05-01&to=2026-05-28");
  BOOST_TEST(list.as_array().size() > 22U);
  std::size_t stamps = 0;
  std::string previous;
  for (const auto& day : list.as_array()) {
    BOOST_TEST(keys_of(day) == "date steps activity_zones inactivity_stamps");
    const std::string text{day.at("date").as_string()};
    BOOST_TEST((text >= "2026-05-01" && text <= "2026-05-28" && text > previous));
    previous = text;
    BOOST_TEST(polar.read("/v3/users/activities/samples/" + text) == day);
    for (const auto& stamp : day.at("inactivity_stamps").as_array()) {
      BOOST_TEST(std::string{stamp.at("stamp").as_string()}.starts_with(text));
      ++stamps;
    }
  }
  BOOST_TEST(stamps > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
