// Goal: the sync engine as an app and an operator see it: all fourteen streams arrive, news of a
// webhook is stored at once and alone, days are accounted for, and the rows can be made again from
// the archive while the server runs. Method: real processes at one instant of our own clock; the
// simulator posts real webhooks to the server.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/database.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"
#include "tests/support/table_hash.hpp"
#include "tests/support/wait.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

namespace {

using namespace polar_flow::testing;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds patience{60};

/// A Saturday morning after the night that the webhook announces.
constexpr const char* next_morning = "2026-03-21T10:00:00Z";

constexpr const char* stream_tables[] = {
    "sleep",        "nightly_recharge", "activity",         "activity_samples",
    "exercise",     "cardio_load",      "spo2",             "continuous_heart_rate",
    "ecg",          "physical_info",    "body_temperature", "skin_temperature",
    "sleepwise_alertness",              "sleepwise_bedtime"};

constexpr const char* count_nights_of_next_morning =
    "SELECT count(*) FROM polar_flow.sleep WHERE user_id = $1 AND day = '2026-03-21'";
constexpr const char* count_webhook_syncs =
    "SELECT count(*) FROM polar_flow.sync_logs WHERE user_id = $1 AND trigger = 'webhook' "
    "AND status = 'success'";

constexpr const char* count_pending_news =
    "SELECT count(*) FROM polar_flow.pending_news WHERE user_id = $1";

struct engine_world {
  static inline std::unique_ptr<world> shared;
  static inline connected_athlete athlete;

  void setup() {
    // Exercises of three weeks are enough to have details of everything.
    shared = std::make_unique<world>(
        world_options{.athletes = 1, .simulator_arguments = {"--first-day", "2026-02-25"}});
    athlete = connect(shared->server(), athlete_id(0));
    await_first_sync(shared->server(), athlete.user);
  }

