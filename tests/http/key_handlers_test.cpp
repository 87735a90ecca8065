// Goal: holders of a key see it, replace it and revoke it, with the answers of contract section 5.
#define BOOST_TEST_DYN_LINK
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

const std::string base = "/api/v1/users/12345/api-key/";

api_key_record some_key() {
  api_key_record key;
  key.id = {9};
  key.prefix = "pfk_12345678";
  key.user = user_id{"12345"};
  key.rate_limit_requests = 1000;
  key.rate_limit_remaining = 998;
  key.created_at = instant{std::chrono::seconds{1'795'000'000}};
  key.last_used_at = instant{std::chrono::seconds{1'795'000'060}} + std::chrono::microseconds{5};
  return key;
}

const std::string no_key =
    R"({"status_code":404,"detail":"No active API key found for user 12345"})";

} // namespace

BOOST_FIXTURE_TEST_SUITE(key_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(info_shows_the_key) {
  script.key = some_key();
  const auto answer = get(base + "info");
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(
      body_of(answer)
      == R"({"key_prefix":"pfk_12345678","user_id":"12345","is_active":true,)"
         R"("rate_limit_requests":1000,"rate_limit_remaining":998,)"
         R"("created_at":"2026-11-18T11:06:40Z","last_used_at":"2026-11-18T11:07:40.000005Z"})");
  // Whoever asks with the user's own key means that one.
  BOOST_TEST(script.asked_own_key.has_value());
  BOOST_TEST(ask("GET", base + "info", {{"X-API-Key", master_key}}).status == 200);
  BOOST_TEST(!script.asked_own_key.has_value());
}

BOOST_AUTO_TEST_CASE(info_without_a_key_is_null) {
  const auto answer = ask("GET", base + "info", {{"X-API-Key", service_key}});
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer) == "null");
}

BOOST_AUTO_TEST_CASE(regenerating_gives_the_new_key_once) {
  script.key = some_key();
  script.issued = {"pfk_new", user_id{"12345"}};
  const auto answer = ask("POST", base + "regenerate", {{"X-API-Key", user_key}});
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer)
             == R"({"api_key":"pfk_new","message":"Key regenerated successfully. Old key is now )"
                R"(invalid."})");
  BOOST_TEST(answer.cache_control == http::no_store);
}

BOOST_AUTO_TEST_CASE(revoking) {
  script.key = some_key();
  const auto answer = ask("POST", base + "revoke", {{"X-API-Key", user_key}});
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer) == R"({"message":"API key revoked successfully","user_id":"12345"})");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_cannot_be_changed) {
  for (const auto* what : {"regenerate", "revoke"}) {
    const auto answer = ask("POST", base + what, {{"X-API-Key", master_key}});
    BOOST_TEST(answer.status == 404, what);
    BOOST_TEST(body_of(answer) == no_key);
  }
}

BOOST_AUTO_TEST_CASE(only_post_changes) {
  for (const auto* what : {"regenerate", "revoke"})
    BOOST_TEST(get(base + what).status == 405, what);
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_SUITE_END()
