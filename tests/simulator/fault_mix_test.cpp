#define BOOST_TEST_DYN_LINK
#include "simulator/fault_mix.hpp"
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <vector>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

namespace {

fault_mix make_mix(const char* body) {
  return fault_mix{parse_mix(body).value.value()};
}

/// What strikes `count` requests of three targets; -1 for nothing.
std::vector<int> fates(fault_mix mix, int count) {
  std::vector<int> found;
  for (int i = 0; i < count; ++i) {
    const auto target = "/v3/users/sleep/" + std::to_string(i % 3);
    const auto struck = mix.strike(target, target, 10000001);
    found.push_back(struck ? static_cast<int>(struck->kind) : -1);
  }
  return found;
}

constexpr const char* half = R"({"seed":5,"share":0.5,"kinds":["hang","reset","malformed"]})";

} // namespace

BOOST_AUTO_TEST_SUITE(mixed_faults)

BOOST_AUTO_TEST_CASE(the_same_seed_strikes_the_same_requests) {
  const auto first = fates(make_mix(half), 300);
  BOOST_TEST(first == fates(make_mix(half), 300), boost::test_tools::per_element());
  BOOST_TEST((first
              != fates(make_mix(R"({"seed":6,"share":0.5,"kinds":["hang","reset",
      "malformed"]})"),
                       300)));
}

BOOST_AUTO_TEST_CASE(the_order_of_requests_does_not_matter) {
  auto one = make_mix(half);
  auto other = make_mix(half);
  std::map<std::string, std::vector<bool>> forwards;
  std::map<std::string, std::vector<bool>> backwards;
  for (int i = 0; i < 60; ++i) {
    const auto early = "/v3/users/sleep/" + std::to_string(i / 2);
    const auto late = "/v3/users/sleep/" + std::to_string((59 - i) / 2);
    forwards[early].push_back(one.strike(early, early, 1).has_value());
    backwards[late].push_back(other.strike(late, late, 1).has_value());
  }
  BOOST_TEST((forwards == backwards));
}

BOOST_AUTO_TEST_CASE(about_the_share_is_struck_with_every_kind) {
  std::map<int, int> counts;
  for (const int fate : fates(make_mix(half), 3000))
    ++counts[fate];
  // 1500 of 3000 are expected, with a standard deviation of 27; 500 of each kind, 20.
  BOOST_TEST(std::abs(counts[-1] - 1500) < 140);
  for (const auto kind : {fault_kind::hang, fault_kind::reset, fault_kind::malformed})
    BOOST_TEST(std::abs(counts[static_cast<int>(kind)] - 500) < 110);
}

BOOST_AUTO_TEST_CASE(it_ends_and_aims) {
  auto mix = make_mix(R"({"share":1,"kinds":["reset"],"until_requests":2,"athlete":7,
                          "path":"/v3/users/"})");
  BOOST_TEST(!mix.strike("/v3/exercises", "/v3/exercises", 7));
  BOOST_TEST(!mix.strike("/v3/users/sleep", "/v3/users/sleep", 8));
  BOOST_TEST(mix.strike("/v3/users/sleep", "/v3/users/sleep", 7).has_value());
  BOOST_TEST(!mix.is_over());
  BOOST_TEST(mix.strike("/v3/users/sleep", "/v3/users/sleep", 7).has_value());
  BOOST_TEST(mix.is_over());
  BOOST_TEST(!mix.strike("/v3/users/sleep", "/v3/users/sleep", 7));
}

BOOST_AUTO_TEST_CASE(kinds_may_be_objects) {
  auto mix = make_mix(R"({"share":1,"kinds":[{"kind":"status","status":429}]})");
  const auto struck = mix.strike("/v3/exercises", "/v3/exercises", 7);
  BOOST_REQUIRE(struck);
  BOOST_TEST(struck->status == 429);
  // By name alone they come with something to notice.
  auto named = make_mix(R"({"share":1,"kinds":["latency"]})");
  BOOST_TEST(named.strike("/", "/", 7)->latency.count() > 0);
}

BOOST_AUTO_TEST_CASE(wrong_mixes_are_refused_with_a_reason) {
  for (const std::string body :
       {"", "[]", "{}", R"({"share":0.5})", R"({"share":0.5,"kinds":[]})",
        R"({"share":0.5,"kinds":["explode"]})", R"({"share":0.5,"kinds":[7]})",
        R"({"share":2,"kinds":["hang"]})", R"({"share":"x","kinds":["hang"]})",
        R"({"kinds":["hang"]})", R"({"share":0.5,"kinds":["hang"],"seed":"x"})",
        R"({"share":0.5,"kinds":["hang"],"until_requests":-1})",
        R"({"share":0.5,"kinds":["hang"],"athlete":"me"})"}) {
    BOOST_TEST_INFO(body);
    const auto parsed = parse_mix(body);
    BOOST_TEST(!parsed.value);
    BOOST_TEST(!parsed.error.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