  void teardown() {
    shared = nullptr;
  }
};

server_process& server() {
  return engine_world::shared->server();
}

const std::string& user() {
  return engine_world::athlete.user;
}

std::string path_of(const std::string& resource) {
  return "/api/v1/users/" + user() + resource;
}

int status_at_simulator(const http_request& request) {
  const auto answer = ask(engine_world::shared->simulator().port(), request);
  return answer ? answer->status : 0;
}

int announce(const std::string& body) {
  return status_at_simulator({.method = "POST",
                              .target = "/simulator/events",
                              .headers = {{"Content-Type", "application/json"}},
                              .body = body});
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine, *boost::unit_test::fixture<engine_world>())

BOOST_AUTO_TEST_CASE(every_stream_has_rows_after_the_first_sync) {
  database tables{engine_world::shared->folder()};
  for (const std::string table : stream_tables)
    BOOST_TEST(tables.count("SELECT count(*) FROM polar_flow." + table + " WHERE user_id = $1",
                            user())
                   > 0,
               table);
  BOOST_TEST(tables.count("SELECT count(*) FROM polar_flow.exercise WHERE user_id = $1 "
                          "AND (heart_rate_zones IS NULL OR samples IS NULL)",
                          user())
             == 0);
  BOOST_TEST(tables.count("SELECT count(*) FROM polar_flow.stream_coverage WHERE user_id = $1 "
                          "AND failed_from <> '{}'",
                          user())
             == 0);
}

BOOST_AUTO_TEST_CASE(a_second_sync_asks_for_no_details_again) {
  database tables{engine_world::shared->folder()};
  const auto before = hash_tables(tables.connection_string(), user());
  BOOST_TEST(server().trigger_sync(user()).status == 200);
  for (const auto& difference :
       differences(before, hash_tables(tables.connection_string(), user())))
    BOOST_ERROR(difference);
  BOOST_TEST(tables.count("SELECT max(calls) FROM polar_flow.sync_logs, "
                          "jsonb_to_recordset(streams) AS outcome (stream text, calls integer) "
                          "WHERE user_id = $1 AND trigger = 'manual' AND stream = 'exercises'",
                          user())
             == 1);
}

BOOST_AUTO_TEST_CASE(every_day_is_accounted_for) {
  const auto coverage = server().get_json(path_of("/coverage?days=10"));
  BOOST_TEST(coverage.at("today").as_string() == "2026-03-20");
  // Physical information has no days.
  BOOST_TEST(coverage.at("streams").as_array().size() == 13u);
  for (const auto& stream : coverage.at("streams").as_array()) {
    const auto& days = stream.at("days").as_array();
    BOOST_TEST_REQUIRE(days.size() == 10u);
    BOOST_TEST(days.front().at("date").as_string() == "2026-03-20");
    BOOST_TEST(stream.at("error").as_int64() == 0);
    for (const auto& day : days)
      BOOST_TEST(keys_of(day) == "date,state,reason,fetchable_until");
  }
  const auto& sleep = coverage.at("streams").as_array().front();
  BOOST_TEST(sleep.at("stream").as_string() == "sleep");
  BOOST_TEST(sleep.at("complete").as_int64() >= 5);
  BOOST_TEST(server().get("/api/v1/users/4711/coverage").status == 404);
}

BOOST_AUTO_TEST_CASE(the_log_and_the_state_tell_what_happened) {
  BOOST_TEST(server().get_json(path_of("/sync/logs?limit=1")).as_array().size() == 1u);
  // The clock stands still, so all syncs began at once and any of them may be the newest.
  const auto logs = server().get_json(path_of("/sync/logs"));
  std::string jobs;
  for (const auto& log : logs.as_array()) {
    BOOST_TEST(log.at("status").as_string() == "success");
    BOOST_TEST(log.at("streams").as_array().size() == 14u);
    jobs += log.at("job_id").as_string().c_str();
  }
  const auto state = server().get_json(path_of("/sync/status"));
  BOOST_TEST(state.at("state").as_string() == "connected");
  BOOST_TEST(!state.at("is_syncing").as_bool());
  BOOST_TEST(jobs.find(state.at("last_sync").at("job_id").as_string().c_str())
             != std::string::npos);
  BOOST_TEST(state.at("next_loss_at").is_string());
}

BOOST_AUTO_TEST_CASE(events_of_the_newest_sync_can_be_watched) {
  const auto seen = exchange_bytes(server().port(),
                                   "GET " + path_of("/sync/events")
                                       + " HTTP/1.1\r\nHost: x\r\nX-API-Key: "
                                       + engine_world::athlete.api_key + "\r\n\r\n",
                                   milliseconds{1500});
  BOOST_TEST(!seen.was_closed);
  BOOST_TEST(seen.received.find("text/event-stream") != std::string::npos);
  BOOST_TEST(seen.received.find("event: sync_started\n") != std::string::npos);
  BOOST_TEST(seen.received.find("event: sync_ended\n") != std::string::npos);
}

// While it runs a reader sees all rows at any moment.
BOOST_AUTO_TEST_CASE(a_rebuild_beside_the_running_server_makes_the_same_rows) {
  database tables{engine_world::shared->folder()};
  const auto before = hash_tables(tables.connection_string(), user());
  const auto nights = server().get_json(path_of("/sleep?days=20")).as_array().size();
  std::atomic<bool> is_done{false};
  std::atomic<int> looks{0};
  std::atomic<int> short_looks{0};
  std::thread reader{[&] {
    const database own{engine_world::shared->folder()};
    while (!is_done) {
      const auto hashes = hash_tables(own.connection_string(), user());
      ++looks;
      if (!differences(before, hashes).empty())
        ++short_looks;
    }
  }};
  auto environment = engine_world::shared->options().environment;
  const auto ran = run_command({.program = build_dir() / "polar-flow-server",
                                .arguments = {"rebuild", "--user", user(), "--clock-file",
                                              (engine_world::shared->folder() / "clock").string()},
                                .environment = environment},
                               patience);
  is_done = true;
  reader.join();
  BOOST_TEST(to_string(ran.end) == "exit code 0", ran.errors);
  BOOST_TEST(ran.output.find("replies per second") != std::string::npos, ran.output);
  BOOST_TEST_MESSAGE(ran.output);
  BOOST_TEST(looks > 0);
  BOOST_TEST(short_looks == 0);
  for (const auto& difference :
       differences(before, hash_tables(tables.connection_string(), user())))
    BOOST_ERROR(difference);
  BOOST_TEST(server().get_json(path_of("/sleep?days=20")).as_array().size() == nights);
}

BOOST_AUTO_TEST_CASE(news_of_a_webhook_is_stored_within_two_seconds) {
  auto& shared = *engine_world::shared;
  shared.keep_address();
  server().stop();
  shared.set_clock(next_morning);
  shared.restart_server();
  // Registered as soon as the server runs; before that an event has no address.
  const std::string night = R"({"event":"SLEEP","athlete":)" + user()
                            + R"(,"date":"2026-03-21","count":2})";
  BOOST_TEST_REQUIRE(wait_until([&] { return announce(night) == 202; }, patience));
  const auto announced_at = std::chrono::steady_clock::now();
  database tables{shared.folder()};
  BOOST_TEST_REQUIRE(
      wait_until([&] { return tables.count(count_nights_of_next_morning, user()) == 1; },
                 patience));
  const auto passed = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now()
                                                               - announced_at);
  BOOST_TEST_MESSAGE("from event to stored row: " << passed.count() << " ms");
  BOOST_TEST((passed < seconds{2}));
  BOOST_TEST_REQUIRE(
      wait_until([&] { return tables.count(count_webhook_syncs, user()) >= 1; }, patience));
  // Exactly what was announced: no activity of that day.
  BOOST_TEST(tables.count("SELECT count(*) FROM polar_flow.activity WHERE user_id = $1 "
                          "AND day = '2026-03-21'",
                          user())
             == 0);
  // A stranger's event is answered, and a forged one is refused; neither does anything.
  BOOST_TEST(announce(R"({"event":"SLEEP","athlete":4711,"date":"2026-03-21"})") == 202);
  const auto forged = server().ask({.method = "POST",
                                    .target = "/webhooks/polar",
                                    .headers = {{"Content-Type", "application/json"},
                                                {"Polar-Webhook-Signature", std::string(64, '0')}},
                                    .body = R"({"event":"SLEEP","user_id":10000001,)"
                                            R"("date":"2026-03-21","url":"x"})"});
  BOOST_TEST(forged.status == 401);
}

