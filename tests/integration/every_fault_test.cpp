// Goal: whatever Polar does wrong, the log of the sync says of exactly the stream concerned which
// kind of error it was and, in words that need no programmer, what it means; the other streams are
// stored, and the coverage shows the days that lack with the same words. Method: a table of faults
// with the type and the sentence that each must lead to. In one sync every stream meets another
// fault, and from sync to sync the faults move on by one stream, until every stream has met each.
// Faults that hold up or end the whole sync strike every second stream at once.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/database.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"
#include "tests/support/table_hash.hpp"
#include "tests/support/wait.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace polar_flow::testing;
using std::chrono::seconds;

/// Longer than a sync that waits for Polar until its own time limit.
constexpr seconds patience{120};

/// What a fault does to one stream. `{}` in the sentence stands for the stream.
struct fault_row {
  std::string fault;
  /// Empty when the fault is no error.
  std::string error_type;
  std::string sentence;
};

/// The right answer at once: for streams that nothing happens to.
const fault_row none{R"("kind":"latency","latency_ms":0)", "", ""};

/// Polar has nothing, and says so in this way too.
const fault_row not_found{R"("kind":"status","status":404)", "", ""};

const fault_row hang{R"("kind":"hang")", "polar_timeout",
                     "Error syncing {}: Polar did not answer in time"};

const fault_row unauthorized{R"("kind":"status","status":401)", "needs_reauthorization",
                             "401 Unauthorized on {}: Polar no longer accepts the authorization. "
                             "Connect the Polar account again"};

const fault_row used_up{R"("kind":"status","status":429)", "polar_rate_limited",
                        "429 Rate Limited on {}: too many requests to Polar. The data will be "
                        "fetched after a pause"};

/// What was never asked for, because the sync waited for permits until its end.
const fault_row held_up{"", "polar_rate_limited",
                        "Error syncing {}: too many requests to Polar. The data will be fetched "
                        "after a pause"};

const std::string cannot_be_read =
    "Error syncing {}: Polar's answer cannot be read. It is kept, and the next sync asks again";
const std::string connection_failed = "Error syncing {}: the connection to Polar failed";

/// What strikes one stream and leaves the others alone.
const std::vector<fault_row> faults{
    none,
    not_found,
    {R"("kind":"status","status":400)", "polar_rejected_request",
     "API error 400 on {}: Polar refused the request, which is a defect of this server"},
    {R"("kind":"status","status":403)", "consent_missing",
     "403 Forbidden on {}: a mandatory consent may be missing. Look at the consents at "
     "account.polar.com, or connect the Polar account again"},
    {R"("kind":"status","status":408)", "polar_timeout",
     "API error 408 on {}: Polar did not receive the request in time"},
    {R"("kind":"status","status":418)", "polar_rejected_request",
     "API error 418 on {}: Polar gave an answer that is not expected here"},
    none,
    {R"("kind":"status","status":500)", "polar_unavailable",
     "API error 500 on {}: Polar has a problem at the moment"},
    {R"("kind":"status","status":503)", "polar_unavailable",
     "API error 503 on {}: Polar has a problem at the moment"},
    {R"("kind":"reset")", "polar_unavailable", connection_failed},
    {R"("kind":"cut")", "polar_unavailable", connection_failed},
    none,
    {R"("kind":"truncated")", "polar_unreadable", cannot_be_read},
    {R"("kind":"malformed")", "polar_unreadable", cannot_be_read},
    {R"("kind":"wrong_types")", "polar_unreadable", cannot_be_read},
    {R"("kind":"huge")", "polar_answer_too_large",
     "Error syncing {}: Polar's answer is larger than this server accepts"}};

struct stream_row {
  std::string name;
  /// Where faults strike; other streams may begin with the same text.
  std::string path;
};

