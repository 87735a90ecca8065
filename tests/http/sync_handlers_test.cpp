#define BOOST_TEST_DYN_LINK
#include "http/streamed_body.hpp"
#include "tests/http/front_end_fixture.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

constexpr std::string_view target = "/api/v1/users/12345/sync/trigger";

/// `date -u -d @1800000000`: 2027-01-15T08:00:00Z.
constexpr instant morning{std::chrono::seconds{1'800'000'000}};

sync_report make_report() {
  sync_report report;
  report.job = job_id{"job-1"};
  report.user = user_id{"12345"};
  report.trigger = sync_trigger::webhook;
  report.priority = sync_priority::high;
  report.status = sync_status::partial;
  report.started_at = morning;
  report.completed_at = morning + std::chrono::milliseconds{2500};
  report.calls = 4;
  report.streams = {{stream::sleep, 28, 1, std::nullopt},
                    {stream::ecg, 0, 3, error{errc::consent_missing, "Accept \"it\" at Polar"}},
                    {stream::spo2, 2, 0, error{errc::polar_timeout, {}}}};
  report.analytics_done = true;
  report.patterns_detected = true;
  report.quotas = {call_quota{520, 513}, call_quota{5100, 5030}};
  return report;
}

const std::string shown_report =
    R"({"job_id":"job-1","status":"partial","trigger":"webhook","priority":"high",)"
    R"("started_at":"2027-01-15T08:00:00Z","completed_at":"2027-01-15T08:00:02.500000Z",)"
    R"("duration_ms":2500,"total_records":30,"api_calls_made":4,"analytics_done":true,)"
    R"("patterns_detected":true,"rate_limit_limit_15m":520,"rate_limit_remaining_15m":513,)"
    R"("rate_limit_limit_24h":5100,"rate_limit_remaining_24h":5030,"streams":[)"
    R"({"stream":"sleep","records":28,"calls":1,"error_type":null,"error_message":null},)"
    R"({"stream":"ecg","records":0,"calls":3,"error_type":"consent_missing",)"
    R"("error_message":"Accept \"it\" at Polar"},)"
    R"({"stream":"spo2","records":2,"calls":0,"error_type":"polar_timeout",)"
    R"("error_message":null}]})";

sync_report make_running_report() {
  sync_report report;
  report.job = job_id{"job-2"};
  report.user = user_id{"12345"};
  report.started_at = morning;
  return report;
}

const std::string shown_running_report =
    R"({"job_id":"job-2","status":"started","trigger":"manual","priority":"critical",)"
    R"("started_at":"2027-01-15T08:00:00Z","completed_at":null,"duration_ms":null,)"
    R"("total_records":0,"api_calls_made":0,"analytics_done":false,"patterns_detected":false,)"
    R"("rate_limit_limit_15m":null,"rate_limit_remaining_15m":null,)"
    R"("rate_limit_limit_24h":null,"rate_limit_remaining_24h":null,"streams":[]})";

/// All parts of a streamed body.
std::vector<std::string> parts_of(const response& answer) {
  std::vector<std::string> parts;
  boost::asio::io_context context;
  const auto pull = [&]() -> boost::asio::awaitable<void> {
    while (auto part = co_await answer.stream->next_part())
      parts.push_back(std::move(*part));
  };
  boost::asio::co_spawn(context, pull(), [](std::exception_ptr problem) {
    BOOST_TEST((problem == nullptr));
  });
  context.run();
  return parts;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(sync_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(a_finished_sync) {
  sync_report report;
  report.job = job_id{"job-1"};
  report.user = user_id{"12345"};
  report.status = sync_status::success;
  report.streams = {{stream::sleep, 28, 1, std::nullopt}};
  script.progress = {job_id{"job-1"}, report};
  const auto answer = ask("POST", target, {{"X-API-Key", user_key}});
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer)
             == R"({"status":"success","user_id":"12345","records":{"sleep":28,"recharge":0,)"
                R"("activity":0,"exercises":0,"cardio_load":0,"sleepwise_alertness":0,)"
                R"("sleepwise_bedtime":0,"activity_samples":0,"continuous_hr":0,"spo2":0,"ecg":0,)"
                R"("body_temperature":0,"skin_temperature":0,"physical_info":0},"errors":null,)"
                R"("total_records":28,"job_id":"job-1"})");
}

