// Goal: the server can be stopped, killed and started twice without harm: SIGTERM drains or breaks
// a start off, a second signal ends at once, a first start that was killed is repaired by the next
// one, and two servers never share a data directory.
// Method: real processes; kill moments are seeded and spread over the time that a first start took
// here.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/database.hpp"
#include "tests/integration/seed.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"
#include "tests/support/wait.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <map>
#include <signal.h>
#include <string>
#include <vector>

namespace {

using namespace polar_flow::testing;
using std::chrono::milliseconds;
using std::chrono::seconds;
using steady = std::chrono::steady_clock;

constexpr int first_start_kills = 6;

/// Polar takes its time, so that a sync is still running when the signal comes.
constexpr const char* slow_polar = R"({"kind":"latency","latency_ms":150,"path":"/v3"})";

/// Polar takes longer than any test.
constexpr const char* stuck_polar =
    R"({"kind":"latency","latency_ms":600000,"path":"/v3/users/sleep"})";

/// For tests in which the time for the drain must not be what ends it.
const std::map<std::string, std::string> patient{{"SERVER_SHUTDOWN_SECONDS", "600"}};

constexpr const char* count_replies =
    "SELECT count(*) FROM polar_flow.raw_replies WHERE user_id = $1";
constexpr const char* count_open =
    "SELECT count(*) FROM polar_flow.sync_logs WHERE user_id = $1 AND status = 'started'";
constexpr const char* count_done =
    "SELECT count(*) FROM polar_flow.sync_logs WHERE user_id = $1 AND status = 'success'";
constexpr const char* count_failed =
    "SELECT count(*) FROM polar_flow.sync_logs WHERE user_id = $1 AND status = 'failed'";
constexpr const char* all_columns =
    "SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns "
    "WHERE table_schema = 'polar_flow' AND $1 = '' ORDER BY 1";

std::vector<std::string> schema_below(const std::filesystem::path& folder) {
  return database{folder}.column(all_columns, "");
}

} // namespace

BOOST_AUTO_TEST_SUITE(stopping)

BOOST_AUTO_TEST_CASE(a_killed_first_start_is_repaired_by_the_next) {
  auto generator = seeded_generator();
  std::vector<std::string> whole_schema;
  milliseconds first_start{};
  {
    server_folder folder;
    const auto begin = steady::now();
    const server_process server{lonely_options(folder.path())};
    first_start = std::chrono::duration_cast<milliseconds>(steady::now() - begin);
    whole_schema = schema_below(folder.path());
  }
  BOOST_TEST_REQUIRE(whole_schema.size() > 100u);
  BOOST_TEST_MESSAGE("a first start takes " << first_start.count() << " ms here");
  for (int kill = 0; kill < first_start_kills; ++kill) {
    const milliseconds delay{draw(generator, 0, first_start.count())};
    BOOST_TEST_CONTEXT("killed after " << delay.count() << " ms") {
      server_folder folder;
      const auto options = lonely_options(folder.path());
      {
        server_process server{options, server_process::readiness::not_awaited};
        BOOST_TEST(!server.wait_for_end(delay).has_value());
        server.kill();
      }
      server_process server{options};
      BOOST_TEST(schema_below(folder.path()) == whole_schema, boost::test_tools::per_element());
      BOOST_TEST(server.get("/api/v1/users/1/insights").status == 404);
      BOOST_TEST(to_string(server.stop()) == "exit code 0");
    }
  }
}

BOOST_AUTO_TEST_CASE(sigterm_in_the_middle_of_a_sync_drains) {
  world here{{.athletes = 1, .environment = patient}};
  const auto user = athlete_id(0);
  here.simulator().add_fault(slow_polar);
  authorize(here.server(), user);
  pid_t postmaster = -1;
  {
    database tables{here.folder()};
    BOOST_TEST_REQUIRE(
        wait_until([&] { return tables.count(count_replies, user) > 0; }, seconds{60}));
    BOOST_TEST(tables.count(count_open, user) == 1);
    postmaster = find_embedded_database(here.folder())->postmaster;
  }
  BOOST_TEST(to_string(here.server().stop()) == "exit code 0");
  BOOST_TEST(!is_alive(postmaster));

  here.simulator().clear_faults();
  here.restart_server();
  database tables{here.folder()};
  // The end waited for the sync: nothing was cut off, and nothing had to be made up for.
  BOOST_TEST(tables.count(count_failed, user) == 0);
  BOOST_TEST(tables.count(count_open, user) == 0);
  BOOST_TEST(tables.count(count_done, user) == 1);
  BOOST_TEST(here.server().get_json("/api/v1/users/" + user + "/sleep").as_array().size() > 0u);
}

BOOST_AUTO_TEST_CASE(sigterm_breaks_a_start_off) {
  server_folder folder;
  const auto options = lonely_options(folder.path());
  {
    server_process server{options, server_process::readiness::not_awaited};
    const auto has_logged = [&](const char* event) {
      return server.log().find(event) != std::string::npos;
    };
    // From this line on signals are heard; initdb has yet to begin.
    BOOST_TEST_REQUIRE(wait_until([&] { return has_logged("\"starting\""); }, seconds{60},
                                  std::chrono::microseconds{0}));
    server.send_signal(SIGTERM);
    const auto end = server.wait_for_end(seconds{60});
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST(to_string(*end) == "exit code 0");
    BOOST_TEST(!has_logged("\"listening\""), server.log());
    BOOST_TEST(!has_logged("cannot start"), server.log());
    BOOST_TEST(!find_embedded_database(folder.path()).has_value());
  }
  server_process next{options};
  BOOST_TEST(next.ask({.target = "/ready"}).status == 200);
}

