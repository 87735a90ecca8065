#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using std::chrono::days;

BOOST_AUTO_TEST_SUITE(temperature_endpoints)

BOOST_AUTO_TEST_CASE(nights_have_the_documented_shapes) {
  talk polar;
  const auto nights = polar.read("/v3/users/sleep").at("nights").as_array().size();
  const auto skin = polar.read("/v3/users/biosensing/skintemperature");
  BOOST_TEST(skin.as_array().size() == nights);
  for (const auto& night : skin.as_array())
    BOOST_TEST(keys_of(night)
               == "sleep_time_skin_temperature_celsius deviation_from_baseline_celsius "
                  "sleep_date");
  const auto body = polar.read("/v3/users/biosensing/bodytemperature");
  BOOST_REQUIRE(body.as_array().size() == nights);
  for (const auto& period : body.as_array()) {
    BOOST_TEST(keys_of(period)
               == "source_device_id measurement_type sensor_location start_time end_time "
                  "modified_time samples");
    const auto start = parse_local_time(period.at("start_time").as_string());
    const auto end = parse_local_time(period.at("end_time").as_string());
    BOOST_REQUIRE((start && end));
    std::int64_t previous_ms = -1;
    for (const auto& sample : period.at("samples").as_array()) {
      const auto delta_ms = sample.at("recording_time_delta_milliseconds").as_int64();
      BOOST_TEST(delta_ms > previous_ms);
      BOOST_TEST((*start + std::chrono::milliseconds{delta_ms} < *end));
      previous_ms = delta_ms;
      const double celsius = sample.at("temperature_celsius").as_double();
      BOOST_TEST((celsius > 30.0 && celsius < 39.0));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_deviation_is_absent_while_the_baseline_builds_up) {
  options settings;
  settings.first_day = date{std::chrono::year{2026} / 5 / 25};
  talk polar{settings};
  const auto list = polar.read("/v3/users/biosensing/skintemperature");
  BOOST_REQUIRE(list.as_array().size() > 10U);
  for (std::size_t i = 0; i < list.as_array().size(); ++i)
    BOOST_TEST(list.at(i).as_object().contains("deviation_from_baseline_celsius") == (i >= 7));
}

BOOST_AUTO_TEST_CASE(the_planted_illness_is_warm) {
  talk polar;
  const auto truth = boost::json::parse(
      polar.send("GET", "/simulator/athletes/10000001/truth?from=2026-01-01&to=2026-06-16").body);
  double highest = 0.0;
  for (const auto& each : truth.at("episodes").as_array()) {
    if (each.at("kind") != "illness")
      continue;
    const auto first = parse_date(each.at("first").as_string()).value();
    polar.clock->time = first + days{8} + std::chrono::hours{12};
    const auto list = polar.read("/v3/users/biosensing/skintemperature?from=" + format_date(first)
                                 + "&to=" + format_date(first + days{4}));
    for (const auto& night : list.as_array())
      highest = std::max(highest, night.at("deviation_from_baseline_celsius").as_double());
  }
  // The height of the fever is 1.1 degrees, the nights vary by 0.22.
  BOOST_TEST(highest > 0.6);
}

BOOST_AUTO_TEST_CASE(limits_and_emptiness) {
  talk polar;
  const auto token = polar.connect();
  for (const std::string path :
       {"/v3/users/biosensing/bodytemperature", "/v3/users/biosensing/skintemperature"}) {
    BOOST_TEST(polar.get(path + "?from=2026-05-20&to=2026-06-17", token).status == 400);
    BOOST_TEST(polar.get(path + "?from=2026-06-18&to=2026-06-20", token).status == 204);
  }
}

BOOST_AUTO_TEST_SUITE_END()
