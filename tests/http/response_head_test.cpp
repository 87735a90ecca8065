#define BOOST_TEST_DYN_LINK
#include "http/response_head.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::http;

namespace {

std::string head_of(const response& answer, connection_end end = connection_end::keep_alive) {
  std::string out;
  append_head(out, answer, end);
  return out;
}

// Contract 1.12, with the policy reduced to ourselves.
const std::string security =
    "Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self'; img-src "
    "'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; object-src "
    "'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'\r\n"
    "X-Frame-Options: DENY\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n";

} // namespace

BOOST_AUTO_TEST_SUITE(response_head)

BOOST_AUTO_TEST_CASE(a_whole_head) {
  auto answer = make_response(429, "{}");
  answer.request_id = "id-1";
  // 784111777 s after 1970 began: the example of RFC 9110, section 5.6.7.
  answer.given_at = instant{std::chrono::microseconds{784'111'777'999'999}};
  answer.rate_limit =
      rate_limit_state{1000, 0, instant{std::chrono::microseconds{1'795'354'590'999'999}}, false};
  answer.headers.emplace_back("Retry-After", "3");
  BOOST_TEST(head_of(answer)
             == "HTTP/1.1 429 Too Many Requests\r\n"
                "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                "Content-Type: application/json\r\n"
                "Content-Length: 2\r\n"
                    + security
                    + "Cache-Control: no-store\r\n"
                      "X-Request-ID: id-1\r\n"
                      "X-RateLimit-Limit: 1000\r\n"
                      "X-RateLimit-Remaining: 0\r\n"
                      "X-RateLimit-Reset: 1795354590\r\n"
                      "Retry-After: 3\r\n"
                      "\r\n");
}

BOOST_AUTO_TEST_CASE(what_the_client_has_already) {
  response answer;
  answer.status = 304;
  answer.cache_control = private_revalidate;
  answer.entity_tag = "W/\"a\"";
  BOOST_TEST(head_of(answer)
             == "HTTP/1.1 304 Not Modified\r\n" + security
                    + "Cache-Control: private, no-cache\r\n"
                      "ETag: W/\"a\"\r\n"
                      "\r\n");
}

// `date -u -d @SECONDS` told the texts.
BOOST_AUTO_TEST_CASE(dates_as_http_writes_them) {
  auto answer = make_response(200, "{}");
  const auto date_at = [&](std::int64_t seconds) {
    answer.given_at = instant{std::chrono::seconds{seconds}};
    const auto head = head_of(answer);
    const auto begin = head.find("Date: ") + 6;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  };
  BOOST_TEST(date_at(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
  BOOST_TEST(date_at(1'709'164'799) == "Wed, 28 Feb 2024 23:59:59 GMT");
  BOOST_TEST(date_at(1'709'164'800) == "Thu, 29 Feb 2024 00:00:00 GMT");
  BOOST_TEST(date_at(1'735'689'599) == "Tue, 31 Dec 2024 23:59:59 GMT");
  // The text of a second is kept; an earlier time is not answered from there.
  BOOST_TEST(date_at(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
  answer.given_at.reset();
  BOOST_TEST(head_of(answer).find("Date:") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(answers_without_body) {
  response options;
  options.status = 204;
  BOOST_TEST(head_of(options).find("Content-") == head_of(options).find("Content-Security"));
  BOOST_TEST(head_of(make_redirect("/x")).find("\r\nContent-Length: 0\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(https_is_insisted_on_only_over_https) {
  auto answer = make_response(200, "{}");
  BOOST_TEST(head_of(answer).find("Strict-Transport-Security") == std::string::npos);
  answer.is_https = true;
  BOOST_TEST(head_of(answer).find("\r\nStrict-Transport-Security: max-age=15768000\r\n")
             != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_end_of_the_connection_is_said) {
  const auto answer = make_response(200, "{}");
  BOOST_TEST(head_of(answer).find("Connection:") == std::string::npos);
  BOOST_TEST(head_of(answer, connection_end::close).ends_with("\r\nConnection: close\r\n\r\n"));
  BOOST_TEST(head_of(answer, connection_end::keep_alive_http_1_0)
                 .ends_with("\r\nConnection: keep-alive\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(no_cookie_on_any_answer) {
  BOOST_TEST(head_of(make_response(200, "{}")).find("Set-Cookie") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
