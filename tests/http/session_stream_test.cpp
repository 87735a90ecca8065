#define BOOST_TEST_DYN_LINK
#include "http/session.hpp"
#include "tests/http/server_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>

// Goal: a body that is made while it is sent arrives whole, and its end is told. Method: a real
// server on a free port, a client that sends bytes, events of syncs as the body.
using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

constexpr std::string_view events_target = "/api/v1/users/12345/sync/events";

/// One event, whose number is the only thing that differs.
sync_events event_number(std::uint64_t number) {
  sync_event event;
  event.number = number;
  event.what = sync_event::kind::stream_progressed;
  event.job = job_id{"job-1"};
  event.of = stream::sleep;
  return {{event}, number};
}

/// What a client sees of it.
std::string shown_event(std::uint64_t number) {
  return "id: " + std::to_string(number)
         + "\nevent: stream_progressed\n"
           R"(data: {"job_id":"job-1","at":"1970-01-01T00:00:00Z","stream":"sleep",)"
           R"("requests_left":0,"records":0,"calls":0,"error_type":null,"error_message":null})"
           "\n\n";
}

const std::string first_part = "retry: 3000\n\n";

/// Gives events 1 to `count`, then ends the stream.
std::function<result<sync_events>()> events_up_to(std::uint64_t count) {
  return [count, number = std::uint64_t{0}]() mutable -> result<sync_events> {
    if (++number > count)
      return fail(errc::shutting_down);
    return event_number(number);
  };
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(session_streams, http_server_fixture)

BOOST_AUTO_TEST_CASE(a_stream_goes_out_in_chunks) {
  script.next_events = events_up_to(3);
  start();
  auto client = connect();
  client.send(get_request(events_target));
  const auto answer = client.receive();
  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->status == 200);
  BOOST_TEST(has_header(*answer, "Content-Type: text/event-stream"));
  BOOST_TEST(has_header(*answer, "Transfer-Encoding: chunked"));
  BOOST_TEST(has_header(*answer, "Cache-Control: no-store"));
  BOOST_TEST(answer->head.find("Content-Length") == std::string::npos);
  BOOST_TEST(client.receive_chunk().value() == first_part + shown_event(1));
  BOOST_TEST(client.receive_chunk().value() == shown_event(2));
  BOOST_TEST(client.receive_chunk().value() == shown_event(3));
  BOOST_TEST(client.receive_chunk().value() == "");
  // The connection goes on.
  client.send(get_request("/health"));
  BOOST_TEST(client.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(chunks_are_framed_to_the_letter) {
  script.next_events = [number = 0]() mutable -> result<sync_events> {
    if (++number > 1)
      return fail(errc::shutting_down);
    return sync_events{};
  };
  start();
  auto client = connect();
  client.send(get_request(events_target, "Connection: close\r\n"));
  BOOST_TEST(has_header(*client.receive(), "Connection: close"));
  // 13 bytes are d in hex.
  BOOST_TEST(client.receive_all() == "d\r\nretry: 3000\n\n\r\n0\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(a_stream_for_an_old_client_ends_with_the_connection) {
  script.next_events = events_up_to(2);
  start();
  auto client = connect();
  client.send("GET " + std::string{events_target} + " HTTP/1.0\r\nConnection: keep-alive\r\n"
              + "X-API-Key: " + std::string{user_key} + "\r\n\r\n");
  const auto answer = client.receive();
  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->head.find("Transfer-Encoding") == std::string::npos);
  BOOST_TEST(has_header(*answer, "Connection: close"));
  BOOST_TEST(client.receive_all() == first_part + shown_event(1) + shown_event(2));
}

BOOST_AUTO_TEST_CASE(the_head_of_a_stream_comes_without_it) {
  script.next_events = events_up_to(2);
  start();
  auto client = connect();
  client.send("HEAD " + std::string{events_target} + " HTTP/1.1\r\nHost: a\r\nX-API-Key: "
              + std::string{user_key} + "\r\n\r\n" + get_request("/health"));
  const auto head = client.receive(false);
  BOOST_REQUIRE(head.has_value());
  BOOST_TEST(head->status == 200);
  BOOST_TEST(has_header(*head, "Transfer-Encoding: chunked"));
  const auto next = client.receive();
  BOOST_REQUIRE(next.has_value());
  BOOST_TEST(next->body.starts_with(R"({"status":"ok")"));
}

BOOST_AUTO_TEST_CASE(requests_around_a_stream_are_answered_in_order) {
  script.next_events = events_up_to(1);
  start();
  auto client = connect();
  client.send(get_request("/nowhere") + get_request(events_target) + get_request("/health"));
  BOOST_TEST(client.receive()->status == 404);
  BOOST_TEST(client.receive()->status == 200);
  BOOST_TEST(client.receive_chunk().value() == first_part + shown_event(1));
  BOOST_TEST(client.receive_chunk().value() == "");
  const auto last = client.receive();
  BOOST_REQUIRE(last.has_value());
  BOOST_TEST(last->body.starts_with(R"({"status":"ok")"));
}

BOOST_AUTO_TEST_CASE(a_server_that_stops_ends_a_stream_between_two_parts) {
  script.next_events = events_up_to(std::numeric_limits<std::uint64_t>::max());
  start();
  auto client = connect();
  client.send(get_request(events_target));
  client.receive();
  BOOST_TEST(client.receive_chunk().value() == first_part + shown_event(1));
  running->drain();
  std::uint64_t number = 1;
  auto chunk = client.receive_chunk();
  while (chunk && !chunk->empty()) {
    BOOST_REQUIRE(*chunk == shown_event(++number));
    chunk = client.receive_chunk();
  }
  BOOST_TEST(chunk.has_value()); // the end was said
  BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_server_that_stops_ends_a_silent_stream_too) {
  script.next_events = [] {
    return result<sync_events>{sync_events{}};
  };
  start();
  auto client = connect();
  client.send(get_request(events_target));
  client.receive();
  BOOST_TEST(client.receive_chunk().value() == first_part);
  running->drain();
  BOOST_TEST(client.receive_chunk().value() == "");
  BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_stream_that_fails_is_cut_off) {
  script.next_events = [number = std::uint64_t{0}]() mutable -> result<sync_events> {
    if (++number > 1)
      throw std::runtime_error{"a defect"};
    return event_number(number);
  };
  start();
  auto client = connect();
  client.send(get_request(events_target) + get_request("/health"));
  client.receive();
  BOOST_TEST(client.receive_chunk().value() == first_part + shown_event(1));
  // No last chunk: the client must not take this for the whole.
  BOOST_TEST(!client.receive_chunk().has_value());
  auto other = connect();
  other.send(get_request("/health"));
  BOOST_TEST(other.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(a_client_that_goes_away_ends_its_stream) {
  script.next_events = events_up_to(std::numeric_limits<std::uint64_t>::max());
  options.http.max_connections = 1;
  start();
  {
    auto client = connect();
    client.send(get_request(events_target));
    client.receive();
    BOOST_TEST(client.receive_chunk().has_value());
  }
  // The only place there is becomes free.
  int status = 503;
  for (int i = 0; i < 1000 && status == 503; ++i) {
    auto next = connect();
    next.send(get_request("/health"));
    const auto answer = next.receive();
    status = answer ? answer->status : 503;
  }
  BOOST_TEST(status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
