#define BOOST_TEST_DYN_LINK
#include "http/trusted_proxies.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using polar_flow::http::trusted_proxies;

BOOST_AUTO_TEST_SUITE(trusted_proxies_suite)

BOOST_AUTO_TEST_CASE(addresses_networks_and_names) {
  const std::vector<std::string> entries{"127.0.0.1", "::1", "10.1.0.0/16", "fd00::/8", "unix:"};
  const trusted_proxies proxies{entries};
  for (const auto* peer : {"127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.0.0", "10.1.255.255",
                           "fd12:3456::7", "unix:"})
    BOOST_TEST(proxies.contains(peer), peer);
  for (const auto* peer : {"127.0.0.2", "10.2.0.1", "::2", "fe80::1", "::ffff:10.2.0.1", "", "x"})
    BOOST_TEST(!proxies.contains(peer), peer);
}

BOOST_AUTO_TEST_CASE(nobody_is_trusted_by_an_empty_list) {
  const trusted_proxies proxies{std::vector<std::string>{}};
  BOOST_TEST(!proxies.contains("127.0.0.1"));
}

BOOST_AUTO_TEST_CASE(the_client_is_the_nearest_that_is_no_proxy) {
  const std::vector<std::string> entries{"127.0.0.1", "10.0.0.0/8"};
  const trusted_proxies proxies{entries};
  BOOST_TEST(proxies.client_behind("192.0.2.1", "203.0.113.9") == "192.0.2.1");
  BOOST_TEST(proxies.client_behind("127.0.0.1", "") == "127.0.0.1");
  BOOST_TEST(proxies.client_behind("127.0.0.1", "203.0.113.9") == "203.0.113.9");
  BOOST_TEST(proxies.client_behind("127.0.0.1", "1.1.1.1, 203.0.113.9 , 10.0.0.7")
             == "203.0.113.9");
  // What a client writes itself stands left of what our proxies saw.
  BOOST_TEST(proxies.client_behind("127.0.0.1", "127.0.0.1, 203.0.113.9") == "203.0.113.9");
  BOOST_TEST(proxies.client_behind("127.0.0.1", "10.0.0.9,10.0.0.8") == "10.0.0.9");
  BOOST_TEST(proxies.client_behind("127.0.0.1", "unknown") == "127.0.0.1");
  BOOST_TEST(proxies.client_behind("127.0.0.1", "2001:db8::1") == "2001:db8::1");
}

BOOST_AUTO_TEST_CASE(the_whole_internet_may_be_trusted) {
  const std::vector<std::string> entries{"0.0.0.0/0"};
  const trusted_proxies proxies{entries};
  BOOST_TEST(proxies.contains("203.0.113.9"));
  BOOST_TEST(!proxies.contains("2001:db8::1"));
}

BOOST_AUTO_TEST_SUITE_END()
