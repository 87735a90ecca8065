#define BOOST_TEST_DYN_LINK
#include "http/dispatcher.hpp"
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

// Goal: what is checked before any handler runs, in the order of contract 1.2, for every
// endpoint of a user. Method: the front-end without sockets, a scripted backend.
using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

struct endpoint {
  std::string_view method;
  std::string_view path;
};

constexpr std::array<endpoint, 13> user_endpoints{{{"GET", "sleep"},
                                                   {"GET", "activity"},
                                                   {"GET", "recharge"},
                                                   {"GET", "cardio-load"},
                                                   {"GET", "exercises"},
                                                   {"GET", "baselines"},
                                                   {"GET", "insights"},
                                                   {"POST", "sync/trigger"},
                                                   {"GET", "sync/status"},
                                                   {"GET", "sync/logs"},
                                                   {"GET", "sync/events"},
                                                   {"GET", "coverage"},
                                                   {"POST", "disconnect"}}};

std::string target_of(const endpoint& where, std::string_view user = "12345") {
  return "/api/v1/users/" + std::string{user} + "/" + std::string{where.path};
}

/// What `logging` writes to standard error.
std::string logged_by(const std::function<void()>& logging) {
  const auto file = std::filesystem::temp_directory_path()
                    / ("polar_flow_dispatcher_" + std::to_string(::getpid()));
  const int saved = ::dup(STDERR_FILENO);
  const int opened = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  ::dup2(opened, STDERR_FILENO);
  ::close(opened);
  logging();
  std::fflush(stderr);
  ::dup2(saved, STDERR_FILENO);
  ::close(saved);
  std::ifstream stream{file};
  std::string text{std::istreambuf_iterator<char>{stream}, {}};
  std::filesystem::remove(file);
  return text;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatcher_suite, front_end_fixture)

