#define BOOST_TEST_DYN_LINK
#include "http/message.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace polar_flow::http;

BOOST_AUTO_TEST_SUITE(message)

BOOST_AUTO_TEST_CASE(methods) {
  for (const auto* name : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    BOOST_TEST(to_string(parse_method(name)) == name);
  BOOST_TEST((parse_method("get") == http_method::other));
  BOOST_TEST((parse_method("BREW") == http_method::other));
}

BOOST_AUTO_TEST_CASE(headers_are_found_in_any_case_and_the_first_one_counts) {
  const std::array<header_view, 3> headers{
      {{"Host", "here"}, {"x-api-KEY", "one"}, {"X-API-Key", "two"}}};
  request message;
  message.headers = headers;
  BOOST_TEST(message.header("X-Api-Key").value() == "one");
  BOOST_TEST(!message.header("X-Api").has_value());
  BOOST_TEST(!message.header("").has_value());
}

BOOST_AUTO_TEST_CASE(blanks_at_the_ends) {
  BOOST_TEST(trimmed(" \t a b \t") == "a b");
  BOOST_TEST(trimmed(" \t ").empty());
  BOOST_TEST(trimmed("").empty());
}

BOOST_AUTO_TEST_CASE(redirects_have_no_body) {
  const auto answer = make_redirect("https://there.example/");
  BOOST_TEST(answer.status == 303);
  BOOST_TEST(answer.headers.at(0).second == "https://there.example/");
  BOOST_TEST(!answer.body);
}

BOOST_AUTO_TEST_SUITE_END()
