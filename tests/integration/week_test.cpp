// Goal: a week in which everything goes wrong leaves the same tables as a week in which nothing
// does. Method: two servers live through the same virtual days, each with a simulator of its own
// that has the same athletes. One simulator misbehaves by a seeded mix of every fault there is, and
// its server is killed (SIGKILL) at seeded moments. After the week the faults end, one quiet sync
// runs, and every table of data and analytics must equal that of the other server.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/database.hpp"
#include "tests/integration/seed.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"
#include "tests/support/table_hash.hpp"
#include "tests/support/wait.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace polar_flow::testing;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds sync_time_limit{120};

/// Morning and evening of the week that begins on the day of `test_instant`.
const std::vector<std::string> instants{
    "2026-03-20T19:00:00Z", "2026-03-21T10:00:00Z", "2026-03-21T20:00:00Z", "2026-03-22T09:00:00Z",
    "2026-03-22T19:00:00Z", "2026-03-23T10:30:00Z", "2026-03-23T21:00:00Z", "2026-03-24T10:00:00Z",
    "2026-03-24T18:00:00Z", "2026-03-25T11:00:00Z", "2026-03-25T20:00:00Z", "2026-03-26T10:00:00Z",
    "2026-03-26T19:30:00Z"};
/// Two days later, so that a fault of the last evening is no excuse for waiting.
constexpr const char* quiet_morning = "2026-03-28T11:00:00Z";

/// Every kind, the statuses apart; a hang costs a request's timeout, so it is rarer.
constexpr const char* usual_faults =
    R"("reset","cut","empty","truncated","malformed","wrong_types","duplicated","reordered",)"
    R"({"kind":"latency","latency_ms":40},{"kind":"clock_skew","minutes":90},)"
    R"({"kind":"clock_skew","minutes":-90},{"kind":"status","status":403},)"
    R"({"kind":"status","status":404},{"kind":"status","status":500},)"
    R"({"kind":"status","status":503},"hang")";

constexpr const char* count_open =
    "SELECT count(*) FROM polar_flow.sync_logs WHERE user_id = $1 AND status = 'started'";
constexpr const char* error_types =
    "SELECT DISTINCT outcome ->> 'error_type' FROM polar_flow.sync_logs, "
    "jsonb_array_elements(streams) AS outcome WHERE user_id = $1 "
    "AND outcome ->> 'error_type' IS NOT NULL ORDER BY 1";
constexpr const char* count_silent_errors =
    "SELECT count(*) FROM polar_flow.sync_logs, jsonb_array_elements(streams) AS outcome "
    "WHERE user_id = $1 AND outcome ->> 'error_type' IS NOT NULL "
    "AND length(coalesce(outcome ->> 'error_message', '')) < 20";
/// What the dead server had sent may still be at work in its sessions.
constexpr const char* count_foreign_sessions =
    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' "
    "AND pid <> pg_backend_pid() AND $1 <> ''";

/// One server and its simulator.
class side {
public:
  explicit side(const std::filesystem::path& clock_file) {
    simulator_ = std::make_unique<simulator_process>(simulator_options{
        .folder = simulator_folder_.path(),
        .athletes = 1,
        .arguments = {"--rate-limit-short", "1000000", "--rate-limit-long", "1000000",
                      "--first-day", "2026-03-02"},
        .clock_file = clock_file});
    options_ = options_for(*simulator_, folder_.path());
    options_.arguments = {"--clock-file", clock_file.string()};
    for (const auto& [name, value] : std::map<std::string, std::string>{
             {"POLAR_REQUEST_TIMEOUT_SECONDS", "1"},
             {"POLAR_CONNECT_TIMEOUT_SECONDS", "1"},
             {"SYNC_RETRY_DELAY_MILLISECONDS", "10"},
             {"SYNC_ENABLED", "false"},
             {"HTTP_SYNC_WAIT_SECONDS", "60"}})
      options_.environment.insert_or_assign(name, value);
    server_ = std::make_unique<server_process>(options_);
  }

  simulator_process& simulator() {
    return *simulator_;
  }

  server_process& server() {
    return *server_;
  }

  const std::filesystem::path& folder() const {
    return folder_.path();
  }

  /// A sync to its end; whoever lost the authorization gets a new one first.
  int sync(const std::string& user) {
    auto answer = trigger(user);
    if (answer.status == 403) {
      authorize(*server_, user);
      answer = trigger(user);
    }
    return answer.status;
  }

