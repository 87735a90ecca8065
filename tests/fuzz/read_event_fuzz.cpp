// Goal: whatever is posted to the webhook address gives an event that keeps its promises, or an
// error that says so. Method: well-formed events are changed at random, by bytes and by structure.
// A seed repeats a run.

#define BOOST_TEST_DYN_LINK
#include "polar/webhooks.hpp"
#include "tests/fuzz/mutation.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <string_view>

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono;

namespace {

/// About a second of a debug build per case, and about two minutes.
constexpr std::uint64_t rounds = 50'000;
constexpr std::uint64_t long_rounds = 6'000'000;

const date today = 2026y / November / 22;

/// One event of each subject, and a PING.
constexpr std::array<std::string_view, 5> samples{
    R"({"timestamp":"2018-05-15T14:22:24Z","event":"PING"})",
    R"({"event":"EXERCISE","user_id":475,"entity_id":"aQlC83","timestamp":"2018-05-15T14:22:24Z",
        "url":"https://www.polaraccesslink.com/v3/exercises/aQlC83"})",
    R"({"event":"SLEEP","user_id":475,"date":"2026-11-21","timestamp":"2018-05-15T14:22:24Z",
        "url":"https://www.polaraccesslink.com/v3/users/sleep/2026-11-21"})",
    R"({"event":"SLEEP_WISE_ALERTNESS","user_id":475,"from":"2026-11-20","to":"2026-11-22",
        "timestamp":"2018-05-15T14:22:24Z","url":"https://www.polaraccesslink.com/v3"})",
    R"({"event":"PHYSICAL_INFORMATION","user_id":"475","timestamp":"2018-05-15T14:22:24Z"})"};

bool is_good(const polar_news& announced) {
  if (announced.days && announced.days->last < announced.days->first)
    return false;
  if (announced.polar_exercise_id && announced.polar_exercise_id->empty())
    return false;
  // Whatever is announced costs a few requests, to paths that we have made.
  const auto requests = polar::plan_news(announced, today);
  return !requests.empty() && requests.size() <= 30
         && std::ranges::all_of(requests, [](const polar::planned_request& request) {
              return request.target.starts_with("/v3/")
                     && request.target.find_first_of(" \r\n#") == std::string::npos;
            });
}

bool is_good(const polar::webhook_event& event) {
  if (const auto* unknown = std::get_if<polar::unknown_webhook_event>(&event))
    return !unknown->name.empty();
  if (const auto* news = std::get_if<polar::webhook_news>(&event))
    return is_valid_user_id(news->user.value) && is_good(news->announced);
  return true;
}

/// An empty text when all is well, else what is wrong.
std::string problem_with(const std::string& body) {
  const auto event = polar::read_event(body);
  if (!event)
    return event.error().code == errc::invalid_argument
               ? std::string{}
               : "an unexpected error: " + event.error().message;
  return is_good(*event) ? std::string{} : "an event breaks a promise";
}

void fuzz(const char* name, std::string (*make_body)(std::string_view sample, random_engine&)) {
  const auto plan = read_fuzz_plan(rounds, long_rounds);
  random_engine random{plan.seed};
  std::uint64_t believed = 0;
  for (std::uint64_t round = 0; round < plan.rounds; ++round) {
    const auto body = make_body(samples[pick(random, samples.size())], random);
    if (const auto problem = problem_with(body); !problem.empty()) {
      BOOST_ERROR(name << ", seed " << plan.seed << ", round " << round << ": " << problem << "\n"
                       << body);
      return;
    }
    believed += polar::read_event(body).has_value() ? 1 : 0;
  }
  // Changes that are all noticed, or none, would exercise one half of the reader only.
  BOOST_TEST(believed > plan.rounds / 1000);
  BOOST_TEST(believed < plan.rounds);
}

std::string with_changed_bytes(std::string_view sample, random_engine& random) {
  std::string body{sample};
  mutate_bytes(body, random);
  return body;
}

std::string with_changed_structure(std::string_view sample, random_engine& random) {
  auto document = boost::json::parse(sample);
  mutate_structure(document, random);
  return boost::json::serialize(document);
}

} // namespace

BOOST_AUTO_TEST_SUITE(read_event)

BOOST_AUTO_TEST_CASE(changed_bytes) {
  fuzz("changed bytes", with_changed_bytes);
}

BOOST_AUTO_TEST_CASE(changed_structure) {
  fuzz("changed structure", with_changed_structure);
}

BOOST_AUTO_TEST_SUITE_END()
