// Goal: every way in which a server can be wrong gives its named error, and `done` is called
// exactly once. Method: a real server on the loopback interface that sends the bytes it is told.

#define BOOST_TEST_DYN_LINK
#include "domain/version.hpp"
#include "polar/transport.hpp"
#include "tests/polar/answer_collector.hpp"
#include "tests/polar/tiny_server.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>

using namespace polar_flow;
using namespace polar_flow::testing;
using polar::http_request;
using polar::make_transport;

namespace {

tiny_handler always(tiny_reply reply) {
  return [reply](const tiny_request&) {
    return reply;
  };
}

http_request get_request(const std::string& url) {
  return {.method = "GET", .url = url, .headers = {}, .body = {}};
}

/// The error of one GET to a server that always replies so.
errc error_after(tiny_reply reply, const polar_settings& settings = transport_settings()) {
  tiny_server server{always(std::move(reply))};
  const auto transport = make_transport(settings);
  return error_of(get(*transport, server.url()));
}

polar_settings impatient_settings() {
  auto settings = transport_settings();
  settings.request_timeout = std::chrono::seconds{1};
  settings.connect_timeout = std::chrono::seconds{1};
  return settings;
}

} // namespace

BOOST_AUTO_TEST_SUITE(transport_exchange)

BOOST_AUTO_TEST_CASE(an_answer_comes_back_whole) {
  tiny_server server{
      always({ok_answer("{\"nights\":[]}", "RateLimit-Usage: 7, 283\r\nX-Empty:\r\n")})};
  const auto transport = make_transport(transport_settings());
  const auto answer = get(*transport, server.url() + "/v3/users/sleep").value();
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.body == "{\"nights\":[]}");
  BOOST_REQUIRE((answer.header("ratelimit-usage") != nullptr));
  BOOST_TEST(*answer.header("ratelimit-usage") == "7, 283");
  BOOST_TEST((answer.header("RateLimit-Usage") == nullptr));
  BOOST_TEST(*answer.header("x-empty") == "");
}

BOOST_AUTO_TEST_CASE(a_request_is_sent_as_it_should_be) {
  std::string seen;
  tiny_server server{[&](const tiny_request& request) {
    seen = request.text;
    return tiny_reply{ok_answer("")};
  }};
  const auto transport = make_transport(transport_settings());
  const auto answer = ask(*transport, {.method = "POST",
                                       .url = server.url() + "/v3/users?a=b%20c",
                                       .headers = {{"Authorization", "Bearer t0ken"}},
                                       .body = "{\"member-id\":\"x\"}"});
  BOOST_TEST(answer.has_value());
  BOOST_TEST(seen.starts_with("POST /v3/users?a=b%20c HTTP/1.1\r\n"));
  BOOST_TEST(seen.ends_with("\r\n\r\n{\"member-id\":\"x\"}"));
  for (const std::string& line :
       {"Host: 127.0.0.1:" + std::to_string(server.port()),
        std::string{"User-Agent: polar-flow-server/"} + server_version,
        std::string{"Authorization: Bearer t0ken"}, std::string{"Content-Length: 17"}})
    BOOST_TEST(seen.find(line + "\r\n") != std::string::npos, line);
}

BOOST_AUTO_TEST_CASE(any_status_is_an_answer) {
  for (const std::string status :
       {"204 No Content", "401 Unauthorized", "404 Not Found", "429 x", "500 x", "302 Found"}) {
    tiny_server server{
        always({"HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nLocation: /elsewhere\r\n\r\n"})};
    const auto transport = make_transport(transport_settings());
    const auto answer = get(*transport, server.url());
    BOOST_TEST(answer.value().status == std::stoi(status));
    // A redirect is not followed.
    BOOST_TEST(server.requests() == 1);
  }
}

