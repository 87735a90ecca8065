// Goal: a person brings years of data in, from Polar's account export or from another server, and a
// zip of a stranger harms nothing. Method: real servers, zips over HTTP, and every endpoint that
// reads asked on both sides.
#define BOOST_TEST_DYN_LINK
#include "domain/time.hpp"
#include "http/routes.hpp"
#include "tests/integration/database.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"
#include "tests/support/shared_data.hpp"
#include "tests/support/wait.hpp"
#include "tests/zip/zip_files.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <csignal>
#include <memory>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono_literals;
namespace json = boost::json;

/// Under sanitizers, on a machine with other things to do.
constexpr std::chrono::seconds import_time_limit{240};

struct import_world {
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

std::string user_path(const std::string& user, const std::string& rest) {
  std::string path{"/api/v1/users/"};
  path += user;
  path += rest;
  return path;
}

http_answer send_zip(const server_process& server, const std::string& user,
                     const std::string& kind, const std::string& zip) {
  http_request request;
  request.method = "POST";
  request.target = user_path(user, "/import/" + kind);
  request.headers = {{"X-API-Key", master_key}, {"Content-Type", "application/zip"}};
  request.body = zip;
  return server.ask(request);
}

/// The report of an import, once it has ended.
json::object await_end(const server_process& server, const std::string& status_url) {
  json::object report;
  const bool has_ended = wait_until(
      [&] {
        report = server.get_json(status_url).as_object();
        const auto& status = report.at("status").as_string();
        return status == "finished" || status == "failed";
      },
      import_time_limit);
  BOOST_TEST_REQUIRE(has_ended, json::serialize(report).substr(0, 2000) << server.log());
  return report;
}

json::object import(const server_process& server, const std::string& user, const std::string& kind,
                    const std::string& zip) {
  const auto answer = send_zip(server, user, kind, zip);
  BOOST_TEST_REQUIRE(answer.status == 202, answer.body);
  return await_end(server, std::string{parse_json(answer.body).at("status_url").as_string()});
}

std::string text(const json::object& report, std::string_view name) {
  return json::serialize(report.at(name));
}

std::string outcome_of(const json::object& report, std::string_view file) {
  for (const auto& found : report.at("files").as_array())
    if (found.at("name").as_string() == file)
      return std::string{found.at("outcome").as_string()};
  return "(nothing)";
}

std::string uuid_of(int number) {
  auto digits = std::to_string(number);
  std::string uuid{"28039c6b-e86f-4e0e-afa8-"};
  uuid.append(12 - digits.size(), '0');
  uuid += digits;
  return uuid;
}

/// An account export with so many nights before the day of the tests, one file each.
packed_files nights_of_export(int nights) {
  packed_files files;
  const date last = std::chrono::sys_days{std::chrono::year{2026} / 3 / 19};
  for (int i = 0; i < nights; ++i) {
    std::ostringstream night;
    night << R"([{"night":")" << format_date(last - std::chrono::days{i})
          << R"(","meanNightlyRecoveryRri":1100,"meanNightlyRecoveryRmssd":)" << 40 + i % 20
          << R"(,"meanNightlyRecoveryRespirationInterval":4200}])";
    files.emplace_back("nightly_recovery_" + std::to_string(i) + "-" + uuid_of(i) + ".json",
                       night.str());
  }
  return files;
}

/// A server that knows nothing and has no Polar, at `test_instant`.
class fresh_server {
public:
  fresh_server() {
    auto options = lonely_options(folder_.path());
    options.arguments = {"--clock-file", write_clock(folder_.path()).string()};
    process_ = std::make_unique<server_process>(options);
  }

  const server_process& operator*() const {
    return *process_;
  }

private:
  temporary_folder folder_;
  std::unique_ptr<server_process> process_;
};

/// A takeout as the person has it.
std::string take_out(const std::string& user) {
  const auto file = import_world::shared->folder() / "takeout.zip";
  std::string url{"http://127.0.0.1:"};
  url += std::to_string(import_world::shared->server().port());
  url += user_path(user, "/export/takeout.zip");
  std::string key{"X-API-Key: "};
  key += master_key;
  const auto done = run_command({.program = "/usr/bin/curl",
                                 .arguments = {"-fsS", "-H", key, "-o", file.string(), url}},
                                import_time_limit);
  BOOST_TEST_REQUIRE((done.end == process_end{.exit_code = 0, .signal = std::nullopt}),
                     done.errors);
  return read_text(file);
}

// -- every endpoint that reads -------------------------------------------------------------------

/// The public ids in a list's answer.
void collect_ids(const json::value& value, std::set<std::string>& ids) {
  if (const auto* list = value.if_array())
    for (const auto& element : *list)
      collect_ids(element, ids);
  const auto* object = value.if_object();
  if (object == nullptr)
    return;
  for (const auto& [name, member] : *object) {
    if (name == "id")
      ids.insert(member.is_string() ? std::string{member.as_string()} : json::serialize(member));
    else
      collect_ids(member, ids);
  }
}

