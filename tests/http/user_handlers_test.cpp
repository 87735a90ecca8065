// Goal: whether a user is there and connected, and the way out for good.
#define BOOST_TEST_DYN_LINK
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;

BOOST_FIXTURE_TEST_SUITE(user_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(status_of_a_connected_user) {
  script.state.record.has_token = true;
  script.state.record.last_synced_at = instant{std::chrono::seconds{1'795'000'000}};
  api_key_record key;
  key.prefix = "pfk_12345678";
  script.key = key;
  const auto answer = get("/api/v1/users/12345/status");
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer)
             == R"({"polar_user_id":"12345","is_active":true,)"
                R"("last_synced_at":"2026-11-18T11:06:40Z","has_api_key":true,)"
                R"("api_key_prefix":"pfk_12345678"})");
}

BOOST_AUTO_TEST_CASE(status_of_a_user_who_left) {
  const auto answer = get("/api/v1/users/12345/status");
  BOOST_TEST(body_of(answer)
             == R"({"polar_user_id":"12345","is_active":false,"last_synced_at":null,)"
                R"("has_api_key":false,"api_key_prefix":null})");
}

BOOST_AUTO_TEST_CASE(erasing_needs_more_than_the_users_own_key) {
  const auto refused = ask("DELETE", "/api/v1/users/12345", {{"X-API-Key", user_key}});
  BOOST_TEST(refused.status == 403);
  BOOST_TEST(body_of(refused)
             == R"({"status_code":403,"detail":"Only a service key or the master key may erase a )"
                R"(user"})");
  BOOST_TEST(script.questions == 0);
  for (const auto key : {master_key, service_key}) {
    const auto answer = ask("DELETE", "/api/v1/users/12345", {{"X-API-Key", key}});
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(body_of(answer) == R"({"message":"User erased","user_id":"12345"})");
  }
  BOOST_TEST(script.asked_user == "12345");
}

BOOST_AUTO_TEST_CASE(a_user_who_syncs_is_not_erased) {
  script.failure = error{errc::sync_in_progress, "job-1"};
  const auto answer = ask("DELETE", "/api/v1/users/12345", {{"X-API-Key", master_key}});
  BOOST_TEST(answer.status == 409);
  BOOST_TEST(body_of(answer)
             == R"({"status_code":409,"detail":"A sync is already running for this user",)"
                R"("extra":{"job_id":"job-1"}})");
}

BOOST_AUTO_TEST_SUITE_END()
