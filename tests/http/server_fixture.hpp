#pragma once

#include "http/server.hpp"
#include "tests/http/front_end_fixture.hpp"
#include "tests/http/raw_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace polar_flow::testing {

/// A real server on a free port, in front of the scripted backend.
struct http_server_fixture {
  http_server_fixture();
  ~http_server_fixture();

  void start();

  void open_gate();

  /// Waits until the backend was asked `count` questions in all.
  void wait_for_questions(int count);

  raw_client connect();

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

std::string get_request(std::string_view target, std::string_view more_headers = {});

} // namespace polar_flow::testing
