// Goal: whoever reads the logs learns nothing that a key opens and nothing about anybody's body.
// Method: the real server at debug level goes through the whole API with planted keys and health
// values, is offered wrong keys, tokens and codes, syncs with Polar's tokens, fails and stops; then
// its log and PostgreSQL's are searched for each of these texts.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/every_operation.hpp"
#include "tests/support/json.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace polar_flow::testing;

/// A night with values that nothing else has.
constexpr const char* recorded_night = R"({"nights":[{"polar_user":"https://polar/v3/users/1",
"date":"2026-03-19","sleep_start_time":"2026-03-18T23:17:43+01:00",
"sleep_end_time":"2026-03-19T07:08:09+01:00","sleep_score":81,"light_sleep":14417,
"deep_sleep":7219,"rem_sleep":5443,"heart_rate_samples":{"23:19":58.4375}}]})";
constexpr const char* recorded_answers = R"({"answers":[
{"target":"/v3/users/sleep","file":"night.json"},
{"target":"/v3/users/nightly-recharge","file":"broken.json"},
{"target":"/v3/users/biosensing/spo2","file":"night.json","status":403},
{"target":"/v3/users/biosensing/ecg","file":"broken.json","status":500}]})";
/// What a reader cannot read is not quoted either.
constexpr const char* broken_answer = R"({"recharges":[{"date":"2026-03-19","hrv":"61.90625)";

/// Of the planted rows and the recorded answers; each stands in no other place.
const std::vector<std::string> health_values{
    "83.2175",   "1987-11-23", "34.1735",  "36.6172",       "36.9844",           "0.73519",
    "-0.03125",  "1071.5",     "60.171234", "24.941567",    "8125.5",            "9876.5",
    "0AB1C2D3",  "58.4375",    "61.90625", "23:17:43",      "07:08:09",          "FEMALE",
    "\"14417\"", ":14417",     " 14417",   "\"hrv_avg\"",   "\"sleep_score\"",   "\"heart_rate\"",
    "light_sleep"};
/// What a client tells us about itself in an address.
constexpr const char* told_value = "47.28125";

/// Sorted by what they are, for the message when one is found.
using secrets = std::map<std::string, std::string>;

/// Sends requests and collects whatever must not be known.
class visitor {
public:
  visitor(world& here, secrets& hidden) : here_{here}, hidden_{hidden} {
    // nop
  }

  http_answer ask(const http_request& request) {
    return here_.server().ask(request);
  }

  void read_everything() {
    for (const auto& read : known_reads()) {
      const auto target = path_of(read.user, read.target);
      for (const auto& key :
           {key_of(read.user), std::string{service_key}, std::string{master_key}})
        BOOST_TEST(ask(with_key("GET", target, key)).status == 200, target);
      ask({.target = target,
           .headers = {{"Authorization", "Bearer " + key_of(read.user)}}});
    }
    ask(with_key("GET",
                 path_of(planted_user, std::string{"/baselines/check/hrv_rmssd/"} + told_value),
                 master_key));
    hidden_.emplace("value in an address", told_value);
  }

  void offer_what_is_wrong() {
    const std::string wrong_key = "pfk_6b6579746861746e6f626f647968617365766572";
    const std::string wrong_token = "polar-token-of-somebody-else-entirely";
    const std::string wrong_code = "temp_636f6465746861746e6f626f6479";
    const std::string wrong_state = "state-that-nobody-began";
    hidden_.insert({{"wrong key", wrong_key},
                    {"wrong Polar token", wrong_token},
                    {"wrong code", wrong_code},
                    {"wrong state", wrong_state}});
    const auto target = path_of(planted_user, "/sync/trigger");
    for (const auto& key : {wrong_key, std::string{steady_key}, std::string{master_key}}) {
      auto request = with_key("POST", target, key);
      request.headers.emplace_back("X-Polar-Token", wrong_token);
      ask(request);
    }
    auto own = with_key("POST", path_of(steady_user, "/sync/trigger"), steady_key);
    own.headers.emplace_back("X-Polar-Token", wrong_token);
    ask(own);
    ask(with_key("GET", path_of(planted_user, "/sleep?days=" + wrong_token), planted_key));
    ask({.method = "POST",
         .target = "/oauth/exchange",
         .body = R"({"code":")" + wrong_code + R"(","client_id":"x"})"});
    ask({.target = "/oauth/callback?code=" + wrong_code + "&state=" + wrong_state});
    ask({.method = "POST",
         .target = "/webhooks/polar",
         .headers = {{"Polar-Webhook-Signature", wrong_token}},
         .body = R"({"event":"SLEEP","user_id":10000001,"note":")" + wrong_code + "\"}"});
    exchange_bytes(here_.server().port(), "GET /" + wrong_key + " HTTP/1.1\r\nX: " + wrong_token,
                   std::chrono::milliseconds{200});
  }

  /// Connects, syncs, replaces the key, and revokes it.
  void live_with_an_account() {
    const auto code = query_parameter(authorize(here_.server(), athlete_id(0)), "code").value();
    hidden_.emplace("temporary code", code);
    const auto athlete = connect(here_.server(), athlete_id(0));
    hidden_.emplace("issued key", athlete.api_key);
    await_first_sync(here_.server(), athlete.user);
    here_.server().trigger_sync(athlete.user, athlete.api_key);
    const auto replaced
        = ask(with_key("POST", path_of(athlete.user, "/api-key/regenerate"), athlete.api_key));
    const std::string fresh{parse_json(replaced.body).at("api_key").as_string()};
    hidden_.emplace("regenerated key", fresh);
    ask(with_key("POST", path_of(athlete.user, "/disconnect"), fresh));
    ask(with_key("POST", path_of(athlete.user, "/api-key/revoke"), fresh));
    ask(with_key("GET", path_of(athlete.user, "/sleep"), fresh));
    ask(with_key("DELETE", path_of(athlete.user, ""), master_key));
  }

