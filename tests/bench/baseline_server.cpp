// A plain Beast server that gives every request the same answer, built with http::response and
// written by Beast's serializer: what one gets by following Beast's own examples. The benchmark
// compares our server with it.
//
//   baseline_server PORT THREADS ANSWER_FILE
//
// ANSWER_FILE holds an answer as `curl -i` shows it; its headers and body are served as they
// are. Port 0 means any free one; the port is printed once it is listened on.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::awaitable;
using asio::ip::tcp;

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

struct canned_answer {
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

canned_answer read_answer(const char* file_name) {
  std::ifstream file{file_name, std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  canned_answer answer;
  const auto head_end = text.find("\r\n\r\n");
  if (head_end == std::string::npos)
    return answer;
  answer.body = text.substr(head_end + 4);
  std::size_t line = text.find("\r\n") + 2;
  while (line < head_end) {
    const auto line_end = text.find("\r\n", line);
    const auto colon = text.find(": ", line);
    answer.headers.emplace_back(text.substr(line, colon - line),
                                text.substr(colon + 2, line_end - colon - 2));
    line = line_end + 2;
  }
  return answer;
}

awaitable<void> serve(tcp::socket socket, const canned_answer& canned) {
  boost::beast::flat_buffer buffer;
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay{true}, ignored);
  for (;;) {
    http::request<http::string_body> request;
    const auto [read_problem, read_bytes] =
        co_await http::async_read(socket, buffer, request, as_values);
    if (read_problem)
      co_return;
    http::response<http::string_body> response{http::status::ok, request.version()};
    for (const auto& [name, value] : canned.headers)
      response.set(name, value);
    response.keep_alive(request.keep_alive());
    response.body() = canned.body;
    response.prepare_payload();
    const auto [write_problem, written_bytes] =
        co_await http::async_write(socket, response, as_values);
    if (write_problem || !response.keep_alive())
      co_return;
  }
}

/// Hands connections out in turn, as our server does.
awaitable<void> listen(tcp::acceptor& acceptor,
                       std::vector<std::unique_ptr<asio::io_context>>& contexts,
                       const canned_answer& canned) {
  for (std::size_t turn = 0;; ++turn) {
    auto& next = *contexts[turn % contexts.size()];
    auto [problem, socket] = co_await acceptor.async_accept(next, as_values);
    if (problem)
      co_return;
    asio::co_spawn(next, serve(std::move(socket), canned), asio::detached);
  }
}

unsigned parse_number(std::string_view text) {
  unsigned number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: baseline_server PORT THREADS ANSWER_FILE\n");
    return 2;
  }
  const auto canned = read_answer(argv[3]);
  if (canned.body.empty()) {
    std::fprintf(stderr, "baseline_server: no answer in %s\n", argv[3]);
    return 2;
  }
  std::vector<std::unique_ptr<asio::io_context>> contexts;
  for (unsigned i = 0; i < std::max(1u, parse_number(argv[2])); ++i)
    contexts.push_back(std::make_unique<asio::io_context>(1));
  const tcp::endpoint address{asio::ip::address_v4::loopback(),
                              static_cast<std::uint16_t>(parse_number(argv[1]))};
  tcp::acceptor acceptor{*contexts.front(), address};
  std::printf("%u\n", static_cast<unsigned>(acceptor.local_endpoint().port()));
  std::fflush(stdout);
  asio::co_spawn(*contexts.front(), listen(acceptor, contexts, canned), asio::detached);

  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < contexts.size(); ++i)
    threads.emplace_back([&context = *contexts[i]] {
      const auto work = asio::make_work_guard(context);
      context.run();
    });
  contexts.front()->run();
  for (auto& thread : threads)
    thread.join();
}