const std::array<stream_row, 14> streams{{
    {"sleep", "/v3/users/sleep"},
    {"recharge", "/v3/users/nightly-recharge"},
    {"activity", "/v3/users/activities"},
    {"activity_samples", "/v3/users/activities/samples"},
    {"exercises", "/v3/exercises"},
    {"cardio_load", "/v3/users/cardio-load"},
    {"sleepwise_alertness", "/v3/users/sleepwise/alertness"},
    {"sleepwise_bedtime", "/v3/users/sleepwise/circadian-bedtime"},
    {"spo2", "/v3/users/biosensing/spo2"},
    {"ecg", "/v3/users/biosensing/ecg"},
    {"body_temperature", "/v3/users/biosensing/bodytemperature"},
    {"skin_temperature", "/v3/users/biosensing/skintemperature"},
    {"physical_info", "/v3/users/physical-info"},
    {"continuous_hr", "/v3/users/continuous-heart-rate"},
}};

/// What each stream, in the order of `streams`, meets in a sync.
using meeting = std::array<const fault_row*, streams.size()>;

struct every_fault_world {
  static inline std::unique_ptr<world> shared;

  void setup() {
    // The first syncs come when the test asks for them. All streams are under way at once, so that
    // one that waits holds up no other. The clock stands still, so Polar's windows never open
    // again by themselves.
    shared = std::make_unique<world>(
        world_options{.athletes = 2,
                      .environment = {{"POLAR_REQUEST_TIMEOUT_SECONDS", "2"},
                                      {"POLAR_CONNECT_TIMEOUT_SECONDS", "2"},
                                      {"POLAR_ANSWER_BYTES_MAX", "4194304"},
                                      {"SYNC_ENABLED", "false"},
                                      {"SYNC_RETRIES_MAX", "0"},
                                      {"SYNC_PARALLEL_REQUESTS", "16"}},
                      .simulator_arguments = {"--rate-limit-short", "1000000", "--rate-limit-long",
                                              "1000000", "--first-day", "2026-02-25"}});
    for (int i = 0; i < 2; ++i) {
      authorize(shared->server(), athlete_id(i));
      const auto answer = shared->server().trigger_sync(athlete_id(i));
      BOOST_TEST_REQUIRE(answer.status == 200, answer.body);
    }
  }

  void teardown() {
    shared = nullptr;
  }
};

server_process& server() {
  return every_fault_world::shared->server();
}

simulator_process& simulator() {
  return every_fault_world::shared->simulator();
}

std::string path_of(const std::string& user, const std::string& resource) {
  return "/api/v1/users/" + user + resource;
}

table_hashes hashes(const std::string& user) {
  const database tables{every_fault_world::shared->folder()};
  return hash_tables(tables.connection_string(), user);
}

void check_unchanged(const table_hashes& before, const std::string& user) {
  for (const auto& difference : differences(before, hashes(user)))
    BOOST_ERROR(difference);
}

std::string sentence_of(const fault_row& met, const stream_row& stream) {
  const auto place = met.sentence.find("{}");
  auto sentence = met.sentence;
  return place == std::string::npos ? sentence : sentence.replace(place, 2, stream.name);
}

/// Every second stream meets `met`, beginning with number `first`, and the others meet nothing.
meeting every_second(const fault_row& met, std::size_t first) {
  meeting all;
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = i % 2 == first ? &met : &none;
  return all;
}

/// The simulator takes the first fault that fits, and a path stands for all that begin with it, so
/// the longest come first, those of streams that nothing happens to included.
void set_faults(const std::string& user, const meeting& all) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < all.size(); ++i)
    order.push_back(i);
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [](std::size_t i) { return streams[i].path.size(); });
  for (const auto i : order)
    simulator().add_fault("{" + all[i]->fault + R"(,"path":")" + streams[i].path
                          + R"(","athlete":)" + user + "}");
}

http_answer trigger(const std::string& user) {
  return server().ask({.method = "POST",
                       .target = path_of(user, "/sync/trigger?days=1"),
                       .headers = {{"X-API-Key", master_key}}});
}

boost::json::value log_of(const std::string& user, const boost::json::value& job) {
  const auto logs = server().get_json(path_of(user, "/sync/logs?limit=100"));
  for (const auto& log : logs.as_array())
    if (log.at("job_id") == job)
      return log;
  throw std::runtime_error{"a sync is not in the log"};
}

boost::json::value state_of(const std::string& user) {
  return server().get_json(path_of(user, "/sync/status"));
}

