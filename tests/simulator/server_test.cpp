#define BOOST_TEST_DYN_LINK
#include "simulator/server.hpp"
#include "tests/simulator/support.hpp"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/test/unit_test.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;

namespace {

/// The real server on a port of its own, in a thread of its own.
class running_server {
public:
  explicit running_server(options settings = {})
      : answers_(settings, std::make_shared<set_clock>()),
        server_((settings.port = 0, settings), answers_),
        thread_([this] { server_.run(); }) {
  }
  ~running_server() {
    server_.stop();
    thread_.join();
  }

  std::uint16_t port() const {
    return server_.port();
  }

private:
  accesslink answers_;
  server server_;
  std::thread thread_;
};

/// What a plain blocking client read until the connection ended, and how it ended.
struct heard {
  std::string text;
  error_code end;
};

template <class Stream>
heard read_all(Stream& stream) {
  heard all;
  asio::read(stream, asio::dynamic_buffer(all.text), all.end);
  return all;
}

heard converse(std::uint16_t port, const std::string& text) {
  asio::io_context context;
  tcp::socket socket{context};
  socket.connect({asio::ip::address_v4::loopback(), port});
  asio::write(socket, asio::buffer(text));
  return read_all(socket);
}

std::string make_request(const std::string& method, const std::string& target,
                         const std::string& body = {}) {
  return method + " " + target + " HTTP/1.1\r\nHost: polar\r\nConnection: close\r\n"
         + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string body_of(const std::string& text) {
  const auto end = text.find("\r\n\r\n");
  return end == std::string::npos ? std::string{} : text.substr(end + 4);
}

heard after_fault(const std::string& fault) {
  running_server polar;
  const auto set = converse(polar.port(), make_request("POST", "/simulator/faults", fault));
  BOOST_TEST(set.text.starts_with("HTTP/1.1 201 "));
  return converse(polar.port(), make_request("GET", "/v3/users/sleep"));
}

/// A self-signed certificate and its key, as PEM files.
void write_certificate(const scratch_folder& folder) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"),
                                                                &EVP_PKEY_free};
  const std::unique_ptr<X509, decltype(&X509_free)> made{X509_new(), &X509_free};
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
  X509_set_pubkey(made.get(), key.get());
  X509_sign(made.get(), key.get(), EVP_sha256());
  const auto write = [&](const char* name, auto print) {
    std::FILE* file = std::fopen((folder.path / name).c_str(), "w");
    BOOST_REQUIRE(file != nullptr);
    print(file);
    std::fclose(file);
  };
  write("cert.pem", [&](std::FILE* file) { PEM_write_X509(file, made.get()); });
  write("key.pem", [&](std::FILE* file) {
    PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

} // namespace

BOOST_AUTO_TEST_SUITE(real_sockets)

BOOST_AUTO_TEST_CASE(answers_over_http) {
  running_server polar;
  BOOST_TEST(polar.port() != 0);
  const auto list = converse(polar.port(), make_request("GET", "/simulator/athletes"));
  BOOST_TEST(list.text.starts_with("HTTP/1.1 200 OK\r\n"));
  BOOST_TEST(list.text.find("Content-Type: application/json;charset=UTF-8\r\n")
             != std::string::npos);
  BOOST_TEST(boost::json::parse(body_of(list.text)).at("total").as_int64() == 1);
  const auto refused = converse(polar.port(), make_request("GET", "/v3/users/sleep"));
  BOOST_TEST(refused.text.starts_with("HTTP/1.1 401 "));
  const auto empty = converse(polar.port(), make_request("DELETE", "/simulator/faults"));
  BOOST_TEST(empty.text.starts_with("HTTP/1.1 204 "));
  BOOST_TEST(empty.text.find("Content-Length") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(keeps_connections_and_takes_pipelined_requests) {
  running_server polar;
  const std::string open = "GET /simulator/athletes HTTP/1.1\r\nHost: polar\r\n\r\n";
  const auto all = converse(polar.port(), open + open + make_request("GET", "/simulator/requests"));
  std::size_t count = 0;
  for (auto at = all.text.find("HTTP/1.1 200"); at != std::string::npos;
       at = all.text.find("HTTP/1.1 200", at + 1))
    ++count;
  BOOST_TEST(count == 3U);
  BOOST_TEST((all.end == asio::error::eof));
}

BOOST_AUTO_TEST_CASE(malformed_and_oversized_requests_end_the_connection) {
  running_server polar;
  BOOST_TEST(converse(polar.port(), "nonsense\r\n\r\n").text.empty());
  const std::string large = "POST /v3/users HTTP/1.1\r\nHost: polar\r\n"
                            "Content-Length: 99999999\r\n\r\n";
  BOOST_TEST(converse(polar.port(), large).text.empty());
  BOOST_TEST(!converse(polar.port(), make_request("GET", "/simulator/athletes")).text.empty());
}

BOOST_AUTO_TEST_CASE(faults_of_delivery_reach_the_wire) {
  const auto reset = after_fault(R"({"kind":"reset"})");
  BOOST_TEST(reset.text.empty());
  BOOST_TEST((reset.end == asio::error::connection_reset));
  const auto cut = after_fault(R"({"kind":"cut"})");
  const auto length_at = cut.text.find("Content-Length: ");
  BOOST_REQUIRE(length_at != std::string::npos);
  BOOST_TEST(body_of(cut.text).size() == std::stoul(cut.text.substr(length_at + 16)) / 2);
  BOOST_TEST((cut.end == asio::error::eof));
  BOOST_TEST(after_fault(R"({"kind":"latency","latency_ms":20})").text.starts_with("HTTP/1.1 401"));
  BOOST_TEST(body_of(after_fault(R"({"kind":"huge"})").text).size() > 10'000'000U);
}

BOOST_AUTO_TEST_CASE(a_hanging_answer_blocks_nobody_and_ends_with_the_client) {
  running_server polar;
  converse(polar.port(), make_request("POST", "/simulator/faults",
                                      R"({"kind":"hang","path":"/v3/users/sleep"})"));
  asio::io_context context;
  tcp::socket waiting{context};
  waiting.connect({asio::ip::address_v4::loopback(), polar.port()});
  asio::write(waiting, asio::buffer(make_request("GET", "/v3/users/sleep")));
  const auto other = converse(polar.port(), make_request("GET", "/v3/exercises"));
  BOOST_TEST(other.text.starts_with("HTTP/1.1 401 "));
  BOOST_TEST(waiting.available() == 0U);
}

BOOST_AUTO_TEST_CASE(speaks_https_with_a_certificate) {
  scratch_folder folder;
  write_certificate(folder);
  options settings;
  settings.certificate = folder.path / "cert.pem";
  settings.key = folder.path / "key.pem";
  running_server polar{settings};
  asio::io_context context;
  asio::ssl::context trust{asio::ssl::context::tls_client};
  trust.set_verify_mode(asio::ssl::verify_none);
  asio::ssl::stream<tcp::socket> stream{context, trust};
  stream.next_layer().connect({asio::ip::address_v4::loopback(), polar.port()});
  stream.handshake(asio::ssl::stream_base::client);
  asio::write(stream, asio::buffer(make_request("GET", "/simulator/athletes")));
  const auto all = read_all(stream);
  BOOST_TEST(all.text.starts_with("HTTP/1.1 200 OK"));
  // Plain HTTP is not understood there.
  BOOST_TEST(!converse(polar.port(), make_request("GET", "/")).text.starts_with("HTTP"));
}

BOOST_AUTO_TEST_CASE(webhooks_are_pinged_and_called) {
  running_server polar;
  asio::io_context context;
  tcp::acceptor hook{context, {asio::ip::address_v4::loopback(), 0}};
  // Answers the PING and the two events that follow, each on a connection of its own.
  std::vector<std::string> events;
  std::thread receiver{[&] {
    for (int i = 0; i < 3; ++i) {
      tcp::socket socket{context};
      hook.accept(socket);
      std::string heard;
      const auto head = asio::read_until(socket, asio::dynamic_buffer(heard), "\r\n\r\n");
      const auto length = std::stoul(heard.substr(heard.find("Content-Length: ") + 16));
      if (heard.size() < head + length)
        asio::read(socket, asio::dynamic_buffer(heard),
                   asio::transfer_exactly(head + length - heard.size()));
      const auto body = boost::json::parse(heard.substr(head));
      events.emplace_back(body.at("event").as_string());
      asio::write(socket,
                  asio::buffer(std::string{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}));
    }
  }};
  const auto url = "http://127.0.0.1:" + std::to_string(hook.local_endpoint().port()) + "/hook";
  const auto body = R"({"events":["SLEEP"],"url":")" + url + "\"}";
  const auto created =
      converse(polar.port(), "POST /v3/webhooks HTTP/1.1\r\nHost: polar\r\nAuthorization: "
                                 + std::string{demo_authorization}
                                 + "\r\nConnection: close\r\nContent-Length: "
                                 + std::to_string(body.size()) + "\r\n\r\n" + body);
  BOOST_TEST(created.text.starts_with("HTTP/1.1 201 "));
  const auto told = converse(
      polar.port(), make_request("POST", "/simulator/events", R"({"event":"SLEEP","count":2})"));
  BOOST_TEST(told.text.starts_with("HTTP/1.1 202 "));
  receiver.join();
  BOOST_TEST(events == (std::vector<std::string>{"PING", "SLEEP", "SLEEP"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(unusable_addresses_and_keys_are_said) {
  options settings;
  accesslink answers{settings, std::make_shared<set_clock>()};
  settings.host = "nowhere";
  BOOST_CHECK_THROW(server(settings, answers), std::runtime_error);
  settings.host = "127.0.0.1";
  settings.port = 0;
  server first{settings, answers};
  settings.port = first.port();
  BOOST_CHECK_THROW(server(settings, answers), std::runtime_error);
  scratch_folder folder;
  settings.certificate = settings.key = folder.write("key.pem", "no key");
  BOOST_CHECK_THROW(server(settings, answers), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
