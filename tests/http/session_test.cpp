#define BOOST_TEST_DYN_LINK
#include "http/session.hpp"
#include "tests/http/server_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <thread>

// Goal: what a connection does with good, bad, slow and impatient clients. Method: a real server
// on a free port, a client that sends bytes.
using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

constexpr std::string_view sleep_target = "/api/v1/users/12345/sleep";
} // namespace

BOOST_FIXTURE_TEST_SUITE(session_suite, http_server_fixture)

BOOST_AUTO_TEST_CASE(a_connection_serves_many_requests) {
  start();
  auto client = connect();
  for (int i = 0; i < 3; ++i) {
    client.send(get_request(sleep_target));
    const auto answer = client.receive();
    BOOST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 200);
    BOOST_TEST(answer->body == "[]");
    BOOST_TEST(has_header(*answer, "Content-Type: application/json"));
    BOOST_TEST(has_header(*answer, "Content-Length: 2"));
    BOOST_TEST(has_header(*answer, "X-RateLimit-Remaining: " + std::to_string(999 - i)));
    BOOST_TEST(answer->head.find("Set-Cookie") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(security_headers_are_on_every_answer) {
  start();
  for (const auto* request :
       {"GET /health HTTP/1.1\r\nHost: a\r\n\r\n", "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
        "DELETE /health HTTP/1.1\r\nHost: a\r\n\r\n", "nonsense\r\n\r\n"}) {
    auto client = connect();
    client.send(request);
    const auto answer = client.receive();
    BOOST_REQUIRE(answer.has_value());
    for (const auto* name : {"Content-Security-Policy: ", "X-Frame-Options: DENY\r\n",
                             "X-Content-Type-Options: nosniff\r\n", "X-Request-ID: "})
      BOOST_TEST(answer->head.find(name) != std::string::npos, request << name);
  }
}

BOOST_AUTO_TEST_CASE(cached_answers_are_identical_bytes) {
  script.rows = std::vector<sleep_summary>(365);
  start();
  auto client = connect();
  client.send(get_request(sleep_target));
  const auto first = client.receive();
  client.send(get_request(sleep_target));
  const auto second = client.receive();
  BOOST_REQUIRE((first && second));
  BOOST_TEST(first->body.size() > 50000u);
  BOOST_TEST(first->body == second->body);
}

BOOST_AUTO_TEST_CASE(pipelined_answers_come_in_order) {
  start();
  auto client = connect();
  std::string requests;
  constexpr int count = 40; // more than go into one write
  for (int i = 0; i < count; ++i)
    requests += get_request(i % 2 == 0 ? "/health" : "/nowhere",
                            "X-Request-ID: number-" + std::to_string(i) + "\r\n");
  client.send(requests);
  for (int i = 0; i < count; ++i) {
    const auto answer = client.receive();
    BOOST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == (i % 2 == 0 ? 200 : 404));
    BOOST_TEST(has_header(*answer, "X-Request-ID: number-" + std::to_string(i)));
  }
}

BOOST_AUTO_TEST_CASE(a_ready_answer_does_not_wait_for_a_slow_change) {
  is_gated = true;
  start();
  auto client = connect();
  client.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
              "POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n"
              "{\"code\":\"a\"}");
  BOOST_TEST(client.receive()->status == 200);
  open_gate();
  BOOST_TEST(client.receive()->status == 201);
}

