// Goal: whatever a client sends, it gets the contract's answer and the server lives on. Method: a
// table of wrong requests with the literal status and body of each, against the real server.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/world.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

namespace {

using namespace polar_flow::testing;

struct wrong_input_world {
  static inline std::unique_ptr<world> shared;
  static inline connected_athlete own;
  static inline connected_athlete other;

  void setup() {
    shared = std::make_unique<world>(world_options{.athletes = 2});
    own = connect(shared->server(), athlete_id(0));
    other = connect(shared->server(), athlete_id(1));
    await_first_sync(shared->server(), own.user);
    await_first_sync(shared->server(), other.user);
  }

  void teardown() {
    shared = nullptr;
  }
};

server_process& server() {
  return wrong_input_world::shared->server();
}

constexpr const char* unknown_user = "10000099";

struct endpoint {
  std::string method;
  std::string resource;
  bool takes_days;
};

const std::vector<endpoint> endpoints{{"GET", "/sleep", true},     {"GET", "/activity", true},
                                      {"GET", "/recharge", true},  {"GET", "/cardio-load", true},
                                      {"GET", "/exercises", true}, {"GET", "/baselines", false},
                                      {"GET", "/insights", false}, {"POST", "/sync/trigger", true}};

std::string path_of(const std::string& user, const std::string& resource) {
  return "/api/v1/users/" + user + resource;
}

http_request request_for(const endpoint& which, const std::string& user, const std::string& key,
                         const std::string& query = "") {
  http_request request{.method = which.method, .target = path_of(user, which.resource) + query};
  if (!key.empty())
    request.headers.emplace_back("X-API-Key", key);
  return request;
}

void check(const http_request& request, int status, const std::string& body) {
  BOOST_TEST_CONTEXT(request.method << " " << request.target) {
    const auto answer = server().ask(request);
    BOOST_TEST(answer.status == status);
    BOOST_TEST(answer.body == body);
    BOOST_TEST(answer.header("content-type").value_or("") == "application/json");
  }
}

std::string plain_error(int status, const std::string& detail) {
  return "{\"status_code\":" + std::to_string(status) + ",\"detail\":\"" + detail + "\"}";
}

std::string days_error(const http_request& request, const std::string& message) {
  return "{\"status_code\":400,\"detail\":\"Validation failed for " + request.method + " "
         + request.target + "\",\"extra\":[{\"message\":\"" + message
         + "\",\"key\":\"days\",\"source\":\"query\"}]}";
}

bool is_well() {
  return server().ask({.target = "/health"}).status == 200
         && server().get(path_of(wrong_input_world::own.user, "/insights")).status == 200;
}

} // namespace

BOOST_AUTO_TEST_SUITE(wrong_input, *boost::unit_test::fixture<wrong_input_world>())

BOOST_AUTO_TEST_CASE(without_a_key) {
  for (const auto& which : endpoints) {
    const auto request = request_for(which, wrong_input_world::own.user, "");
    check(request, 401, plain_error(401, "Missing API key. Use X-API-Key header."));
    BOOST_TEST(server().ask(request).header("www-authenticate").has_value());
  }
}

BOOST_AUTO_TEST_CASE(with_a_wrong_key) {
  for (const auto& which : endpoints) {
    for (const std::string key : {"pfk_0000000000000000000000000000000000000000", "x",
                                  "\xC3\xA9\xC3\xA8", "pfa_0123456789"})
      check(request_for(which, wrong_input_world::own.user, key), 401,
            plain_error(401, "Invalid API key"));
  }
}

BOOST_AUTO_TEST_CASE(with_the_key_of_another_user) {
  for (const auto& which : endpoints)
    check(request_for(which, wrong_input_world::own.user, wrong_input_world::other.api_key), 403,
          plain_error(403, "API key not authorized for this user"));
}

BOOST_AUTO_TEST_CASE(for_an_unknown_user) {
  for (const auto& which : endpoints) {
    check(request_for(which, unknown_user, master_key), 404,
          plain_error(404, "User 10000099 not found"));
    check(request_for(which, unknown_user, wrong_input_world::own.api_key), 403,
          plain_error(403, "API key not authorized for this user"));
  }
}

