// Goal: guessing keys becomes slow, and nobody but the one who guesses notices.
#define BOOST_TEST_DYN_LINK
#include "http/wrong_keys.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace std::chrono_literals;

namespace {

constexpr int attempts = 10;
const instant start{std::chrono::days{20000}};

/// As many wrong keys as are tolerated.
void use_up(wrong_keys& guesses, std::string_view address, instant now) {
  for (int i = 0; i < attempts; ++i)
    BOOST_TEST(!guesses.note(address, now).has_value());
}

} // namespace

BOOST_AUTO_TEST_SUITE(slowing_down)

BOOST_AUTO_TEST_CASE(some_mistakes_are_free) {
  wrong_keys guesses{attempts};
  BOOST_TEST(!guesses.is_blocked("192.0.2.1", start));
  use_up(guesses, "192.0.2.1", start);
  BOOST_TEST(guesses.is_blocked("192.0.2.1", start));
  BOOST_TEST((guesses.note("192.0.2.1", start) == 6s));
  BOOST_TEST((guesses.note("192.0.2.1", start + 2s) == 4s));
}

BOOST_AUTO_TEST_CASE(one_attempt_comes_back_per_interval) {
  wrong_keys guesses{attempts};
  use_up(guesses, "192.0.2.1", start);
  BOOST_TEST(guesses.is_blocked("192.0.2.1", start + 5s));
  BOOST_TEST(!guesses.is_blocked("192.0.2.1", start + 6s));
  BOOST_TEST(!guesses.note("192.0.2.1", start + 6s).has_value());
  BOOST_TEST((guesses.note("192.0.2.1", start + 6s) == 6s));
  // After a minute all are there again.
  use_up(guesses, "192.0.2.1", start + 66s + 6s);
}

BOOST_AUTO_TEST_CASE(waiting_out_is_not_put_off_by_trying) {
  wrong_keys guesses{attempts};
  use_up(guesses, "192.0.2.1", start);
  for (int i = 0; i < 1000; ++i)
    BOOST_TEST(guesses.note("192.0.2.1", start + 1s).has_value());
  BOOST_TEST(!guesses.is_blocked("192.0.2.1", start + 6s));
}

BOOST_AUTO_TEST_CASE(others_are_not_slowed_down) {
  wrong_keys guesses{attempts};
  use_up(guesses, "192.0.2.1", start);
  BOOST_TEST(!guesses.is_blocked("192.0.2.2", start));
  BOOST_TEST(!guesses.note("192.0.2.2", start).has_value());
}

BOOST_AUTO_TEST_CASE(memory_is_bounded_and_the_newest_are_kept) {
  wrong_keys guesses{attempts};
  use_up(guesses, "old", start);
  for (std::size_t i = 0; i < wrong_keys::addresses_max - 1; ++i)
    guesses.note("address " + std::to_string(i), start);
  BOOST_TEST(guesses.is_blocked("old", start));
  guesses.note("one more", start);
  BOOST_TEST(!guesses.is_blocked("old", start));
}

BOOST_AUTO_TEST_CASE(it_can_be_switched_off) {
  wrong_keys guesses{0};
  for (int i = 0; i < 1000; ++i)
    BOOST_TEST(!guesses.note("192.0.2.1", start).has_value());
  BOOST_TEST(!guesses.is_blocked("192.0.2.1", start));
}

BOOST_AUTO_TEST_CASE(a_network_of_ipv6_is_one_client) {
  BOOST_TEST(client_network("192.0.2.1") == "192.0.2.1");
  BOOST_TEST(client_network("::ffff:192.0.2.1") == "192.0.2.1");
  BOOST_TEST(client_network("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
  BOOST_TEST(client_network("2001:db8:1:2::1") == "2001:db8:1:2::/64");
  BOOST_TEST(client_network("a name") == "a name");
}

BOOST_AUTO_TEST_SUITE_END()
