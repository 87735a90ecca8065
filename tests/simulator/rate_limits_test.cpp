#define BOOST_TEST_DYN_LINK
#include "simulator/rate_limits.hpp"
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace std::chrono_literals;
using polar_flow::testing::talk;

namespace {

std::string header(const response& answer, std::string_view name) {
  return std::string{find_header(answer.headers, name)};
}

} // namespace

BOOST_AUTO_TEST_SUITE(rate_limits_of_polar)

BOOST_AUTO_TEST_CASE(limits_grow_with_users) {
  // 500 + 20 × 3 and 5000 + 100 × 3, section 13 of the contract.
  rate_limits limits{{}};
  const instant now{1h};
  BOOST_TEST(limits.take(now, 3));
  headers list;
  limits.append_headers(list, now + 1min, 3, {});
  BOOST_TEST(find_header(list, "ratelimit-usage") == "1, 1");
  BOOST_TEST(find_header(list, "ratelimit-limit") == "560, 5300");
  BOOST_TEST(find_header(list, "ratelimit-reset") == "840, 86340");
}

BOOST_AUTO_TEST_CASE(a_distorted_clock_shifts_only_what_is_shown) {
  rate_limits limits{{}};
  const instant now{1h};
  limits.take(now, 1);
  headers early;
  limits.append_headers(early, now, 1, {false, -90min});
  // 900 and 86,400 seconds, and 5400 more.
  BOOST_TEST(find_header(early, "ratelimit-reset") == "6300, 91800");
  headers late;
  limits.append_headers(late, now, 1, {true, 90min});
  BOOST_TEST(find_header(late, "ratelimit-reset") == "0, 81000");
  BOOST_TEST(find_header(late, "ratelimit-usage") == "520, 1");
  headers right;
  limits.append_headers(right, now, 1, {});
  BOOST_TEST(find_header(right, "ratelimit-reset") == "900, 86400");
}

BOOST_AUTO_TEST_CASE(windows_end_on_their_own) {
  rate_limits limits{{2, 3}};
  const instant now{1h};
  BOOST_TEST(limits.take(now, 1));
  BOOST_TEST(limits.take(now, 1));
  BOOST_TEST(!limits.take(now + 899s, 1));
  BOOST_TEST(limits.take(now + 900s, 1));
  // The short window is fresh, the long one is used up now.
  BOOST_TEST(!limits.take(now + 1801s, 1));
  BOOST_TEST(limits.take(now + 24h, 1));
}

BOOST_AUTO_TEST_CASE(a_clock_turned_back_begins_anew) {
  rate_limits limits{{1, 1}};
  BOOST_TEST(limits.take(instant{48h}, 1));
  BOOST_TEST(limits.take(instant{1h}, 1));
}

BOOST_AUTO_TEST_CASE(every_answer_counts_and_the_last_is_429) {
  options settings;
  settings.limits = {3, 100};
  talk polar{settings};
  const auto token = polar.connect();
  const auto second = polar.get("/v3/users/sleep", token);
  BOOST_TEST(second.status == 200);
  BOOST_TEST(header(second, "RateLimit-Usage") == "2, 2");
  BOOST_TEST(header(second, "RateLimit-Limit") == "3, 100");
  BOOST_TEST(polar.get("/v3/nothing", token).status == 404);
  const auto refused = polar.get("/v3/users/sleep", token);
  BOOST_TEST(refused.status == 429);
  BOOST_TEST(header(refused, "RateLimit-Usage") == "3, 3");
  BOOST_TEST(header(refused, "RateLimit-Reset") == "900, 86400");
  polar.clock->time += 15min;
  BOOST_TEST(polar.get("/v3/users/sleep", token).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