private:
  world& here_;
  secrets& hidden_;
};

/// Every text of such length in the simulator's own notes that could be a token of Polar's.
void add_polar_tokens(const std::filesystem::path& state_file, secrets& hidden) {
  static const std::regex token{R"re("([A-Za-z0-9_-]{20,})")re"};
  const auto text = read_text(state_file);
  int number = 0;
  for (std::sregex_iterator found{text.begin(), text.end(), token};
       found != std::sregex_iterator{}; ++found)
    hidden.emplace("Polar's token " + std::to_string(++number), (*found)[1].str());
  BOOST_TEST(number > 0, "no token in " << text);
}

void add_encryption_key(const std::filesystem::path& folder, secrets& hidden) {
  for (const auto& file : std::filesystem::directory_iterator{folder}) {
    auto text = read_text(file.path());
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
      text.pop_back();
    BOOST_TEST_REQUIRE(text.size() > 16u, file.path());
    hidden.emplace(file.path().filename().string(), text);
  }
}

/// The log without its own times, in which any few digits stand sooner or later.
std::string without_times(const std::string& log) {
  static const std::regex time{R"(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}\.\d+)"};
  return std::regex_replace(log, time, "<time>");
}

void check_silence(const std::filesystem::path& log, const secrets& hidden) {
  const auto text = without_times(read_text(log));
  for (const auto& [name, secret] : hidden) {
    const auto place = text.find(secret);
    if (place == std::string::npos)
      continue;
    const auto line_begin = text.rfind('\n', place) + 1;
    BOOST_ERROR(log.filename().string() << " tells the " << name << ": "
                                        << text.substr(line_begin, text.find('\n', place)
                                                                       - line_begin));
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(log_secrecy)

BOOST_AUTO_TEST_CASE(logs_tell_no_key_no_token_and_nothing_about_the_body) {
  const temporary_folder recorded;
  std::ofstream{recorded.path() / "night.json"} << recorded_night;
  std::ofstream{recorded.path() / "broken.json"} << broken_answer;
  std::ofstream{recorded.path() / "replay.json"} << recorded_answers;
  const auto state_file = recorded.path() / "state.json";
  secrets hidden{{"master key", master_key},
                 {"key of the planted user", planted_key},
                 {"key of the steady user", steady_key},
                 {"service key", service_key},
                 {"key of the blank user", blank_key},
                 {"scarce key", scarce_key},
                 {"secret of the Polar client", "test-secret"}};
  for (const auto& value : health_values)
    hidden.emplace("health value " + value, value);

  world here{{.environment = {{"LOG_LEVEL", "debug"}},
              .simulator_arguments = {"--replay", recorded.path().string(), "--state-file",
                                      state_file.string()}}};
  plant_known_users(here.folder());
  await_planted_keys(here.server());
  visitor guest{here, hidden};
  guest.read_everything();
  guest.offer_what_is_wrong();
  guest.live_with_an_account();
  BOOST_TEST(to_string(here.server().stop()) == "exit code 0");

  add_polar_tokens(state_file, hidden);
  add_encryption_key(here.folder() / "keys", hidden);
  const auto log = here.folder() / "server.log";
  // The log was as talkative as it can be.
  BOOST_TEST(read_text(log).find("\"request answered\"") != std::string::npos);
  check_silence(log, hidden);
  check_silence(here.folder() / "data" / "postgresql.log", hidden);
}

BOOST_AUTO_TEST_SUITE_END()