BOOST_AUTO_TEST_CASE(missing_key) {
  for (const auto& where : user_endpoints) {
    const auto answer = ask(where.method, target_of(where));
    BOOST_TEST(answer.status == 401, where.path);
    BOOST_TEST(body_of(answer)
               == R"({"status_code":401,"detail":"Missing API key. Use X-API-Key header."})");
    BOOST_TEST(!answer.rate_limit.has_value());
    BOOST_TEST(!header_of(answer, "WWW-Authenticate").empty());
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(wrong_key) {
  for (const auto& where : user_endpoints) {
    const auto answer = ask(where.method, target_of(where), {{"X-API-Key", "pfk_wrong"}});
    BOOST_TEST(answer.status == 401, where.path);
    BOOST_TEST(body_of(answer) == R"({"status_code":401,"detail":"Invalid API key"})");
    BOOST_TEST(!answer.rate_limit.has_value());
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(too_many_wrong_keys) {
  const std::string target = "/api/v1/users/12345/sleep";
  for (std::uint32_t i = 0; i < wrong_keys_per_minute; ++i)
    BOOST_TEST(ask("GET", target, {{"X-API-Key", "pfk_wrong"}}).status == 401);
  const auto slowed = ask("GET", target, {{"X-API-Key", "pfk_wrong"}});
  BOOST_TEST(slowed.status == 429);
  BOOST_TEST(header_of(slowed, "Retry-After") == "2");
  BOOST_TEST(body_of(slowed)
             == R"({"status_code":429,"detail":"Too many invalid API keys. Retry after 2 )"
                R"(seconds.","extra":{"Retry-After":"2"}})");
  // The master key cannot be found by trying, and generated keys work as ever.
  BOOST_TEST(ask("GET", target, {{"X-API-Key", master_key}}).status == 429);
  BOOST_TEST(ask("GET", target, {{"X-API-Key", user_key}}).status == 200);
  BOOST_TEST(ask("GET", target, {}).status == 401);
  clock->time += std::chrono::seconds{2};
  BOOST_TEST(ask("GET", target, {{"X-API-Key", master_key}}).status == 200);
}

// Whom it is about may be told; which value or device the path names and what a query carries, not.
BOOST_AUTO_TEST_CASE(a_log_line_tells_the_route_only) {
  script.failure = error{errc::storage_unavailable, {}};
  const auto line = logged_by([&] {
    ask("GET", "/api/v1/users/12345/baselines/check/hrv_rmssd/47.125?code=secret",
        {{"X-API-Key", user_key}});
  });
  BOOST_TEST(holds(line, "/api/v1/users/12345/baselines/check/{metric}/{value}"));
  BOOST_TEST(!holds(line, "47.125"));
  BOOST_TEST(!holds(line, "secret"));
}

BOOST_AUTO_TEST_CASE(another_users_key) {
  for (const auto& where : user_endpoints) {
    const auto answer = ask(where.method, target_of(where, "777"), {{"X-API-Key", user_key}});
    BOOST_TEST(answer.status == 403, where.path);
    BOOST_TEST(body_of(answer)
               == R"({"status_code":403,"detail":"API key not authorized for this user"})");
    BOOST_TEST(answer.rate_limit.has_value()); // it cost a slot
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(unknown_user) {
  script.failure = error{errc::unknown_user, {}};
  for (const auto& where : user_endpoints) {
    const auto answer = ask(where.method, target_of(where, "999"), {{"X-API-Key", master_key}});
    BOOST_TEST(answer.status == 404, where.path);
    BOOST_TEST(body_of(answer) == R"({"status_code":404,"detail":"User 999 not found"})");
  }
}

BOOST_AUTO_TEST_CASE(impossible_user_ids) {
  for (const auto& where : user_endpoints) {
    for (const auto* user : {"a.b", "a%20b", "%C3%A4", "a%00b", "..", "'or'1"}) {
      const auto answer = ask(where.method, target_of(where, user), {{"X-API-Key", master_key}});
      BOOST_TEST(answer.status == 400, user);
      BOOST_TEST(body_of(answer)
                 == R"({"status_code":400,"detail":"Invalid user_id: must be alphanumeric with _ )"
                    R"(or - only"})");
    }
    const auto too_long =
        ask(where.method, target_of(where, std::string(101, 'a')), {{"X-API-Key", master_key}});
    BOOST_TEST(body_of(too_long)
               == R"({"status_code":400,"detail":"Invalid user_id: must be 1-100 characters"})");
  }
  BOOST_TEST(script.questions == 0);
  BOOST_TEST(ask("GET", "/api/v1/users/a%2Fb/sleep", {{"X-API-Key", master_key}}).status == 404);
}

BOOST_AUTO_TEST_CASE(slots_are_counted_and_shown) {
  keys->store(make_key_table({make_key_record(user_key, "12345", 3)}));
  const auto first = get("/api/v1/users/12345/sleep");
  BOOST_TEST(first.status == 200);
  BOOST_TEST(first.rate_limit->limit == 3);
  BOOST_TEST(first.rate_limit->remaining == 2);
  BOOST_TEST(get("/api/v1/users/12345/sleep?days=0").rate_limit->remaining == 1);
  BOOST_TEST(get("/api/v1/users/777/sleep").rate_limit->remaining == 0);
  clock->time += std::chrono::minutes{20};
  const auto refused = get("/api/v1/users/12345/sleep");
  BOOST_TEST(refused.status == 429);
  BOOST_TEST(body_of(refused)
             == R"({"status_code":429,"detail":"Rate limit exceeded. Retry after 2400 seconds.",)"
                R"("extra":{"Retry-After":"2400"}})");
  BOOST_TEST(header_of(refused, "Retry-After") == "2400");
  BOOST_TEST(refused.rate_limit->remaining == 0);
  clock->time += std::chrono::minutes{40};
  BOOST_TEST(get("/api/v1/users/12345/sleep").status == 200);
}

BOOST_AUTO_TEST_CASE(no_slot_where_no_key_is_looked_at) {
  BOOST_TEST(!get("/nowhere").rate_limit.has_value());
  BOOST_TEST(!get("/health").rate_limit.has_value());
  const std::string target = "/api/v1/users/12345/sleep";
  BOOST_TEST(!ask("DELETE", target, {{"X-API-Key", user_key}}).rate_limit.has_value());
  BOOST_TEST(get(target).rate_limit->remaining == 999);
}

BOOST_AUTO_TEST_CASE(a_revoked_key_is_refused_after_the_next_table) {
  BOOST_TEST(get("/api/v1/users/12345/sleep").status == 200);
  keys->store(make_key_table({}));
  BOOST_TEST(get("/api/v1/users/12345/sleep").status == 401);
}

BOOST_AUTO_TEST_CASE(no_route_and_no_such_method) {
  const auto missing = get("/api/v1/users/12345/nothing");
  BOOST_TEST(missing.status == 404);
  BOOST_TEST(body_of(missing) == R"({"status_code":404,"detail":"Not Found"})");
  const auto wrong = ask("PUT", "/api/v1/users/12345/sleep");
  BOOST_TEST(wrong.status == 405);
  BOOST_TEST(body_of(wrong) == R"({"status_code":405,"detail":"Method Not Allowed"})");
  BOOST_TEST(header_of(wrong, "Allow") == "GET, HEAD, OPTIONS");
  BOOST_TEST(header_of(ask("GET", "/oauth/exchange"), "Allow") == "POST, OPTIONS");
  const auto broken = get("/api/v1/users/%zz/sleep");
  BOOST_TEST(broken.status == 400);
}

BOOST_AUTO_TEST_CASE(options_and_head) {
  const auto options = ask("OPTIONS", "/api/v1/users/12345/sync/trigger");
  BOOST_TEST(options.status == 204);
  BOOST_TEST(header_of(options, "Allow") == "POST, OPTIONS");
  BOOST_TEST(!options.body);
  const auto head = ask("HEAD", "/api/v1/users/12345/sleep", {{"X-API-Key", user_key}});
  BOOST_TEST(head.status == 200);
  BOOST_TEST(body_of(head) == "[]"); // the session leaves it out, its length is told
}

BOOST_AUTO_TEST_CASE(failures_of_the_server_keep_their_secrets) {
  script.failure = error{errc::storage_failed, "column polar_token does not exist"};
  const auto answer = get("/api/v1/users/12345/insights");
  BOOST_TEST(answer.status == 500);
  BOOST_TEST(body_of(answer) == R"({"status_code":500,"detail":"Internal Server Error"})");
  BOOST_TEST(answer.rate_limit.has_value());
}

BOOST_AUTO_TEST_CASE(the_log_names_what_went_wrong_and_no_more) {
  const auto line_for = [this](error failure) {
    script.failure = std::move(failure);
    return logged_by([this] { get("/api/v1/users/12345/insights?token=secret-1"); });
  };
  const auto failed = line_for({errc::storage_failed, "secret-2 does not exist"});
  for (const auto* part :
       {R"("level":"warning")", R"("event":"request answered")", R"("request_id":"test-1")",
        R"("path":"/api/v1/users/12345/insights")", R"("status":500)",
        R"("error":"storage_failed")"})
    BOOST_TEST(holds(failed, part), part << " is not in " << failed);
  BOOST_TEST(!holds(failed, "secret"), failed);
  BOOST_TEST(holds(line_for({errc::deadline_exceeded, {}}), R"("error":"deadline_exceeded")"));
  // Only its owner can help, but we should know.
  const auto lost = line_for({errc::undecryptable, "secret-3"});
  for (const auto* part : {R"("level":"warning")", R"("status":403)", R"("error":"undecryptable")"})
    BOOST_TEST(holds(lost, part), part << " is not in " << lost);
  BOOST_TEST(line_for({errc::unknown_user, {}}) == "");
  script.failure.reset();
  script.ready.database = false;
  BOOST_TEST(holds(logged_by([this] { get("/ready"); }), R"("error":"storage_unavailable")"));
}

BOOST_AUTO_TEST_CASE(answers_tell_when_they_were_given) {
  BOOST_TEST((get("/health").given_at == clock->time));
  BOOST_TEST((get("/nowhere").given_at == clock->time));
}

BOOST_AUTO_TEST_CASE(request_ids_and_https) {
  const auto named =
      ask("GET", "/health", {{"X-Request-ID", "trace-1"}, {"X-Forwarded-Proto", "https"}});
  BOOST_TEST(named.request_id == "trace-1");
  BOOST_TEST(!named.is_https); // not from a trusted proxy
  is_from_trusted_proxy = true;
  const auto trusted = ask("GET", "/health", {{"X-Forwarded-Proto", "https"}});
  BOOST_TEST(trusted.request_id == "test-1");
  BOOST_TEST(trusted.is_https);
  BOOST_TEST(!ask("GET", "/health", {{"X-Forwarded-Proto", "http"}}).is_https);
}

BOOST_AUTO_TEST_SUITE_END()