  /// Kills the server a while after a sync has begun, and starts it again.
  void kill_in_a_sync(const std::string& user, milliseconds delay) {
    std::thread asker{[&] { ask(server_->port(), trigger_request(user), sync_time_limit); }};
    const auto deadline = std::chrono::steady_clock::now() + delay;
    wait_until([&] { return std::chrono::steady_clock::now() >= deadline; }, sync_time_limit);
    server_->kill();
    asker.join();
    {
      database tables{folder_.path()};
      wait_until([&] { return tables.count(count_foreign_sessions, user) == 0; }, sync_time_limit);
    }
    server_ = nullptr;
    server_ = std::make_unique<server_process>(options_);
  }

private:
  static http_request trigger_request(const std::string& user) {
    return {.method = "POST",
            .target = "/api/v1/users/" + user + "/sync/trigger?days=1",
            .headers = {{"X-API-Key", master_key}}};
  }

  http_answer trigger(const std::string& user) {
    const auto answer = ask(server_->port(), trigger_request(user), sync_time_limit);
    if (!answer)
      throw std::runtime_error{"a sync gave no answer\n" + server_->log()};
    return *answer;
  }

  temporary_folder simulator_folder_;
  server_folder folder_;
  std::unique_ptr<simulator_process> simulator_;
  server_options options_;
  std::unique_ptr<server_process> server_;
};

std::string mix_of(std::int64_t seed) {
  return R"({"seed":)" + std::to_string(seed) + R"(,"share":0.12,"kinds":[)" + usual_faults + "]}";
}

} // namespace

BOOST_AUTO_TEST_SUITE(week)

BOOST_AUTO_TEST_CASE(a_week_of_faults_leaves_the_tables_of_a_quiet_week) {
  auto generator = seeded_generator();
  temporary_folder clock_folder;
  const auto clock_file = write_clock(clock_folder.path());
  side calm{clock_file};
  side stormy{clock_file};
  const auto user = athlete_id(0);
  // Without a schedule the first sync is asked for, too.
  authorize(calm.server(), user);
  authorize(stormy.server(), user);
  // One mix for the whole week: a request that is repeated draws anew.
  stormy.simulator().mix_faults(mix_of(draw(generator, 1, 1'000'000)));
  BOOST_TEST(calm.sync(user) == 200);
  stormy.sync(user);

  int kills = 0;
  int revocations = 0;
  int exhaustions = 0;
  for (const auto& instant : instants) {
    write_instant(clock_folder.path(), instant);
    BOOST_TEST(calm.sync(user) == 200);
    if (draw(generator, 1, 3) == 1) {
      stormy.kill_in_a_sync(user, milliseconds{draw(generator, 0, 300)});
      ++kills;
    }
    if (draw(generator, 1, 4) == 1) {
      stormy.simulator().add_fault(R"({"kind":"revoke_token","path":"/v3/users","times":1})");
      ++revocations;
    } else if (draw(generator, 1, 3) == 1) {
      // Somebody else has used up the client's budget. The last sync of its moment meets it, and
      // waits: the clock stands still until the next one, and so does Polar's window.
      stormy.simulator().add_fault(
          R"({"kind":"status","status":429,"path":"/v3/users","times":1})");
      ++exhaustions;
    }
    stormy.sync(user);
  }
  const auto struck = stormy.simulator().struck();
  BOOST_TEST_MESSAGE("struck: " << boost::json::serialize(struck));
  // Without most kinds of faults it was no bad week.
  BOOST_TEST(struck.as_object().size() >= 10u);
  BOOST_TEST_MESSAGE(kills << " kills, " << revocations << " revoked tokens, " << exhaustions
                           << " times a used-up budget");
  BOOST_TEST(kills > 0);
  BOOST_TEST(revocations > 0);
  BOOST_TEST(exhaustions > 0);

  stormy.simulator().clear_faults();
  write_instant(clock_folder.path(), quiet_morning);
  BOOST_TEST(calm.sync(user) == 200);
  BOOST_TEST(stormy.sync(user) == 200);

  database calm_tables{calm.folder()};
  database stormy_tables{stormy.folder()};
  for (const auto& difference :
       differences(hash_tables(calm_tables.connection_string(), user),
                   hash_tables(stormy_tables.connection_string(), user)))
    BOOST_ERROR(difference);
  BOOST_TEST(stormy_tables.count(count_open, user) == 0);

  // Every error is in the log under its type and in words.
  std::string types;
  for (const auto& type : stormy_tables.column(error_types, user))
    types += type + " ";
  BOOST_TEST_MESSAGE("error types in the log: " << types);
  for (const std::string type : {"needs_reauthorization", "polar_unreadable"})
    BOOST_TEST(types.find(type) != std::string::npos, type);
  BOOST_TEST(stormy_tables.count(count_silent_errors, user) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
