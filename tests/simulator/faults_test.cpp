#define BOOST_TEST_DYN_LINK
#include "simulator/faults.hpp"
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

/// The sleep list while one fault is set.
response sleep_with(const boost::json::object& fault) {
  talk polar;
  const auto token = polar.connect();
  BOOST_TEST(polar.control("/simulator/faults", fault).status == 201);
  return polar.get("/v3/users/sleep", token);
}

} // namespace

BOOST_AUTO_TEST_SUITE(fault_injection)

BOOST_AUTO_TEST_CASE(any_status_can_be_asked_for) {
  for (const int status : {401, 403, 404, 429, 500, 503})
    BOOST_TEST(sleep_with({{"kind", "status"}, {"status", status}}).status == status);
  const auto limited = sleep_with({{"kind", "status"}, {"status", 429}});
  BOOST_TEST(find_header(limited.headers, "RateLimit-Usage") == "520, 2");
  BOOST_TEST(find_header(limited.headers, "RateLimit-Limit") == "520, 5100");
}

BOOST_AUTO_TEST_CASE(bodies_can_be_spoiled) {
  talk healthy;
  const auto right = healthy.get("/v3/users/sleep", healthy.connect()).body;
  BOOST_TEST(sleep_with({{"kind", "empty"}}).body.empty());
  const auto truncated = sleep_with({{"kind", "truncated"}});
  BOOST_TEST(truncated.status == 200);
  BOOST_TEST(truncated.body == right.substr(0, right.size() / 2));
  const auto huge = sleep_with({{"kind", "huge"}});
  BOOST_TEST(huge.body.size() > 10'000'000U);
  BOOST_TEST(boost::json::parse(huge.body).at("nights").as_array().empty());
}

BOOST_AUTO_TEST_CASE(wrong_types_keep_the_names) {
  const auto body = boost::json::parse(sleep_with({{"kind", "wrong_types"}}).body);
  const auto& nights = body.at("nights").as_object();
  const auto& night = nights.at("0").as_object();
  BOOST_TEST(night.at("light_sleep").is_string());
  BOOST_TEST(night.at("date").is_array());
}

BOOST_AUTO_TEST_CASE(delivery_can_fail_after_the_deed) {
  BOOST_TEST((sleep_with({{"kind", "hang"}}).how == delivery::hang));
  BOOST_TEST((sleep_with({{"kind", "reset"}}).how == delivery::reset));
  BOOST_TEST((sleep_with({{"kind", "cut"}}).how == delivery::cut));
  const auto late = sleep_with({{"kind", "latency"}, {"latency_ms", 250}});
  BOOST_TEST((late.delay == 250ms));
  BOOST_TEST(late.status == 200);
  // A registration whose answer is lost has happened.
  talk polar;
  const auto token = polar.authorize(10000001);
  polar.control("/simulator/faults", {{"kind", "reset"}, {"path", "/v3/users"}, {"times", 1}});
  const headers bearer{{"Authorization", "Bearer " + token}};
  const auto lost = polar.send("POST", "/v3/users", bearer, R"({"member-id":"a"})");
  BOOST_TEST((lost.how == delivery::reset));
  BOOST_TEST(polar.send("POST", "/v3/users", bearer, R"({"member-id":"a"})").status == 409);
}

BOOST_AUTO_TEST_CASE(lists_can_be_doubled_and_reversed) {
  talk healthy;
  const auto right = healthy.read("/v3/users/sleep").at("nights").as_array();
  const auto doubled = boost::json::parse(sleep_with({{"kind", "duplicated"}}).body);
  const auto& twice = doubled.at("nights").as_array();
  BOOST_REQUIRE(twice.size() == 2 * right.size());
  for (std::size_t i = 0; i < twice.size(); ++i)
    BOOST_TEST(twice[i] == right[i / 2]);
  const auto reversed = boost::json::parse(sleep_with({{"kind", "reordered"}}).body);
  BOOST_TEST(reversed.at("nights").as_array().front() == right.back());
  BOOST_TEST(reversed.at("nights").as_array().back() == right.front());
}

