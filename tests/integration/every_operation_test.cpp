// Goal: the whole API is what the contract says, operation by operation: status, headers and body,
// for every kind of caller and every kind of mistake. Method: the real server with users whose rows
// are known, asked in all ways; what it has to answer stands here and in every_operation.cpp as
// literals from the contract. No route may be left out.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/every_operation.hpp"

#include "http/routes.hpp"
#include "tests/integration/database.hpp"
#include "tests/support/json.hpp"
#include "tests/support/json_schema.hpp"
#include "tests/support/wait.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace polar_flow::testing;
using polar_flow::http::all_routes;
using polar_flow::http::match_kind;
using polar_flow::http::parse_method;
using polar_flow::http::route;
using polar_flow::http::router;

// -- the server and what it was asked ------------------------------------------------------------

/// One night is all that Polar has, and SpO2 is a consent that is missing.
constexpr const char* recorded_night = R"({"nights":[{"polar_user":"https://polar/v3/users/1",
"date":"2026-03-19","sleep_start_time":"2026-03-18T23:00:00+01:00",
"sleep_end_time":"2026-03-19T07:00:00+01:00","sleep_score":81,"light_sleep":14400,
"deep_sleep":7200,"rem_sleep":5400}]})";
constexpr const char* recorded_answers = R"({"answers":[
{"target":"/v3/users/sleep","file":"night.json"},
{"target":"/v3/users/biosensing/spo2","file":"night.json","status":403}]})";

struct every_operation_world {
  static inline std::unique_ptr<temporary_folder> recorded;
  static inline std::unique_ptr<world> shared;
  static inline connected_athlete athlete;
  /// The routes that the tests have asked.
  static inline std::set<const route*> called;
  /// What is left of the limit of a key, as far as it is known.
  static inline std::map<std::string, int> remaining;

  void setup() {
    recorded = std::make_unique<temporary_folder>();
    std::ofstream{recorded->path() / "night.json"} << recorded_night;
    std::ofstream{recorded->path() / "replay.json"} << recorded_answers;
    shared = std::make_unique<world>(
        world_options{.simulator_arguments = {"--replay", recorded->path().string()}});
    plant_known_users(shared->folder());
    athlete = connect(shared->server(), athlete_id(0));
    await_first_sync(shared->server(), athlete.user);
    await_planted_keys(shared->server());
  }

  void teardown() {
    shared = nullptr;
    recorded = nullptr;
  }
};

std::map<std::string, int>& remaining() {
  return every_operation_world::remaining;
}

/// The document that the server tells about itself.
const boost::json::value& api_document() {
  static const auto told
      = every_operation_world::shared->server().get_json("/schema/openapi.json");
  return told;
}

