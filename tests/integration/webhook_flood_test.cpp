// Goal: a flood of webhooks, most of them about strangers, many repeated, out of order or forged,
// is answered to the last, holds up nobody who reads, and what it announces of our users is
// stored: all of it, and nothing else. Method: the events are signed with the secret that the
// server got from Polar and are posted over four connections as fast as they take them. What the
// rows must be is asked of the simulator with the users' own tokens.
#define BOOST_TEST_DYN_LINK
#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "crypto/secret_box.hpp"
#include "tests/integration/database.hpp"
#include "tests/integration/seed.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"
#include "tests/support/wait.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace polar_flow::testing;
namespace crypto = polar_flow::crypto;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int athletes = 20;
constexpr int announced_days = 3;
constexpr int copies = 4;
constexpr int strangers = 1300;
constexpr int forgeries = 200;
constexpr int pings = 20;
constexpr std::size_t connections = 4;

constexpr seconds patience{120};
/// Far more than an answer from memory takes, under sanitizers and on a busy machine too. Behind
/// the syncs that the events ask for it would come later.
constexpr milliseconds prompt{5000};

/// URL-safe base64 of the bytes 7 to 38.
constexpr const char* encryption_key = "BwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSY=";

constexpr const char* sealed_secret =
    "SELECT sealed_secret FROM polar_flow.polar_webhook WHERE $1 <> ''";
constexpr const char* sealed_token = "SELECT sealed_token FROM polar_flow.users WHERE user_id = $1";
constexpr const char* stored_nights =
    "SELECT day::text FROM polar_flow.sleep WHERE user_id = $1 ORDER BY day";
constexpr const char* stored_activities =
    "SELECT day::text FROM polar_flow.activity WHERE user_id = $1 ORDER BY day";
constexpr const char* count_running =
    "SELECT count(*) FROM polar_flow.sync_logs WHERE status = 'started' AND $1 <> ''";

using day_list = std::vector<std::string>;

/// One POST and the status that it must get.
struct delivery {
  std::string body;
  std::string signature;
  int status = 200;
};

/// What is announced of one athlete, oldest first.
struct announced {
  std::string user;
  day_list nights = {};
  day_list activities = {};
};

class flood_run {
public:
  flood_run()
      : world_{{.athletes = athletes,
                .environment = {{"ENCRYPTION_KEY", encryption_key}, {"SYNC_ENABLED", "false"}},
                .simulator_arguments = {"--rate-limit-short", "1000000", "--rate-limit-long",
                                        "1000000", "--first-day", "2026-03-01"}}},
        box_{*crypto::secret_box::from_fernet_key(encryption_key, crypto::make_seeded_random(1))} {
    for (int i = 0; i < athletes; ++i)
      authorize(world_.server(), athlete_id(i));
    world_.keep_address();
    world_.server().stop();
    world_.restart_server();
    tables_ = std::make_unique<database>(world_.folder());
    // The server asks Polar for a webhook when it runs.
    BOOST_TEST_REQUIRE(wait_until(
        [&] { return !tables_->column(sealed_secret, athlete_id(0)).empty(); }, patience));
    secret_ = box_.open(tables_->column(sealed_secret, athlete_id(0)).front(), "webhook").value();
  }

  server_process& server() {
    return world_.server();
  }

  database& tables() {
    return *tables_;
  }

  delivery sign(std::string body) const {
    auto signature = crypto::to_hex(crypto::hmac_sha256(secret_, body));
    return {std::move(body), std::move(signature)};
  }

  /// The newest days of an athlete, as Polar has them.
  announced look_up(int athlete) {
    announced found{.user = athlete_id(athlete)};
    const auto nights = ask_polar(found.user, "/v3/users/sleep");
    for (const auto& night : nights.at("nights").as_array())
      found.nights.emplace_back(night.at("date").as_string().c_str());
    const auto activities =
        ask_polar(found.user, "/v3/users/activities?from=2026-03-01&to=2026-03-20");
    for (const auto& day : activities.as_array()) {
      const std::string start{day.at("start_time").as_string().c_str()};
      found.activities.push_back(start.substr(0, start.find('T')));
    }
    for (auto* days : {&found.nights, &found.activities}) {
      std::ranges::sort(*days);
      BOOST_TEST_REQUIRE(days->size() > announced_days);
      days->erase(days->begin(), days->end() - announced_days);
    }
    return found;
  }

private:
  boost::json::value ask_polar(const std::string& user, const std::string& target) {
    const auto token =
        box_.open(tables_->column(sealed_token, user).front(), "token/" + user).value();
    const auto answer = ask(world_.simulator().port(),
                            {.target = target, .headers = {{"Authorization", "Bearer " + token}}});
    BOOST_TEST_REQUIRE((answer && answer->status == 200));
    return parse_json(answer->body);
  }

  world world_;
  crypto::secret_box box_;
  std::unique_ptr<database> tables_;
  std::string secret_;
};

std::string event(const std::string& name, const std::string& user, const std::string& day) {
  return R"({"event":")" + name + R"(","user_id":)" + user + R"(,"date":")" + day
         + R"(","timestamp":"2026-03-20T10:00:00Z","url":"https://www.polaraccesslink.com/v3/x"})";
}

