#define BOOST_TEST_DYN_LINK
#include "http/server.hpp"
#include "tests/http/server_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>
#include <future>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

BOOST_FIXTURE_TEST_SUITE(server_suite, http_server_fixture)

BOOST_AUTO_TEST_CASE(port_0_is_a_free_one_and_it_is_told) {
  start();
  BOOST_TEST(running->port() != 0);
  auto client = connect();
  client.send(get_request("/health"));
  BOOST_TEST(client.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(a_port_in_use_is_an_error_with_its_number) {
  start();
  auto second = options;
  second.server.port = running->port();
  const auto refused = server::start(
      second, [this](boost::asio::io_context&) { return std::make_unique<fake_backend>(script); });
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST((refused.error().code == errc::invalid_argument));
  BOOST_TEST(refused.error().message.find(std::to_string(second.server.port)) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_impossible_address_is_an_error) {
  options.server.host = "300.1.2.3.invalid";
  BOOST_CHECK_THROW(start(), std::runtime_error);
  BOOST_TEST(backends_ended == 1); // nothing is left behind
}

BOOST_AUTO_TEST_CASE(every_thread_serves_and_ends_its_backend) {
  options.http.threads = 3;
  start();
  std::deque<raw_client> clients;
  for (int i = 0; i < 9; ++i)
    clients.emplace_back(running->port());
  for (auto& client : clients)
    client.send(get_request("/health"));
  std::vector<std::string> prefixes;
  for (auto& client : clients) {
    const auto answer = client.receive();
    BOOST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 200);
    const auto begin = answer->head.find("X-Request-ID: ") + 14;
    prefixes.push_back(answer->head.substr(begin, 6));
  }
  std::ranges::sort(prefixes);
  const auto repeated = std::ranges::unique(prefixes);
  BOOST_TEST(std::distance(prefixes.begin(), repeated.begin()) == 3); // connections go round
  running->stop(std::chrono::seconds{10});
  BOOST_TEST(backends_ended == 3);
}

BOOST_AUTO_TEST_CASE(too_many_connections_are_told_so) {
  options.http.max_connections = 2;
  start();
  auto first = connect();
  auto second = connect();
  first.send(get_request("/health"));
  BOOST_TEST(first.receive()->status == 200);
  second.send(get_request("/health"));
  BOOST_TEST(second.receive()->status == 200);
  auto third = connect();
  const auto answer = third.receive();
  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->status == 503);
  BOOST_TEST(answer->body == R"({"status_code":503,"detail":"Too many connections. Try again."})");
  third.finish_sending();
  BOOST_TEST(third.is_closed_by_server());
  first.send(get_request("/health"));
  BOOST_TEST(first.receive()->status == 200); // those inside are not disturbed
}

BOOST_AUTO_TEST_CASE(draining_finishes_what_is_under_way) {
  is_gated = true;
  start();
  auto idle = connect();
  idle.send(get_request("/health"));
  BOOST_TEST(idle.receive()->status == 200);
  auto busy = connect();
  busy.send(get_request("/api/v1/users/12345/sleep"));
  wait_for_questions(1);

  running->drain();
  BOOST_TEST(idle.receive_all().empty());
  open_gate();
  const auto answer = busy.receive();
  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->status == 200);
  BOOST_TEST(answer->head.find("\r\nConnection: close\r\n") != std::string::npos);
  BOOST_TEST(busy.is_closed_by_server());
  running->stop(std::chrono::seconds{30});
  BOOST_TEST(script.was_told_to_stop_waiting.load());
  BOOST_CHECK_THROW(connect(), boost::system::system_error); // nobody listens any more
}

BOOST_AUTO_TEST_CASE(what_does_not_end_in_time_is_cut) {
  is_gated = true;
  start();
  auto busy = connect();
  busy.send(get_request("/api/v1/users/12345/sleep"));
  wait_for_questions(1);
  running->stop(std::chrono::milliseconds{50});
  BOOST_TEST(!busy.receive().has_value());
  BOOST_TEST(backends_ended == 1);
  running->stop(std::chrono::milliseconds{50}); // a second time does no harm
}

BOOST_AUTO_TEST_CASE(destruction_stops_without_grace) {
  is_gated = true;
  start();
  auto busy = connect();
  busy.send(get_request("/api/v1/users/12345/sleep"));
  wait_for_questions(1);
  running.reset();
  BOOST_TEST(!busy.receive().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
