#define BOOST_TEST_DYN_LINK
#include "http/error_response.hpp"
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::http;
using polar_flow::testing::body_of;
using polar_flow::testing::header_of;

namespace {

response answer_to(errc code, std::string message = {}) {
  return make_error_response({code, std::move(message)},
                             {"12345", "/api/v1/users/12345/sync/trigger"});
}

} // namespace

BOOST_AUTO_TEST_SUITE(error_response)

// Texts of contract 1.3, 6 and 7, statuses after the decisions C11, C37, C50.
BOOST_AUTO_TEST_CASE(texts_of_the_contract) {
  struct expectation {
    errc code;
    std::uint16_t status;
    std::string_view detail;
  };
  for (const auto& [code, status, detail] : std::initializer_list<expectation>{
           {errc::missing_api_key, 401, "Missing API key. Use X-API-Key header."},
           {errc::invalid_api_key, 401, "Invalid API key"},
           {errc::foreign_user, 403, "API key not authorized for this user"},
           {errc::unknown_user, 404, "User 12345 not found"},
           {errc::sync_in_progress, 409, "A sync is already running for this user"},
           {errc::no_polar_token, 400,
            "Missing required header parameter 'X-Polar-Token' for path "
            "/api/v1/users/12345/sync/trigger"},
           {errc::polar_client_not_configured, 404, "OAuth credentials not configured on server"},
           {errc::invalid_oauth_state, 401, "Invalid OAuth state - possible CSRF attack"},
           {errc::authorization_denied, 401, "OAuth authorization failed: No code received"},
           {errc::invalid_temporary_code, 401, "Invalid or expired authorization code"},
           {errc::undecryptable, 403,
            "The stored Polar authorization can no longer be read; connect the account again"},
           {errc::internal, 500, "Internal Server Error"},
       }) {
    const auto answer = answer_to(code);
    BOOST_TEST(answer.status == status, to_string(code));
    BOOST_TEST(body_of(answer)
               == "{\"status_code\":" + std::to_string(status) + ",\"detail\":\""
                      + std::string{detail} + "\"}");
  }
}

BOOST_AUTO_TEST_CASE(messages_reach_the_client_where_they_are_for_it) {
  BOOST_TEST(body_of(answer_to(errc::authorization_denied, "access_denied"))
             == R"({"status_code":401,"detail":"OAuth authorization failed: access_denied"})");
  BOOST_TEST(body_of(answer_to(errc::callback_not_allowed, "Invalid callback_url: no"))
             == R"({"status_code":401,"detail":"Invalid callback_url: no"})");
  BOOST_TEST(body_of(answer_to(errc::sync_in_progress, "job-1"))
             == R"({"status_code":409,"detail":"A sync is already running for this user",)"
                R"("extra":{"job_id":"job-1"}})");
}

BOOST_AUTO_TEST_CASE(internals_never_leak) {
  for (const auto code :
       {errc::internal, errc::storage_failed, errc::storage_unavailable, errc::undecryptable,
        errc::none, errc::deadline_exceeded, errc::overloaded, errc::stale_epoch,
        errc::shutting_down, errc::polar_unreadable, errc::polar_rejected_request}) {
    const auto answer = answer_to(code, "SELECT secret FROM tokens");
    BOOST_TEST((answer.status >= 500 || code == errc::undecryptable), to_string(code));
    // The log tells them apart.
    BOOST_TEST((answer.failure == code), to_string(code));
    BOOST_TEST(body_of(answer).find("secret") == std::string::npos, to_string(code));
  }
}

BOOST_AUTO_TEST_CASE(headers_that_http_asks_for) {
  BOOST_TEST(header_of(answer_to(errc::missing_api_key), "WWW-Authenticate")
             == "Bearer realm=\"polar-flow-server\"");
  BOOST_TEST(header_of(answer_to(errc::invalid_api_key), "WWW-Authenticate")
             == "Bearer realm=\"polar-flow-server\", error=\"invalid_token\"");
  BOOST_TEST(header_of(answer_to(errc::overloaded), "Retry-After") == "1");
  BOOST_TEST(answer_to(errc::polar_rate_limited).status == 503);
  BOOST_TEST(header_of(answer_to(errc::polar_rate_limited), "Retry-After") == "");
}

BOOST_AUTO_TEST_CASE(rate_limit_says_when_to_come_back) {
  const instant now{std::chrono::seconds{1000}};
  const rate_limit_state state{10, 0, now + std::chrono::milliseconds{2900}, false};
  const auto answer = make_rate_limit_response(state, now);
  BOOST_TEST(answer.status == 429);
  BOOST_TEST(header_of(answer, "Retry-After") == "2");
  BOOST_TEST(body_of(answer)
             == R"({"status_code":429,"detail":"Rate limit exceeded. Retry after 2 seconds.",)"
                R"("extra":{"Retry-After":"2"}})");
  const auto due = make_rate_limit_response(state, state.reset_at);
  BOOST_TEST(header_of(due, "Retry-After") == "1"); // at least one second
}

BOOST_AUTO_TEST_SUITE_END()
