#define BOOST_TEST_DYN_LINK
#include "polar/endpoint.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::polar;

BOOST_AUTO_TEST_SUITE(endpoint_parsing)

BOOST_AUTO_TEST_CASE(urls_are_taken_apart) {
  const auto address =
      parse_address(
          "https://www.polaraccesslink.com/v3/users/activities?from=2026-01-01&to=2026-01-28")
          .value();
  BOOST_TEST(address.where.is_encrypted);
  BOOST_TEST(address.where.host == "www.polaraccesslink.com");
  BOOST_TEST(address.where.port == 443);
  BOOST_TEST(address.authority == "www.polaraccesslink.com");
  BOOST_TEST(address.target == "/v3/users/activities?from=2026-01-01&to=2026-01-28");
}

BOOST_AUTO_TEST_CASE(ports_and_addresses_are_understood) {
  const auto plain = parse_address("http://127.0.0.1:8081").value();
  BOOST_TEST(!plain.where.is_encrypted);
  BOOST_TEST(plain.where.port == 8081);
  BOOST_TEST(plain.authority == "127.0.0.1:8081");
  BOOST_TEST(plain.target == "/");
  const auto six = parse_address("http://[::1]/a#fragment").value();
  BOOST_TEST(six.where.host == "::1");
  BOOST_TEST(six.where.port == 80);
  BOOST_TEST(six.authority == "[::1]");
  BOOST_TEST(six.target == "/a");
}

BOOST_AUTO_TEST_CASE(other_addresses_are_refused) {
  for (const auto* url :
       {"", "/v3/users", "www.polar.com", "ftp://x/", "http://", "http:///x", "http://user:pass@x/",
        "http://x:99999/", "http://x:0/", "http://x/a b", "http://x/\r\nHost: y"}) {
    const auto address = parse_address(url);
    BOOST_TEST(!address.has_value(), url);
    if (!address)
      BOOST_TEST((address.error().code == errc::invalid_argument));
  }
}

BOOST_AUTO_TEST_CASE(headers_cannot_break_out_of_their_line) {
  const auto check = [](std::string method, std::string name, std::string value) {
    const http_request request{
        std::move(method), "http://x/", {{std::move(name), std::move(value)}}, ""};
    return check_request(request).has_value();
  };
  BOOST_TEST(check("GET", "Authorization", "Bearer abc"));
  BOOST_TEST(check("PATCH", "Accept", "x"));
  BOOST_TEST(!check("TRACE", "Accept", "x"));
  BOOST_TEST(!check("get", "Accept", "x"));
  BOOST_TEST(!check("GET", "Authorization", "Bearer a\r\nX: y"));
  BOOST_TEST(!check("GET", "Authorization", std::string{"a\0b", 3}));
  BOOST_TEST(!check("GET", "", "x"));
  BOOST_TEST(!check("GET", "A b", "x"));
  BOOST_TEST(!check("GET", "A:", "x"));
}

BOOST_AUTO_TEST_CASE(text_is_percent_encoded) {
  BOOST_TEST(percent_encode("aZ09-._~") == "aZ09-._~");
  BOOST_TEST(percent_encode("a b+c/?&=%#é") == "a%20b%2Bc%2F%3F%26%3D%25%23%C3%A9");
  BOOST_TEST(percent_encode("") == "");
}

BOOST_AUTO_TEST_CASE(urls_are_joined_with_one_slash) {
  BOOST_TEST(join_url("http://x", "/v3") == "http://x/v3");
  BOOST_TEST(join_url("http://x/", "/v3") == "http://x/v3");
  BOOST_TEST(join_url("http://x/polar", "/v3") == "http://x/polar/v3");
}

BOOST_AUTO_TEST_SUITE_END()
