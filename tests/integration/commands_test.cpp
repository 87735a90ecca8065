// Goal: the executable behaves in a shell: it explains itself, refuses a broken configuration as a
// whole, keeps secrets to itself, and manages keys with and without a running server. Method: the
// real program, its output, its errors and its exit code.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/world.hpp"
#include "tests/support/wait.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

namespace {

using namespace polar_flow::testing;
using std::chrono::seconds;

constexpr seconds command_time_limit{120};

command_result run_server(const std::vector<std::string>& arguments,
                          const std::map<std::string, std::string>& environment = {},
                          const std::filesystem::path& working_dir = {}) {
  return run_command({.program = build_dir() / "polar-flow-server",
                      .arguments = arguments,
                      .environment = environment,
                      .working_dir = working_dir},
                     command_time_limit);
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string key_in(const std::string& text) {
  static const std::regex key{"pfk_[0-9a-f]{40}"};
  std::smatch match;
  return std::regex_search(text, match, key) ? match.str() : std::string{};
}

/// The prefix that identifies a key in lists.
std::string prefix_of(const std::string& key) {
  return key.substr(0, 12);
}

int status_with(const server_process& server, const std::string& key) {
  return server.get("/api/v1/users/10000001/baselines", key).status;
}

/// Keys made by other processes are seen within a second; the rest is for slow machines.
bool becomes(const server_process& server, const std::string& key, int status) {
  return wait_until([&] { return status_with(server, key) == status; }, seconds{10});
}

} // namespace

BOOST_AUTO_TEST_SUITE(commands)

BOOST_AUTO_TEST_CASE(help_names_commands_and_options) {
  const auto help = run_server({"--help"});
  BOOST_TEST(to_string(help.end) == "exit code 0");
  for (const std::string word : {"serve", "version", "keys", "--check-config", "--print-config",
                                 "--port", "--data-dir", "DATABASE_URL", "API_KEY"})
    BOOST_TEST(holds(help.output, word), word);
  BOOST_TEST(help.errors == "");
}

BOOST_AUTO_TEST_CASE(the_version_is_told_in_two_ways) {
  const auto flag = run_server({"--version"});
  BOOST_TEST(to_string(flag.end) == "exit code 0");
  BOOST_TEST(
      std::regex_match(flag.output, std::regex{"polar-flow-server \\d+\\.\\d+\\.\\d+\\S*\n"}),
      flag.output);
  BOOST_TEST(run_server({"version"}).output == flag.output);
}

BOOST_AUTO_TEST_CASE(a_broken_configuration_is_refused_as_a_whole) {
  const temporary_folder folder;
  std::ofstream{folder.path() / "polar-flow-server.toml"} << "[server]\n"
                                                             "port = \"eighty\"\n"
                                                             "colour = \"green\"\n"
                                                             "[sync]\n"
                                                             "interval-minutes = 0\n"
                                                             "[nowhere]\n"
                                                             "x = 1\n";
  for (const std::string argument : {"--check-config", "serve"}) {
    const auto checked =
        run_server({argument}, {{"SYNC_MAX_USERS_PER_RUN", "many"}}, folder.path());
    BOOST_TEST(to_string(checked.end) == "exit code 2");
    for (const std::string part :
         {"polar-flow-server.toml:2", "polar-flow-server.toml:3", "polar-flow-server.toml:5",
          "polar-flow-server.toml:6", "SYNC_MAX_USERS_PER_RUN", "colour", "interval-minutes"})
      BOOST_TEST(holds(checked.errors, part), part << " is not in\n" << checked.errors);
  }
}

BOOST_AUTO_TEST_CASE(unknown_options_are_refused) {
  const auto wrong = run_server({"serve", "--prot", "80"});
  BOOST_TEST(to_string(wrong.end) == "exit code 2");
  BOOST_TEST(holds(wrong.errors, "--prot"));
  BOOST_TEST(holds(wrong.errors, "--port"), "no suggestion in " << wrong.errors);
}

BOOST_AUTO_TEST_CASE(a_sound_configuration_is_accepted) {
  const auto checked = run_server({"--check-config"});
  BOOST_TEST(to_string(checked.end) == "exit code 0");
  BOOST_TEST(checked.errors == "");
}

BOOST_AUTO_TEST_CASE(the_printed_configuration_keeps_secrets) {
  const std::map<std::string, std::string> environment{
      {"API_KEY", "a-master-key-nobody-may-see"},
      {"POLAR_CLIENT_SECRET", "a-client-secret-nobody-may-see"},
      {"POLAR_CLIENT_ID", "the-client-id"},
      {"DATABASE_URL", "postgresql://someone:a-password-nobody-may-see@db.example/polar"},
      {"ENCRYPTION_KEY", "bm9ib2R5LW1heS1zZWUtdGhpcy1rZXktb2YtMzJieXQ="}};
  const auto printed = run_server({"--print-config"}, environment);
  BOOST_TEST(to_string(printed.end) == "exit code 0");
  BOOST_TEST(!holds(printed.output, "nobody-may-see"), printed.output);
  BOOST_TEST(!holds(printed.output, "bm9ib2R5"));
  BOOST_TEST(!holds(printed.errors, "nobody-may-see"));
  BOOST_TEST(holds(printed.output, "the-client-id"));
  BOOST_TEST(holds(printed.output, "db.example"));
  const auto by_parameter = run_server(
      {"--print-config"},
      {{"DATABASE_URL", "postgresql://db.example/polar?user=a&pass%77ord=nobody-may-see"}});
  BOOST_TEST(holds(by_parameter.output, "db.example"));
  BOOST_TEST(!holds(by_parameter.output, "nobody-may-see"), by_parameter.output);
  // What is printed is a configuration file.
  const temporary_folder folder;
  std::ofstream{folder.path() / "polar-flow-server.toml"} << run_server({"--print-config"}).output;
  const auto checked = run_server({"--check-config"}, {}, folder.path());
  BOOST_TEST(to_string(checked.end) == "exit code 0", checked.errors);
}

BOOST_AUTO_TEST_CASE(keys_are_managed_while_the_server_runs) {
  world here{{.athletes = 2}};
  connect(here.server(), athlete_id(0));
  connect(here.server(), athlete_id(1));
  const auto& environment = here.options().environment;

  const auto made =
      run_server({"keys", "create", "--user", athlete_id(0), "--rate-limit", "3"}, environment);
  BOOST_TEST(to_string(made.end) == "exit code 0", made.errors);
  const auto key = key_in(made.output);
  BOOST_TEST_REQUIRE(key != "", made.output);
  BOOST_TEST(becomes(here.server(), key, 200));
  BOOST_TEST(here.server().get("/api/v1/users/10000002/baselines", key).status == 403);
  BOOST_TEST(status_with(here.server(), key) == 200);
  const auto refused = here.server().get("/api/v1/users/10000001/baselines", key);
  BOOST_TEST(refused.status == 429);
  BOOST_TEST(refused.header("retry-after").has_value());
  BOOST_TEST(refused.header("x-ratelimit-remaining").value_or("") == "0");
  BOOST_TEST(std::regex_match(
                 refused.body,
                 std::regex{R"(\{"status_code":429,"detail":"Rate limit exceeded\. Retry after )"
                            R"(\d+ seconds\.","extra":\{"Retry-After":"\d+"\}\})"}),
             refused.body);

