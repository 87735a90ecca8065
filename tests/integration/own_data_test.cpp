// Goal: a person's data as their app sees them: every endpoint that reads answers for a synced
// account, lists lead to their details, keys can be replaced and revoked, and erasing leaves
// nothing in any table. Method: real processes, one athlete after its first sync.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/database.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <string>

namespace {

using namespace polar_flow::testing;

struct own_data_world {
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

server_process& server() {
  return own_data_world::shared->server();
}

std::string path_of(const std::string& resource) {
  return "/api/v1/users/" + own_data_world::athlete.user + resource;
}

http_answer get(const std::string& resource, const std::string& key) {
  return server().ask(
      {.method = "GET", .target = path_of(resource), .headers = {{"X-API-Key", key}}});
}

/// The answer to the user's own key, which must be one.
boost::json::value read(const std::string& resource) {
  const auto answer = get(resource, own_data_world::athlete.api_key);
  BOOST_TEST(answer.status == 200, resource << ": " << answer.body);
  return parse_json(answer.body);
}

/// `member` of the first element of a list.
std::string first(const std::string& list, const char* member) {
  const auto rows = read(list + "?days=30");
  BOOST_TEST_REQUIRE(!rows.as_array().empty(), list);
  const auto& value = rows.as_array().front().at(member);
  return value.is_string() ? std::string{value.as_string()} : std::to_string(value.as_int64());
}

constexpr const char* tables_of_users
    = "SELECT table_name FROM information_schema.columns JOIN information_schema.tables "
      "USING (table_schema, table_name) WHERE table_schema = 'polar_flow' "
      "AND column_name = 'user_id' AND table_type = 'BASE TABLE' AND $1 <> '' ORDER BY 1";

} // namespace

BOOST_AUTO_TEST_SUITE(own_data, *boost::unit_test::fixture<own_data_world>())

BOOST_AUTO_TEST_CASE(every_list_has_rows) {
  for (const std::string list :
       {"/sleep", "/activity", "/activity-samples", "/recharge", "/cardio-load", "/heart-rate",
        "/exercises", "/sleepwise/alertness", "/sleepwise/bedtime", "/spo2", "/ecg",
        "/temperature/body", "/temperature/skin", "/baselines", "/patterns"})
    BOOST_TEST(!read(list).as_array().empty(), list);
  for (const std::string object :
       {"/physical-info", "/insights", "/anomalies", "/analytics/status", "/export/summary",
        "/status", "/api-key/info", "/baselines/hrv_rmssd", "/patterns/hrv_trend",
        "/baselines/check/hrv_rmssd/50"})
    BOOST_TEST(!read(object).as_object().empty(), object);
}

BOOST_AUTO_TEST_CASE(lists_lead_to_details) {
  const std::string days[][3] = {{"/sleep", "/sleep/", ""},
                                 {"/activity", "/activity/", ""},
                                 {"/activity-samples", "/activity-samples/", ""},
                                 {"/recharge", "/recharge/", "/samples"},
                                 {"/heart-rate", "/heart-rate/", "/samples"}};
  for (const auto& [list, before, after] : days) {
    const auto day = first(list, "date");
    BOOST_TEST((read(before + day + after).at("date") == boost::json::value(day)), list);
  }
  const auto session = first("/exercises", "id");
  BOOST_TEST((read("/exercises/" + session).at("id") == boost::json::value(session)));
  BOOST_TEST(!read("/exercises/" + session + "/samples").at("samples").as_array().empty());
  BOOST_TEST(!read("/ecg/" + first("/ecg", "id")).at("samples").as_array().empty());
  read("/temperature/body/" + first("/temperature/body", "id") + "/samples");
  read("/sleepwise/alertness/" + first("/sleepwise/alertness", "id") + "/hourly");
}

BOOST_AUTO_TEST_CASE(exports_are_tables) {
  for (const std::string table : {"sleep", "activity", "recharge", "cardio-load"}) {
    const auto answer = get("/export/" + table + ".csv", own_data_world::athlete.api_key);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.body.starts_with("date,"));
    BOOST_TEST(std::count(answer.body.begin(), answer.body.end(), '\n') > 10);
  }
}

BOOST_AUTO_TEST_CASE(keys_are_replaced_and_revoked) {
  auto& key = own_data_world::athlete.api_key;
  const auto post = [&](const std::string& what, const std::string& with) {
    return server().ask({.method = "POST",
                         .target = path_of("/api-key/" + what),
                         .headers = {{"X-API-Key", with}}});
  };
  const auto replaced = post("regenerate", key);
  BOOST_TEST_REQUIRE(replaced.status == 200, replaced.body);
  BOOST_TEST(get("/sleep", key).status == 401);
  key = std::string{parse_json(replaced.body).at("api_key").as_string()};
  BOOST_TEST(get("/sleep", key).status == 200);
  BOOST_TEST(post("revoke", key).status == 200);
  BOOST_TEST(get("/sleep", key).status == 401);
  BOOST_TEST(post("regenerate", master_key).status == 404);
}

// The last, because nothing is left after it.
BOOST_AUTO_TEST_CASE(erasing_leaves_nothing) {
  const auto user = own_data_world::athlete.user;
  database tables{own_data_world::shared->folder()};
  BOOST_TEST(tables.count("SELECT count(*) FROM polar_flow.raw_replies WHERE user_id = $1", user)
             > 0);
  const auto erased = server().ask(
      {.method = "DELETE", .target = path_of(""), .headers = {{"X-API-Key", master_key}}});
  BOOST_TEST(erased.status == 200, erased.body);
  const auto names = tables.column(tables_of_users, user);
  BOOST_TEST(names.size() > 20u);
  for (const auto& name : names)
    BOOST_TEST(
        tables.count("SELECT count(*) FROM polar_flow." + name + " WHERE user_id = $1", user) == 0,
        name);
  BOOST_TEST(get("/sleep", master_key).status == 404);
  BOOST_TEST(get("/insights", master_key).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
