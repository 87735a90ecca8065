// Goal: a read costs no query where the answer is at hand, and otherwise one. Method: the server's
// own PostgreSQL writes down every statement by its name before it runs it; what stands there
// between two answers was run for the second. Unlike PostgreSQL's counters, which come late, that
// is exact: the line is in the file before the statement has a result.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/database.hpp"
#include "tests/integration/every_operation.hpp"

#include <boost/test/unit_test.hpp>
#include <pqxx/pqxx>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace polar_flow::testing;

/// What the server does by the clock or once per connection, whoever asks.
const std::set<std::string> not_for_requests{"configure_session", "flush_key_usage", "list_keys",
                                             "ping", "take_pending_news"};

struct query_count_world {
  static inline std::unique_ptr<server_folder> folder;
  static inline std::unique_ptr<server_process> server;

  void setup() {
    folder = std::make_unique<server_folder>();
    auto options = lonely_options(folder->path());
    server = start_with_known_users(folder->path(), options);
    {
      // Against what the server starts PostgreSQL with, and for sessions that begin after this.
      pqxx::connection connection{database{folder->path()}.connection_string()};
      pqxx::nontransaction direct{connection};
      direct.exec("ALTER DATABASE polar_flow SET log_statement = 'all'");
    }
    BOOST_TEST(to_string(server->stop()) == "exit code 0");
    server = nullptr;
    server = std::make_unique<server_process>(options);
    // Whoever asks first pays for loading the user.
    for (const std::string user : {planted_user, steady_user, blank_user})
      BOOST_TEST(server->get(path_of(user, "/status")).status == 200);
  }

  void teardown() {
    server = nullptr;
    folder = nullptr;
  }
};

std::filesystem::path database_log() {
  return query_count_world::folder->path() / "data" / "postgresql.log";
}

/// The statements that were run for requests since the log had so many bytes.
std::vector<std::string> statements_since(std::uintmax_t bytes) {
  static const std::regex executed{R"(LOG:  execute (\w+):)"};
  std::ifstream log{database_log()};
  log.seekg(static_cast<std::streamoff>(bytes));
  std::vector<std::string> names;
  for (std::string line; std::getline(log, line);)
    if (std::smatch found; std::regex_search(line, found, executed)
                           && !not_for_requests.contains(found[1].str()))
      names.push_back(found[1].str());
  return names;
}

struct counted {
  http_answer answer;
  std::vector<std::string> statements;
};

counted ask_and_count(const http_request& request) {
  const auto bytes = std::filesystem::file_size(database_log());
  auto answer = query_count_world::server->ask(request);
  return {std::move(answer), statements_since(bytes)};
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names)
    text += name + ' ';
  return text;
}

void check_count(const http_request& request, int status, int queries) {
  const auto [answer, statements] = ask_and_count(request);
  BOOST_TEST(answer.status == status, request.target << ": " << answer.body);
  BOOST_TEST(std::ssize(statements) == queries,
             request.method << " " << request.target << " ran " << joined(statements));
}

} // namespace

BOOST_AUTO_TEST_SUITE(query_count, *boost::unit_test::fixture<query_count_world>())

BOOST_AUTO_TEST_CASE(reads_make_one_query_or_none) {
  for (const auto& read : known_reads())
    check_count(with_key("GET", path_of(read.user, read.target), master_key), 200, read.queries);
}

// Lists are kept as they were rendered; what they show has not changed.
BOOST_AUTO_TEST_CASE(lists_that_were_shown_before_make_none) {
  for (const auto& read : known_reads())
    check_count(with_key("GET", path_of(read.user, read.target), master_key), 200,
                read.queries_again);
}

// Who has a limit is counted in memory.
BOOST_AUTO_TEST_CASE(counting_makes_none) {
  for (const auto& read : known_reads())
    check_count(with_key("GET", path_of(read.user, read.target), key_of(read.user)), 200,
                read.queries_again);
}

BOOST_AUTO_TEST_CASE(records_that_are_not_there_make_one) {
  for (const std::string resource :
       {"/sleep/2026-03-01", "/activity/2026-03-01", "/activity-samples/2026-03-01",
        "/recharge/2026-03-01/samples", "/heart-rate/2026-03-01/samples", "/exercises/none",
        "/exercises/none/samples", "/exercises/none/route", "/ecg/42",
        "/sleepwise/alertness/1/hourly", "/temperature/body/1/samples"})
    check_count(with_key("GET", path_of(planted_user, resource), master_key), 404, 1);
}

BOOST_AUTO_TEST_CASE(refusals_make_none) {
  const auto list = path_of(planted_user, "/sleep");
  check_count({.target = list}, 401, 0);
  check_count(with_key("GET", list, "pfk_0000000000000000000000000000000000000000"), 401, 0);
  check_count(with_key("GET", list, steady_key), 403, 0);
  check_count(with_key("GET", path_of("bad.id", "/sleep"), master_key), 400, 0);
  check_count(with_key("GET", list + "?days=0", master_key), 400, 0);
  check_count(with_key("GET", path_of(planted_user, "/sleep/2026-02-30"), master_key), 400, 0);
  check_count(with_key("GET", path_of(planted_user, "/patterns/x"), master_key), 400, 0);
  check_count(with_key("DELETE", list, master_key), 405, 0);
  check_count({.target = "/health"}, 200, 0);
}

BOOST_AUTO_TEST_CASE(analytics_are_at_hand) {
  for (const std::string resource : {"/baselines/calculate", "/patterns/detect"})
    check_count(with_key("POST", path_of(planted_user, resource), master_key), 200, 0);
}

BOOST_AUTO_TEST_SUITE_END()