BOOST_AUTO_TEST_CASE(for_a_user_that_cannot_be) {
  for (const auto& which : endpoints) {
    check(request_for(which, "bad.id", master_key), 400,
          plain_error(400, "Invalid user_id: must be alphanumeric with _ or - only"));
    check(request_for(which, "a%00b", master_key), 400,
          plain_error(400, "Invalid user_id: must be alphanumeric with _ or - only"));
    check(request_for(which, std::string(101, 'a'), master_key), 400,
          plain_error(400, "Invalid user_id: must be 1-100 characters"));
  }
}

BOOST_AUTO_TEST_CASE(with_days_that_are_none) {
  struct wrong_days {
    std::string text;
    std::string message;
  };
  const std::vector<wrong_days> cases{
      {"0", "Expected `int` >= 1"},          {"-1", "Expected `int` >= 1"},
      {"366", "Expected `int` <= 365"},      {"99999999999999999999", "Expected `int` <= 365"},
      {"abc", "Expected `int`, got `str`"},  {"", "Expected `int`, got `str`"},
      {"1.5", "Expected `int`, got `str`"},  {"07", "Expected `int`, got `str`"},
      {"%207", "Expected `int`, got `str`"}, {"2026-13-40", "Expected `int`, got `str`"},
      {"nan", "Expected `int`, got `str`"}};
  for (const auto& which : endpoints) {
    if (!which.takes_days)
      continue;
    for (const auto& wrong : cases) {
      const auto request =
          request_for(which, wrong_input_world::own.user, master_key, "?days=" + wrong.text);
      check(request, 400, days_error(request, wrong.message));
    }
    // The last of several counts.
    const auto twice =
        request_for(which, wrong_input_world::own.user, master_key, "?days=7&days=0");
    check(twice, 400, days_error(twice, "Expected `int` >= 1"));
  }
}

BOOST_AUTO_TEST_CASE(unknown_parameters_are_ignored) {
  for (const auto& which : endpoints) {
    if (which.method != "GET")
      continue;
    const auto plain = server().ask(request_for(which, wrong_input_world::own.user, master_key));
    BOOST_TEST(plain.status == 200);
    for (const std::string query : {"?Days=999", "?from=2026-02-30&x", "?%ZZ=%", "?&&=&"}) {
      const auto answer =
          server().ask(request_for(which, wrong_input_world::own.user, master_key, query));
      BOOST_TEST(answer.status == 200, which.resource << query);
      BOOST_TEST(answer.body == plain.body, which.resource << query);
    }
  }
}

BOOST_AUTO_TEST_CASE(paths_and_methods_that_do_not_exist) {
  const auto user = wrong_input_world::own.user;
  for (const std::string path :
       {"/nothing", "/api/v1", "/api/v1/users", "/api/v1/users/x/nothing",
        "/api/v1/users/a%2Fb/insights", "/api/v1/users//insights", "//health", "/health/x"})
    check({.target = path}, 404, plain_error(404, "Not Found"));
  for (const auto& which : endpoints) {
    const http_request request{.method = which.method == "GET" ? "DELETE" : "PUT",
                               .target = path_of(user, which.resource)};
    check(request, 405, plain_error(405, "Method Not Allowed"));
    const auto allowed = server().ask(request).header("allow").value_or("");
    BOOST_TEST(allowed.find(which.method) != std::string::npos, allowed);
  }
  // A trailing slash changes nothing.
  BOOST_TEST(server().get(path_of(user, "/insights/")).status == 200);
}

BOOST_AUTO_TEST_CASE(triggers_with_somebody_elses_token) {
  const auto trigger = [](const std::string& user, const std::string& key,
                          const std::string& token) {
    return server().ask({.method = "POST",
                         .target = path_of(user, "/sync/trigger"),
                         .headers = {{"X-API-Key", key}, {"X-Polar-Token", token}}});
  };
  const auto& own = wrong_input_world::own;
  const auto foreign = trigger(own.user, own.api_key, "a-token-of-nobody-at-all");
  BOOST_TEST(foreign.status == 403);
  BOOST_TEST(foreign.body
             == plain_error(403, "The token in X-Polar-Token does not belong to this user"));
  BOOST_TEST(is_well());
}

