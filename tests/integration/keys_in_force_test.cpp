// Goal: a revoked key is refused within a second, whoever revoked it; what a key has used is not
// forgotten by a restart, and a crash forgets a second of it at most; and counting never slows a
// read. Method: the real server, stopped and killed; the time is that of the machine, the clock of
// the server stands still. That counting slows nothing is shown without a stopwatch: the table of
// the counters is locked, so that storing them takes for ever, and reads are answered all the same.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/database.hpp"
#include "tests/integration/every_operation.hpp"
#include "tests/support/wait.hpp"

#include <boost/test/unit_test.hpp>
#include <pqxx/pqxx>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace polar_flow::testing;
using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

/// What is promised, and what a busy machine with sanitizers may add to it.
constexpr milliseconds promised{1000};
constexpr milliseconds allowance{500};

struct keys_in_force_world {
  static inline std::unique_ptr<server_folder> folder;
  static inline server_options options;
  static inline std::unique_ptr<server_process> server;

  void setup() {
    folder = std::make_unique<server_folder>();
    options = lonely_options(folder->path());
    server = start_with_known_users(folder->path(), options);
  }

  void teardown() {
    server = nullptr;
    folder = nullptr;
  }
};

server_process& server() {
  return *keys_in_force_world::server;
}

void start_again() {
  keys_in_force_world::server = nullptr;
  keys_in_force_world::server = std::make_unique<server_process>(keys_in_force_world::options);
}

command_result run_keys(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "keys");
  return run_command({.program = build_dir() / "polar-flow-server",
                      .arguments = std::move(arguments),
                      .environment = keys_in_force_world::options.environment},
                     seconds{60});
}

int status_with(const std::string& key) {
  return server().get(path_of(blank_user, "/insights"), key).status;
}

/// A key of the blank user, made by another process and known to the server.
std::string make_key() {
  const auto made = run_keys({"create", "--user", blank_user});
  const auto place = made.output.find("pfk_");
  BOOST_TEST_REQUIRE(place != std::string::npos, made.output << made.errors);
  auto key = made.output.substr(place, std::string{planted_key}.size());
  BOOST_TEST_REQUIRE(wait_until([&] { return status_with(key) == 200; }, seconds{10}));
  return key;
}

/// How long after `begin` the key was refused for the first time.
milliseconds time_until_refused(const std::string& key, steady_clock::time_point begin) {
  BOOST_TEST_REQUIRE(
      wait_until([&] { return status_with(key) == 401; }, seconds{60}, milliseconds{5}));
  return duration_cast<milliseconds>(steady_clock::now() - begin);
}

void check_promise(milliseconds taken) {
  BOOST_TEST_MESSAGE("refused after " << taken.count() << " ms");
  BOOST_TEST(taken.count() <= (promised + allowance).count());
}

/// What an answer says of a key's window.
struct window {
  int remaining = 0;
  std::string reset;
};

window read_with(const std::string& key) {
  const auto answer = server().get(path_of(planted_user, "/insights"), key);
  BOOST_TEST_REQUIRE(answer.status == 200, answer.body);
  return {std::stoi(answer.header("x-ratelimit-remaining").value_or("-1")),
          answer.header("x-ratelimit-reset").value_or("")};
}

constexpr const char* stored_remaining =
    "SELECT rate_limit_remaining FROM polar_flow.api_keys WHERE user_id = $1";

} // namespace

BOOST_AUTO_TEST_SUITE(keys_in_force, *boost::unit_test::fixture<keys_in_force_world>())

BOOST_AUTO_TEST_CASE(a_key_revoked_through_the_api_is_refused) {
  for (const bool is_own : {true, false}) {
    const auto key = make_key();
    const auto begin = steady_clock::now();
    // The newest key is meant where the asker has none of the user's.
    const auto revoked = server().ask(with_key(
        "POST", path_of(blank_user, "/api-key/revoke"), is_own ? key.c_str() : master_key));
    BOOST_TEST(revoked.status == 200, revoked.body);
    // The answer itself says that it is done: not a single request is let through after it.
    BOOST_TEST(status_with(key) == 401);
    check_promise(time_until_refused(key, begin));
  }
}