/// A sync to its end, as the log tells it.
boost::json::value run_sync(const std::string& user) {
  const auto answer = trigger(user);
  BOOST_TEST_REQUIRE(answer.status == 200, answer.body);
  return log_of(user, state_of(user).at("last_sync").at("job_id"));
}

const boost::json::value& entry_of(const boost::json::value& list, const std::string& stream) {
  for (const auto& entry : list.at("streams").as_array())
    if (entry.at("stream").as_string() == stream)
      return entry;
  throw std::runtime_error{stream + " is missing"};
}

bool says(const boost::json::value& entry, const fault_row& met, const stream_row& stream) {
  if (met.error_type.empty())
    return entry.at("error_type").is_null() && entry.at("error_message").is_null();
  return entry.at("error_type") == boost::json::value(met.error_type)
         && entry.at("error_message") == boost::json::value(sentence_of(met, stream));
}

void check_log(const boost::json::value& log, const meeting& all) {
  BOOST_TEST(log.at("status").as_string() == "partial");
  BOOST_TEST(log.at("streams").as_array().size() == streams.size());
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const auto& entry = entry_of(log, streams[i].name);
    BOOST_TEST(says(entry, *all[i], streams[i]),
               all[i]->fault << " led to " << boost::json::serialize(entry));
    const bool is_untouched = all[i]->fault == none.fault;
    BOOST_TEST((entry.at("records").as_int64() > 0) == is_untouched,
               streams[i].name << " brought " << entry.at("records"));
  }
}

/// The days that lack say why. A missing consent is no error of a day of which nothing is known.
void check_coverage(const boost::json::value& coverage, const meeting& all) {
  for (std::size_t i = 0; i < streams.size(); ++i) {
    // Physical information has no days.
    if (streams[i].name == "physical_info")
      continue;
    const auto& entry = entry_of(coverage, streams[i].name);
    const auto sentence = sentence_of(*all[i], streams[i]);
    std::size_t lacking = 0;
    for (const auto& day : entry.at("days").as_array()) {
      const auto& state = day.at("state").as_string();
      const bool is_refused = state == "not_available" && all[i]->error_type == "consent_missing";
      if (state != "error" && !is_refused)
        continue;
      ++lacking;
      BOOST_TEST(day.at("reason").as_string().c_str() == sentence);
    }
    BOOST_TEST((lacking > 0) == !sentence.empty(),
               all[i]->fault << " left " << lacking << " days of " << streams[i].name);
  }
}

/// A sync in which this happens.
void check_sync(const std::string& user, const meeting& all) {
  set_faults(user, all);
  const auto log = run_sync(user);
  simulator().clear_faults();
  check_log(log, all);
  check_coverage(server().get_json(path_of(user, "/coverage?days=28")), all);
}

} // namespace

BOOST_AUTO_TEST_SUITE(every_fault, *boost::unit_test::fixture<every_fault_world>())

BOOST_AUTO_TEST_CASE(every_stream_meets_every_fault) {
  const auto user = athlete_id(0);
  const auto before = hashes(user);
  for (std::size_t turn = 0; turn < faults.size(); ++turn) {
    meeting all;
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = &faults[(turn + i) % faults.size()];
    BOOST_TEST_CONTEXT("sync number " << turn)
      check_sync(user, all);
  }
  BOOST_TEST(run_sync(user).at("status").as_string() == "success");
  check_unchanged(before, user);
}

BOOST_AUTO_TEST_CASE(every_stream_meets_a_silent_polar) {
  const auto user = athlete_id(0);
  const auto before = hashes(user);
  for (const std::size_t first : {0, 1})
    check_sync(user, every_second(hang, first));
  BOOST_TEST(run_sync(user).at("status").as_string() == "success");
  check_unchanged(before, user);
}

