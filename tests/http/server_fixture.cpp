#include "tests/http/server_fixture.hpp"

#include <boost/asio/post.hpp>

#include <future>
#include <stdexcept>
#include <utility>

namespace polar_flow::testing {

http_server_fixture::http_server_fixture() {
  keys->store(make_key_table(
      {make_key_record(user_key, "12345"), make_key_record(service_key, std::nullopt)}));
}

http_server_fixture::~http_server_fixture() {
  running.reset();
}

void http_server_fixture::start() {
  auto started = http::server::start(options, [this](boost::asio::io_context& context) {
    if (first_context == nullptr)
      first_context = &context;
    if (is_gated)
      gate = std::make_unique<boost::asio::steady_timer>(
          context, std::chrono::steady_clock::time_point::max());
    script.gate = gate.get();
    return std::make_unique<fake_backend>(script, [this] {
      ++backends_ended;
      // A gate belongs to the one thread there is then.
      if (is_gated)
        gate.reset();
    });
  });
  if (!started)
    throw std::runtime_error{started.error().message};
  running = std::move(*started);
}

void http_server_fixture::open_gate() {
  boost::asio::post(*first_context, [this] {
    script.gate = nullptr;
    gate->cancel();
  });
}

void http_server_fixture::wait_for_questions(int count) {
  for (;;) {
    std::promise<int> seen;
    auto answer = seen.get_future();
    boost::asio::post(*first_context, [&] { seen.set_value(script.questions); });
    if (answer.get() >= count)
      return;
  }
}

raw_client http_server_fixture::connect() {
  return raw_client{running->port()};
}

std::string get_request(std::string_view target, std::string_view more_headers) {
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
