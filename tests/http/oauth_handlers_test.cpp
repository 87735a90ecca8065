#define BOOST_TEST_DYN_LINK
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

constexpr std::string_view start = "/oauth/start?callback_url=https%3A%2F%2Fapp.example%2Fdone";

/// 43 characters, as 32 bytes have them in base64url.
const std::string secret = "0123456789-_abcdefghijklmnopqrstuvwxyzABCDE";
const std::string cookie = "polar_flow_oauth=" + secret;

} // namespace

BOOST_FIXTURE_TEST_SUITE(oauth_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(start_sends_the_browser_to_polar) {
  const auto answer =
      ask("GET", std::string{start} + "&client_id=my+app", {{"Host", "here.example:8000"}});
  BOOST_TEST(answer.status == 303);
  BOOST_TEST(header_of(answer, "Location") == "https://polar.example/consent");
  BOOST_TEST(script.asked_start.callback_url == "https://app.example/done");
  BOOST_TEST(script.asked_start.client_id.value() == "my app");
  BOOST_TEST(script.asked_start.redirect_uri == "http://here.example:8000/oauth/callback");
}

BOOST_AUTO_TEST_CASE(start_gives_the_browser_a_secret) {
  const auto first = ask("GET", start, {{"Host", "h"}});
  const auto given = script.asked_start.browser;
  BOOST_TEST(given.size() == 43u);
  BOOST_TEST(header_of(first, "Set-Cookie")
             == "polar_flow_oauth=" + given
                    + "; Path=/oauth; Max-Age=600; HttpOnly; SameSite=Lax");
  BOOST_TEST(first.cache_control == "no-store");
  ask("GET", start, {{"Host", "h"}});
  BOOST_TEST(script.asked_start.browser != given);
}

BOOST_AUTO_TEST_CASE(the_secret_is_sent_back_only_over_https_if_it_came_so) {
  is_from_trusted_proxy = true;
  const auto answer = ask("GET", start, {{"Host", "h"}, {"X-Forwarded-Proto", "https"}});
  BOOST_TEST(header_of(answer, "Set-Cookie").ends_with("; SameSite=Lax; Secure"));
}

BOOST_AUTO_TEST_CASE(the_secret_belongs_to_the_path_that_the_browser_sees) {
  const auto is_set_for = [this](std::string base_url, const std::string& path) {
    options.server.base_url = std::move(base_url);
    reset();
    const auto line = header_of(ask("GET", start, {{"Host", "h"}}), "Set-Cookie");
    return line.find("; Path=" + path + ";") != std::string::npos;
  };
  BOOST_TEST(is_set_for("https://public.example/polar", "/polar/oauth"));
  BOOST_TEST(is_set_for("https://public.example:8443", "/oauth"));
}

// Logins in two tabs would otherwise spoil each other.
BOOST_AUTO_TEST_CASE(a_browser_keeps_its_secret) {
  for (const auto& header : {cookie, "session=1; " + cookie, "a;;b=; =;" + cookie + ";c=d",
                             "polar_flow_oauth=short; " + cookie, "polar_flow_oauth; " + cookie}) {
    const auto answer = ask("GET", start, {{"Host", "h"}, {"cookie", header}});
    BOOST_TEST(script.asked_start.browser == secret, header);
    BOOST_TEST(header_of(answer, "Set-Cookie").starts_with(cookie + "; Path="), header);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_our_secret_is_replaced) {
  for (const auto& value :
       {std::string{}, secret + "A", secret.substr(1), secret.substr(1) + " ",
        secret.substr(1) + "=", secret.substr(1) + "\"", secret.substr(1) + "\xE9"}) {
    const auto header = "polar_flow_oauth=" + value;
    ask("GET", start, {{"Host", "h"}, {"Cookie", header}});
    BOOST_TEST(script.asked_start.browser.size() == 43u, value);
    BOOST_TEST(script.asked_start.browser != value, value);
  }
  const auto other = "xpolar_flow_oauth=" + secret;
  ask("GET", start, {{"Host", "h"}, {"Cookie", other}});
  BOOST_TEST(script.asked_start.browser != secret);
}

BOOST_AUTO_TEST_CASE(our_own_address) {
  const std::vector<header_view> forwarded{{"Host", "inside:8000"},
                                           {"X-Forwarded-Proto", "https"},
                                           {"X-Forwarded-Host", "old.example, health.example"}};
  ask("GET", start, forwarded);
  BOOST_TEST(script.asked_start.redirect_uri == "http://inside:8000/oauth/callback");
  is_from_trusted_proxy = true;
  ask("GET", start, forwarded);
  BOOST_TEST(script.asked_start.redirect_uri == "https://health.example/oauth/callback");
  options.server.base_url = "https://public.example";
  reset();
  ask("GET", start, forwarded);
  BOOST_TEST(script.asked_start.redirect_uri == "https://public.example/oauth/callback");
}

BOOST_AUTO_TEST_CASE(a_host_that_is_none) {
  for (const auto* host : {"", "evil.example/x", "a@b", "a b", "a?b", "a#b", "a\\b"}) {
    const auto answer = ask("GET", start, {{"Host", host}});
    BOOST_TEST(answer.status == 400, host);
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(start_refuses) {
  const auto missing = ask("GET", "/oauth/start?client_id=x", {{"Host", "h"}});
  BOOST_TEST(missing.status == 400);
  BOOST_TEST(body_of(missing)
             == R"({"status_code":400,"detail":"Missing required query parameter 'callback_url' )"
                R"(for path /oauth/start"})");
  const auto foreign =
      ask("GET", "/oauth/start?callback_url=https://evil.example/", {{"Host", "h"}});
  BOOST_TEST(foreign.status == 401);
  const auto long_name = std::string{start} + "&client_id=" + std::string(256, 'x');
  BOOST_TEST(ask("GET", long_name, {{"Host", "h"}}).status == 401);
  for (const auto* name : {"a%00b", "a%0Ab", "%FF", "%C2%9B"}) {
    const auto refused = ask("GET", std::string{start} + "&client_id=" + name, {{"Host", "h"}});
    BOOST_TEST(refused.status == 401, name);
    BOOST_TEST(body_of(refused)
               == R"({"status_code":401,"detail":"Invalid client_id: must be UTF-8 without )"
                  R"(control characters"})");
  }
  BOOST_TEST(script.questions == 0);
  BOOST_TEST(header_of(foreign, "Set-Cookie").empty());
  script.failure = error{errc::polar_client_not_configured, {}};
  const auto closed = ask("GET", start, {{"Host", "h"}});
  BOOST_TEST(closed.status == 404);
  BOOST_TEST(body_of(closed)
             == R"({"status_code":404,"detail":"OAuth credentials not configured on server"})");
}