/// What the document says of a route's answer with this status; null for pages.
const boost::json::object* told_answer(const route& asked, int status) {
  if (asked.answers.empty())
    return nullptr;
  std::string method{to_string(asked.method)};
  std::ranges::transform(method, method.begin(), [](char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  const auto& answers = api_document().at("paths").at(asked.pattern).at(method).at("responses");
  const auto* answer = answers.as_object().if_contains(std::to_string(status));
  BOOST_TEST(answer != nullptr,
             asked.pattern << ": the document knows no answer " << status);
  if (answer == nullptr)
    return nullptr;
  if (const auto* reference = answer->as_object().if_contains("$ref"))
    return &api_document().at_pointer(reference->as_string().subview(1)).as_object();
  return &answer->as_object();
}

/// An answer is what the document says of it.
void check_against_document(const route& asked, const http_request& request,
                            const http_answer& answer) {
  const auto* told = told_answer(asked, answer.status);
  if (told == nullptr || answer.status == 304 || request.method == "HEAD")
    return;
  const auto* content = told->if_contains("content");
  if (content == nullptr)
    return;
  const auto type = answer.header("content-type").value_or("");
  const auto* media = content->as_object().if_contains(type.substr(0, type.find(';')));
  BOOST_TEST(media != nullptr, asked.pattern << ": the document knows no " << type);
  if (media == nullptr || type != "application/json")
    return;
  for (const auto& problem :
       schema_problems(parse_json(answer.body), media->at("schema"), api_document()))
    BOOST_ERROR(request.method << " " << request.target << ": " << problem);
}

/// Asks, and remembers which route that was.
http_answer ask(const http_request& request) {
  static const router routes{all_routes()};
  const auto match = routes.find(parse_method(request.method), without_query(request.target));
  const auto answer = every_operation_world::shared->server().ask(request);
  if (match.kind == match_kind::found) {
    every_operation_world::called.insert(match.matched);
    check_against_document(*match.matched, request, answer);
  }
  return answer;
}

std::string header(const http_answer& answer, const std::string& name) {
  return answer.header(name).value_or("(none)");
}

std::string error_body(int status, const std::string& detail) {
  return "{\"status_code\":" + std::to_string(status) + ",\"detail\":\"" + detail + "\"}";
}

std::string validation_body(const http_request& request, const std::string& message,
                            const std::string& key, const std::string& source) {
  return "{\"status_code\":400,\"detail\":\"Validation failed for " + request.method + " "
         + request.target + "\",\"extra\":[{\"message\":\"" + message + "\",\"key\":\"" + key
         + "\",\"source\":\"" + source + "\"}]}";
}

// -- what is the same for many -------------------------------------------------------------------

/// Section 1.12 of the contract, and no cookie for anybody (C46).
void check_common_headers(const http_answer& answer) {
  BOOST_TEST(header(answer, "x-frame-options") == "DENY");
  BOOST_TEST(header(answer, "x-content-type-options") == "nosniff");
  BOOST_TEST(header(answer, "referrer-policy") == "same-origin");
  BOOST_TEST(header(answer, "permissions-policy") == "camera=(), microphone=(), geolocation=()");
  BOOST_TEST(header(answer, "content-security-policy").starts_with("default-src 'self'; "));
  BOOST_TEST(header(answer, "strict-transport-security") == "(none)");
  BOOST_TEST(header(answer, "set-cookie") == "(none)");
  BOOST_TEST(header(answer, "x-request-id") != "(none)");
}

/// The answer spent one request of this key, whose window began at `test_instant`.
void check_counted(const http_answer& answer, const std::string& key) {
  auto& left = remaining();
  if (!left.contains(key))
    left[key] = std::stoi(header(answer, "x-ratelimit-remaining")) + 1;
  BOOST_TEST(header(answer, "x-ratelimit-limit") == std::to_string(planted_limit));
  BOOST_TEST(header(answer, "x-ratelimit-remaining") == std::to_string(--left[key]));
  // 2026-03-20T11:00:00Z.
  BOOST_TEST(header(answer, "x-ratelimit-reset") == "1774004400");
}

void check_not_counted(const http_answer& answer) {
  for (const std::string name :
       {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"})
    BOOST_TEST(header(answer, name) == "(none)");
}

/// A planted key is counted, the master key is not.
void check_limit(const http_answer& answer, const std::string& key) {
  if (key == master_key)
    check_not_counted(answer);
  else
    check_counted(answer, key);
}

void check_error(const http_request& request, int status, const std::string& body,
                 const http_answer& answer) {
  BOOST_TEST_CONTEXT(request.method << " " << request.target) {
    BOOST_TEST(answer.status == status);
    BOOST_TEST(answer.body == body);
    BOOST_TEST(header(answer, "content-type") == "application/json");
    BOOST_TEST(header(answer, "cache-control") == "no-store");
    check_common_headers(answer);
  }
}

/// Asks with a planted key or the master key.
void expect_error(const http_request& request, int status, const std::string& body) {
  const auto answer = ask(request);
  check_error(request, status, body, answer);
  BOOST_TEST_CONTEXT(request.method << " " << request.target)
    check_limit(answer, request.headers.at(0).second);
}

// -- operations ----------------------------------------------------------------------------------

struct operation {
  std::string method;
  /// Below the user's path.
  std::string resource;
};

/// Those of which the answer depends on more than rows, or which change something.
const std::vector<operation> commands{
    {"POST", "/baselines/calculate"}, {"POST", "/patterns/detect"},
    {"POST", "/api-key/regenerate"},  {"POST", "/api-key/revoke"},
    {"POST", "/sync/trigger"},        {"POST", "/disconnect"},
    {"DELETE", ""},                   {"GET", "/sync/events"},
    {"GET", "/export/takeout.zip"},   {"GET", "/import"},
    {"GET", "/import/6a2f41a3-c54c-4ce8-b2d2-0324e1c32e22"},
    {"POST", "/import/polar-flow"},   {"POST", "/import/takeout"}};

/// A zip may be about somebody whom nobody knows yet.
bool may_be_about_anybody(const operation& asked) {
  return asked.method == "POST" && asked.resource.starts_with("/import/");
}

/// All operations about a user, each once.
std::vector<operation> all_operations() {
  auto list = commands;
  for (const auto& read : known_reads())
    if (read.user == planted_user)
      list.push_back({"GET", without_query(read.target)});
  return list;
}

/// What changes from second to second is kept by nobody, health data by the asker only.
bool is_fresh(const std::string& target) {
  return target.starts_with("/sync/") || target.starts_with("/coverage")
         || target == "/api-key/info" || target == "/status";
}

void check_read(const known_read& read, const http_answer& answer) {
  auto body = read.body;
  const std::string mark = "{remaining}";
  if (const auto place = body.find(mark); place != std::string::npos)
    body.replace(place, mark.size(), std::to_string(remaining()[key_of(read.user)]));
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.body == body);
  const bool is_file = !read.file_name.empty();
  BOOST_TEST(header(answer, "content-type")
             == (is_file ? "text/csv; charset=utf-8" : "application/json"));
  BOOST_TEST(header(answer, "content-disposition")
             == (is_file ? "attachment; filename=" + read.file_name : "(none)"));
  BOOST_TEST(header(answer, "cache-control")
             == (is_fresh(read.target) ? "no-store" : "private, no-cache"));
  check_common_headers(answer);
}

} // namespace

BOOST_AUTO_TEST_SUITE(every_operation, *boost::unit_test::fixture<every_operation_world>())

BOOST_AUTO_TEST_CASE(reads_show_the_rows_to_every_key_that_may_see_them) {
  for (const auto& read : known_reads()) {
    const auto target = path_of(read.user, read.target);
    const auto own = key_of(read.user);
    BOOST_TEST_CONTEXT(target) {
      for (const auto& key : {own, std::string{service_key}, std::string{master_key}}) {
        const auto answer = ask(with_key("GET", target, key));
        check_limit(answer, key);
        check_read(read, answer);
      }
      const auto bearer =
          ask({.target = target, .headers = {{"Authorization", "Bearer " + own}}});
      check_counted(bearer, own);
      check_read(read, bearer);
      // The header of our own decides, even when the other one is right.
      const auto both = ask({.target = target,
                             .headers = {{"Authorization", "Bearer " + own}, {"X-API-Key", "x"}}});
      BOOST_TEST(both.body == error_body(401, "Invalid API key"));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_slash_at_the_end_and_unknown_parameters_change_nothing) {
  for (const auto& read : known_reads()) {
    const auto query = read.target.substr(without_query(read.target).size());
    const auto path = path_of(read.user, without_query(read.target));
    for (const auto& target : {path + "/" + query, path + (query.empty() ? "?" : query + "&")
                                                       + "Days=999&from=2026-02-30&x&%ZZ=%&&="})
      BOOST_TEST_CONTEXT(target)
        check_read(read, ask(with_key("GET", target, master_key)));
  }
}

BOOST_AUTO_TEST_CASE(a_request_id_comes_back) {
  const auto target = path_of(planted_user, "/status");
  const auto with_id = [&](const std::string& id) {
    return header(
        ask({.target = target, .headers = {{"X-API-Key", master_key}, {"X-Request-ID", id}}}),
        "x-request-id");
  };
  BOOST_TEST(with_id("app-7.3_a") == "app-7.3_a");
  BOOST_TEST(with_id("two words") != "two words");
  BOOST_TEST(with_id(std::string(65, 'a')) != std::string(65, 'a'));
}

// -- who may ask ---------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(nobody_asks_without_a_key) {
  const std::vector<http_headers> without_a_key{
      {},
      {{"X-API-Key", ""}},
      {{"Authorization", "Basic cGZrOng="}},
      {{"Authorization", "bearer " + std::string{planted_key}}},
      {{"Authorization", "Bearer"}}};
  const auto body = error_body(401, "Missing API key. Use X-API-Key header.");
  for (const auto& [method, resource] : all_operations()) {
    for (const auto& headers : without_a_key) {
      const http_request request{
          .method = method, .target = path_of(planted_user, resource), .headers = headers};
      const auto answer = ask(request);
      check_error(request, 401, body, answer);
      check_not_counted(answer);
      BOOST_TEST(header(answer, "www-authenticate") == "Bearer realm=\"polar-flow-server\"");
    }
  }
}

BOOST_AUTO_TEST_CASE(nobody_asks_with_a_wrong_key) {
  const std::vector<http_headers> wrong_keys{
      {{"X-API-Key", "pfk_0000000000000000000000000000000000000000"}},
      {{"X-API-Key", std::string{planted_key}.substr(0, 12)}},
      {{"X-API-Key", "pfa_0123456789012345678901234567890123456789"}},
      {{"X-API-Key", "\xC3\xA9\xC3\xA8"}},
      {{"X-API-Key", std::string(4000, 'k')}},
      // Two blanks: the second one belongs to the key.
      {{"Authorization", "Bearer  " + std::string{planted_key}}}};
  for (const auto& [method, resource] : all_operations()) {
    for (const auto& headers : wrong_keys) {
      const http_request request{
          .method = method, .target = path_of(planted_user, resource), .headers = headers};
      const auto answer = ask(request);
      check_error(request, 401, error_body(401, "Invalid API key"), answer);
      check_not_counted(answer);
      BOOST_TEST(header(answer, "www-authenticate")
                 == "Bearer realm=\"polar-flow-server\", error=\"invalid_token\"");
    }
  }
}

BOOST_AUTO_TEST_CASE(nobody_asks_about_another_user) {
  for (const auto& [method, resource] : all_operations())
    for (const std::string user : {planted_user, "10000099", "bad.id"})
      expect_error(with_key(method, path_of(user, resource), steady_key), 403,
                   error_body(403, "API key not authorized for this user"));
}

BOOST_AUTO_TEST_CASE(users_who_are_not_there) {
  for (const auto& asked : all_operations())
    for (const std::string key : {master_key, service_key})
      if (!may_be_about_anybody(asked))
        expect_error(with_key(asked.method, path_of("10000099", asked.resource), key), 404,
                     error_body(404, "User 10000099 not found"));
}

BOOST_AUTO_TEST_CASE(users_who_cannot_be) {
  const auto wrong_character
      = error_body(400, "Invalid user_id: must be alphanumeric with _ or - only");
  const auto wrong_length = error_body(400, "Invalid user_id: must be 1-100 characters");
  for (const auto& [method, resource] : all_operations()) {
    for (const std::string user : {"bad.id", "a%00b", "%C3%A9", "a%20b", "-%3B"})
      expect_error(with_key(method, path_of(user, resource), master_key), 400, wrong_character);
    expect_error(with_key(method, path_of(std::string(101, 'a'), resource), service_key), 400,
                 wrong_length);
  }
}

BOOST_AUTO_TEST_CASE(a_used_up_limit_is_told_in_headers_and_body) {
  const auto target = path_of(blank_user, "/sleep");
  const auto used = [&] { return ask(with_key("GET", target, scarce_key)); };
  BOOST_TEST(header(used(), "x-ratelimit-remaining") == "1");
  // A request that fails costs as much.
  const auto failed = ask(with_key("GET", target + "?days=0", scarce_key));
  BOOST_TEST(failed.status == 400);
  BOOST_TEST(header(failed, "x-ratelimit-remaining") == "0");
  // An hour from the first request, and the clock stands still.
  const auto refused = used();
  check_error(with_key("GET", target, scarce_key), 429,
              R"({"status_code":429,"detail":"Rate limit exceeded. Retry after 3600 seconds.",)"
              R"("extra":{"Retry-After":"3600"}})",
              refused);
  BOOST_TEST(header(refused, "retry-after") == "3600");
  BOOST_TEST(header(refused, "x-ratelimit-limit") == "2");
  BOOST_TEST(header(refused, "x-ratelimit-remaining") == "0");
  BOOST_TEST(header(refused, "x-ratelimit-reset") == "1774004400");
  // The limit comes before the user, the parameters and the record.
  for (const std::string path : {"/sleep?days=0", "/sleep/2026-02-30", "/patterns/x"})
    BOOST_TEST(ask(with_key("GET", path_of("bad.id", path), scarce_key)).status == 429);
}

// -- parameters ----------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(windows_are_what_was_asked_for) {
  for (const auto& read : known_reads()) {
    if (read.window == window_kind::none || read.user != planted_user)
      continue;
    const auto [name, default_value, max] = rule_of(read.window);
    const auto path = path_of(read.user, without_query(read.target));
    const auto usual = ask(with_key("GET", path, planted_key));
    check_counted(usual, planted_key);
    const auto spelt = [&](const std::string& query) {
      return ask(with_key("GET", path + "?" + query, master_key));
    };
    BOOST_TEST_CONTEXT(path) {
      BOOST_TEST(usual.status == 200);
      BOOST_TEST(usual.body == spelt(name + "=" + default_value).body);
      BOOST_TEST(spelt(name + "=" + max).status == 200);
      BOOST_TEST(spelt(name + "=1").status == 200);
      // Whole numbers in any spelling of JSON; of several the last.
      const auto number = read.target.substr(read.target.find('=') + 1);
      for (const auto& query : {name + "=" + number + ".0", name + "=" + number + "e0",
                                name + "=" + number + "0E-1", name + "=%3" + number,
                                name + "=abc&" + name + "=" + number})
        BOOST_TEST(spelt(query).body == read.body, query);
      if (!read.file_name.empty()) {
        const auto saved_as = header(usual, "content-disposition");
        BOOST_TEST(saved_as.ends_with("_" + default_value + "days.csv"), saved_as);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(windows_that_are_none) {
  const std::string too_small = "Expected `int` >= 1";
  const std::string no_number = "Expected `int`, got `str`";
  for (const auto& read : known_reads()) {
    if (read.window == window_kind::none || read.user != planted_user)
      continue;
    const auto rule = rule_of(read.window);
    const auto too_large = "Expected `int` <= " + rule.max;
    const std::vector<std::pair<std::string, std::string>> cases{
        {"0", too_small},
        {"-1", too_small},
        {"-0", too_small},
        {"-99999999999999999999", too_small},
        {std::to_string(std::stoi(rule.max) + 1), too_large},
        {"1e3", too_large},
        {"1e400", too_large},
        {"99999999999999999999", too_large},
        {"4294967297", too_large},
        {"abc", no_number},
        {"", no_number},
        {"1.5", no_number},
        {"07", no_number},
        {"+7", no_number},
        {"%207", no_number},
        {"7%00", no_number},
        {"0x10", no_number},
        {"NaN", no_number},
        {"Infinity", no_number},
        {"-Infinity", no_number},
        {"2026-13-40", no_number},
        {"7&" + rule.name + "=", no_number}};
    for (const auto& [text, message] : cases) {
      const auto target = path_of(read.user, without_query(read.target)) + "?" + rule.name + "="
                          + text;
      const auto request = with_key("GET", target, planted_key);
      expect_error(request, 400, validation_body(request, message, rule.name, "query"));
    }
  }
}

BOOST_AUTO_TEST_CASE(days_that_are_none_or_have_nothing) {
  struct dated {
    std::string before;
    std::string after;
    /// What is said of a day without a record.
    std::string absent;
  };
  const std::vector<dated> resources{{"/sleep/", "", "No sleep data for "},
                                     {"/activity/", "", "No activity data for "},
                                     {"/activity-samples/", "", "No activity samples for "},
                                     {"/recharge/", "/samples", "No recharge data for "},
                                     {"/heart-rate/", "/samples", "No heart rate data for "}};
  for (const auto& [before, after, absent] : resources) {
    const auto asked_for = [&](const std::string& day) {
      return with_key("GET", path_of(planted_user, before + day + after), planted_key);
    };
    for (const std::string day : {"2026-03-01", "2026-03-21", "2024-02-29", "9999-12-31"})
      expect_error(asked_for(day), 404, error_body(404, absent + day));
    for (const std::string day :
         {"20260320", "2026-3-20", "today", "2026-03-20T00:00", "-026-03-20", "2026-03-2x"}) {
      const auto request = asked_for(day);
      expect_error(request, 400,
                   validation_body(request,
                                   R"(Expected `str` matching regex '^\\d{4}-\\d{2}-\\d{2}$')",
                                   "date", "path"));
    }
    for (const std::string day : {"2026-13-40", "2026-02-30", "2025-02-29", "2026-00-10"}) {
      const auto request = asked_for(day);
      expect_error(request, 400,
                   validation_body(request, "Invalid date value '" + day + "'", "date", "path"));
    }
  }
}

BOOST_AUTO_TEST_CASE(records_that_are_not_there) {
  const std::string exercise = "/exercises/aaaaaaaa-0000-5000-8000-000000000002";
  const std::string exercise_name = "Exercise aaaaaaaa-0000-5000-8000-000000000002";
  const std::string long_id(3000, 'e');
  const std::vector<std::pair<std::string, std::string>> cases{
      {"/activity-samples/2026-03-19", "Activity data for 2026-03-19 has no samples"},
      {"/recharge/2026-03-19/samples", "Recharge data for 2026-03-19 has no samples"},
      {"/heart-rate/2026-03-19/samples", "Heart rate data for 2026-03-19 has no samples"},
      {exercise + "/samples", exercise_name + " has no sample data"},
      {exercise + "/route", exercise_name + " has no route data"},
      {"/exercises/2AC312F", "Exercise 2AC312F not found"},
      {"/exercises/2AC312F/samples", "Exercise 2AC312F not found"},
      {"/exercises/2AC312F/route", "Exercise 2AC312F not found"},
      {"/exercises/" + long_id, "Exercise " + long_id + " not found"},
      {"/ecg/42", "ECG test 42 not found"},
      {"/ecg/0", "ECG test 0 not found"},
      {"/ecg/-41", "ECG test -41 not found"},
      {"/ecg/99999999999", "ECG test 99999999999 not found"},
      {"/ecg/99999999999999999999", "ECG test 99999999999999999999 not found"},
      {"/sleepwise/alertness/1/hourly", "Alertness period 1 not found"},
      {"/sleepwise/alertness/x/hourly", "Alertness period x not found"},
      {"/sleepwise/alertness/99999999999999999999/hourly",
       "Alertness period 99999999999999999999 not found"},
      {"/sleepwise/alertness/1773898200000000/hourly",
       "Alertness period 1773898200000000 has no hourly data"},
      {"/temperature/body/1773954000000000/samples", "Body temperature 1773954000000000 not found"},
      {"/temperature/body/nan/samples", "Body temperature nan not found"},
      {"/patterns/training_recovery_lag", "Pattern 'training_recovery_lag' not found for user"},
      {"/patterns/activity_sleep_correlation",
       "Pattern 'activity_sleep_correlation' not found for user"}};
  for (const auto& [resource, detail] : cases)
    expect_error(with_key("GET", path_of(planted_user, resource), planted_key), 404,
                 error_body(404, detail));
}

BOOST_AUTO_TEST_CASE(a_path_that_has_no_route_asks_for_no_key) {
  for (const std::string resource :
       {"/ecg/abc", "/ecg/41.0", "/baselines/check/hrv_rmssd/abc", "/baselines/check/hrv_rmssd/1,5",
        "/baselines/check/hrv_rmssd/0x1p3", "/steps"}) {
    const http_request request{.method = "GET", .target = path_of(planted_user, resource)};
    const auto answer = ask(request);
    check_error(request, 404, error_body(404, "Not Found"), answer);
    check_not_counted(answer);
  }
}

BOOST_AUTO_TEST_CASE(names_and_values_that_are_none) {
  for (const std::string metric : {"steps", "active_calories", "HRV_RMSSD", "x"}) {
    for (const auto& resource :
         {"/baselines/" + metric, "/baselines/check/" + metric + "/50", "/explain/" + metric}) {
      const auto request = with_key("GET", path_of(planted_user, resource), planted_key);
      expect_error(request, 400,
                   validation_body(request, "Invalid enum value '" + metric + "'", "metric",
                                   "path"));
    }
  }
  for (const std::string name : {"fitness_trend", "sleep_consistency", "HRV_TREND"}) {
    const auto request = with_key("GET", path_of(planted_user, "/patterns/" + name), planted_key);
    expect_error(request, 400,
                 validation_body(request, "Invalid enum value '" + name + "'", "name", "path"));
  }
  for (const std::string value : {"nan", "NaN", "inf", "-inf", "Infinity", "1e999", "-1e999"})
    expect_error(
        with_key("GET", path_of(planted_user, "/baselines/check/sleep_score/" + value),
                 planted_key),
        400, error_body(400, "Invalid value: must be a finite number"));
}

// -- methods and paths ---------------------------------------------------------------------------

namespace {

std::set<std::string> methods_in(const std::string& allow) {
  std::set<std::string> methods;
  std::istringstream text{allow};
  for (std::string method; std::getline(text, method, ',');)
    methods.insert(method.substr(method.find_first_not_of(' ')));
  return methods;
}

} // namespace

BOOST_AUTO_TEST_CASE(methods_that_are_not_served) {
  const std::set<std::string> reading{"GET", "HEAD", "OPTIONS"};
  // POST …/baselines/calculate is among them: a word of ours is never taken for a metric.
  for (const auto& [served, resource] : all_operations()) {
    const auto expected =
        served == "GET" ? reading : std::set<std::string>{served, "OPTIONS"};
    const auto target = path_of(planted_user, resource);
    for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "BREW"}) {
      if (method == served)
        continue;
      const http_request request{.method = method, .target = target};
      const auto answer = ask(request);
      check_error(request, 405, error_body(405, "Method Not Allowed"), answer);
      check_not_counted(answer);
      BOOST_TEST((methods_in(header(answer, "allow")) == expected),
                 target << ": " << header(answer, "allow"));
    }
    // Browsers send no key with the OPTIONS that asks for permission.
    const auto options = ask({.method = "OPTIONS", .target = target});
    BOOST_TEST(options.status == 204);
    BOOST_TEST(options.body == "");
    BOOST_TEST((methods_in(header(options, "allow")) == expected),
               target << ": " << header(options, "allow"));
  }
}

BOOST_AUTO_TEST_CASE(the_document_and_its_page_are_for_everybody) {
  const std::map<std::string, std::string> pages{
      {"openapi.json", "application/vnd.oai.openapi+json"},
      {"openapi.yaml", "application/vnd.oai.openapi"},
      {"openapi.yml", "application/vnd.oai.openapi"},
      {"swagger", "text/html; charset=utf-8"},
      {"swagger-start.js", "text/javascript; charset=utf-8"},
      {"swagger-ui-bundle.js", "text/javascript; charset=utf-8"},
      {"swagger-ui.css", "text/css; charset=utf-8"}};
  for (const auto& [name, type] : pages) {
    const auto answer = ask({.target = "/schema/" + name});
    BOOST_TEST(answer.status == 200, name);
    BOOST_TEST(header(answer, "content-type") == type, name);
    BOOST_TEST(header(answer, "cache-control") == "public, no-cache", name);
    check_common_headers(answer);
    check_not_counted(answer);
    const auto again = ask({.target = "/schema/" + name,
                            .headers = {{"If-None-Match", header(answer, "etag")}}});
    BOOST_TEST(again.status == 304, name);
  }
  for (const std::string path : {"/", "/schema", "/schema/redoc", "/schema/elements",
                                 "/schema/rapidoc"}) {
    const auto answer = ask({.target = path});
    BOOST_TEST(answer.status == 303, path);
    BOOST_TEST(header(answer, "location") == "/schema/swagger", path);
  }
}

BOOST_AUTO_TEST_CASE(paths_that_do_not_exist) {
  for (const std::string path :
       {"/nothing", "/api/v1", "/api/v1/users", "/api/v1/users/planted_user-1/nothing",
        "/api/v1/users/planted_user-1/sleep/2026-03-20/more", "/api/v1/users//sleep", "//health",
        "/api/v1/users/a%2Fb/sleep", "/API/v1/users/planted_user-1/sleep"})
    for (const std::string method : {"GET", "POST"}) {
      const http_request request{.method = method, .target = path};
      const auto answer = ask(request);
      check_error(request, 404, error_body(404, "Not Found"), answer);
      check_not_counted(answer);
    }
}

// -- what changes something ----------------------------------------------------------------------

namespace {

/// The body with the ids of jobs and the texts of new keys replaced, which nobody can know.
std::string without_chance(std::string body) {
  static const std::regex uuid{
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"};
  static const std::regex key{"pfk_[0-9a-f]{40}"};
  body = std::regex_replace(body, uuid, "<uuid>");
  return std::regex_replace(body, key, "<key>");
}

http_answer command(const std::string& method, const std::string& user,
                    const std::string& resource, const std::string& key,
                    const http_headers& more = {}) {
  auto request = with_key(method, path_of(user, resource), key);
  request.headers.insert(request.headers.end(), more.begin(), more.end());
  return ask(request);
}

/// As the contract words it, with what came of the one recorded night.
std::string report_of_night(const std::string& user) {
  return R"({"status":"partial","user_id":")" + user
         + R"(","records":{"sleep":1,"recharge":0,"activity":0,"exercises":0,"cardio_load":0,)"
           R"("sleepwise_alertness":0,"sleepwise_bedtime":0,"activity_samples":0,)"
           R"("continuous_hr":0,"spo2":0,"ecg":0,"body_temperature":0,"skin_temperature":0,)"
           R"("physical_info":0},"errors":{"spo2":"<sentence>"},"total_records":1,)"
           R"("job_id":"<uuid>"})";
}

std::string without_sentence(const std::string& body) {
  static const std::regex sentence{R"("spo2":"403 Forbidden on spo2: [^"]+")"};
  return std::regex_replace(body, sentence, R"("spo2":"<sentence>")");
}

} // namespace

BOOST_AUTO_TEST_CASE(analytics_are_those_of_the_rows_at_any_time) {
  const auto calculated = command("POST", planted_user, "/baselines/calculate", planted_key);
  BOOST_TEST(calculated.status == 200);
  BOOST_TEST(calculated.body
             == R"({"user_id":"planted_user-1","baselines_calculated":{"hrv_rmssd":"partial",)"
                R"("sleep_score":"partial","resting_hr":"partial",)"
                R"("training_load":"insufficient","training_load_ratio":"insufficient"}})");
  check_counted(calculated, planted_key);
  const auto detected = command("POST", steady_user, "/patterns/detect", steady_key);
  BOOST_TEST(detected.status == 200);
  BOOST_TEST(detected.body
             == R"({"user_id":"steady-user","patterns_detected":{"sleep_hrv_correlation":"high",)"
                R"("overtraining_risk":"low","hrv_trend":"high","sleep_trend":"low",)"
                R"("recovery_readiness":"high"}})");
  check_counted(detected, steady_key);
}

BOOST_AUTO_TEST_CASE(imports_are_queued_and_reported) {
  expect_error(with_key("GET", path_of(blank_user, "/import"), master_key), 404,
               error_body(404, "No import yet"));
  for (const std::string id : {"6a2f41a3-c54c-4ce8-b2d2-0324e1c32e22", "1", "newest"})
    expect_error(with_key("GET", path_of(blank_user, "/import/" + id), master_key), 404,
                 error_body(404, "Import not found"));
  for (const std::string kind : {"polar-flow", "takeout"}) {
    auto request = with_key("POST", path_of(blank_user, "/import/" + kind), master_key);
    expect_error(request, 400,
                 error_body(400, "The zip is missing: send it as the body of the request"));
    request.body = "no zip";
    const auto queued = ask(request);
    BOOST_TEST(queued.status == 202);
    BOOST_TEST(without_chance(queued.body)
               == R"({"import_id":"<uuid>","status":"queued",)"
                  R"("status_url":"/api/v1/users/)"
                      + std::string{blank_user} + R"(/import/<uuid>"})");
    BOOST_TEST(without_chance(header(queued, "location"))
               == path_of(blank_user, "/import/<uuid>"));
    http_answer report;
    const bool has_ended = wait_until(
        [&] {
          report = ask(with_key("GET", header(queued, "location"), master_key));
          return report.body.find("\"failed\"") != std::string::npos;
        },
        std::chrono::seconds{60});
    BOOST_TEST(has_ended);
    BOOST_TEST(without_chance(report.body)
               == R"({"import_id":"<uuid>","kind":")" + kind
                      + R"(","status":"failed","zip_bytes":6,)"
                        R"("received_at":"2026-03-20T10:00:00Z",)"
                        R"("completed_at":"2026-03-20T10:00:00Z","files_total":null,)"
                        R"("files_done":0,"files_taken":0,"files_known":0,"files_ignored":0,)"
                        R"("files_refused":0,"rows_changed":0,)"
                        R"("error":"the file is not a zip file, or its end is missing",)"
                        R"("files":[]})");
    BOOST_TEST(header(report, "cache-control") == "no-store");
    BOOST_TEST(ask(with_key("GET", path_of(blank_user, "/import"), master_key)).body
               == report.body);
  }
}

BOOST_AUTO_TEST_CASE(syncs_are_reported) {
  const auto& athlete = every_operation_world::athlete;
  const auto synced = command("POST", athlete.user, "/sync/trigger?days=28", athlete.api_key);
  BOOST_TEST(synced.status == 200);
  BOOST_TEST(without_sentence(without_chance(synced.body)) == report_of_night(athlete.user));

  const auto watched = exchange_bytes(
      every_operation_world::shared->server().port(),
      "GET /api/v1/users/" + athlete.user + "/sync/events HTTP/1.1\r\nHost: x\r\nX-API-Key: "
          + athlete.api_key + "\r\n\r\n",
      std::chrono::seconds{2});
  every_operation_world::called.insert(
      router{all_routes()}
          .find(parse_method("GET"), path_of(athlete.user, "/sync/events"))
          .matched);
  BOOST_TEST(watched.received.starts_with("HTTP/1.1 200 OK\r\n"), watched.received);
  for (const std::string part :
       {"\r\nContent-Type: text/event-stream\r\n", "\r\nCache-Control: no-store\r\n",
        "\r\nX-RateLimit-Limit: 1000\r\n", "event: sync_ended\n", "\"status\":\"partial\""})
    BOOST_TEST(watched.received.find(part) != std::string::npos,
               part << " is not in\n" << watched.received);
}

BOOST_AUTO_TEST_CASE(syncs_that_cannot_begin) {
  const std::string trigger = "/sync/trigger";
  // Nothing to sync with.
  expect_error(with_key("POST", path_of(steady_user, trigger), steady_key), 400,
               error_body(400, "Missing required header parameter 'X-Polar-Token' for path "
                               "/api/v1/users/steady-user/sync/trigger"));
  for (const std::string days : {"0", "366", "abc", ""}) {
    const auto request =
        with_key("POST", path_of(steady_user, trigger) + "?days=" + days, steady_key);
    const std::string message = days == "0"     ? "Expected `int` >= 1"
                                : days == "366" ? "Expected `int` <= 365"
                                                : "Expected `int`, got `str`";
    expect_error(request, 400, validation_body(request, message, "days", "query"));
  }
  for (const std::string token : {"short", "", "with blank in it", "\xC3\xA9\xC3\xA9\xC3\xA9"}) {
    auto request = with_key("POST", path_of(steady_user, trigger), steady_key);
    request.headers.emplace_back("X-Polar-Token", token);
    expect_error(request, 400,
                 validation_body(request, "Expected `str` matching regex '^[!-~]{10,}$'",
                                 "X-Polar-Token", "header"));
  }
  auto foreign = with_key("POST", path_of(steady_user, trigger), steady_key);
  foreign.headers.emplace_back("X-Polar-Token", "a-token-of-somebody-else");
  expect_error(foreign, 403,
               error_body(403, "The token in X-Polar-Token does not belong to this user"));
}

BOOST_AUTO_TEST_CASE(keys_are_replaced_and_revoked) {
  const auto replaced = command("POST", steady_user, "/api-key/regenerate", steady_key);
  BOOST_TEST(replaced.status == 200);
  BOOST_TEST(without_chance(replaced.body)
             == R"({"api_key":"<key>","message":"Key regenerated successfully. )"
                R"(Old key is now invalid."})");
  BOOST_TEST(header(replaced, "cache-control") == "no-store");
  check_counted(replaced, steady_key);
  const std::string fresh{parse_json(replaced.body).at("api_key").as_string()};
  const auto info = path_of(steady_user, "/api-key/info");
  BOOST_TEST(ask(with_key("GET", info, steady_key)).status == 401);
  // The same row with a limit that begins anew.
  BOOST_TEST(ask(with_key("GET", info, fresh)).body
             == "{\"key_prefix\":\"" + fresh.substr(0, 12)
                    + R"(","user_id":"steady-user","is_active":true,"rate_limit_requests":100000,)"
                      R"("rate_limit_remaining":99999,"created_at":"2026-03-20T10:00:00Z",)"
                      R"("last_used_at":"2026-03-20T10:00:00Z"})");

  const auto revoked = command("POST", steady_user, "/api-key/revoke", fresh);
  BOOST_TEST(revoked.status == 200);
  BOOST_TEST(revoked.body
             == R"({"message":"API key revoked successfully","user_id":"steady-user"})");
  BOOST_TEST(ask(with_key("GET", info, fresh)).status == 401);
  BOOST_TEST(ask(with_key("GET", info, master_key)).body == "null");
  const auto none = error_body(404, "No active API key found for user steady-user");
  for (const std::string what : {"/api-key/regenerate", "/api-key/revoke"})
    expect_error(with_key("POST", path_of(steady_user, what), master_key), 404, none);
  BOOST_TEST(ask(with_key("GET", path_of(steady_user, "/status"), master_key)).body
             == R"({"polar_user_id":"steady-user","is_active":false,"last_synced_at":null,)"
                R"("has_api_key":false,"api_key_prefix":null})");
}