  const auto service = run_server({"keys", "create", "--service", "dashboard"}, environment);
  const auto service_key = key_in(service.output);
  BOOST_TEST_REQUIRE(service_key != "", service.output);
  BOOST_TEST(becomes(here.server(), service_key, 200));
  BOOST_TEST(here.server().get("/api/v1/users/10000002/baselines", service_key).status == 200);

  const auto listed = run_server({"keys", "list"}, environment);
  BOOST_TEST(to_string(listed.end) == "exit code 0", listed.errors);
  for (const auto& part :
       {prefix_of(key), prefix_of(service_key), std::string{"dashboard"}, athlete_id(0)})
    BOOST_TEST(holds(listed.output, part), part << " is not in\n" << listed.output);
  BOOST_TEST(!holds(listed.output, key));

  const auto revoked = run_server({"keys", "revoke", prefix_of(service_key)}, environment);
  BOOST_TEST(to_string(revoked.end) == "exit code 0", revoked.errors);
  BOOST_TEST(becomes(here.server(), service_key, 401));
  BOOST_TEST(here.server().get("/api/v1/users/10000001/baselines", service_key).body
             == R"({"status_code":401,"detail":"Invalid API key"})");

  // All of an owner, and nobody else's.
  const auto second =
      key_in(run_server({"keys", "create", "--user", athlete_id(0)}, environment).output);
  const auto other =
      key_in(run_server({"keys", "create", "--service", "dashboard"}, environment).output);
  BOOST_TEST(becomes(here.server(), second, 200));
  BOOST_TEST(becomes(here.server(), other, 200));
  const auto all = run_server({"keys", "revoke", "--user", athlete_id(0)}, environment);
  BOOST_TEST(to_string(all.end) == "exit code 0", all.errors);
  for (const auto& part : {prefix_of(key), prefix_of(second)})
    BOOST_TEST(holds(all.output, "Revoked key " + part), part << " is not in\n" << all.output);
  BOOST_TEST(!holds(all.output, prefix_of(other)), all.output);
  BOOST_TEST(becomes(here.server(), second, 401));
  BOOST_TEST(status_with(here.server(), key) == 401);
  BOOST_TEST(status_with(here.server(), other) == 200);
  const auto none_left = run_server({"keys", "revoke", "--user", athlete_id(0)}, environment);
  BOOST_TEST(to_string(none_left.end) == "exit code 1");
  BOOST_TEST(holds(none_left.errors, "user " + athlete_id(0) + " has no active key"));
  const auto of_service = run_server({"keys", "revoke", "--service", "dashboard"}, environment);
  BOOST_TEST(to_string(of_service.end) == "exit code 0", of_service.errors);
  BOOST_TEST(becomes(here.server(), other, 401));
}

