// Goal: bytes that are no HTTP, or HTTP that lies, are answered or cut off, and never disturb
// others. Method: raw bytes on a socket, each with the literal status that must come back; after
// each the server answers a decent request.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/world.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace polar_flow::testing;
using namespace std::string_literals;
using std::chrono::seconds;

struct malformed_http_world {
  static inline std::unique_ptr<server_folder> folder;
  static inline std::unique_ptr<server_process> server;

  void setup() {
    folder = std::make_unique<server_folder>();
    auto options = lonely_options(folder->path());
    // A client that stops in the middle is given up after this time.
    options.environment.emplace("HTTP_READ_TIMEOUT_SECONDS", "1");
    options.environment.emplace("HTTP_IDLE_TIMEOUT_SECONDS", "2");
    server = std::make_unique<server_process>(options);
  }

  void teardown() {
    server = nullptr;
    folder = nullptr;
  }
};

std::uint16_t port() {
  return malformed_http_world::server->port();
}

bool is_well() {
  const auto answer = ask(port(), {.target = "/health"});
  return answer && answer->status == 200;
}

struct wrong_bytes {
  std::string what;
  std::string bytes;
  /// 0: the connection just ends.
  int status;
};

std::string get_health(const std::string& headers) {
  return "GET /health HTTP/1.1\r\n" + headers + "\r\n";
}

std::string post(const std::string& headers, const std::string& rest) {
  return "POST /oauth/exchange HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + rest;
}

