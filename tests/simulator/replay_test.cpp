#define BOOST_TEST_DYN_LINK
#include "simulator/replay.hpp"
#include "tests/simulator/support.hpp"
#include "tests/support/shared_data.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

namespace {

response ask(const replay& recorded, const std::string& target) {
  return recorded.answer(*parse_target(target));
}

} // namespace

BOOST_AUTO_TEST_SUITE(replayed_answers)

BOOST_AUTO_TEST_CASE(file_names_follow_paths) {
  scratch_folder folder;
  folder.write("sleep.json", "{ \"nights\": [] }");
  folder.write("sleep/2026-05-03.json", "{}");
  folder.write("exercises.json", "[]");
  folder.write("secret.json.txt", "no");
  const replay recorded{folder.path, std::nullopt};
  BOOST_TEST(ask(recorded, "/v3/users/sleep").body == "{ \"nights\": [] }");
  BOOST_TEST(ask(recorded, "/v3/users/sleep/2026-05-03").body == "{}");
  BOOST_TEST(ask(recorded, "/v3/exercises?samples=true").status == 200);
  BOOST_TEST(ask(recorded, "/v3/users/sleep/2026-05-04").status == 404);
  BOOST_TEST(ask(recorded, "/v3/users/cardio-load").status == 204);
  BOOST_TEST(ask(recorded, "/v3/users/..%2Fsleep").status == 204);
  BOOST_TEST(ask(recorded, "/v3/users/%2E%2E/sleep").status == 204);
}

BOOST_AUTO_TEST_CASE(a_mapping_decides_by_path_and_parameters) {
  scratch_folder folder;
  folder.write("full.json", "[1]");
  folder.write("plain.json", "[2]");
  folder.write("hr/2026-05-03.json", "{}");
  folder.write("no.json", "");
  folder.write("replay.json", R"({"answers":[
    {"target":"/v3/exercises?samples=true","file":"full.json"},
    {"target":"/v3/exercises","file":"plain.json"},
    {"target":"/v3/users/hr/{date}","file":"hr/{date}.json"},
    {"target":"/v3/users/sleep","file":"no.json","status":403}]})");
  const replay recorded{folder.path, std::nullopt};
  BOOST_TEST(ask(recorded, "/v3/exercises?zones=true&samples=true").body == "[1]");
  BOOST_TEST(ask(recorded, "/v3/exercises").body == "[2]");
  BOOST_TEST(ask(recorded, "/v3/users/hr/2026-05-03").body == "{}");
  BOOST_TEST(ask(recorded, "/v3/users/hr/2026-05-04").status == 404);
  BOOST_TEST(ask(recorded, "/v3/users/hr/..%2Fplain").status == 204);
  BOOST_TEST(ask(recorded, "/v3/users/sleep").status == 403);
}

BOOST_AUTO_TEST_CASE(a_bad_mapping_is_said_at_once) {
  scratch_folder folder;
  for (const std::string text :
       {"", "{", "{}", R"({"answers":{}})", R"({"answers":[{"target":"/a"}]})",
        R"({"answers":[{"target":"a","file":"b"}]})",
        R"({"answers":[{"target":"/a","file":"b","status":"x"}]})"}) {
    const auto map = folder.write("replay.json", text);
    BOOST_TEST_INFO(text);
    BOOST_CHECK_THROW(replay(folder.path, std::nullopt), std::runtime_error);
    BOOST_CHECK_THROW(replay(folder.path, map), std::runtime_error);
  }
}

BOOST_AUTO_TEST_CASE(only_the_first_athlete_is_replayed) {
  scratch_folder folder;
  folder.write("sleep.json", "{}");
  options settings;
  settings.athletes = 2;
  settings.replay_folder = folder.path;
  talk polar{settings};
  BOOST_TEST(polar.get("/v3/users/sleep", polar.connect(10000001)).body == "{}");
  BOOST_TEST(polar.get("/v3/users/sleep", polar.connect(10000002)).body.size() > 1000U);
}

BOOST_AUTO_TEST_CASE(recorded_folder_is_served_byte_for_byte) {
  const auto folder = recorded_data();
  if (!folder) {
    BOOST_TEST_MESSAGE("skipped: no recorded data beside the checkout");
    return;
  }
  scratch_folder scratch;
  options settings;
  settings.replay_folder = *folder / "accesslink";
  settings.replay_map = scratch.write("map.json", R"({"answers":[
    {"target":"/v3/exercises?samples=true&zones=true",
     "file":"exercises/list-with-samples-and-zones.json"},
    {"target":"/v3/exercises","file":"exercises/list-plain-42.json"},
    {"target":"/v3/users/activities","file":"activities/range-4-days.json"},
    {"target":"/v3/users/continuous-heart-rate/{date}",
     "file":"continuous-heart-rate/{date}.json"}]})");
  talk polar{settings};
  const auto token = polar.connect();
  const auto plain = polar.get("/v3/exercises", token);
  std::ifstream file{*folder / "accesslink/exercises/list-plain-42.json", std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  BOOST_TEST((plain.body == text));
  BOOST_TEST(polar.get("/v3/exercises?samples=true&zones=true", token).body.size() > 2'000'000U);
  BOOST_TEST(polar.get("/v3/users/continuous-heart-rate/2025-07-16", token).status == 200);
  BOOST_TEST(polar.get("/v3/users/continuous-heart-rate/2025-07-31", token).status == 404);
  BOOST_TEST(polar.get("/v3/users/activities?from=2025-09-07&to=2025-09-10", token).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