BOOST_AUTO_TEST_CASE(a_sync_that_goes_on) {
  script.progress = {job_id{"job-2"}, std::nullopt};
  const auto answer = ask("POST", target, {{"X-API-Key", user_key}});
  BOOST_TEST(answer.status == 202);
  BOOST_TEST(body_of(answer) == R"({"status":"running","job_id":"job-2"})");
}

BOOST_AUTO_TEST_CASE(what_is_asked_for) {
  ask("POST", target, {{"X-API-Key", user_key}}, R"({"days":5})");
  BOOST_TEST(!script.asked_sync.days.has_value()); // the body is ignored
  BOOST_TEST(!script.asked_sync.polar_token.has_value());
  BOOST_TEST(!script.asked_sync.any_user_allowed);

  const std::string with_days = std::string{target} + "?days=28";
  ask("POST", with_days, {{"X-API-Key", service_key}, {"x-polar-token", "0123456789abcdef"}});
  BOOST_TEST(script.asked_sync.days.value() == 28);
  BOOST_TEST(script.asked_sync.polar_token.value() == "0123456789abcdef");
  BOOST_TEST(script.asked_sync.any_user_allowed);
  ask("POST", target, {{"X-API-Key", master_key}});
  BOOST_TEST(script.asked_sync.any_user_allowed);
}