BOOST_AUTO_TEST_CASE(news_survives_the_server_that_heard_it) {
  auto& shared = *engine_world::shared;
  database tables{shared.folder()};
  const auto fetched = tables.count(count_webhook_syncs, user());
  // The news is known, and its night cannot be fetched while the server lives.
  shared.simulator().add_fault(
      R"({"kind":"latency","latency_ms":600000,"path":"/v3/users/sleep/2026-03-19"})");
  const auto told = announce(R"({"event":"SLEEP","athlete":)" + user()
                             + R"(,"date":"2026-03-19","count":2})");
  BOOST_TEST(told == 202);
  BOOST_TEST_REQUIRE(
      wait_until([&] { return tables.count(count_pending_news, user()) == 1; }, patience));
  server().kill();
  shared.simulator().clear_faults();
  shared.restart_server();
  BOOST_TEST(wait_until([&] { return tables.count(count_pending_news, user()) == 0; }, patience));
  BOOST_TEST(tables.count(count_webhook_syncs, user()) > fetched);
}

BOOST_AUTO_TEST_CASE(disconnecting_ends_the_grant_and_keeps_the_data) {
  // What was due on the new morning runs first.
  http_answer gone;
  BOOST_TEST_REQUIRE(wait_until(
      [&] {
        gone = server().ask({.method = "POST",
                             .target = path_of("/disconnect"),
                             .headers = {{"X-API-Key", engine_world::athlete.api_key}}});
        return gone.status != 409;
      },
      patience));
  BOOST_TEST(gone.status == 200, gone.body);
  BOOST_TEST(parse_json(gone.body).at("state").as_string() == "disconnected");
  BOOST_TEST(server().trigger_sync(user()).status == 400);
  BOOST_TEST(!server().get_json(path_of("/sleep?days=20")).as_array().empty());
}

BOOST_AUTO_TEST_SUITE_END()