BOOST_AUTO_TEST_CASE(a_skewed_clock_moves_today_and_the_resets) {
  talk polar;
  const auto token = polar.connect();
  polar.get("/v3/users/cardio-load", token);
  polar.control("/simulator/faults", {{"kind", "clock_skew"}, {"minutes", 13 * 60}, {"times", 1}});
  const auto last_day = [&](const response& answer) {
    return std::string{boost::json::parse(answer.body).as_array().back().at("date").as_string()};
  };
  // Noon in UTC is 13:00 for the athlete; thirteen hours later it is tomorrow.
  const auto skewed = polar.get("/v3/users/cardio-load", token);
  BOOST_TEST(last_day(skewed) == "2026-06-18");
  // The windows began at noon: 900 and 86,400 seconds less 46,800.
  BOOST_TEST(find_header(skewed.headers, "RateLimit-Reset") == "0, 39600");
  const auto right = polar.get("/v3/users/cardio-load", token);
  BOOST_TEST(last_day(right) == "2026-06-17");
  BOOST_TEST(find_header(right.headers, "RateLimit-Reset") == "900, 86400");
  BOOST_TEST(find_header(right.headers, "RateLimit-Usage") == "4, 4");
}

BOOST_AUTO_TEST_CASE(a_token_can_be_revoked_in_the_middle) {
  talk polar;
  const auto token = polar.connect();
  const auto other = polar.authorize(10000001);
  polar.control("/simulator/faults",
                {{"kind", "revoke_token"}, {"path", "/v3/exercises"}, {"times", 1}});
  BOOST_TEST(polar.get("/v3/users/sleep", token).status == 200);
  BOOST_TEST(polar.get("/v3/exercises", token).status == 401);
  BOOST_TEST(polar.get("/v3/users/sleep", token).status == 401);
  // Only the token that was used.
  BOOST_TEST(polar.get("/v3/users/sleep", other).status == 200);
}

BOOST_AUTO_TEST_CASE(faults_hit_whom_and_what_they_name) {
  options settings;
  settings.athletes = 2;
  talk polar{settings};
  const auto first = polar.connect(10000001);
  const auto second = polar.connect(10000002);
  polar.control(
      "/simulator/faults",
      {{"kind", "status"}, {"athlete", "10000002"}, {"path", "/v3/users/sleep"}, {"times", 2}});
  BOOST_TEST(polar.get("/v3/users/sleep", first).status == 200);
  BOOST_TEST(polar.get("/v3/users/activities", second).status == 200);
  BOOST_TEST(polar.get("/v3/users/sleep/available", second).status == 500);
  BOOST_TEST(polar.get("/v3/users/sleep", second).status == 500);
  BOOST_TEST(polar.get("/v3/users/sleep", second).status == 200);
  polar.control("/simulator/faults", {{"kind", "status"}, {"status", 503}, {"athlete", "all"}});
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(polar.get("/v3/exercises", first).status == 503);
  BOOST_TEST(polar.send("POST", "/v2/oauth2/token").status == 503);
  BOOST_TEST(polar.send("DELETE", "/simulator/faults").status == 204);
  BOOST_TEST(polar.get("/v3/exercises", first).status == 200);
}

BOOST_AUTO_TEST_CASE(wrong_faults_are_refused_with_a_reason) {
  talk polar;
  for (const std::string body :
       {"", "[]", "{}", R"({"kind":"explode"})", R"({"kind":7})",
        R"({"kind":"status","status":"500"})", R"({"kind":"status","status":99})",
        R"({"kind":"latency","latency_ms":-1})", R"({"kind":"hang","times":1.5})",
        R"({"kind":"hang","athlete":"me"})", R"({"kind":"hang","athlete":""})",
        R"({"kind":"hang","athlete":true})", R"({"kind":"hang","path":1})",
        R"({"kind":"clock_skew","minutes":"90"})"}) {
    const auto answer = polar.send("POST", "/simulator/faults", {}, body);
    BOOST_TEST_INFO(body);
    BOOST_TEST(answer.status == 400);
    BOOST_TEST(!boost::json::parse(answer.body).at("message").as_string().empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