void check(const wrong_bytes& wrong) {
  BOOST_TEST_CONTEXT(wrong.what) {
    const auto exchange = exchange_bytes(port(), wrong.bytes, seconds{30});
    BOOST_TEST(exchange.was_closed);
    if (wrong.status == 0)
      BOOST_TEST(exchange.received.empty(), exchange.received);
    else
      BOOST_TEST(exchange.received.starts_with("HTTP/1.1 " + std::to_string(wrong.status) + " "),
                 "answered " << exchange.received);
    BOOST_TEST(is_well());
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(malformed_http, *boost::unit_test::fixture<malformed_http_world>())

BOOST_AUTO_TEST_CASE(heads_that_are_none) {
  const std::vector<wrong_bytes> cases{
      {"a word", "nonsense\r\n\r\n", 400},
      {"a method alone", "GET\r\n\r\n", 400},
      {"no version", "GET /health\r\n\r\n", 400},
      {"a version of the future", "GET /health HTTP/9.9\r\nHost: x\r\n\r\n", 400},
      {"another protocol", "SSH-2.0-OpenSSH_9.2\r\n", 400},
      {"a TLS greeting", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"s, 400},
      {"zeros", std::string(64, '\0') + "\r\n\r\n", 400},
      {"a header without a colon", get_health("Host: x\r\nnonsense\r\n"), 400},
      {"a blank before the colon", get_health("Host : x\r\n"), 400},
      {"a header without a name", get_health("Host: x\r\n: value\r\n"), 400},
      {"a zero byte in a header", get_health("Host: x\r\nA: b\0c\r\n"s), 400},
      {"a zero byte in the target", "GET /hea\0lth HTTP/1.1\r\nHost: x\r\n\r\n"s, 400},
      {"no host", get_health(""), 400},
      {"two hosts", get_health("Host: a\r\nHost: b\r\n"), 400},
      {"a target that is no path", "GET health HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a broken percent sequence", "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
       400},
      {"an unknown method", "BREW /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405},
      {"an expectation that is unknown", get_health("Host: x\r\nExpect: a miracle\r\n"), 417}};
  for (const auto& wrong : cases)
    check(wrong);
}

BOOST_AUTO_TEST_CASE(heads_that_are_too_long) {
  const std::string much(100'000, 'a');
  check({"an endless target", "GET /" + much + " HTTP/1.1\r\nHost: x\r\n\r\n", 431});
  check({"an endless header", get_health("Host: x\r\nA: " + much + "\r\n"), 431});
  check({"an endless line", much + much, 431});
  std::string many;
  for (int i = 0; i < 5000; ++i)
    many += "A" + std::to_string(i) + ": b\r\n";
  check({"too many headers", get_health("Host: x\r\n" + many), 431});
}

BOOST_AUTO_TEST_CASE(lengths_that_lie) {
  const std::vector<wrong_bytes> cases{
      {"a length in words", post("Content-Length: ten\r\n", "0123456789"), 400},
      {"a negative length", post("Content-Length: -1\r\n", ""), 400},
      {"a length beyond all numbers", post("Content-Length: 99999999999999999999999999\r\n", ""),
       400},
      {"two lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), 400},
      {"a length and chunks",
       post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {"an unknown transfer coding", post("Transfer-Encoding: smoke\r\n", "puff"), 400},
      {"a coding that is nearly chunked",
       post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400},
      {"chunks in another coding", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
       501},
      {"chunks that are not the end",
       post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"), 400},
      {"chunks twice",
       post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {"chunks of an old client",
       "POST /oauth/exchange HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"a chunk size in words", post("Transfer-Encoding: chunked\r\n", "ZZ\r\nabc\r\n"), 400},
      {"a chunk longer than it says",
       post("Transfer-Encoding: chunked\r\n", "1\r\nabcdef\r\n0\r\n\r\n"), 400},
      {"chunks that are too much",
       post("Transfer-Encoding: chunked\r\n", "FFFFFFF\r\n" + std::string(200'000, 'a')), 413}};
  for (const auto& wrong : cases)
    check(wrong);
}

BOOST_AUTO_TEST_CASE(clients_that_stop_in_the_middle) {
  check({"half a head", "GET /health HTTP/1.1\r\nHost:", 408});
  check({"half a body", post("Content-Length: 10\r\n", "abc"), 408});
  check({"half a chunk", post("Transfer-Encoding: chunked\r\n", "5\r\nab"), 408});
  check({"nothing at all", "", 0});
}

BOOST_AUTO_TEST_CASE(a_request_hidden_in_a_body_is_a_body) {
  const std::string hidden = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
  const auto exchange = exchange_bytes(
      port(),
      post("Connection: close\r\nContent-Length: " + std::to_string(hidden.size()) + "\r\n",
           hidden),
      seconds{30});
  BOOST_TEST(exchange.received.starts_with("HTTP/1.1 400 "));
  BOOST_TEST(exchange.received.find("\"status\":\"ok\"") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(requests_sent_ahead_are_answered_in_order) {
  const auto exchange = exchange_bytes(
      port(),
      get_health("Host: x\r\n") + "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
          + get_health("Host: x\r\n") + get_health("Host: x\r\nConnection: close\r\n"),
      seconds{30});
  auto bytes = exchange.received;
  std::string statuses;
  while (const auto answer = take_answer(bytes, true))
    statuses += std::to_string(answer->status) + " ";
  BOOST_TEST(statuses == "200 404 200 200 ");
  BOOST_TEST(exchange.was_closed);
}

// A proxy that does not know `xchunked` takes what follows for a body, a careless server for the
// next request.
BOOST_AUTO_TEST_CASE(a_request_behind_an_unknown_coding_is_not_served) {
  const auto exchange = exchange_bytes(port(),
                                       "GET /health HTTP/1.1\r\nHost: x\r\n"
                                       "Transfer-Encoding: xchunked\r\n\r\n"
                                           + get_health("Host: x\r\nConnection: close\r\n"),
                                       seconds{30});
  BOOST_TEST(exchange.received.starts_with("HTTP/1.1 400 "), exchange.received);
  BOOST_TEST(exchange.received.find("\"status\":\"ok\"") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_empty_line_before_a_request_is_nothing) {
  const auto exchange = exchange_bytes(
      port(), "\r\n" + get_health("Host: x\r\nConnection: close\r\n"), seconds{30});
  BOOST_TEST(exchange.received.starts_with("HTTP/1.1 200 "), exchange.received);
  check({"two empty lines", "\r\n\r\n" + get_health("Host: x\r\n"), 400});
}

BOOST_AUTO_TEST_CASE(an_old_client_is_served) {
  const auto exchange = exchange_bytes(port(), "GET /health HTTP/1.0\r\n\r\n", seconds{30});
  BOOST_TEST(exchange.received.starts_with("HTTP/1.1 200 "));
  BOOST_TEST(exchange.was_closed);
}

BOOST_AUTO_TEST_CASE(a_head_request_has_no_body) {
  const auto exchange = exchange_bytes(
      port(), "HEAD /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", seconds{30});
  BOOST_TEST(exchange.received.starts_with("HTTP/1.1 200 "));
  BOOST_TEST(exchange.received.ends_with("\r\n\r\n"));
}

BOOST_AUTO_TEST_SUITE_END()