BOOST_AUTO_TEST_CASE(keys_are_managed_without_a_server) {
  server_folder folder;
  const auto options = lonely_options(folder.path());
  const auto made = run_server({"keys", "create", "--service", "batch"}, options.environment);
  BOOST_TEST(to_string(made.end) == "exit code 0", made.errors);
  const auto key = key_in(made.output);
  BOOST_TEST_REQUIRE(key != "", made.output);
  BOOST_TEST(holds(made.errors, "a running server accepts it within a second"), made.errors);
  // The command stops what it started.
  BOOST_TEST(!find_embedded_database(folder.path()).has_value());
  {
    const server_process server{options};
    BOOST_TEST(status_with(server, key) == 404);
  }
  const auto unknown = run_server({"keys", "revoke", "pfk_00000000"}, options.environment);
  BOOST_TEST(to_string(unknown.end) == "exit code 1");
  BOOST_TEST(holds(unknown.errors,
                   "no active key has this id or prefix, or is this key: pfk_00000000"));
  // With the whole key, as it was found where it should not be.
  const auto revoked = run_server({"keys", "revoke", key}, options.environment);
  BOOST_TEST(to_string(revoked.end) == "exit code 0", revoked.errors);
  const server_process server{options};
  BOOST_TEST(status_with(server, key) == 401);
}

