// Goal: a person takes all data away in one file, and nothing is missing in it. Method: a real
// server and an athlete after its first sync. Five years, what the server needs for them, and what
// becomes of them on another server is in tests/bench/takeout.sh, without sanitizers.
#define BOOST_TEST_DYN_LINK
#include "crypto/hash.hpp"
#include "tests/integration/database.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"
#include "zip/reader.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <string>

namespace {

using namespace polar_flow;
using namespace polar_flow::testing;

/// A machine with other things to do, under sanitizers.
constexpr std::chrono::milliseconds download_time_limit{300'000};

struct takeout_world {
  static inline std::unique_ptr<world> shared;
  static inline connected_athlete athlete;

  void setup() {
    shared = std::make_unique<world>(
        world_options{.athletes = 1, .simulator_arguments = {"--first-day", "2026-02-25"}});
    athlete = connect(shared->server(), athlete_id(0));
    await_first_sync(shared->server(), athlete.user);
  }

  void teardown() {
    shared = nullptr;
  }
};

http_request takeout_of(const std::string& user, const std::string& key,
                        const std::string& method = "GET") {
  return {.method = method,
          .target = "/api/v1/users/" + user + "/export/takeout.zip",
          .headers = {{"X-API-Key", key}}};
}

/// A takeout on disk, as the person has it. curl knows a body that was cut off from a whole one.
std::filesystem::path download(const std::string& user) {
  const auto& folder = takeout_world::shared->folder();
  const auto file = folder / "takeout.zip";
  const auto head = folder / "takeout.head";
  const auto asked = takeout_of(user, master_key);
  std::string url{"http://127.0.0.1:"};
  url += std::to_string(takeout_world::shared->server().port()) + asked.target;
  std::string key{"X-API-Key: "};
  key += master_key;
  const auto done = run_command({.program = "/usr/bin/curl",
                                 .arguments = {"-fsS", "-H", key, "-D", head.string(), "-o",
                                               file.string(), url}},
                                download_time_limit);
  BOOST_TEST_REQUIRE((done.end == process_end{.exit_code = 0, .signal = std::nullopt}),
                     done.errors << takeout_world::shared->server().log());
  const auto fields = read_text(head);
  for (const auto& line :
       {std::string{"Content-Type: application/zip"}, std::string{"Cache-Control: no-store"},
        "Content-Disposition: attachment; filename=\"polar-flow-takeout-" + user
            + "-2026-03-20.zip\""})
    BOOST_TEST(fields.find("\r\n" + line + "\r\n") != std::string::npos, line);
  return file;
}

/// Reads a takeout file by file and holds it against the database.
void check_against_database(const std::filesystem::path& file, const std::string& user) {
  database tables{takeout_world::shared->folder()};
  auto opened = zip::reader::open(file);
  BOOST_TEST_REQUIRE(opened.has_value());
  std::map<std::string, std::string> digests;
  std::map<std::string, std::int64_t> lines;
  std::size_t replies = 0;
  while (true) {
    const auto entry = opened->next();
    BOOST_TEST_REQUIRE(entry.has_value());
    if (!*entry)
      break;
    const auto& name = (*entry)->name;
    const auto content = opened->read(std::size_t{1} << 30).value();
    if (name.starts_with("replies/")) {
      ++replies;
      const auto id = name.substr(8, name.rfind('.') - 8);
      if (digests.at(id) != "\\x" + crypto::sha256_hex(content))
        BOOST_ERROR(name);
    }
    if (!name.starts_with("tables/"))
      continue;
    const auto table = name.substr(7, name.rfind('.') - 7);
    lines[table] = std::ranges::count(content, '\n');
    if (table != "raw_replies")
      continue;
    std::istringstream text{content};
    for (std::string line; std::getline(text, line);) {
      const auto row = parse_json(line);
      digests[std::to_string(row.at("reply_id").as_int64())] = row.at("sha256").as_string();
    }
  }
  BOOST_TEST(replies == digests.size());
  BOOST_TEST(replies > 0u);
  for (const auto& [table, count] : lines) {
    const auto rows = "SELECT count(*) FROM polar_flow." + table + " WHERE user_id = $1";
    BOOST_TEST(tables.count(rows, user) == count, table);
  }
  BOOST_TEST(lines.size() > 8u);
}

} // namespace

BOOST_AUTO_TEST_SUITE(takeout, *boost::unit_test::fixture<takeout_world>())

BOOST_AUTO_TEST_CASE(an_athlete_takes_everything_away) {
  check_against_database(download(takeout_world::athlete.user), takeout_world::athlete.user);
}

BOOST_AUTO_TEST_CASE(who_may_and_who_has_nothing) {
  auto& server = takeout_world::shared->server();
  const auto& athlete = takeout_world::athlete;
  BOOST_TEST(server.ask(takeout_of(athlete.user, athlete.api_key, "HEAD")).status == 200);
  BOOST_TEST(server.ask(takeout_of("five-years", athlete.api_key)).status == 403);
  BOOST_TEST(server.ask(takeout_of(athlete.user, "wrong")).status == 401);
  const auto unknown = server.ask(takeout_of("nobody", master_key));
  BOOST_TEST(unknown.status == 404);
  BOOST_TEST(unknown.body == R"({"status_code":404,"detail":"User nobody not found"})");
}

BOOST_AUTO_TEST_SUITE_END()
