// Goal: Polar may be wrong in any way: the stream concerned says so in plain words, the others are
// stored, what was known is still served, and the next sync mends it. Method: the simulator is told
// to misbehave on one stream after the other; time limits are short and the clock is ours. The
// faults that are errors in the same way on every stream are in every_fault_test.cpp.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/database.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"
#include "tests/support/table_hash.hpp"
#include "tests/support/wait.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace polar_flow::testing;

constexpr std::chrono::seconds sync_wait{8};

struct polar_is_wrong_world {
  static inline std::unique_ptr<world> shared;
  static inline std::string user;

  void setup() {
    shared = std::make_unique<world>(world_options{
        .athletes = 1,
        .environment = {{"POLAR_REQUEST_TIMEOUT_SECONDS", "2"},
                        {"POLAR_CONNECT_TIMEOUT_SECONDS", "2"},
                        {"POLAR_ANSWER_BYTES_MAX", "4194304"},
                        {"SYNC_RETRY_DELAY_MILLISECONDS", "10"},
                        {"HTTP_SYNC_WAIT_SECONDS", std::to_string(sync_wait.count())}},
        // The clock stands still, so Polar's windows would never open again. Watches of a month
        // keep every answer far below the time limit, on slow machines too.
        .simulator_arguments = {"--rate-limit-short", "100000", "--rate-limit-long", "100000",
                                "--first-day", "2026-02-20"}});
    user = athlete_id(0);
    connect(shared->server(), user);
    await_first_sync(shared->server(), user);
  }

  void teardown() {
    shared = nullptr;
  }
};

server_process& server() {
  return polar_is_wrong_world::shared->server();
}

simulator_process& simulator() {
  return polar_is_wrong_world::shared->simulator();
}

struct stream_at_polar {
  std::string name;
  /// Where faults strike; other streams may begin with the same text.
  std::string path;
};

const std::vector<stream_at_polar> streams{
    {"sleep", "/v3/users/sleep"},
    {"recharge", "/v3/users/nightly-recharge"},
    {"activity", "/v3/users/activities"},
    {"exercises", "/v3/exercises"},
    {"cardio_load", "/v3/users/cardio-load"}};

boost::json::value run_sync() {
  const auto answer = server().trigger_sync(polar_is_wrong_world::user);
  BOOST_TEST_REQUIRE(answer.status == 200, answer.status << " " << answer.body);
  return parse_json(answer.body);
}

std::string insights() {
  const auto answer = server().get("/api/v1/users/" + polar_is_wrong_world::user + "/insights");
  BOOST_TEST(answer.status == 200);
  return answer.body;
}

table_hashes hashes() {
  const database tables{polar_is_wrong_world::shared->folder()};
  return hash_tables(tables.connection_string(), polar_is_wrong_world::user);
}

void check_unchanged(const table_hashes& before) {
  for (const auto& difference : differences(before, hashes()))
    BOOST_ERROR(difference);
}

} // namespace

BOOST_AUTO_TEST_SUITE(polar_is_wrong, *boost::unit_test::fixture<polar_is_wrong_world>())

BOOST_AUTO_TEST_CASE(an_empty_body_is_an_empty_list) {
  const auto hashes_before = hashes();
  for (const auto& stream : streams) {
    simulator().add_fault(R"({"kind":"empty","path":")" + stream.path + R"("})");
    const auto report = run_sync();
    simulator().clear_faults();
    BOOST_TEST(report.at("status").as_string() == "success");
    BOOST_TEST(report.at("records").at(stream.name).as_int64() == 0);
  }
  check_unchanged(hashes_before);
}

BOOST_AUTO_TEST_CASE(a_passing_failure_is_tried_again) {
  simulator().add_fault(R"({"kind":"status","status":500,"times":2,"path":"/v3/users/sleep"})");
  const auto report = run_sync();
  simulator().clear_faults();
  BOOST_TEST(report.at("status").as_string() == "success");
  BOOST_TEST(report.at("records").at("sleep").as_int64() > 0);
}

