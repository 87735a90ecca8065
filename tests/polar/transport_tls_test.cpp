// Goal: nobody but the named host with a trusted certificate gets a request. Method: authorities
// and certificates made up for each test, a real TLS server on the loopback interface.

#define BOOST_TEST_DYN_LINK
#include "polar/transport.hpp"
#include "tests/polar/answer_collector.hpp"
#include "tests/polar/tiny_server.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;
using polar::make_transport;

namespace {

tiny_handler always_ok() {
  return [](const tiny_request&) {
    return tiny_reply{ok_answer("secret")};
  };
}

polar_settings trusting(const tls_authority& authority) {
  auto settings = transport_settings();
  settings.ca_file = authority.file();
  return settings;
}

} // namespace

BOOST_AUTO_TEST_SUITE(transport_tls)

BOOST_AUTO_TEST_CASE(a_trusted_server_is_asked_and_its_connection_kept) {
  const tls_authority authority;
  tiny_server server{always_ok(), authority.issue("IP:127.0.0.1")};
  const auto transport = make_transport(trusting(authority));
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(get(*transport, server.url()).value().body == "secret");
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(a_name_is_checked_against_the_certificate) {
  const tls_authority authority;
  tiny_server server{always_ok(), authority.issue("DNS:localhost")};
  const auto transport = make_transport(trusting(authority));
  const auto port = std::to_string(server.port());
  BOOST_TEST(get(*transport, "https://localhost:" + port + "/").has_value());
  // The same server under a name that its certificate does not have.
  BOOST_TEST(
      (error_of(get(*transport, "https://127.0.0.1:" + port + "/")) == errc::polar_unavailable));
  BOOST_TEST(server.requests() == 1);
}

BOOST_AUTO_TEST_CASE(a_wrong_host_name_is_refused) {
  const tls_authority authority;
  tiny_server server{always_ok(), authority.issue("DNS:www.polaraccesslink.com")};
  const auto transport = make_transport(trusting(authority));
  const auto answer = get(*transport, "https://localhost:" + std::to_string(server.port()) + "/");
  BOOST_TEST((error_of(answer) == errc::polar_unavailable));
  BOOST_TEST(server.requests() == 0);
}

BOOST_AUTO_TEST_CASE(another_authority_is_not_trusted) {
  const tls_authority trusted;
  const tls_authority other;
  tiny_server server{always_ok(), other.issue("IP:127.0.0.1")};
  const auto transport = make_transport(trusting(trusted));
  const auto answer = get(*transport, server.url());
  BOOST_TEST((error_of(answer) == errc::polar_unavailable));
  // What exactly happened is for the operator, who finds it in the log.
  BOOST_TEST(answer.error().message == "the connection to Polar failed");
  BOOST_TEST(server.requests() == 0);
}

BOOST_AUTO_TEST_CASE(the_system_store_does_not_know_made_up_authorities) {
  const tls_authority authority;
  tiny_server server{always_ok(), authority.issue("IP:127.0.0.1")};
  const auto transport = make_transport(transport_settings());
  BOOST_TEST((error_of(get(*transport, server.url())) == errc::polar_unavailable));
  BOOST_TEST(server.requests() == 0);
}

BOOST_AUTO_TEST_CASE(without_a_readable_ca_file_nobody_is_trusted) {
  const tls_authority authority;
  tiny_server server{always_ok(), authority.issue("IP:127.0.0.1")};
  auto settings = transport_settings();
  settings.ca_file = "/nonexistent/authority.pem";
  const auto transport = make_transport(settings);
  BOOST_TEST((error_of(get(*transport, server.url())) == errc::polar_unavailable));
  BOOST_TEST(server.requests() == 0);
}

BOOST_AUTO_TEST_CASE(a_plain_server_is_no_tls_server) {
  tiny_server server{[](const tiny_request&) {
    return tiny_reply{ok_answer("x")};
  }};
  auto settings = transport_settings();
  settings.connect_timeout = std::chrono::seconds{1};
  const auto transport = make_transport(settings);
  // It waits for the end of a request head, which never comes.
  const auto answer = get(*transport, "https://127.0.0.1:" + std::to_string(server.port()) + "/");
  BOOST_TEST((error_of(answer) == errc::polar_timeout));
}

BOOST_AUTO_TEST_CASE(an_end_without_tls_farewell_is_a_truncation) {
  // Such a body ends with the connection, and anybody on the way could have ended that.
  const tls_authority authority;
  tiny_server server{[](const tiny_request&) {
                       return tiny_reply{"HTTP/1.1 200 OK\r\n\r\npart of it", afterwards::close};
                     },
                     authority.issue("IP:127.0.0.1")};
  const auto transport = make_transport(trusting(authority));
  BOOST_TEST((error_of(get(*transport, server.url())) == errc::polar_unavailable));
}

BOOST_AUTO_TEST_CASE(a_stale_connection_is_replaced) {
  const tls_authority authority;
  tiny_server server{[](const tiny_request& request) {
                       return request.number_on_connection == 0 ? tiny_reply{ok_answer("x")}
                                                                : tiny_reply{"", afterwards::close};
                     },
                     authority.issue("IP:127.0.0.1")};
  const auto transport = make_transport(trusting(authority));
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(get(*transport, server.url()).has_value());
  BOOST_TEST(server.connections() == 3);
}

BOOST_AUTO_TEST_CASE(stopping_in_a_handshake_answers_once) {
  tiny_server silent{[](const tiny_request&) {
    return tiny_reply{};
  }};
  answer_collector collector;
  {
    const auto transport = make_transport(transport_settings());
    transport->send({"GET", "https://127.0.0.1:" + std::to_string(silent.port()) + "/", {}, ""},
                    collector.slot("handshake"));
  }
  BOOST_TEST((error_of(collector.wait_for("handshake")) == errc::shutting_down));
  BOOST_TEST(collector.calls("handshake") == 1);
}

BOOST_AUTO_TEST_SUITE_END()