BOOST_AUTO_TEST_CASE(a_second_signal_ends_at_once) {
  world here{{.athletes = 1, .environment = patient}};
  const auto user = athlete_id(0);
  here.simulator().add_fault(stuck_polar);
  authorize(here.server(), user);
  {
    database tables{here.folder()};
    BOOST_TEST_REQUIRE(
        wait_until([&] { return tables.count(count_open, user) == 1; }, seconds{60}));
  }
  const auto postmaster = find_embedded_database(here.folder())->postmaster;
  auto& server = here.server();
  server.send_signal(SIGTERM);
  BOOST_TEST_REQUIRE(wait_until(
      [&] { return server.log().find("\"stopping\"") != std::string::npos; }, seconds{60}));
  BOOST_TEST(server.is_running());
  server.send_signal(SIGINT);
  // Far less than the time that the drain may take.
  const auto end = server.wait_for_end(seconds{60});
  BOOST_TEST_REQUIRE(end.has_value());
  BOOST_TEST(to_string(*end) == "exit code 1");
  BOOST_TEST(!is_alive(postmaster));

  here.simulator().clear_faults();
  here.restart_server();
  database tables{here.folder()};
  BOOST_TEST(wait_until([&] { return tables.count(count_done, user) > 0; }, seconds{60}));
}

BOOST_AUTO_TEST_CASE(who_waits_for_an_answer_gets_one_while_the_server_stops) {
  world here{{.athletes = 1}};
  const auto user = athlete_id(0);
  connect(here.server(), user);
  await_first_sync(here.server(), user);
  here.simulator().add_fault(slow_polar);
  const auto port = here.server().port();
  auto waiting = std::async(std::launch::async, [&] {
    return ask(port, {.method = "POST",
                      .target = "/api/v1/users/" + user + "/sync/trigger",
                      .headers = {{"X-API-Key", master_key}}});
  });
  {
    database tables{here.folder()};
    BOOST_TEST(wait_until([&] { return tables.count(count_open, user) == 1; }, seconds{60}));
  }
  here.server().send_signal(SIGTERM);
  const auto answer = waiting.get();
  BOOST_TEST_REQUIRE(answer.has_value());
  // Finished in time, still going on, or given up with a word: all are answers.
  BOOST_TEST((answer->status == 200 || answer->status == 202 || answer->status == 503),
             answer->status << " " << answer->body);
  parse_json(answer->body);
  const auto end = here.server().wait_for_end(seconds{60});
  BOOST_TEST_REQUIRE(end.has_value());
  BOOST_TEST(to_string(*end) == "exit code 0");
}

BOOST_AUTO_TEST_CASE(a_data_directory_has_one_server) {
  server_folder folder;
  const auto options = lonely_options(folder.path());
  server_process first{options};
  const auto second = run_command({.program = build_dir() / "polar-flow-server",
                                   .arguments = {"serve", "--port", "0"},
                                   .environment = options.environment},
                                  seconds{60});
  BOOST_TEST(to_string(second.end) == "exit code 1");
  BOOST_TEST(second.errors.find("another polar-flow-server") != std::string::npos, second.errors);
  BOOST_TEST(second.errors.find((folder.path() / "data").string()) != std::string::npos,
             second.errors);
  BOOST_TEST(first.ask({.target = "/ready"}).status == 200);
}

// The first server's own PostgreSQL stands in for one that several servers can reach.
BOOST_AUTO_TEST_CASE(a_database_has_one_server_at_a_time) {
  server_folder host;
  const server_process robbed{lonely_options(host.path())};
  const auto database = find_embedded_database(host.path());
  BOOST_TEST_REQUIRE(database.has_value());
  const auto options_in = [&](const server_folder& folder) {
    auto options = lonely_options(folder.path());
    options.environment["DATABASE_URL"] = database->connection_string;
    return options;
  };
  server_folder first_folder;
  server_folder second_folder;
  server_process first{options_in(first_folder)};
  const auto lost = robbed.ask({.target = "/ready"});
  BOOST_TEST(lost.status == 503);
  BOOST_TEST(lost.body.find(R"("shards":false)") != std::string::npos, lost.body);

  server_process second{options_in(second_folder), server_process::readiness::not_awaited};
  BOOST_TEST(wait_until(
      [&] { return second.log().find("waiting for another server") != std::string::npos; },
      seconds{30}));
  BOOST_TEST(first.ask({.target = "/ready"}).status == 200);
  BOOST_TEST(to_string(first.stop()) == "exit code 0");
  second.await_ready();
  BOOST_TEST(to_string(second.stop()) == "exit code 0");
}

BOOST_AUTO_TEST_CASE(a_server_that_was_killed_leaves_a_postgresql_that_the_next_one_takes) {
  server_folder folder;
  const auto options = lonely_options(folder.path());
  {
    server_process killed{options};
    killed.kill();
  }
  BOOST_TEST(find_embedded_database(folder.path()).has_value());
  server_process next{options};
  BOOST_TEST(next.ask({.target = "/ready"}).status == 200);
  const auto postmaster = find_embedded_database(folder.path());
  BOOST_TEST_REQUIRE(postmaster.has_value());
  BOOST_TEST(to_string(next.stop()) == "exit code 0");
  BOOST_TEST(!is_alive(postmaster->postmaster));
}

BOOST_AUTO_TEST_SUITE_END()
