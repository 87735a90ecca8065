#define BOOST_TEST_DYN_LINK
#include "simulator/webhook_client.hpp"

#include <boost/asio.hpp>
#include <boost/test/unit_test.hpp>

#include <thread>

using namespace polar_flow::simulator;
namespace asio = boost::asio;
using tcp = asio::ip::tcp;

namespace {

/// Takes one call on a port of its own and answers it with a fixed text.
class receiver {
public:
  explicit receiver(std::string answer)
      : acceptor_(context_, {asio::ip::address_v4::loopback(), 0}),
        thread_([this, text = std::move(answer)] { take_one(text); }) {
  }
  ~receiver() {
    if (thread_.joinable())
      thread_.join();
  }

  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/hook?a=b";
  }

  /// The whole request, when the call has ended.
  std::string heard() {
    thread_.join();
    return heard_;
  }

private:
  void take_one(const std::string& answer) {
    tcp::socket socket{context_};
    acceptor_.accept(socket);
    boost::system::error_code ignored;
    const auto head = asio::read_until(socket, asio::dynamic_buffer(heard_), "\r\n\r\n", ignored);
    const auto length_at = heard_.find("Content-Length: ");
    const auto length =
        length_at == std::string::npos ? 0 : std::stoul(heard_.substr(length_at + 16));
    while (heard_.size() < head + length && !ignored)
      asio::read(socket, asio::dynamic_buffer(heard_), asio::transfer_at_least(1), ignored);
    asio::write(socket, asio::buffer(answer), ignored);
  }

  std::string heard_;
  asio::io_context context_;
  tcp::acceptor acceptor_;
  std::thread thread_;
};

int call(const std::string& url) {
  asio::io_context context;
  int status = -1;
  outgoing_post what{url, {{"Polar-Webhook-Event", "PING"}}, "{\"event\":\"PING\"}"};
  asio::co_spawn(context, call_webhook(std::move(what)),
                 [&](std::exception_ptr failure, int answered) {
                   if (!failure)
                     status = answered;
                 });
  context.run();
  return status;
}

/// A port on which nobody listens.
std::string closed_url() {
  asio::io_context context;
  const tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
  return "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/";
}

} // namespace

BOOST_AUTO_TEST_SUITE(webhook_calls)

BOOST_AUTO_TEST_CASE(addresses_are_taken_apart) {
  const auto full = parse_place("http://[::1]:8080/a/b?c=d");
  BOOST_REQUIRE(full);
  BOOST_TEST(full->host == "::1");
  BOOST_TEST(full->port == "8080");
  BOOST_TEST(full->target == "/a/b?c=d");
  const auto bare = parse_place("http://localhost");
  BOOST_REQUIRE(bare);
  BOOST_TEST(bare->port == "80");
  BOOST_TEST(bare->target == "/");
  for (const auto* wrong : {"https://localhost/", "localhost", "http:///a", "", "http://a b/"})
    BOOST_TEST(!parse_place(wrong).has_value());
}

BOOST_AUTO_TEST_CASE(a_call_is_a_post_with_headers_and_body) {
  receiver hook{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
  BOOST_TEST(call(hook.url()) == 200);
  const auto heard = hook.heard();
  BOOST_TEST(heard.starts_with("POST /hook?a=b HTTP/1.1\r\n"));
  BOOST_TEST(heard.find("Polar-Webhook-Event: PING\r\n") != std::string::npos);
  BOOST_TEST(heard.find("Host: 127.0.0.1:") != std::string::npos);
  BOOST_TEST(heard.ends_with("\r\n\r\n{\"event\":\"PING\"}"));
}

BOOST_AUTO_TEST_CASE(every_failure_is_zero_and_every_answer_its_status) {
  {
    receiver refusing{"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"};
    BOOST_TEST(call(refusing.url()) == 503);
  }
  {
    receiver babbling{"what?\r\n\r\n"};
    BOOST_TEST(call(babbling.url()) == 0);
  }
  {
    receiver silent{""};
    BOOST_TEST(call(silent.url()) == 0);
  }
  {
    // The length promises more than ever comes; the status is known all the same.
    receiver endless{"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nabc"};
    BOOST_TEST(call(endless.url()) == 200);
  }
  BOOST_TEST(call(closed_url()) == 0);
  BOOST_TEST(call("https://localhost/") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
