#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_SUITE(control_endpoints)

BOOST_AUTO_TEST_CASE(requests_are_counted_by_athlete_and_path) {
  talk polar;
  const auto token = polar.connect();
  polar.get("/v3/users/sleep?x=1", token);
  polar.get("/v3/users/sleep", token);
  polar.get("/v3/users/sleep", "wrong");
  const auto counts = boost::json::parse(polar.send("GET", "/simulator/requests").body);
  // Authorization, token, registration, three times sleep.
  BOOST_TEST(counts.at("total").as_int64() == 6);
  bool is_found = false;
  for (const auto& row : counts.at("requests").as_array()) {
    if (row.at("path") == "/v3/users/sleep" && row.as_object().contains("athlete")) {
      is_found = true;
      BOOST_TEST(row.at("athlete").as_int64() == 10000001);
      BOOST_TEST(row.at("count").as_int64() == 2);
    }
  }
  BOOST_TEST(is_found);
  BOOST_TEST(polar.send("DELETE", "/simulator/requests").status == 204);
  BOOST_TEST(boost::json::parse(polar.send("GET", "/simulator/requests").body).at("total") == 0);
}

BOOST_AUTO_TEST_CASE(truth_names_what_is_planted) {
  talk polar;
  const auto answer =
      polar.send("GET", "/simulator/athletes/10000001/truth?from=2025-06-01&to=2026-06-17");
  BOOST_TEST(answer.status == 200);
  const auto truth = boost::json::parse(answer.body);
  int illnesses = 0;
  int overloads = 0;
  for (const auto& each : truth.at("episodes").as_array())
    ++(each.at("kind") == "illness" ? illnesses : overloads);
  // 382 days hold at least two whole blocks of 120 days.
  BOOST_TEST(illnesses >= 2);
  BOOST_TEST(overloads >= 2);
  BOOST_TEST(truth.at("days").as_array().size() == 382U);
  BOOST_TEST(polar.send("GET", "/simulator/athletes/10000001/truth?from=x").status == 400);
  BOOST_TEST(polar.send("GET", "/simulator/athletes/10000001/truth?from=1900-01-01").status == 400);
  BOOST_TEST(polar.send("GET", "/simulator/athletes/7/truth").status == 404);
  BOOST_TEST(polar.send("POST", "/simulator/athletes/10000001/truth").status == 405);
  BOOST_TEST(polar.send("GET", "/simulator/other").status == 404);
}

BOOST_AUTO_TEST_CASE(control_can_be_switched_off) {
  options settings;
  settings.has_control = false;
  talk polar{settings};
  BOOST_TEST(polar.send("GET", "/simulator/requests").status == 404);
  BOOST_TEST(polar.control("/simulator/faults", {{"kind", "hang"}}).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