/// All that is posted, in the order of chance.
std::vector<delivery> make_deliveries(const flood_run& run, const std::vector<announced>& news,
                                      std::mt19937_64& generator) {
  std::vector<delivery> all;
  for (const auto& each : news)
    for (int copy = 0; copy < copies; ++copy) {
      for (const auto& day : each.nights)
        all.push_back(run.sign(event("SLEEP", each.user, day)));
      for (const auto& day : each.activities)
        all.push_back(run.sign(event("ACTIVITY_SUMMARY", each.user, day)));
    }
  for (int i = 0; i < strangers; ++i)
    all.push_back(run.sign(event("SLEEP", std::to_string(20'000'000 + i), "2026-03-19")));
  for (int i = 0; i < forgeries; ++i) {
    auto forged = run.sign(event("SLEEP", athlete_id(i % athletes), "2026-03-05"));
    forged.signature = run.sign("something else").signature;
    forged.status = 401;
    all.push_back(std::move(forged));
  }
  // A PING is answered whoever sends it: Polar's first one comes before anybody has the secret.
  for (int i = 0; i < pings; ++i)
    all.push_back({R"({"event":"PING","timestamp":"2026-03-20T10:00:00Z"})", "", 200});
  for (std::size_t i = all.size() - 1; i > 0; --i)
    std::swap(all[i], all[static_cast<std::size_t>(draw(generator, 0, std::int64_t(i)))]);
  return all;
}

std::string print(const delivery& posted, bool is_last) {
  return "POST /webhooks/polar HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
         "Content-Length: "
         + std::to_string(posted.body.size())
         + (posted.signature.empty() ? "" : "\r\nPolar-Webhook-Signature: " + posted.signature)
         + (is_last ? "\r\nConnection: close" : "") + "\r\n\r\n" + posted.body;
}

/// Posts every fourth event, beginning with number `first`, over one connection and returns the
/// statuses of the answers.
std::vector<int> post(std::uint16_t port, const std::vector<delivery>& all, std::size_t first) {
  std::string bytes;
  for (auto i = first; i < all.size(); i += connections)
    bytes += print(all[i], i + connections >= all.size());
  auto exchanged = exchange_bytes(port, bytes, patience);
  std::vector<int> statuses;
  while (const auto answer = take_answer(exchanged.received, true))
    statuses.push_back(answer->status);
  return statuses;
}

struct reading {
  std::size_t answers = 0;
  std::size_t failures = 0;
  milliseconds slowest{0};
};

/// Reads the insights of one user after the other until `is_over`.
reading read_insights(std::uint16_t port, const std::atomic<bool>& is_over) {
  reading all;
  for (int athlete = 0; !is_over; athlete = (athlete + 1) % athletes) {
    const auto asked_at = std::chrono::steady_clock::now();
    const auto answer =
        ask(port, {.target = "/api/v1/users/" + athlete_id(athlete) + "/insights",
                   .headers = {{"X-API-Key", master_key}}});
    const auto passed = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now()
                                                                 - asked_at);
    all.slowest = std::max(all.slowest, passed);
    all.failures += answer && answer->status == 200 ? 0 : 1;
    ++all.answers;
  }
  return all;
}

bool is_stored(database& tables, const announced& news) {
  return tables.column(stored_nights, news.user) == news.nights
         && tables.column(stored_activities, news.user) == news.activities;
}

} // namespace

BOOST_AUTO_TEST_SUITE(webhook_flood)

BOOST_AUTO_TEST_CASE(two_thousand_events_at_once) {
  auto generator = seeded_generator();
  flood_run run;
  std::vector<announced> news;
  for (int i = 0; i < athletes; ++i)
    news.push_back(run.look_up(i));
  const auto all = make_deliveries(run, news, generator);
  BOOST_TEST(all.size() == 2000u);

  std::atomic<bool> is_over{false};
  reading read;
  std::thread reader{[&] { read = read_insights(run.server().port(), is_over); }};
  const auto began_at = std::chrono::steady_clock::now();
  std::array<std::vector<int>, connections> statuses;
  std::vector<std::thread> posters;
  for (std::size_t i = 0; i < connections; ++i)
    posters.emplace_back([&, i] { statuses[i] = post(run.server().port(), all, i); });
  for (auto& poster : posters)
    poster.join();
  const auto posted = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now()
                                                               - began_at);
  const bool is_all_stored = wait_until(
      [&] {
        return std::ranges::all_of(news,
                                   [&](const auto& each) { return is_stored(run.tables(), each); });
      },
      patience);
  is_over = true;
  reader.join();
  BOOST_TEST(is_all_stored);
  BOOST_TEST_MESSAGE(all.size() << " events in " << posted.count() << " ms, " << read.answers
                                << " insights meanwhile, the slowest in " << read.slowest.count()
                                << " ms");

  for (std::size_t i = 0; i < connections; ++i) {
    BOOST_TEST_REQUIRE(statuses[i].size() == all.size() / connections);
    for (std::size_t k = 0; k < statuses[i].size(); ++k)
      BOOST_TEST(statuses[i][k] == all[i + k * connections].status);
  }
  BOOST_TEST(read.answers > 0u);
  BOOST_TEST(read.failures == 0u);
  BOOST_TEST((read.slowest < prompt));

  // What still runs brings nothing that was not announced.
  BOOST_TEST(wait_until([&] { return run.tables().count(count_running, "all") == 0; }, patience));
  for (const auto& each : news)
    BOOST_TEST(is_stored(run.tables(), each), each.user);
}

BOOST_AUTO_TEST_SUITE_END()