BOOST_AUTO_TEST_CASE(the_start_of_a_connection) {
  const auto start = [](const std::string& query, int status, const std::string& detail_start) {
    const auto answer = server().ask({.target = "/oauth/start" + query});
    BOOST_TEST(answer.status == status, query << " gave " << answer.body);
    BOOST_TEST(answer.body.starts_with("{\"status_code\":" + std::to_string(status)
                                       + ",\"detail\":\"" + detail_start),
               answer.body);
  };
  start("", 400, "Missing required query parameter 'callback_url' for path /oauth/start");
  start("?callback_url=nonsense", 401, "Invalid callback_url: ");
  start("?callback_url=javascript%3A%2F%2Fx", 401,
        "Invalid callback_url: Only http and https schemes are allowed");
  start("?callback_url=http%3A%2F%2Fevil.example%2F", 401, "");
  start("?callback_url=https%3A%2F%2Fevil.example%2F", 401, "");
  start("?callback_url=http%3A%2F%2Flocalhost%3A7778%2F", 401, "");
  start("?callback_url=http%3A%2F%2Flocalhost%3A7777%40evil.example%2F", 401, "");
  start("?callback_url=http%3A%2F%2Flocalhost%3A7777%2F" + std::string(2048, 'a'), 401,
        "Invalid callback_url: URL too long (max 2048 characters)");
  start("?callback_url=http%3A%2F%2Flocalhost%3A7777%2F&client_id=" + std::string(256, 'a'), 401,
        "");
  for (const std::string name : {"a%00b", "a%0Ab", "%FF"})
    start("?callback_url=http%3A%2F%2Flocalhost%3A7777%2F&client_id=" + name, 401,
          "Invalid client_id: must be UTF-8 without control characters");
  // What begins like something registered goes on to somebody else.
  for (const std::string url :
       {"http://localhost:7777.evil.example/", "http://127.0.0.1.evil.example/",
        "http://127.0.0.1:7777.evil.example/", "http://[::1].evil.example/",
        "https://192.0.2.1.evil.example/", "https://192.0.2.1evil.example/",
        "http://localhost:.evil/", "http://localhost.evil.example:7777/"})
    start("?callback_url=" + url, 401, "Invalid callback_url: ");
}

BOOST_AUTO_TEST_CASE(the_return_of_a_connection) {
  check({.target = "/oauth/callback"}, 401,
        plain_error(401, "OAuth authorization failed: No code received"));
  check({.target = "/oauth/callback?error=access_denied"}, 401,
        plain_error(401, "OAuth authorization failed: access_denied"));
  check({.target = "/oauth/callback?code=x"}, 401,
        plain_error(401, "Invalid OAuth state - possible CSRF attack"));
  check({.target = "/oauth/callback?code=x&state=forged"}, 401,
        plain_error(401, "Invalid OAuth state - possible CSRF attack"));
}

// Somebody who began with an account of his own must not be able to have it ended by another
// person's browser.
BOOST_AUTO_TEST_CASE(the_return_of_another_browser) {
  const auto begun = server().ask(
      {.target = "/oauth/start?callback_url=http%3A%2F%2Flocalhost%3A7777%2F&client_id=test-app"});
  const auto cookie_line = begun.header("set-cookie").value_or("");
  const auto cookie = cookie_line.substr(0, cookie_line.find(';'));
  BOOST_TEST(cookie.starts_with("polar_flow_oauth="), cookie_line);
  const auto consent = split_url(begun.header("location").value_or(""));
  BOOST_TEST_REQUIRE(consent.has_value());
  const auto approved = ask(consent->port, {.target = consent->target + "&auto_approve="
                                                      + wrong_input_world::own.user});
  BOOST_TEST_REQUIRE(approved.has_value());
  const auto back = split_url(approved->header("location").value_or(""));
  BOOST_TEST_REQUIRE(back.has_value());

  const auto refused = plain_error(401, "Invalid OAuth state - possible CSRF attack");
  check({.target = back->target}, 401, refused);
  check({.target = back->target,
         .headers = {{"Cookie", "polar_flow_oauth=" + std::string(43, 'A')}}},
        401, refused);
  const auto ended = server().ask({.target = back->target, .headers = {{"Cookie", cookie}}});
  BOOST_TEST(ended.status == 303);
  BOOST_TEST(query_parameter(ended.header("location").value_or(""), "status").value_or("")
             == "connected");
  check({.target = back->target, .headers = {{"Cookie", cookie}}}, 401, refused);
}