BOOST_AUTO_TEST_CASE(every_stream_meets_a_revoked_authorization) {
  const auto user = athlete_id(0);
  const auto before = hashes(user);
  for (const std::size_t first : {0, 1}) {
    const auto all = every_second(unauthorized, first);
    set_faults(user, all);
    const auto log = run_sync(user);
    simulator().clear_faults();
    for (std::size_t i = 0; i < streams.size(); ++i) {
      const auto& entry = entry_of(log, streams[i].name);
      // The heart rate is asked for after the activity, or not at all when the sync has ended.
      const bool is_right = says(entry, *all[i], streams[i])
                            || (streams[i].name == "continuous_hr"
                                && says(entry, unauthorized, streams[i]));
      BOOST_TEST(is_right, boost::json::serialize(entry));
    }
    BOOST_TEST(state_of(user).at("state").as_string() == "needs_reauthorization");
    BOOST_TEST(trigger(user).status == 403);
    authorize(server(), user);
    BOOST_TEST(state_of(user).at("state").as_string() == "connected");
  }
  BOOST_TEST(run_sync(user).at("status").as_string() == "success");
  check_unchanged(before, user);
}

BOOST_AUTO_TEST_CASE(a_token_is_revoked_in_the_middle_of_a_sync) {
  const auto user = athlete_id(0);
  const auto before = hashes(user);
  // The heart rate is asked for when the activity is stored: by then the sync has begun well.
  simulator().add_fault(
      R"({"kind":"revoke_token","path":"/v3/users/continuous-heart-rate","times":1})");
  const auto log = run_sync(user);
  simulator().clear_faults();
  BOOST_TEST(log.at("status").as_string() == "partial");
  for (const auto& stream : streams) {
    const auto& entry = entry_of(log, stream.name);
    const bool is_done = says(entry, none, stream) && entry.at("records").as_int64() > 0;
    if (stream.name == "activity")
      BOOST_TEST(is_done, boost::json::serialize(entry));
    else if (stream.name == "continuous_hr")
      BOOST_TEST(says(entry, unauthorized, stream), boost::json::serialize(entry));
    else
      BOOST_TEST((is_done || says(entry, unauthorized, stream)), boost::json::serialize(entry));
  }
  const auto state = state_of(user);
  BOOST_TEST(state.at("state").as_string() == "needs_reauthorization");
  BOOST_TEST(state.at("message").as_string()
             == "Polar no longer accepts this user's authorization; connect the account again");
  check_unchanged(before, user);
  authorize(server(), user);
  BOOST_TEST(run_sync(user).at("status").as_string() == "success");
  check_unchanged(before, user);
}

// The last, because it moves the clock.
BOOST_AUTO_TEST_CASE(every_stream_meets_a_used_up_limit) {
  auto& shared = *every_fault_world::shared;
  server().stop();
  // As short as it may be: these syncs wait for Polar until then.
  shared.set_option("SYNC_TIMEOUT_SECONDS", "30");
  shared.restart_server();
  std::array<meeting, 2> all{every_second(used_up, 1), every_second(used_up, 0)};
  // Of the second one the activity waits, so the heart rate is never asked for.
  all[1].back() = &held_up;
  std::vector<boost::json::value> jobs;
  for (int i = 0; i < 2; ++i) {
    set_faults(athlete_id(i), every_second(used_up, i == 0 ? 1 : 0));
    const auto answer = trigger(athlete_id(i));
    BOOST_TEST_REQUIRE(answer.status == 202, answer.body);
    jobs.push_back(parse_json(answer.body).at("job_id"));
  }
  // Each 429 closes Polar's short window for everybody; when it has opened some times, whoever is
  // not refused has got through.
  int minutes = 10 * 60;
  const auto have_ended = [&] {
    constexpr int window_minutes = 16;
    constexpr int last_minute = 23 * 60;
    minutes = std::min(minutes + window_minutes, last_minute);
    std::array<char, 32> instant{};
    std::snprintf(instant.data(), instant.size(), "2026-03-20T%02d:%02d:00Z", minutes / 60,
                  minutes % 60);
    shared.set_clock(instant.data());
    return !state_of(athlete_id(0)).at("is_syncing").as_bool()
           && !state_of(athlete_id(1)).at("is_syncing").as_bool();
  };
  BOOST_TEST_REQUIRE(wait_until(have_ended, patience, seconds{1}));
  simulator().clear_faults();
  for (std::size_t i = 0; i < 2; ++i)
    BOOST_TEST_CONTEXT("athlete number " << i) {
      const auto user = athlete_id(static_cast<int>(i));
      check_log(log_of(user, jobs[i]), all[i]);
    }
}

BOOST_AUTO_TEST_SUITE_END()