std::vector<std::string> values_for(const server_process& server, const std::string& user,
                                    const std::string& pattern, const std::string& name) {
  if (name == "{date}")
    return {"2026-03-01", "2026-03-17", "2026-03-18"};
  if (name == "{metric}")
    return {"hrv_rmssd", "resting_hr", "sleep_score"};
  if (name == "{name}")
    return {"sleep_hrv_correlation", "overtraining_risk", "recovery_readiness"};
  if (name == "{value}")
    return {"47.5"};
  // Ids are listed where the pattern ends before them.
  const auto list = pattern.substr(0, pattern.find("/{" + name.substr(1)));
  std::set<std::string> ids;
  collect_ids(server.get_json(list + (list.ends_with("exercises") ? "?days=90" : "")), ids);
  BOOST_TEST(!ids.empty(), list << " names no id for " << user);
  return {ids.begin(), ids.end()};
}

/// Each pattern with values in its braces, but for those that are about the server.
std::vector<std::string> targets_for(const server_process& server, const std::string& user) {
  const std::vector<std::string> about_the_server{"/api-key", "/status", "/sync/", "/import",
                                                  "takeout.zip"};
  std::vector<std::string> targets;
  for (const auto& route : http::all_routes()) {
    const std::string pattern{route.pattern};
    if (route.method != http::http_method::get || !pattern.starts_with("/api/v1/users/"))
      continue;
    const auto is_named = [&](const std::string& part) {
      return pattern.find(part) != std::string::npos && pattern.find("analytics") == pattern.npos;
    };
    if (std::ranges::any_of(about_the_server, is_named))
      continue;
    std::vector<std::string> open{user_path(user, pattern.substr(pattern.find('}') + 1))};
    while (!open.empty()) {
      const auto target = open.back();
      open.pop_back();
      const auto begin = target.find('{');
      if (begin == target.npos) {
        targets.push_back(target);
        continue;
      }
      const auto end = target.find('}');
      for (const auto& value :
           values_for(server, user, target, target.substr(begin, end + 1 - begin)))
        open.push_back(target.substr(0, begin) + value + target.substr(end + 1));
    }
  }
  return targets;
}

void check_same_answers(const server_process& left, const server_process& right,
                        const std::string& user) {
  std::size_t compared = 0;
  for (const auto& target : targets_for(left, user)) {
    auto expected = left.get(target);
    auto found = right.get(target);
    BOOST_TEST(found.status == expected.status, target);
    // Each server counts its own changes.
    static const std::regex count{R"("data_version":\d+)"};
    for (auto* answer : {&expected, &found})
      answer->body = std::regex_replace(answer->body, count, "");
    if (found.body != expected.body) {
      const auto at = std::ranges::mismatch(expected.body, found.body).in1 - expected.body.begin();
      const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 60));
      BOOST_ERROR(target << "\nhere  " << expected.body.substr(from, 200) << "\nthere "
                         << found.body.substr(std::min(from, found.body.size()), 200));
    }
    ++compared;
  }
  BOOST_TEST(compared > 60u);
}

} // namespace

BOOST_AUTO_TEST_SUITE(imports, *boost::unit_test::fixture<import_world>())

BOOST_AUTO_TEST_CASE(a_takeout_makes_a_second_server_the_same) {
  auto& server = import_world::shared->server();
  const auto& user = import_world::athlete.user;
  const auto zip = take_out(user);
  const fresh_server other;
  const auto report = import(*other, user, "takeout", zip);
  BOOST_TEST_REQUIRE(text(report, "status") == "\"finished\"");
  BOOST_TEST(text(report, "files_refused") == "0", json::serialize(report).substr(0, 3000));
  BOOST_TEST(report.at("files_done") == report.at("files_total"));
  check_same_answers(server, *other, user);
  // Once more brings nothing new.
  const auto again = import(*other, user, "takeout", zip);
  BOOST_TEST(text(again, "rows_changed") == "0");
  BOOST_TEST(text(again, "files_taken") == "0");
}

BOOST_AUTO_TEST_CASE(baselines_begin_with_years) {
  const fresh_server server;
  constexpr int nights = 400;
  const auto zip = make_zip(nights_of_export(nights));
  const auto report = import(*server, "newcomer", "polar-flow", zip);
  BOOST_TEST(text(report, "files_taken") == "400");
  const auto baselines = (*server).get_json(user_path("newcomer", "/baselines"));
  bool has_hrv = false;
  for (const auto& row : baselines.as_array())
    if (row.at("metric_name").as_string() == "hrv_rmssd") {
      has_hrv = true;
      BOOST_TEST(row.at("data_start_date").as_string() == "2025-02-13");
      BOOST_TEST(row.at("status").as_string() == "ready");
    }
  BOOST_TEST(has_hrv);
}