BOOST_AUTO_TEST_CASE(a_key_revoked_by_another_process_is_refused) {
  // Three, because the server looks once a second and each meets another part of that second.
  for (int i = 0; i < 3; ++i) {
    const auto key = make_key();
    const auto revoked = run_keys({"revoke", key.substr(0, 12)});
    const auto begin = steady_clock::now();
    BOOST_TEST(to_string(revoked.end) == "exit code 0", revoked.errors);
    check_promise(time_until_refused(key, begin));
  }
}

// Nothing of this is in the way of a reader: not the query that stores the counters, nor the one
// that looks for new keys. Both wait for this lock.
BOOST_AUTO_TEST_CASE(counting_does_not_wait_for_the_database) {
  // So that its first flush is done, and a read must not wait for what is under way.
  const auto before = read_with(planted_key);
  database tables{keys_in_force_world::folder->path()};
  pqxx::connection connection{tables.connection_string()};
  constexpr int reads = 50;
  {
    pqxx::work lock{connection};
    lock.exec("LOCK TABLE polar_flow.api_keys IN ACCESS EXCLUSIVE MODE");
    const auto is_waiting = [&] {
      return tables.count("SELECT count(*) FROM pg_locks JOIN pg_class ON pg_class.oid = relation "
                          "WHERE relname = 'api_keys' AND NOT granted AND $1 <> ''",
                          planted_user)
             > 0;
    };
    BOOST_TEST_REQUIRE(wait_until(is_waiting, seconds{30}));
    for (int i = 1; i <= reads; ++i) {
      BOOST_TEST(read_with(planted_key).remaining == before.remaining - i);
      BOOST_TEST(server().get(path_of(planted_user, "/status"), steady_key).status == 403);
      // One that needs the database is answered, too.
      BOOST_TEST(server().get(path_of(planted_user, "/activity/2026-03-19"), master_key).status
                 == 200);
    }
    BOOST_TEST(is_waiting());
  }
  // Nothing that was counted meanwhile is lost.
  BOOST_TEST(wait_until(
      [&] { return tables.count(stored_remaining, planted_user) == before.remaining - reads; },
      seconds{30}));
}

BOOST_AUTO_TEST_CASE(counters_survive_a_restart) {
  window last;
  for (int i = 0; i < 20; ++i)
    last = read_with(planted_key);
  BOOST_TEST(to_string(server().stop()) == "exit code 0");
  start_again();
  const auto next = read_with(planted_key);
  BOOST_TEST(next.remaining == last.remaining - 1);
  BOOST_TEST(next.reset == last.reset);
}

BOOST_AUTO_TEST_CASE(a_crash_forgets_a_second_at_most) {
  struct counted {
    steady_clock::time_point at;
    int remaining;
  };
  std::vector<counted> requests;
  const auto begin = steady_clock::now();
  while (steady_clock::now() < begin + seconds{3})
    requests.push_back({steady_clock::now(), read_with(planted_key).remaining});
  server().kill();
  const auto killed = steady_clock::now();
  start_again();
  const auto known = read_with(planted_key).remaining + 1;
  BOOST_TEST(known >= requests.back().remaining);
  // Nor was more than that counted.
  BOOST_TEST(known < requests.front().remaining);
  int forgotten = 0;
  for (const auto& request : requests) {
    if (request.remaining >= known)
      continue;
    ++forgotten;
    const auto age = duration_cast<milliseconds>(killed - request.at);
    BOOST_TEST(age.count() <= (promised + allowance).count());
  }
  BOOST_TEST_MESSAGE("forgot " << forgotten << " of " << requests.size() << " requests");
}

BOOST_AUTO_TEST_SUITE_END()
