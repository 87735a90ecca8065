#pragma once

#include "http/server.hpp"
#include "tests/http/front_end_fixture.hpp"
#include "tests/http/raw_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <utility>

namespace polar_flow::testing {

/// A real server on a free port, in front of the scripted backend.
struct http_server_fixture {
  http_server_fixture() {
    keys->store(make_key_table(
        {make_key_record(user_key, "12345"), make_key_record(service_key, std::nullopt)}));
  }

  ~http_server_fixture() {
    running.reset();
  }

  void start() {
    auto started = http::server::start(options, [this](boost::asio::io_context& context) {
      if (first_context == nullptr)
        first_context = &context;
      if (is_gated)
        gate = std::make_unique<boost::asio::steady_timer>(
            context, std::chrono::steady_clock::time_point::max());
      script.gate = gate.get();
      return std::make_unique<fake_backend>(script, [this] {
        ++backends_ended;
        gate.reset();
      });
    });
    if (!started)
      throw std::runtime_error{started.error().message};
    running = std::move(*started);
  }

  void open_gate() {
    boost::asio::post(*first_context, [this] {
      script.gate = nullptr;
      gate->cancel();
    });
  }

  /// Waits until the backend was asked `count` questions in all.
  void wait_for_questions(int count) {
    for (;;) {
      std::promise<int> seen;
      auto answer = seen.get_future();
      boost::asio::post(*first_context, [&] { seen.set_value(script.questions); });
      if (answer.get() >= count)
        return;
    }
  }

  raw_client connect() {
    return raw_client{running->port()};
  }

  backend_script script;
  std::shared_ptr<published_keys> keys = std::make_shared<published_keys>();
  std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
  http::front_end_options options = make_options(keys, clock);
  boost::asio::io_context* first_context = nullptr;
  std::unique_ptr<boost::asio::steady_timer> gate;
  /// Set before `start`, with one thread only: every question then waits for `open_gate`.
  bool is_gated = false;
  std::atomic<int> backends_ended = 0;
  std::unique_ptr<http::server> running;
};

inline std::string get_request(std::string_view target, std::string_view more_headers = {}) {
  std::string text = "GET ";
  text += target;
  text += " HTTP/1.1\r\nHost: test\r\nX-API-Key: ";
  text += user_key;
  text += "\r\n";
  text += more_headers;
  text += "\r\n";
  return text;
}

} // namespace polar_flow::testing