BOOST_AUTO_TEST_CASE(requests_may_arrive_in_pieces) {
  start();
  auto client = connect();
  const std::string request =
      "POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nContent-Length: 17\r\n\r\n"
      "{\"code\":\"temp_1\"}GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const char c : request)
    client.send(std::string_view{&c, 1});
  BOOST_TEST(client.receive()->status == 201);
  BOOST_TEST(client.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(chunked_bodies_are_read) {
  start();
  for (const std::string coding : {"chunked", "Chunked", "  CHUNKED\t "}) {
    auto client = connect();
    client.send("POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + coding
                + "\r\n\r\n8\r\n{\"code\":\r\n4;x=y\r\n\"a\"}\r\n0\r\n\r\n");
    BOOST_TEST(client.receive()->status == 201);
    client.send(get_request("/health"));
    BOOST_TEST(client.receive()->status == 200);
  }
}

// What a proxy may take for a body and we for the next request, or the other way round.
BOOST_AUTO_TEST_CASE(an_unclear_transfer_coding_ends_the_connection) {
  struct unclear {
    std::string version;
    std::string headers;
    int status;
  };
  start();
  for (const auto& [version, headers, status] : std::initializer_list<unclear>{
           {"1.1", "Transfer-Encoding: xchunked\r\n", 400},
           {"1.1", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400},
           {"1.1", "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n", 400},
           {"1.1", "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n", 400},
           {"1.1", "Transfer-Encoding: gzip, chunked\r\n", 501},
           {"1.0", "Transfer-Encoding: chunked\r\n", 400}}) {
    auto client = connect();
    client.send("GET /health HTTP/" + version + "\r\nHost: a\r\n" + headers + "\r\n"
                + "0\r\n\r\n" + get_request("/health"));
    const auto answer = client.receive();
    BOOST_REQUIRE_MESSAGE(answer.has_value(), headers);
    BOOST_TEST(answer->status == status, headers);
    BOOST_TEST(has_header(*answer, "Connection: close"), headers);
    client.finish_sending();
    BOOST_TEST(client.is_closed_by_server(), headers);
  }
}

BOOST_AUTO_TEST_CASE(one_empty_line_before_a_request_is_nothing) {
  start();
  auto client = connect();
  client.send("\r\n" + get_request("/health"));
  BOOST_TEST(client.receive()->status == 200);
  // After a body whose length does not count the line end that some clients add.
  client.send("POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n"
              "{\"code\":\"a\"}\r\n"
              + get_request("/health"));
  BOOST_TEST(client.receive()->status == 201);
  BOOST_TEST(client.receive()->status == 200);
  for (const char c : "\r\n" + get_request("/health"))
    client.send(std::string_view{&c, 1});
  BOOST_TEST(client.receive()->status == 200);

  for (const std::string wrong : {"\r\n\r\n", "\r", "\n", "\r\n\n", " \r\n", "\r\r\n"}) {
    auto other = connect();
    other.send(wrong + get_request("/health"));
    const auto answer = other.receive();
    BOOST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 400);
  }
}

BOOST_AUTO_TEST_CASE(a_line_end_after_a_body_does_not_make_an_idle_client_a_slow_one) {
  options.http.read_timeout = std::chrono::seconds{1};
  options.http.idle_timeout = std::chrono::seconds{2};
  start();
  auto client = connect();
  client.send(get_request("/health") + "\r\n");
  BOOST_TEST(client.receive()->status == 200);
  BOOST_TEST(client.receive_all().empty()); // and not 408
}

BOOST_AUTO_TEST_CASE(every_answer_tells_the_time) {
  start();
  // The fixture's clock: `date -u -d @1800000000`.
  for (const auto* request : {"GET /health HTTP/1.1\r\nHost: a\r\n\r\n",
                              "GET /nowhere HTTP/1.0\r\n\r\n", "nonsense\r\n\r\n"}) {
    auto client = connect();
    client.send(request);
    BOOST_TEST(has_header(*client.receive(), "Date: Fri, 15 Jan 2027 08:00:00 GMT"), request);
  }
}

BOOST_AUTO_TEST_CASE(a_client_that_asks_may_go_on) {
  start();
  auto client = connect();
  client.send("POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n"
              "Expect: 100-continue\r\n\r\n");
  const auto go_on = client.receive();
  BOOST_TEST(go_on->head == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("{\"code\":\"a\"}");
  BOOST_TEST(client.receive()->status == 201);
}

BOOST_AUTO_TEST_CASE(a_client_that_asks_is_refused_before_it_sends) {
  start();
  auto client = connect();
  client.send("POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nContent-Length: 999999\r\n"
              "Expect: 100-continue\r\n\r\n");
  BOOST_TEST(client.receive()->status == 413);
  auto strange = connect();
  strange.send("GET /health HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n");
  BOOST_TEST(strange.receive()->status == 417);
}

BOOST_AUTO_TEST_CASE(head_has_the_length_and_no_body) {
  start();
  auto client = connect();
  client.send("HEAD /health HTTP/1.1\r\nHost: a\r\n\r\n" + get_request("/health"));
  const auto head = client.receive(false);
  const auto get = client.receive();
  BOOST_REQUIRE((head && get));
  BOOST_TEST(has_header(*head, "Content-Length: " + std::to_string(get->body.size())));
  BOOST_TEST(get->status == 200);
}

BOOST_AUTO_TEST_CASE(the_connection_ends_when_the_client_says_so) {
  start();
  auto client = connect();
  client.send(get_request("/health", "Connection: close\r\n"));
  const auto answer = client.receive();
  BOOST_TEST(has_header(*answer, "Connection: close"));
  BOOST_TEST(client.is_closed_by_server());

  auto old = connect();
  old.send("GET /health HTTP/1.0\r\n\r\n");
  BOOST_TEST(old.receive()->status == 200);
  BOOST_TEST(old.is_closed_by_server());

  auto old_and_kept = connect();
  old_and_kept.send("GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  BOOST_TEST(has_header(*old_and_kept.receive(), "Connection: keep-alive"));
  old_and_kept.send("GET /health HTTP/1.0\r\n\r\n");
  BOOST_TEST(old_and_kept.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(a_client_that_has_finished_sending_is_still_answered) {
  start();
  auto client = connect();
  client.send(get_request("/health") + get_request("/health"));
  client.finish_sending();
  BOOST_TEST(client.receive()->status == 200);
  BOOST_TEST(client.receive()->status == 200);
  BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(malformed_http_is_400_and_the_end) {
  start();
  for (const std::string request : {
           "nonsense\r\n\r\n",
           "GET\r\n\r\n",
           "GET /health\r\n\r\n",
           "GET /health HTTP/2.0\r\nHost: a\r\n\r\n",
           "GET /health HTTP/0.9\r\nHost: a\r\n\r\n",
           "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
           "GET /health HTTP/1.1\r\n\r\n",
           "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "GET /health HTTP/1.1\r\nHost a\r\n\r\n",
           "GET /health HTTP/1.1\r\nHost: a\r\nX-Bad: a\x01z\r\n\r\n",
           "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
           "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
           "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
           "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
           "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
           "GET health HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET /he alth HTTP/1.1\r\nHost: a\r\n\r\n",
           "\x16\x03\x01\x02\x01\x01\x00\x01\r\n\r\n",
       }) {
    auto client = connect();
    client.send(request);
    const auto answer = client.receive();
    BOOST_REQUIRE_MESSAGE(answer.has_value(), request);
    BOOST_TEST(answer->status == 400, request);
    BOOST_TEST(answer->body.starts_with(R"({"status_code":400,"detail":")"), request);
    BOOST_TEST(has_header(*answer, "Connection: close"));
    client.finish_sending();
    BOOST_TEST(client.is_closed_by_server(), request);
  }
  auto client = connect();
  client.send(get_request("/health"));
  BOOST_TEST(client.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(heads_have_a_limit) {
  start();
  std::string many_short_lines;
  for (int i = 0; i < 500; ++i)
    many_short_lines += "X-Short: 1\r\n";
  for (const auto& request : {get_request("/health", many_short_lines),
                              get_request("/" + std::string(5000, 'a')),
                              get_request("/health", "X-Long: " + std::string(5000, 'a') + "\r\n"),
                              std::string(200'000, 'A')}) {
    auto client = connect();
    client.send(request);
    const auto answer = client.receive();
    BOOST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 431);
    BOOST_TEST(answer->body == R"({"status_code":431,"detail":"Request header fields too large"})");
  }
}

BOOST_AUTO_TEST_CASE(bodies_have_a_limit_on_every_endpoint) {
  start();
  const std::string body(9000, 'x');
  const std::array<std::string_view, 19> endpoints{"GET /health",
                                                   "GET /ready",
                                                   "GET /api/v1/users/12345/sleep",
                                                   "GET /api/v1/users/12345/activity",
                                                   "GET /api/v1/users/12345/recharge",
                                                   "GET /api/v1/users/12345/cardio-load",
                                                   "GET /api/v1/users/12345/exercises",
                                                   "GET /api/v1/users/12345/baselines",
                                                   "GET /api/v1/users/12345/insights",
                                                   "POST /api/v1/users/12345/sync/trigger",
                                                   "GET /api/v1/users/12345/sync/status",
                                                   "GET /api/v1/users/12345/sync/logs",
                                                   "GET /api/v1/users/12345/sync/events",
                                                   "GET /api/v1/users/12345/coverage",
                                                   "POST /api/v1/users/12345/disconnect",
                                                   "POST /webhooks/polar",
                                                   "GET /oauth/start",
                                                   "GET /oauth/callback",
                                                   "POST /oauth/exchange"};
  for (const auto endpoint : endpoints) {
    auto client = connect();
    client.send(std::string{endpoint} + " HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n"
                + body);
    const auto answer = client.receive();
    BOOST_REQUIRE_MESSAGE(answer.has_value(), endpoint);
    BOOST_TEST(answer->status == 413, endpoint);
    BOOST_TEST(answer->body == R"({"status_code":413,"detail":"Request body too large"})");
  }
  auto client = connect();
  client.send("POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              "2328\r\n"
              + body + "\r\n0\r\n\r\n");
  BOOST_TEST(client.receive()->status == 413);
}

BOOST_AUTO_TEST_CASE(an_unasked_body_is_skipped) {
  start();
  auto client = connect();
  client.send("GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
              + get_request("/health"));
  BOOST_TEST(client.receive()->status == 200);
  BOOST_TEST(client.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(slow_heads_and_bodies_are_given_up) {
  options.http.read_timeout = std::chrono::seconds{1};
  start();
  for (const auto* beginning :
       {"GET /health HTT",
        "POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"}) {
    auto client = connect();
    client.send(beginning);
    const auto answer = client.receive();
    BOOST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 408);
    BOOST_TEST(has_header(*answer, "Connection: close"));
    client.finish_sending();
    BOOST_TEST(client.is_closed_by_server());
  }
}

// A byte now and then does not buy time: the whole head has one deadline.
BOOST_AUTO_TEST_CASE(trickling_does_not_help) {
  options.http.read_timeout = std::chrono::seconds{1};
  start();
  auto client = connect();
  client.send("GET /health HTTP/1.1\r\nHost: a\r\n");
  std::atomic<bool> is_answered = false;
  std::thread trickle{[&] {
    boost::asio::io_context context;
    boost::asio::steady_timer timer{context};
    while (!is_answered) {
      client.send("X: y\r\n");
      timer.expires_after(std::chrono::milliseconds{100});
      timer.wait();
    }
  }};
  const auto answer = client.receive();
  is_answered = true;
  trickle.join();
  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->status == 408);
}

BOOST_AUTO_TEST_CASE(idle_connections_are_closed_without_a_word) {
  options.http.idle_timeout = std::chrono::seconds{1};
  start();
  auto client = connect();
  client.send(get_request("/health"));
  BOOST_TEST(client.receive()->status == 200);
  BOOST_TEST(client.receive_all().empty());
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_read_is_given_up) {
  options.http.write_timeout = std::chrono::seconds{1};
  script.rows = std::vector<sleep_summary>(365);
  start();
  raw_client client{running->port(), 4096};
  // More answers than all buffers on the way hold: each has some 80 KB.
  std::string requests;
  for (int i = 0; i < 500; ++i)
    requests += get_request(sleep_target);
  client.send(requests);
  BOOST_REQUIRE(client.wait_for_end());
  int answers = 0;
  while (client.receive())
    ++answers;
  BOOST_TEST(answers < 500);
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_is_a_plain_500) {
  script.throws = true;
  start();
  auto client = connect();
  client.send(get_request("/api/v1/users/12345/insights"));
  const auto answer = client.receive();
  BOOST_TEST(answer->status == 500);
  BOOST_TEST(answer->body == R"({"status_code":500,"detail":"Internal Server Error"})");
  // The slot is used up, so the client is told.
  BOOST_TEST(has_header(*answer, "X-RateLimit-Limit: 1000"));
  BOOST_TEST(has_header(*answer, "X-RateLimit-Remaining: 999"));
  client.send(get_request("/health"));
  BOOST_TEST(client.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(only_trusted_proxies_are_believed) {
  start();
  const auto request = "GET /health HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\n\r\n";
  auto stranger = connect();
  stranger.send(request);
  BOOST_TEST(stranger.receive()->head.find("Strict-Transport") == std::string::npos);
  running.reset();
  first_context = nullptr;
  options.server.trusted_proxies = {"127.0.0.1"};
  start();
  auto proxy = connect();
  proxy.send(request);
  BOOST_TEST(proxy.receive()->head.find("Strict-Transport") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
