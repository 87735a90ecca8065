#define BOOST_TEST_DYN_LINK
#include "actors/callback_url.hpp"

#include <boost/test/unit_test.hpp>

using polar_flow::actors::with_query;

BOOST_AUTO_TEST_SUITE(callback_url)

BOOST_AUTO_TEST_CASE(starts_a_query) {
  BOOST_TEST(with_query("https://app.example/cb", {{"code", "temp_1"}, {"status", "connected"}})
             == "https://app.example/cb?code=temp_1&status=connected");
}

BOOST_AUTO_TEST_CASE(joins_a_query_that_is_there) {
  BOOST_TEST(with_query("https://app.example/cb?session=7", {{"status", "failed"}})
             == "https://app.example/cb?session=7&status=failed");
}

BOOST_AUTO_TEST_CASE(stays_in_front_of_a_fragment) {
  BOOST_TEST(with_query("https://app.example/#/cb", {{"status", "failed"}})
             == "https://app.example/?status=failed#/cb");
}

BOOST_AUTO_TEST_CASE(encodes_what_would_break_the_query) {
  // RFC 3986 lets `=` stand in a value: only the first one of a pair separates.
  BOOST_TEST(with_query("https://app.example/cb", {{"error", "a&b=c d#"}})
             == "https://app.example/cb?error=a%26b=c%20d%23");
}

// Where the parser sees a path, everybody else sees the rest of the host: it must stay there.
BOOST_AUTO_TEST_CASE(does_not_touch_a_host_that_begins_with_an_address) {
  BOOST_TEST(with_query("https://192.0.2.1.nip.example/cb", {{"code", "temp_1"}})
             == "https://192.0.2.1.nip.example/cb?code=temp_1");
  BOOST_TEST(with_query("https://192.0.2.1.nip.example", {{"code", "temp_1"}})
             == "https://192.0.2.1.nip.example?code=temp_1");
}

BOOST_AUTO_TEST_CASE(leaves_alone_what_is_no_url) {
  BOOST_TEST(with_query("not a url", {{"a", "b"}}) == "not a url");
}

BOOST_AUTO_TEST_SUITE_END()
