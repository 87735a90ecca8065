#define BOOST_TEST_DYN_LINK
#include "simulator/messages.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

using namespace polar_flow::simulator;

BOOST_AUTO_TEST_SUITE(http_values)

BOOST_AUTO_TEST_CASE(targets_are_decoded) {
  const auto target = parse_target("/v3/users/a%20b?from=2026-01-01&x=1%262&flag&plus=a+b");
  BOOST_REQUIRE(target);
  BOOST_TEST(target->path == "/v3/users/a b");
  BOOST_TEST(target->segments.size() == 3U);
  BOOST_TEST(target->query.at("from") == "2026-01-01");
  BOOST_TEST(target->query.at("x") == "1&2");
  BOOST_TEST(target->query.at("flag").empty());
  BOOST_TEST(target->query.at("plus") == "a b");
  BOOST_TEST(!parse_target("v3"));
  BOOST_TEST(!parse_target(""));
  BOOST_TEST(!parse_target("/%g0"));
  BOOST_TEST(parse_form("%").empty());
}

BOOST_AUTO_TEST_CASE(credentials_are_read_whatever_the_case) {
  request received;
  received.headers = {{"authorization", "basic YTpiOmM="}};
  const auto pair = basic_credentials(received);
  BOOST_REQUIRE(pair);
  BOOST_TEST(pair->first == "a");
  BOOST_TEST(pair->second == "b:c");
  BOOST_TEST(bearer_token(received).empty());
  received.headers = {{"AUTHORIZATION", "Bearer abc"}};
  BOOST_TEST(bearer_token(received) == "abc");
  BOOST_TEST(!basic_credentials(received));
  for (const auto* wrong : {"Basic", "Basic ", "Basic YTpi\nYTpi", "Basic YQ==", "Basic *"}) {
    received.headers = {{"Authorization", wrong}};
    BOOST_TEST(!basic_credentials(received));
  }
}

BOOST_AUTO_TEST_CASE(parameters_are_encoded) {
  BOOST_TEST(encode_parameter("a b&c=d/ü~") == "a%20b%26c%3Dd%2F%C3%BC~");
}

BOOST_AUTO_TEST_CASE(errors_have_polars_body) {
  const auto answer = error_response(400, "bad_request", "no");
  BOOST_TEST(answer.status == 400);
  BOOST_TEST(answer.body == R"({"status":400,"errorType":"bad_request","message":"no"})");
}

BOOST_AUTO_TEST_SUITE_END()
