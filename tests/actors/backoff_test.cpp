#define BOOST_TEST_DYN_LINK
#include "actors/backoff.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace std::chrono_literals;
using polar_flow::actors::backoff_delay;

BOOST_AUTO_TEST_SUITE(backoff)

BOOST_AUTO_TEST_CASE(doubles_up_to_the_longest_and_takes_off_at_most_half) {
  const auto random = polar_flow::crypto::make_seeded_random(7);
  // 15 min · 2^(n−1), capped at a day: 15, 30, 60, 120, 240, 480, 960, 1440, 1440 minutes.
  const std::chrono::minutes expected[]{15min,  30min,  60min,   120min, 240min,
                                        480min, 960min, 1440min, 1440min};
  std::int32_t failures = 0;
  for (const auto longest : expected) {
    ++failures;
    for (int i = 0; i < 20; ++i) {
      const auto delay = backoff_delay(failures, 15min, 24h, *random);
      BOOST_TEST(delay.count() <= std::chrono::milliseconds{longest}.count());
      BOOST_TEST(delay.count() >= std::chrono::milliseconds{longest}.count() / 2);
    }
  }
}

BOOST_AUTO_TEST_CASE(spreads) {
  const auto random = polar_flow::crypto::make_seeded_random(7);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 50; ++i)
    seen.insert(backoff_delay(3, 15min, 24h, *random).count());
  BOOST_TEST(seen.size() > 40u);
}

BOOST_AUTO_TEST_CASE(survives_numbers_out_of_range) {
  const auto random = polar_flow::crypto::make_seeded_random(7);
  BOOST_TEST((backoff_delay(1'000'000, 15min, 24h, *random) <= 24h));
  BOOST_TEST((backoff_delay(0, 15min, 24h, *random) <= 15min));
  BOOST_TEST((backoff_delay(1, 48h, 24h, *random) <= 24h));
}

BOOST_AUTO_TEST_SUITE_END()
