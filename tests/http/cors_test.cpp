// Goal: pages of configured origins may call the API, and all others find nothing that helps them.
#define BOOST_TEST_DYN_LINK
#include "http/cors.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace polar_flow::http;

namespace {

using fields = std::vector<std::pair<std::string, std::string>>;

fields told(const cors_rules& rules, std::span<const header_view> headers,
            std::string_view allow = {}) {
  request message;
  message.headers = headers;
  response answer;
  rules.apply(answer, message, allow);
  fields found;
  for (const auto& [name, value] : answer.headers)
    found.emplace_back(name, value);
  return found;
}

const cors_rules rules{{"https://app.example", "http://localhost:3000"}};

} // namespace

BOOST_AUTO_TEST_SUITE(cors)

BOOST_AUTO_TEST_CASE(without_origins_nothing_is_said) {
  const std::array headers{header_view{"Origin", "https://app.example"}};
  BOOST_TEST(told(cors_rules{{}}, headers).empty());
}

BOOST_AUTO_TEST_CASE(a_known_page_may_read_the_answer) {
  const std::array headers{header_view{"Origin", "https://app.example"}};
  BOOST_TEST((told(rules, headers)
              == fields{{"Vary", "Origin"},
                        {"Access-Control-Allow-Origin", "https://app.example"},
                        {"Access-Control-Expose-Headers",
                         "ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, "
                         "X-RateLimit-Reset, X-Request-ID"}}));
}

BOOST_AUTO_TEST_CASE(a_known_page_may_ask_what_it_may_send) {
  const std::array headers{header_view{"Origin", "http://localhost:3000"},
                           header_view{"Access-Control-Request-Method", "GET"}};
  BOOST_TEST((told(rules, headers, "GET, HEAD, OPTIONS")
              == fields{{"Vary", "Origin"},
                        {"Access-Control-Allow-Origin", "http://localhost:3000"},
                        {"Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"},
                        {"Access-Control-Allow-Headers",
                         "Authorization, Content-Type, If-None-Match, Last-Event-ID, X-API-Key, "
                         "X-Polar-Token, X-Request-ID"},
                        {"Access-Control-Max-Age", "600"}}));
}

BOOST_AUTO_TEST_CASE(other_pages_are_told_nothing) {
  for (const auto* origin : {"https://evil.example", "https://app.example.evil.example", "null",
                             "http://app.example", "https://app.example:8443", ""}) {
    const std::array headers{header_view{"Origin", origin}};
    BOOST_TEST((told(rules, headers) == fields{{"Vary", "Origin"}}), origin);
  }
  BOOST_TEST((told(rules, {}) == fields{{"Vary", "Origin"}}));
}

BOOST_AUTO_TEST_SUITE_END()