BOOST_AUTO_TEST_CASE(accounts_are_disconnected_and_erased) {
  const auto& athlete = every_operation_world::athlete;
  const auto ended = command("POST", athlete.user, "/disconnect", athlete.api_key);
  BOOST_TEST(ended.status == 200);
  BOOST_TEST(ended.body == R"({"user_id":"10000001","state":"disconnected"})");
  const auto refused = command("DELETE", athlete.user, "", athlete.api_key);
  BOOST_TEST(refused.status == 403);
  BOOST_TEST(refused.body
             == error_body(403, "Only a service key or the master key may erase a user"));
  const auto erased = command("DELETE", athlete.user, "", service_key);
  BOOST_TEST(erased.status == 200);
  BOOST_TEST(erased.body == R"({"message":"User erased","user_id":"10000001"})");
  check_counted(erased, service_key);
  expect_error(with_key("DELETE", path_of(athlete.user, ""), master_key), 404,
               error_body(404, "User 10000001 not found"));
}

// -- what is open to everybody -------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(the_open_operations) {
  const auto health = ask({.target = "/health"});
  BOOST_TEST(health.status == 200);
  BOOST_TEST(std::regex_match(health.body,
                              std::regex{R"(\{"status":"ok","version":"\d+\.\d+\.\d+\S*"\})"}),
             health.body);
  check_common_headers(health);
  check_not_counted(health);
  BOOST_TEST(ask({.target = "/ready"}).body
             == R"({"status":"ready","database":true,"migrations":true,"region":true,)"
                R"("shards":true})");

  const http_request no_callback{.target = "/oauth/start"};
  check_error(no_callback, 400,
              error_body(400, "Missing required query parameter 'callback_url' for path "
                              "/oauth/start"),
              ask(no_callback));
  const http_request no_code{.target = "/oauth/callback"};
  check_error(no_code, 401, error_body(401, "OAuth authorization failed: No code received"),
              ask(no_code));
  const http_request wrong_code{.method = "POST",
                                .target = "/oauth/exchange",
                                .body = R"({"code":"temp_unknown","client_id":"test-app"})"};
  check_error(wrong_code, 401, error_body(401, "Invalid or expired authorization code"),
              ask(wrong_code));
  const http_request unsigned_news{.method = "POST",
                                   .target = "/webhooks/polar",
                                   .body = R"({"event":"SLEEP","user_id":10000001})"};
  check_error(unsigned_news, 401, error_body(401, "Missing or wrong webhook signature"),
              ask(unsigned_news));
}

// The last: what no case above has asked for is an operation that nobody has looked at.
BOOST_AUTO_TEST_CASE(no_route_is_left_out) {
  for (const auto& each : all_routes())
    BOOST_TEST(every_operation_world::called.contains(&each),
               "nothing here asks " << to_string(each.method) << " " << each.pattern);
}

BOOST_AUTO_TEST_SUITE_END()