BOOST_AUTO_TEST_CASE(recorded_sessions_import_completely) {
  const auto folder = recorded_data();
  if (!folder) {
    BOOST_TEST_MESSAGE("skipped: there are no recorded sessions beside the checkout");
    return;
  }
  packed_files files;
  for (const auto& found : std::filesystem::directory_iterator{*folder / "flow-export"})
    files.emplace_back(found.path().filename().string(), read_text(found.path()));
  BOOST_TEST_REQUIRE(!files.empty());
  const fresh_server server;
  const auto report = import(*server, "runner", "polar-flow", make_zip(files));
  BOOST_TEST(text(report, "files_taken") == std::to_string(files.size()),
             json::serialize(report));
  BOOST_TEST(text(report, "files_refused") == "0");
  const auto again = import(*server, "runner", "polar-flow", make_zip(files));
  BOOST_TEST(text(again, "files_known") == std::to_string(files.size()), json::serialize(again));
}

BOOST_AUTO_TEST_CASE(a_zip_of_a_stranger_harms_nothing) {
  auto& server = import_world::shared->server();
  const auto& user = import_world::athlete.user;
  const auto sleep = user_path(user, "/sleep");
  const auto before = server.get(sleep).body;

  auto files = nights_of_export(3);
  files.emplace_back("xx/xx/xx/etc/cron.d/x", "* * * * * root true");
  files.emplace_back("yetc/passwd", "root");
  files.emplace_back("activity-2020-01-01-bomb.json", std::string(50'000'000, '0'));
  files.emplace_back("sleep_result_9-broken.json", R"([{"night":)");
  // Our own writer would not write such names.
  const auto zip
      = replaced(replaced(make_zip(files), "xx/xx/xx/", "../../../"), "yetc/passwd", "/etc/passwd");
  const auto report = import(server, user, "polar-flow", zip);
  BOOST_TEST(text(report, "status") == "\"finished\"");
  BOOST_TEST(outcome_of(report, "../../../etc/cron.d/x") == "refused");
  BOOST_TEST(outcome_of(report, "/etc/passwd") == "refused");
  BOOST_TEST(outcome_of(report, "activity-2020-01-01-bomb.json") == "refused");
  BOOST_TEST(outcome_of(report, "sleep_result_9-broken.json") == "refused");
  BOOST_TEST(text(report, "files_refused") == "4");

  for (const auto& [kind, zip] : std::vector<std::pair<std::string, std::string>>{
           {"polar-flow", make_zip({{"photo.jpg", "JFIF"}})},
           {"takeout", make_zip({{"photo.jpg", "JFIF"}})},
           {"takeout", make_zip({{"manifest.json", R"({"format":1,"user_id":"other"})"}})},
           {"takeout", "this is no zip"},
           {"polar-flow", make_zip(nights_of_export(5)).substr(0, 300)}}) {
    const auto refused = import(server, user, kind, zip);
    BOOST_TEST(text(refused, "status") == "\"failed\"");
    BOOST_TEST(refused.at("error").is_string());
  }
  BOOST_TEST(server.get(sleep).body == before);
  BOOST_TEST(std::filesystem::is_empty(import_world::shared->folder() / "data" / "imports"));
}

BOOST_AUTO_TEST_CASE(a_server_that_dies_in_the_middle) {
  auto& server = import_world::shared->server();
  const auto& user = import_world::athlete.user;
  constexpr int nights = 500;
  const auto answer = send_zip(server, user, "polar-flow", make_zip(nights_of_export(nights)));
  BOOST_TEST_REQUIRE(answer.status == 202, answer.body);
  BOOST_TEST(send_zip(server, user, "takeout", "another").status == 409);
  const std::string url{parse_json(answer.body).at("status_url").as_string()};
  std::int64_t done = 0;
  const bool is_under_way = wait_until(
      [&] {
        done = server.get_json(url).at("files_done").as_int64();
        return done > 20;
      },
      import_time_limit);
  BOOST_TEST_REQUIRE(is_under_way);
  BOOST_TEST(done < nights);
  server.kill();
  import_world::shared->restart_server();
  auto& restarted = import_world::shared->server();
  const auto report = await_end(restarted, url);
  BOOST_TEST(text(report, "status") == "\"finished\"");
  BOOST_TEST(text(report, "files_done") == "500");
  database tables{import_world::shared->folder()};
  BOOST_TEST(tables.count("SELECT count(*) FROM polar_flow.nightly_recharge "
                          "WHERE user_id = $1 AND day BETWEEN '2024-11-06' AND '2026-03-19'",
                          user)
             >= 495);
  BOOST_TEST(tables.count("SELECT count(*) - count(DISTINCT number) FROM polar_flow.import_files "
                          "WHERE user_id = $1",
                          user)
             >= 0);
  BOOST_TEST(std::filesystem::is_empty(import_world::shared->folder() / "data" / "imports"));
}

BOOST_AUTO_TEST_SUITE_END()