BOOST_AUTO_TEST_CASE(callback_hands_on_what_polar_sent) {
  script.location = "https://app.example/done?code=temp_1";
  const auto answer = ask("GET", "/oauth/callback?code=a%2Bb&state=s-1");
  BOOST_TEST(answer.status == 303);
  BOOST_TEST(header_of(answer, "Location") == "https://app.example/done?code=temp_1");
  BOOST_TEST(script.asked_callback.code.value() == "a+b");
  BOOST_TEST(script.asked_callback.state.value() == "s-1");
  BOOST_TEST(!script.asked_callback.denial.has_value());
  ask("GET", "/oauth/callback?error=access_denied&code=");
  BOOST_TEST(!script.asked_callback.code.has_value());
  BOOST_TEST(!script.asked_callback.state.has_value());
  BOOST_TEST(script.asked_callback.denial.value() == "access_denied");
}

BOOST_AUTO_TEST_CASE(callback_tells_which_browser_came) {
  ask("GET", "/oauth/callback?code=a&state=b", {{"Cookie", "x=y; " + cookie}});
  BOOST_TEST(script.asked_callback.browser.value() == secret);
  ask("GET", "/oauth/callback?code=a&state=b", {{"Cookie", "polar_flow_oauth=guess"}});
  BOOST_TEST(!script.asked_callback.browser.has_value());
  ask("GET", "/oauth/callback?code=a&state=b");
  BOOST_TEST(!script.asked_callback.browser.has_value());
}

BOOST_AUTO_TEST_CASE(callback_refuses) {
  script.failure = error{errc::invalid_oauth_state, {}};
  const auto unknown = ask("GET", "/oauth/callback?code=a&state=b");
  BOOST_TEST(unknown.status == 401);
  BOOST_TEST(body_of(unknown)
             == R"({"status_code":401,"detail":"Invalid OAuth state - possible CSRF attack"})");
  // Looking at the address must not use up its state.
  BOOST_TEST(ask("HEAD", "/oauth/callback?code=a&state=b").status == 405);
}

BOOST_AUTO_TEST_CASE(exchange_gives_the_key_once) {
  script.issued = {"pfk_new", user_id{"12345"}};
  const auto answer = ask("POST", "/oauth/exchange", {}, R"({"code":"temp_1","client_id":"app"})");
  BOOST_TEST(answer.status == 201);
  BOOST_TEST(body_of(answer)
             == R"({"api_key":"pfk_new","polar_user_id":"12345","expires_at":null})");
  BOOST_TEST(answer.cache_control == "no-store");
  BOOST_TEST(script.asked_exchange.code == "temp_1");
  BOOST_TEST(script.asked_exchange.client_id.value() == "app");
}

BOOST_AUTO_TEST_CASE(exchange_refuses) {
  const auto missing = ask("POST", "/oauth/exchange", {}, "{}");
  BOOST_TEST(missing.status == 400);
  BOOST_TEST(body_of(missing)
             == R"({"status_code":400,"detail":"Validation failed for POST /oauth/exchange",)"
                R"("extra":[{"message":"Field required","key":"code"}]})");
  const auto empty = ask("POST", "/oauth/exchange");
  BOOST_TEST(body_of(empty)
             == R"({"status_code":400,"detail":"Validation failed for POST /oauth/exchange",)"
                R"("extra":[{"message":"Expected `object`, got `null`","source":"body"}]})");
  const auto malformed = ask("POST", "/oauth/exchange", {}, "{\"code\":");
  BOOST_TEST(malformed.status == 400);
  BOOST_TEST(body_of(malformed).find(R"("detail":"JSON is malformed: )") != std::string::npos);
  BOOST_TEST(script.questions == 0);
  script.failure = error{errc::invalid_temporary_code, {}};
  const auto used = ask("POST", "/oauth/exchange", {}, R"({"code":"temp_1"})");
  BOOST_TEST(used.status == 401);
  BOOST_TEST(body_of(used)
             == R"({"status_code":401,"detail":"Invalid or expired authorization code"})");
}

BOOST_AUTO_TEST_SUITE_END()