BOOST_AUTO_TEST_CASE(the_exchange_of_a_code) {
  const auto exchange = [](const std::string& body) {
    return server().ask({.method = "POST",
                         .target = "/oauth/exchange",
                         .headers = {{"Content-Type", "application/json"}},
                         .body = body});
  };
  const auto invalid = plain_error(401, "Invalid or expired authorization code");
  BOOST_TEST(exchange(R"({"code":"temp_unknown","client_id":"test-app"})").body == invalid);
  BOOST_TEST(exchange("{}").body
             == R"({"status_code":400,"detail":"Validation failed for POST /oauth/exchange",)"
                R"("extra":[{"message":"Field required","key":"code"}]})");
  for (const std::string body : {"", "null", "[]", "7", "{\"code\":7}", "{\"code\":null}",
                                 "{\"code\":\"x\",\"client_id\":5}"}) {
    const auto answer = exchange(body);
    BOOST_TEST(answer.status == 400, body);
    BOOST_TEST(answer.body.find("Validation failed for POST /oauth/exchange") != std::string::npos,
               body << " gave " << answer.body);
  }
  for (const std::string body : {"{", "\xFF\xFE", "{\"code\":\"x\"} more", "{'code':'x'}"}) {
    const auto answer = exchange(body);
    BOOST_TEST(answer.status == 400, body);
    BOOST_TEST(answer.body.find("JSON is malformed: ") != std::string::npos,
               body << " gave " << answer.body);
  }
  BOOST_TEST(exchange(std::string(50'000, '[')).status == 400);
}

BOOST_AUTO_TEST_CASE(a_temporary_code_is_bound_and_works_once) {
  const auto code = query_parameter(authorize(server(), wrong_input_world::own.user), "code");
  BOOST_TEST_REQUIRE(code.has_value());
  const auto exchange = [&](const std::string& client) {
    return server().ask({.method = "POST",
                         .target = "/oauth/exchange",
                         .body = "{\"code\":\"" + *code + "\"" + client + "}"});
  };
  BOOST_TEST(exchange(",\"client_id\":\"another-app\"").status == 401);
  // Leaving the client out must not get around the binding.
  BOOST_TEST(exchange("").status == 401);
  BOOST_TEST(exchange(",\"client_id\":\"test-app\"").status == 201);
  BOOST_TEST(exchange(",\"client_id\":\"test-app\"").status == 401);
}

BOOST_AUTO_TEST_CASE(bodies_that_are_too_big) {
  const auto too_big = plain_error(413, "Request body too large");
  const std::string large(1 << 20, 'x');
  const auto trigger = path_of(wrong_input_world::own.user, "/sync/trigger");
  for (const auto& target : {std::string{"/oauth/exchange"}, trigger}) {
    check(
        {.method = "POST", .target = target, .headers = {{"X-API-Key", master_key}}, .body = large},
        413, too_big);
    // Announced only: the answer comes before the body would.
    const auto announced = exchange_bytes(
        server().port(),
        "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
        std::chrono::seconds{30});
    BOOST_TEST(announced.received.starts_with("HTTP/1.1 413 "), announced.received);
    BOOST_TEST(announced.was_closed);
  }
  BOOST_TEST(is_well());
}

BOOST_AUTO_TEST_SUITE_END()
