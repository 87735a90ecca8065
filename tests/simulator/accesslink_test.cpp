#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

const std::vector<std::string> data_targets{
    "/v3/users/sleep",
    "/v3/users/sleep/available",
    "/v3/users/nightly-recharge",
    "/v3/users/activities",
    "/v3/users/activities/samples",
    "/v3/users/cardio-load",
    "/v3/users/cardio-load/period/days/180",
    "/v3/users/cardio-load/period/months/6",
    "/v3/exercises",
    "/v3/users/continuous-heart-rate/2026-06-16",
    "/v3/users/sleepwise/alertness",
    "/v3/users/sleepwise/circadian-bedtime",
    "/v3/users/biosensing/bodytemperature",
    "/v3/users/biosensing/skintemperature",
    "/v3/users/biosensing/skincontacts",
    "/v3/users/biosensing/ecg",
    "/v3/users/biosensing/spo2",
    "/v3/users/physical-info",
};

} // namespace

BOOST_AUTO_TEST_SUITE(access_rules)

BOOST_AUTO_TEST_CASE(data_needs_token_and_registration) {
  talk polar;
  const auto token = polar.authorize(10000001);
  for (const auto& target : data_targets) {
    BOOST_TEST_INFO(target);
    BOOST_TEST(polar.send("GET", target).status == 401);
    BOOST_TEST(polar.get(target, "0123456789abcdef0123456789abcdef").status == 401);
    BOOST_TEST(polar.get(target, token).status == 403);
  }
  polar.send("POST", "/v3/users", {{"Authorization", "Bearer " + token}}, R"({"member-id":"a"})");
  for (const auto& target : data_targets) {
    BOOST_TEST_INFO(target);
    const auto answer = polar.get(target, token);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(!find_header(answer.headers, "RateLimit-Limit").empty());
  }
}

BOOST_AUTO_TEST_CASE(revoked_tokens_answer_401) {
  talk polar;
  const auto token = polar.connect();
  BOOST_TEST(polar.control("/simulator/athletes/10000001/revoke", nullptr).status == 204);
  BOOST_TEST(polar.get("/v3/users/sleep", token).status == 401);
  // Authorizing again helps, and the registration is still there.
  BOOST_TEST(polar.get("/v3/users/sleep", polar.authorize(10000001)).status == 200);
}

BOOST_AUTO_TEST_CASE(unknown_paths_and_methods) {
  talk polar;
  const auto token = polar.connect();
  const headers bearer{{"Authorization", "Bearer " + token}};
  BOOST_TEST(polar.get("/v3/users/sleep/available/more", token).status == 404);
  BOOST_TEST(polar.get("/v3/exercises/aaaaaaaa", token).status == 404);
  BOOST_TEST(polar.get("/", token).status == 404);
  BOOST_TEST(polar.get("no-path", token).status == 400);
  BOOST_TEST(polar.get("/%zz", token).status == 400);
  BOOST_TEST(polar.send("POST", "/v3/users/sleep", bearer).status == 405);
  BOOST_TEST(polar.send("DELETE", "/v3/exercises", bearer).status == 405);
}

/// What a client asks on one day, it gets on every later day, apart from what left the windows.
BOOST_AUTO_TEST_CASE(the_past_never_changes) {
  options settings;
  settings.seed = 7;
  settings.limits = {100'000, 100'000};
  talk early{settings};
  talk late{settings};
  late.clock->time += std::chrono::days{11} + 5h;
  const auto early_token = early.connect();
  const auto late_token = late.connect();
  const date last_day{std::chrono::year{2026} / 6 / 16};
  for (int back = 0; back < 16; ++back) {
    const auto day = format_date(last_day - std::chrono::days{back});
    for (const std::string& target :
         std::vector<std::string>{"/v3/users/sleep/" + day, "/v3/users/nightly-recharge/" + day,
                                  "/v3/users/activities/" + day + "?steps=true&activity_zones=true",
                                  "/v3/users/continuous-heart-rate/" + day,
                                  "/v3/users/biosensing/ecg?from=" + day + "&to=" + day,
                                  "/v3/users/biosensing/spo2?from=" + day + "&to=" + day,
                                  "/v3/users/biosensing/skintemperature?from=" + day + "&to=" + day,
                                  "/v3/users/biosensing/bodytemperature?from=" + day + "&to=" + day,
                                  "/v3/users/biosensing/skincontacts?from=" + day + "&to=" + day,
                                  "/v3/users/cardio-load/" + day}) {
      BOOST_TEST_INFO(target);
      const auto then = early.get(target, early_token);
      const auto later = late.get(target, late_token);
      BOOST_TEST(then.status == later.status);
      BOOST_TEST(then.body == later.body);
    }
  }
}

BOOST_AUTO_TEST_CASE(seeds_and_athletes_differ) {
  options settings;
  settings.athletes = 2;
  talk one{settings};
  settings.seed = 2;
  talk other{settings};
  const auto first = one.get("/v3/users/sleep", one.connect()).body;
  BOOST_TEST(first != one.get("/v3/users/sleep", one.connect(10000002)).body);
  BOOST_TEST(first != other.get("/v3/users/sleep", other.connect()).body);
}

BOOST_AUTO_TEST_SUITE_END()