BOOST_AUTO_TEST_CASE(nothing_works_at_all) {
  const auto before = insights();
  simulator().add_fault(R"({"kind":"status","status":500,"path":"/v3"})");
  const auto report = run_sync();
  BOOST_TEST(report.at("status").as_string() == "failed");
  BOOST_TEST(keys_of(report.at("errors"))
             == "sleep,recharge,activity,activity_samples,exercises,cardio_load,"
                "sleepwise_alertness,sleepwise_bedtime,spo2,ecg,body_temperature,"
                "skin_temperature,physical_info,continuous_hr");
  BOOST_TEST(report.at("total_records").as_int64() == 0);
  BOOST_TEST(insights() == before);
  simulator().clear_faults();
  BOOST_TEST(run_sync().at("status").as_string() == "success");
}

BOOST_AUTO_TEST_CASE(no_data_is_no_error) {
  for (const char* status : {"204", "404"}) {
    simulator().add_fault(std::string{R"({"kind":"status","status":)"} + status
                          + R"(,"path":"/v3/exercises"})");
    const auto report = run_sync();
    simulator().clear_faults();
    BOOST_TEST(report.at("status").as_string() == "success");
    BOOST_TEST(report.at("records").at("exercises").as_int64() == 0);
  }
}

BOOST_AUTO_TEST_CASE(a_used_up_limit_waits_for_the_next_window) {
  const auto before = insights();
  simulator().add_fault(R"({"kind":"status","status":429,"times":1,"path":"/v3/users/sleep"})");
  // Asked directly: the sync cannot end before the clock moves on.
  const auto asked_at = std::chrono::steady_clock::now();
  const auto waiting = server().ask(
      {.method = "POST",
       .target = "/api/v1/users/" + polar_is_wrong_world::user + "/sync/trigger",
       .headers = {{"X-API-Key", master_key}}});
  BOOST_TEST_REQUIRE(waiting.status == 202, waiting.body);
  // At once, not when the patience of a trigger (http.sync-wait-seconds) ends.
  BOOST_TEST((std::chrono::steady_clock::now() - asked_at < sync_wait));
  const auto progress = parse_json(waiting.body);
  BOOST_TEST(kinds_of(progress) == "status:string,job_id:string");
  BOOST_TEST(progress.at("status").as_string() == "running");
  BOOST_TEST(insights() == before);
  const std::string job{progress.at("job_id").as_string().c_str()};
  const auto second = server().ask(
      {.method = "POST",
       .target = "/api/v1/users/" + polar_is_wrong_world::user + "/sync/trigger",
       .headers = {{"X-API-Key", master_key}}});
  BOOST_TEST(second.status == 409);
  BOOST_TEST(second.body
             == R"({"status_code":409,"detail":"A sync is already running for this user",)"
                R"("extra":{"job_id":")"
                    + job + R"("}})");

  // Polar's short window has 15 minutes.
  polar_is_wrong_world::shared->set_clock("2026-03-20T10:16:00Z");
  database tables{polar_is_wrong_world::shared->folder()};
  const auto status = [&] {
    return tables.column("SELECT status FROM polar_flow.sync_logs WHERE user_id = $1 "
                         "AND job_id = '"
                             + job + "'",
                         polar_is_wrong_world::user);
  };
  BOOST_TEST(wait_until([&] { return status() == std::vector<std::string>{"success"}; },
                        std::chrono::seconds{60}),
             status().front());
}

BOOST_AUTO_TEST_CASE(a_revoked_token_asks_for_a_new_connection) {
  const auto before = server().get_json("/api/v1/users/" + polar_is_wrong_world::user + "/sleep");
  simulator().add_fault(R"({"kind":"status","status":401,"path":"/v3"})");
  const auto report = run_sync();
  simulator().clear_faults();
  BOOST_TEST(report.at("status").as_string() == "failed");
  for (const auto& member : report.at("errors").as_object())
    BOOST_TEST(member.value().as_string().starts_with("401 Unauthorized on "));
  const auto refused = server().trigger_sync(polar_is_wrong_world::user);
  BOOST_TEST(refused.status == 403);
  BOOST_TEST(refused.body
             == R"({"status_code":403,"detail":"Polar no longer accepts this user's )"
                R"(authorization; connect the account again"})");
  BOOST_TEST(server().get_json("/api/v1/users/" + polar_is_wrong_world::user + "/sleep") == before);
  connect(server(), polar_is_wrong_world::user);
  BOOST_TEST(run_sync().at("status").as_string() == "success");
}

BOOST_AUTO_TEST_SUITE_END()