BOOST_AUTO_TEST_CASE(bad_days) {
  for (const auto* value : {"0", "abc", "366", ""}) {
    const std::string with_days = std::string{target} + "?days=" + value;
    BOOST_TEST(ask("POST", with_days, {{"X-API-Key", user_key}}).status == 400, value);
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_a_token) {
  for (const auto* token : {"", "short", "with blank 1234", "w\xC3\xA4hrend-der-Nacht"}) {
    const auto answer = ask("POST", target, {{"X-API-Key", user_key}, {"X-Polar-Token", token}});
    BOOST_TEST(answer.status == 400, token);
    BOOST_TEST(body_of(answer)
               == R"({"status_code":400,"detail":"Validation failed for POST )"
                      + std::string{target}
                      + R"(","extra":[{"message":"Expected `str` matching regex '^[!-~]{10,}$'",)"
                        R"("key":"X-Polar-Token","source":"header"}]})");
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(how_the_syncs_of_a_quiet_user_stand) {
  script.state.record.id = user_id{"12345"};
  script.state.record.has_token = true;
  const auto answer = get("/api/v1/users/12345/sync/status");
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.cache_control == "no-store");
  BOOST_TEST(script.asked_user == "12345");
  BOOST_TEST(body_of(answer)
             == R"({"user_id":"12345","state":"connected","message":null,"is_syncing":false,)"
                R"("last_synced_at":null,"last_new_data_at":null,"consecutive_failures":0,)"
                R"("not_before":null,"next_loss_at":null,"last_sync":null})");
}

BOOST_AUTO_TEST_CASE(how_the_syncs_of_a_busy_user_stand) {
  auto& record = script.state.record;
  record.id = user_id{"12345"};
  record.has_token = true;
  record.last_synced_at = morning;
  record.last_new_data_at = morning - std::chrono::hours{1};
  record.consecutive_failures = 2;
  record.not_before = morning + std::chrono::minutes{30};
  record.next_loss_at = morning + std::chrono::hours{24 * 28};
  script.state.last = std::make_shared<const sync_report>(make_running_report());
  BOOST_TEST(
      body_of(get("/api/v1/users/12345/sync/status"))
      == R"({"user_id":"12345","state":"connected",)"
         R"("message":"The last sync failed; the next one is tried after a pause",)"
         R"("is_syncing":true,"last_synced_at":"2027-01-15T08:00:00Z",)"
         R"("last_new_data_at":"2027-01-15T07:00:00Z","consecutive_failures":2,)"
         R"("not_before":"2027-01-15T08:30:00Z","next_loss_at":"2027-02-12T08:00:00Z",)"
         R"("last_sync":)" + shown_running_report + "}");
}

BOOST_AUTO_TEST_CASE(what_a_person_has_to_know) {
  const auto message_for = [this](connection_state state, bool has_token) {
    script.state.record.state = state;
    script.state.record.has_token = has_token;
    const auto body = body_of(get("/api/v1/users/12345/sync/status"));
    const auto begin = body.find(R"("message":)") + 10;
    return body.substr(begin, body.find(R"(,"is_syncing")") - begin);
  };
  BOOST_TEST(message_for(connection_state::connected, true) == "null");
  BOOST_TEST(message_for(connection_state::connected, false)
             == R"("No Polar token is stored; a sync needs one in X-Polar-Token")");
  BOOST_TEST(message_for(connection_state::needs_reauthorization, true)
             == R"("Polar no longer accepts this user's authorization; )"
                R"(connect the account again")");
  BOOST_TEST(message_for(connection_state::disconnected, false)
             == R"("The Polar account is disconnected; the data that was synced is kept")");
}

BOOST_AUTO_TEST_CASE(the_log_of_syncs) {
  script.logs = {make_running_report(), make_report()};
  const auto answer = get("/api/v1/users/12345/sync/logs");
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.cache_control == "no-store");
  BOOST_TEST(body_of(answer) == "[" + shown_running_report + "," + shown_report + "]");
  BOOST_TEST(script.asked_limit == 20);
  get("/api/v1/users/12345/sync/logs?limit=100");
  BOOST_TEST(script.asked_limit == 100);
  script.logs.clear();
  BOOST_TEST(body_of(get("/api/v1/users/12345/sync/logs?limit=1")) == "[]");
  script.questions = 0;
  for (const auto* limit : {"0", "101", "x", ""}) {
    const auto refused = get("/api/v1/users/12345/sync/logs?limit=" + std::string{limit});
    BOOST_TEST(refused.status == 400, limit);
    BOOST_TEST(body_of(refused).find(R"("key":"limit","source":"query")") != std::string::npos);
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(coverage_day_by_day) {
  using std::chrono::days;
  // 2027-01-15 is 20833 days after 1970-01-01.
  const date today{days{20833}};
  script.coverage.today = today;
  script.coverage.streams = {
      {stream::sleep,
       {{today - days{1}, coverage_state::complete, "", std::nullopt},
        {today, coverage_state::missing, "Not fetched yet", today + days{27}}}},
      {stream::ecg, {{today, coverage_state::error, "No \"consent\"", today}}}};
  const auto answer = get("/api/v1/users/12345/coverage");
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.cache_control == "no-store");
  BOOST_TEST(
      body_of(answer)
      == R"({"user_id":"12345","today":"2027-01-15","streams":[)"
         R"({"stream":"sleep","complete":1,"partial":0,"missing":1,"not_available":0,"error":0,)"
         R"("days":[{"date":"2027-01-15","state":"missing","reason":"Not fetched yet",)"
         R"("fetchable_until":"2027-02-11"},)"
         R"({"date":"2027-01-14","state":"complete","reason":null,"fetchable_until":null}]},)"
         R"({"stream":"ecg","complete":0,"partial":0,"missing":0,"not_available":0,"error":1,)"
         R"("days":[{"date":"2027-01-15","state":"error","reason":"No \"consent\"",)"
         R"("fetchable_until":"2027-01-15"}]}]})");
  BOOST_TEST(script.asked_days == 30);
  get("/api/v1/users/12345/coverage?days=365");
  BOOST_TEST(script.asked_days == 365);
  script.coverage.streams.clear();
  BOOST_TEST(body_of(get("/api/v1/users/12345/coverage"))
             == R"({"user_id":"12345","today":"2027-01-15","streams":[]})");
  for (const auto* number : {"0", "366", "x"})
    BOOST_TEST(get("/api/v1/users/12345/coverage?days=" + std::string{number}).status == 400);
}

BOOST_AUTO_TEST_CASE(events_are_streamed) {
  sync_event started;
  started.number = 6;
  started.what = sync_event::kind::sync_started;
  started.at = morning;
  started.job = job_id{"job-1"};
  auto progressed = started;
  progressed.number = 7;
  progressed.what = sync_event::kind::stream_progressed;
  progressed.of = stream::sleep;
  progressed.records = 28;
  progressed.calls = 1;
  progressed.requests_left = 2;
  auto ended = started;
  ended.number = 8;
  ended.what = sync_event::kind::sync_ended;
  ended.records = 28;
  ended.calls = 3;
  ended.status = sync_status::failed;
  ended.failure = error{errc::polar_unavailable, "Polar did not answer"};
  std::vector<sync_events> answers{{{started, progressed}, 7}, {{ended}, 8}};
  script.next_events = [&, next = std::size_t{0}]() mutable -> result<sync_events> {
    if (next == answers.size())
      return fail(errc::unknown_user);
    return answers[next++];
  };
  const auto answer = get("/api/v1/users/12345/sync/events");
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(!answer.body);
  BOOST_TEST(answer.content_type == "text/event-stream");
  BOOST_TEST(header_of(answer, "X-Accel-Buffering") == "no");
  BOOST_TEST(!script.asked_after.has_value());
  const std::vector<std::string> expected{
      "retry: 3000\n\n"
      "id: 6\nevent: sync_started\n"
      R"(data: {"job_id":"job-1","at":"2027-01-15T08:00:00Z","records":0,"calls":0,)"
      R"("error_type":null,"error_message":null})"
      "\n\n"
      "id: 7\nevent: stream_progressed\n"
      R"(data: {"job_id":"job-1","at":"2027-01-15T08:00:00Z","stream":"sleep",)"
      R"("requests_left":2,"records":28,"calls":1,"error_type":null,"error_message":null})"
      "\n\n",
      "id: 8\nevent: sync_ended\n"
      R"(data: {"job_id":"job-1","at":"2027-01-15T08:00:00Z","records":28,"calls":3,)"
      R"("status":"failed","error_type":"polar_unavailable",)"
      R"("error_message":"Polar did not answer"})"
      "\n\n"};
  BOOST_TEST(parts_of(answer) == expected, boost::test_tools::per_element());
  // The stream goes on where its last answer ended.
  BOOST_TEST(script.asked_after.value() == 8u);
}

BOOST_AUTO_TEST_CASE(a_client_that_comes_back_says_what_it_has_seen) {
  const auto after = [this](std::string_view header) {
    ask("GET", "/api/v1/users/12345/sync/events",
        {{"X-API-Key", user_key}, {"Last-Event-ID", header}});
    return script.asked_after;
  };
  BOOST_TEST((after("41") == 41u));
  BOOST_TEST((after("0") == 0u));
  for (const auto* text : {"", "x", "-1", "4 1", "41x", "99999999999999999999"})
    BOOST_TEST(!after(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(a_stream_ends_when_its_key_is_revoked) {
  const auto events_until_revoked = [this](std::string_view key, const auto& revoke) {
    std::uint64_t number = 0;
    script.next_events = [&, number]() mutable -> result<sync_events> {
      sync_event event;
      event.number = ++number;
      if (number == 3)
        revoke();
      if (number == 5)
        return fail(errc::shutting_down);
      return sync_events{{event}, number};
    };
    const auto answer = ask("GET", "/api/v1/users/12345/sync/events", {{"X-API-Key", key}});
    BOOST_TEST(answer.status == 200);
    return parts_of(answer).size();
  };
  // What happens after the key is gone is not shown: events 1 and 2 are.
  const auto remove_all = [this] {
    keys->store(make_key_table({}));
  };
  BOOST_TEST(events_until_revoked(user_key, remove_all) == 2u);
  const auto restore = [this] {
    keys->store(make_key_table(
        {make_key_record(user_key, "12345"), make_key_record(service_key, std::nullopt)}));
  };
  restore();
  BOOST_TEST(events_until_revoked(service_key, remove_all) == 2u);
  restore();
  const auto deactivate = [this] {
    auto record = make_key_record(user_key, "12345");
    record.is_active = false;
    keys->store(make_key_table({record}));
  };
  BOOST_TEST(events_until_revoked(user_key, deactivate) == 2u);
  restore();
  // A new table with the same key in it revokes nothing, and the master key is in no table.
  BOOST_TEST(events_until_revoked(user_key, restore) == 4u);
  BOOST_TEST(events_until_revoked(master_key, remove_all) == 4u);
}

BOOST_AUTO_TEST_CASE(there_is_no_stream_for_whom_nobody_knows) {
  script.failure = error{errc::unknown_user, {}};
  const auto answer = get("/api/v1/users/12345/sync/events");
  BOOST_TEST(answer.status == 404);
  BOOST_TEST(!answer.stream);
  BOOST_TEST(body_of(answer) == R"({"status_code":404,"detail":"User 12345 not found"})");
}

BOOST_AUTO_TEST_CASE(disconnecting) {
  script.disconnected.id = user_id{"12345"};
  script.disconnected.state = connection_state::disconnected;
  const auto answer =
      ask("POST", "/api/v1/users/12345/disconnect", {{"X-API-Key", user_key}});
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer) == R"({"user_id":"12345","state":"disconnected"})");
  BOOST_TEST(script.asked_user == "12345");
  script.failure = error{errc::sync_in_progress, "job-3"};
  BOOST_TEST(ask("POST", "/api/v1/users/12345/disconnect", {{"X-API-Key", user_key}}).status
             == 409);
  script.failure = error{errc::polar_unavailable, {}};
  BOOST_TEST(ask("POST", "/api/v1/users/12345/disconnect", {{"X-API-Key", user_key}}).status
             == 502);
}

BOOST_AUTO_TEST_CASE(webhooks_are_handed_on_byte_by_byte) {
  const std::string body{"{\"event\":\"PING\"}\r\n \0\xFF", 21};
  const auto answer =
      ask("POST", "/webhooks/polar", {{"polar-webhook-signature", "f00d"}}, body);
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer) == R"({"status":"ok"})");
  BOOST_TEST(script.asked_delivery.body == body);
  BOOST_TEST(script.asked_delivery.signature.value() == "f00d");
  ask("POST", "/webhooks/polar", {}, "{}");
  BOOST_TEST(!script.asked_delivery.signature.has_value());

  script.failure = error{errc::invalid_webhook_signature, "a secret"};
  const auto forged = ask("POST", "/webhooks/polar", {}, "{}");
  BOOST_TEST(forged.status == 401);
  BOOST_TEST(body_of(forged)
             == R"({"status_code":401,"detail":"Missing or wrong webhook signature"})");
  script.failure = error{errc::invalid_argument, "The body is no event"};
  const auto malformed = ask("POST", "/webhooks/polar", {}, "{");
  BOOST_TEST(malformed.status == 400);
  BOOST_TEST(body_of(malformed) == R"({"status_code":400,"detail":"The body is no event"})");
}

BOOST_AUTO_TEST_CASE(refusals) {
  struct expectation {
    error failure;
    std::uint16_t status;
  };
  for (const auto& [failure, status] :
       std::initializer_list<expectation>{{{errc::sync_in_progress, "job-3"}, 409},
                                          {{errc::no_polar_token, ""}, 400},
                                          {{errc::foreign_polar_token, ""}, 403},
                                          {{errc::needs_reauthorization, ""}, 403},
                                          {{errc::shutting_down, ""}, 503},
                                          {{errc::deadline_exceeded, ""}, 504}}) {
    script.failure = failure;
    const auto answer = ask("POST", target, {{"X-API-Key", user_key}});
    BOOST_TEST(answer.status == status, to_string(failure.code));
    BOOST_TEST(answer.rate_limit.has_value());
  }
  script.failure = error{errc::sync_in_progress, "job-3"};
  BOOST_TEST(body_of(ask("POST", target, {{"X-API-Key", user_key}}))
             == R"({"status_code":409,"detail":"A sync is already running for this user",)"
                R"("extra":{"job_id":"job-3"}})");
}

BOOST_AUTO_TEST_SUITE_END()