BOOST_AUTO_TEST_CASE(bodies_come_in_three_ways) {
  const auto body_of = [](tiny_reply reply) {
    tiny_server server{always(std::move(reply))};
    const auto transport = make_transport(transport_settings());
    return get(*transport, server.url()).value().body;
  };
  BOOST_TEST(body_of({ok_answer("abc")}) == "abc");
  BOOST_TEST(
      body_of(
          {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"})
      == "abcde");
  BOOST_TEST(body_of({"HTTP/1.1 200 OK\r\n\r\nuntil the end", afterwards::close})
             == "until the end");
}

BOOST_AUTO_TEST_CASE(interim_answers_are_skipped) {
  tiny_server server{
      always({"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
              + ok_answer("abc")})};
  const auto transport = make_transport(transport_settings());
  BOOST_TEST(get(*transport, server.url()).value().body == "abc");
  std::string endless;
  for (int i = 0; i < 20; ++i)
    endless += "HTTP/1.1 100 Continue\r\n\r\n";
  BOOST_TEST((error_after({endless}) == errc::polar_unreadable));
}

BOOST_AUTO_TEST_CASE(requests_that_cannot_be_sent_are_refused) {
  const auto transport = make_transport(transport_settings());
  BOOST_TEST((error_of(get(*transport, "nonsense")) == errc::invalid_argument));
  BOOST_TEST(
      (error_of(ask(*transport,
                    {"GET", "http://127.0.0.1/", {{"Authorization", "Bearer a\r\nB: c"}}, ""}))
       == errc::invalid_argument));
  BOOST_TEST(
      (error_of(ask(*transport, {"BREW", "http://127.0.0.1/", {}, ""})) == errc::invalid_argument));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(transport_connections)

BOOST_AUTO_TEST_CASE(a_connection_is_used_again) {
  tiny_server server{always({ok_answer("x")})};
  const auto transport = make_transport(transport_settings());
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(get(*transport, server.url()).has_value());
  BOOST_TEST(server.requests() == 5);
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(an_answer_without_body_keeps_the_connection) {
  tiny_server server{always({"HTTP/1.1 204 No Content\r\n\r\n"})};
  const auto transport = make_transport(transport_settings());
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(get(*transport, server.url()).value().status == 204);
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(a_connection_that_is_to_be_closed_is_not_used_again) {
  tiny_server server{always({ok_answer("x", "Connection: close\r\n")})};
  const auto transport = make_transport(transport_settings());
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(get(*transport, server.url()).has_value());
  BOOST_TEST(server.connections() == 3);
}

BOOST_AUTO_TEST_CASE(bytes_after_an_answer_are_no_answer) {
  tiny_server server{always({ok_answer("x") + ok_answer("smuggled")})};
  const auto transport = make_transport(transport_settings());
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(get(*transport, server.url()).value().body == "x");
}

BOOST_AUTO_TEST_CASE(a_stale_connection_is_replaced_for_a_get) {
  // The second request on a connection finds it closed, before any byte of an answer.
  for (const auto ending : {afterwards::close, afterwards::reset}) {
    tiny_server server{[&](const tiny_request& request) {
      return request.number_on_connection == 0 ? tiny_reply{ok_answer("x")}
                                               : tiny_reply{"", ending};
    }};
    const auto transport = make_transport(transport_settings());
    for (int i = 0; i < 3; ++i)
      BOOST_TEST(get(*transport, server.url()).value().body == "x");
    BOOST_TEST(server.connections() == 3);
    // Three answered requests, and two that had to be repeated.
    BOOST_TEST(server.requests() == 5);
  }
}

BOOST_AUTO_TEST_CASE(a_connection_closed_while_idle_is_replaced) {
  tiny_server server{always({ok_answer("x"), afterwards::close})};
  const auto transport = make_transport(transport_settings());
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(get(*transport, server.url()).has_value());
}

BOOST_AUTO_TEST_CASE(a_get_is_repeated_once_only) {
  tiny_server server{[](const tiny_request& request) {
    return request.number == 0 ? tiny_reply{ok_answer("x")} : tiny_reply{"", afterwards::close};
  }};
  const auto transport = make_transport(transport_settings());
  BOOST_TEST(get(*transport, server.url()).has_value());
  BOOST_TEST((error_of(get(*transport, server.url())) == errc::polar_unavailable));
  BOOST_TEST(server.requests() == 3);
}

BOOST_AUTO_TEST_CASE(a_new_connection_that_fails_is_not_tried_again) {
  tiny_server server{always({"", afterwards::close})};
  const auto transport = make_transport(transport_settings());
  BOOST_TEST((error_of(get(*transport, server.url())) == errc::polar_unavailable));
  BOOST_TEST(server.requests() == 1);
}

BOOST_AUTO_TEST_CASE(an_answer_that_has_begun_is_not_asked_for_again) {
  tiny_server server{[](const tiny_request& request) {
    return request.number_on_connection == 0 ? tiny_reply{ok_answer("x")}
                                             : tiny_reply{"HTTP/1.1 20", afterwards::close};
  }};
  const auto transport = make_transport(transport_settings());
  BOOST_TEST(get(*transport, server.url()).has_value());
  BOOST_TEST((error_of(get(*transport, server.url())) == errc::polar_unavailable));
  BOOST_TEST(server.requests() == 2);
}

BOOST_AUTO_TEST_CASE(a_post_gets_a_connection_of_its_own) {
  // What might have been done already must not be repeated, so it never meets a stale connection.
  tiny_server server{[](const tiny_request& request) {
    return request.number_on_connection == 0 ? tiny_reply{ok_answer("x")}
                                             : tiny_reply{"", afterwards::close};
  }};
  const auto transport = make_transport(transport_settings());
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(ask(*transport, {"POST", server.url(), {}, "body"}).has_value());
  BOOST_TEST(server.requests() == 3);
  BOOST_TEST(server.connections() == 3);
}

BOOST_AUTO_TEST_CASE(requests_wait_in_order_for_a_connection) {
  auto settings = transport_settings();
  settings.connections_max = 1;
  std::string seen;
  tiny_server server{[&](const tiny_request& request) {
    seen += request.text.substr(5, 1);
    return tiny_reply{ok_answer("x")};
  }};
  server.hold();
  answer_collector collector;
  const auto transport = make_transport(settings);
  for (const std::string name : {"a", "b", "c", "d", "e"})
    transport->send(get_request(server.url() + "/" + name), collector.slot(name));
  server.wait_for_requests(1);
  server.release();
  collector.wait_for_count(5);
  BOOST_TEST((collector.order() == std::vector<std::string>{"a", "b", "c", "d", "e"}));
  BOOST_TEST(seen == "abcde");
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(a_host_gets_no_more_connections_than_allowed) {
  auto settings = transport_settings();
  settings.connections_max = 3;
  tiny_server server{always({ok_answer("x")})};
  server.hold();
  answer_collector collector;
  const auto transport = make_transport(settings);
  for (int i = 0; i < 20; ++i)
    transport->send(get_request(server.url()), collector.slot(std::to_string(i)));
  server.wait_for_requests(3);
  BOOST_TEST(server.requests_at_once_max() == 3);
  server.release();
  collector.wait_for_count(20);
  BOOST_TEST(server.requests_at_once_max() == 3);
  BOOST_TEST(server.connections() == 3);
  for (int i = 0; i < 20; ++i)
    BOOST_TEST(collector.wait_for(std::to_string(i)).has_value());
}

BOOST_AUTO_TEST_CASE(hosts_do_not_wait_for_each_other) {
  auto settings = transport_settings();
  settings.connections_max = 1;
  tiny_server slow{always({ok_answer("slow")})};
  tiny_server quick{always({ok_answer("quick")})};
  slow.hold();
  answer_collector collector;
  const auto transport = make_transport(settings);
  transport->send(get_request(slow.url()), collector.slot("slow"));
  slow.wait_for_requests(1);
  BOOST_TEST(get(*transport, quick.url()).value().body == "quick");
  slow.release();
  BOOST_TEST(collector.wait_for("slow").value().body == "slow");
}

BOOST_AUTO_TEST_CASE(a_full_queue_says_so) {
  auto settings = transport_settings();
  settings.connections_max = 1;
  tiny_server server{always({ok_answer("x")})};
  server.hold();
  answer_collector collector;
  const auto transport = make_transport(settings);
  transport->send(get_request(server.url()), collector.slot("first"));
  server.wait_for_requests(1);
  // The queue holds 1024 requests besides the one that is under way.
  for (int i = 0; i < 1024; ++i)
    transport->send(get_request(server.url()), collector.slot(std::to_string(i)));
  transport->send(get_request(server.url()), collector.slot("too many"));
  BOOST_TEST((error_of(collector.wait_for("too many")) == errc::overloaded));
  server.release();
  collector.wait_for_count(1026);
  BOOST_TEST(collector.wait_for("1023").has_value());
}

BOOST_AUTO_TEST_CASE(a_callback_may_send) {
  tiny_server server{always({ok_answer("x")})};
  answer_collector collector;
  const auto transport = make_transport(transport_settings());
  transport->send(get_request(server.url()), [&](result<polar::http_response>) {
    transport->send(get_request(server.url()), collector.slot("second"));
  });
  BOOST_TEST(collector.wait_for("second").has_value());
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(transport_failures)

BOOST_AUTO_TEST_CASE(nobody_listens) {
  std::string url;
  {
    const tiny_server server{always({})};
    url = server.url();
  }
  const auto transport = make_transport(transport_settings());
  const auto answer = get(*transport, url);
  BOOST_TEST((error_of(answer) == errc::polar_unavailable));
  // The host and what the system said are in the log.
  BOOST_TEST(answer.error().message == "the connection to Polar failed");
}

BOOST_AUTO_TEST_CASE(a_server_that_hangs_times_out) {
  // Before the answer, within its head, and within its body.
  for (const std::string begun :
       {"", "HTTP/1.1 200 OK\r\nConte", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"}) {
    tiny_server server{always({begun, afterwards::hang})};
    answer_collector collector;
    const auto transport = make_transport(impatient_settings());
    transport->send(get_request(server.url()), collector.slot("hang"));
    const auto answer = collector.wait_for("hang");
    BOOST_TEST((error_of(answer) == errc::polar_timeout));
    BOOST_TEST(answer.error().message == "Polar did not answer in time");
    BOOST_TEST(collector.calls("hang") == 1);
  }
}

BOOST_AUTO_TEST_CASE(after_a_timeout_the_next_request_is_served) {
  auto settings = impatient_settings();
  settings.connections_max = 1;
  tiny_server server{[](const tiny_request& request) {
    return request.number == 0 ? tiny_reply{"", afterwards::hang} : tiny_reply{ok_answer("x")};
  }};
  answer_collector collector;
  const auto transport = make_transport(settings);
  transport->send(get_request(server.url()), collector.slot("hang"));
  transport->send(get_request(server.url()), collector.slot("next"));
  BOOST_TEST((error_of(collector.wait_for("hang")) == errc::polar_timeout));
  BOOST_TEST(collector.wait_for("next").has_value());
  BOOST_TEST(server.connections() == 2);
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_hangs_is_not_tried_again) {
  tiny_server server{[](const tiny_request& request) {
    return request.number == 0 ? tiny_reply{ok_answer("x")} : tiny_reply{"", afterwards::hang};
  }};
  const auto transport = make_transport(impatient_settings());
  BOOST_TEST(get(*transport, server.url()).has_value());
  BOOST_TEST((error_of(get(*transport, server.url())) == errc::polar_timeout));
  BOOST_TEST(server.requests() == 2);
}

BOOST_AUTO_TEST_CASE(large_answers_are_cut_off) {
  auto settings = transport_settings();
  settings.answer_bytes_max = 1000;
  const std::string fits(1000, 'x');
  const std::string too_large(1001, 'x');
  BOOST_TEST((error_after({ok_answer(fits)}, settings) == errc::none));
  BOOST_TEST((error_after({ok_answer(too_large)}, settings) == errc::polar_answer_too_large));
  // A length that is only announced, a body in chunks, a body that ends with the connection.
  BOOST_TEST(
      (error_after({"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", afterwards::hang},
                   settings)
       == errc::polar_answer_too_large));
  BOOST_TEST((error_after({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"
                           + too_large + "\r\n0\r\n\r\n"},
                          settings)
              == errc::polar_answer_too_large));
  BOOST_TEST(
      (error_after({"HTTP/1.1 200 OK\r\n\r\n" + too_large + too_large, afterwards::close}, settings)
       == errc::polar_answer_too_large));
  BOOST_TEST((error_after({"HTTP/1.1 200 OK\r\nX: " + std::string(200'000, 'x') + "\r\n\r\n"})
              == errc::polar_answer_too_large));
}

BOOST_AUTO_TEST_CASE(a_truncated_answer_is_a_lost_connection) {
  for (const auto ending : {afterwards::close, afterwards::reset})
    for (const std::string begun :
         {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "HTTP/1.1 200 OK\r\nCont",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"})
      BOOST_TEST((error_after({begun, ending}) == errc::polar_unavailable), begun);
}

BOOST_AUTO_TEST_CASE(a_reset_is_a_lost_connection) {
  BOOST_TEST((error_after({"", afterwards::reset}) == errc::polar_unavailable));
}

BOOST_AUTO_TEST_CASE(what_is_not_http_is_unreadable) {
  for (const std::string& bytes :
       {std::string{"SSH-2.0-OpenSSH_9.2\r\n\r\n"}, std::string{"{\"nights\":[]}\r\n\r\n"},
        std::string{"HTTP/1.1 abc OK\r\n\r\n"}, std::string{"HTTP/3.0 200 OK\r\n\r\n"},
        std::string(300, '\0'), std::string{"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"},
        std::string{"HTTP/1.1 200 OK\r\nbad header\r\n\r\n"},
        std::string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"}})
    BOOST_TEST((error_after({bytes, afterwards::close}) == errc::polar_unreadable), bytes);
}

BOOST_AUTO_TEST_CASE(stopping_answers_everybody_once) {
  auto settings = transport_settings();
  settings.connections_max = 2;
  tiny_server server{always({ok_answer("x")})};
  server.hold();
  answer_collector collector;
  {
    const auto transport = make_transport(settings);
    for (int i = 0; i < 5; ++i)
      transport->send(get_request(server.url()), collector.slot(std::to_string(i)));
    server.wait_for_requests(2);
  }
  // Nothing is left to wait for: the destructor has answered everybody.
  BOOST_TEST(collector.order().size() == 5u);
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST((error_of(collector.wait_for(std::to_string(i))) == errc::shutting_down));
    BOOST_TEST(collector.calls(std::to_string(i)) == 1);
  }
}

BOOST_AUTO_TEST_CASE(stopping_at_any_moment_answers_once) {
  // The requests are anywhere between the queue and the answer when the transport goes.
  tiny_server server{always({ok_answer("x")})};
  for (int round = 0; round < 50; ++round) {
    answer_collector collector;
    {
      const auto transport = make_transport(transport_settings());
      for (int i = 0; i < 6; ++i)
        transport->send(get_request(server.url()), collector.slot(std::to_string(i)));
      collector.wait_for_count(static_cast<std::size_t>(round % 7));
    }
    for (int i = 0; i < 6; ++i)
      BOOST_TEST(collector.calls(std::to_string(i)) == 1);
  }
}

BOOST_AUTO_TEST_CASE(a_callback_that_sends_while_stopping_is_answered) {
  tiny_server server{always({ok_answer("x")})};
  server.hold();
  answer_collector collector;
  {
    const auto transport = make_transport(transport_settings());
    transport->send(get_request(server.url()),
                    [&, raw = transport.get()](result<polar::http_response>) {
                      raw->send(get_request(server.url()), collector.slot("late"));
                    });
    server.wait_for_requests(1);
  }
  BOOST_TEST((error_of(collector.wait_for("late")) == errc::shutting_down));
}

BOOST_AUTO_TEST_CASE(an_unused_transport_stops) {
  BOOST_TEST((make_transport(transport_settings()) != nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