BOOST_AUTO_TEST_CASE(mistakes_with_keys_are_said) {
  server_folder folder;
  const auto environment = lonely_options(folder.path()).environment;
  BOOST_TEST(to_string(run_server({"keys"}, environment).end) == "exit code 2");
  BOOST_TEST(to_string(run_server({"keys", "create"}, environment).end) == "exit code 2");
  BOOST_TEST(to_string(run_server({"keys", "create", "--user", "a b"}, environment).end)
             == "exit code 2");
  BOOST_TEST(
      to_string(run_server({"keys", "create", "--user", "1", "--rate-limit", "0"}, environment).end)
      == "exit code 2");
  BOOST_TEST(to_string(run_server({"keys", "create", "--service", "a\tb"}, environment).end)
             == "exit code 2");
  BOOST_TEST(to_string(run_server({"keys", "revoke", "7", "--user", "1"}, environment).end)
             == "exit code 2");
  // None of these has begun anything.
  BOOST_TEST(!std::filesystem::exists(folder.path() / "data"));
}

// A mistyped folder must not become a database in which there is, of course, no key.
BOOST_AUTO_TEST_CASE(only_making_a_key_makes_a_database) {
  server_folder folder;
  const auto environment = lonely_options(folder.path()).environment;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"keys", "list"}, {"keys", "create", "--user", "10000001"},
        {"keys", "revoke", "7"},
        {"keys", "revoke", "--service", "x"}, {"rebuild"}}) {
    const auto refused = run_server(arguments, environment);
    BOOST_TEST(to_string(refused.end) == "exit code 1");
    BOOST_TEST(holds(refused.errors,
                     "there is no database in " + (folder.path() / "data").string()),
               refused.errors);
  }
  BOOST_TEST(!std::filesystem::exists(folder.path() / "data"));
}

// The control file is what PostgreSQL reads first, so without it no attempt can succeed.
BOOST_AUTO_TEST_CASE(a_server_that_has_lost_its_database_is_named_and_recovers) {
  server_folder folder;
  const auto options = lonely_options(folder.path());
  const server_process server{options};
  const auto database = find_embedded_database(folder.path());
  BOOST_TEST_REQUIRE(database.has_value());
  const auto control = folder.path() / "data" / "postgresql" / "global" / "pg_control";
  const auto hidden = folder.path() / "pg_control";
  std::filesystem::rename(control, hidden);
  ::kill(database->postmaster, SIGKILL);
  BOOST_TEST(wait_until([&] { return !find_embedded_database(folder.path()).has_value(); },
                        seconds{10}));
  const auto refused = run_server({"keys", "list"}, options.environment);
  BOOST_TEST(to_string(refused.end) == "exit code 1");
  for (const auto& part :
       {"a polar-flow-server runs in " + (folder.path() / "data").string(),
        std::string{"its PostgreSQL does not"}, std::string{"postgresql.log"}})
    BOOST_TEST(holds(refused.errors, part), part << " is not in\n" << refused.errors);
  BOOST_TEST(server.ask({.target = "/ready"}).status == 503);

  std::filesystem::rename(hidden, control);
  BOOST_TEST(wait_until([&] { return server.ask({.target = "/ready"}).status == 200; },
                        seconds{60}));
  BOOST_TEST(holds(run_server({"keys", "list"}, options.environment).output, "owner"));
}

// A new key would make every stored token unreadable, for ever.
BOOST_AUTO_TEST_CASE(a_lost_encryption_key_is_not_replaced) {
  server_folder folder;
  const simulator_process simulator{{.folder = folder.path()}};
  auto options = options_for(simulator, folder.path());
  {
    server_process server{options};
    connect(server, athlete_id(0));
    BOOST_TEST(to_string(server.stop()) == "exit code 0");
  }
  const std::filesystem::path key = std::filesystem::path{options.environment.at("KEY_DIR")}
                                    / "encryption.key";
  const auto elsewhere = folder.path() / "lost.key";
  std::filesystem::rename(key, elsewhere);
  const auto refused = run_server({"serve", "--port", "0"}, options.environment);
  BOOST_TEST(to_string(refused.end) == "exit code 1");
  BOOST_TEST(holds(refused.errors, key.string() + " is missing"), refused.errors);
  BOOST_TEST(!std::filesystem::exists(key));
  std::filesystem::rename(elsewhere, key);
  const server_process server{options};
  BOOST_TEST(server.get("/api/v1/users/" + athlete_id(0) + "/sync/status").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
