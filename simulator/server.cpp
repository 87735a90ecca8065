#include "simulator/server.hpp"

#include "simulator/webhook_client.hpp"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <csignal>
#include <optional>
#include <stdexcept>

namespace polar_flow::simulator {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

using tcp = asio::ip::tcp;
using boost::system::error_code;
using tls_stream = asio::ssl::stream<tcp::socket>;

/// Requests are small: a registration or a fault.
constexpr std::size_t body_bytes_max = 1024 * 1024;
constexpr std::size_t header_bytes_max = 64 * 1024;

/// How often the simulator looks for news of its own accord.
constexpr std::chrono::seconds look_interval{1};

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

tcp::socket& socket_of(tcp::socket& stream) {
  return stream;
}

tcp::socket& socket_of(tls_stream& stream) {
  return stream.next_layer();
}

request to_request(http::request<http::string_body>& received) {
  request made;
  made.method = std::string{received.method_string()};
  made.target = std::string{received.target()};
  for (const auto& field : received)
    made.headers.emplace_back(std::string{field.name_string()}, std::string{field.value()});
  made.body = std::move(received.body());
  return made;
}

http::response<http::string_body> to_message(response answer, unsigned version, bool keep_alive) {
  http::response<http::string_body> message;
  message.result(static_cast<unsigned>(answer.status));
  message.version(version);
  message.set(http::field::server, "polar-accesslink-simulator");
  for (const auto& [name, value] : answer.headers)
    message.insert(name, value);
  message.keep_alive(keep_alive);
  message.body() = std::move(answer.body);
  // 204 has no body and says no length.
  if (answer.status != 204)
    message.prepare_payload();
  return message;
}

/// Makes closing the connection send a reset instead of a regular end.
void abort_connection(tcp::socket& socket) {
  error_code ignored;
  socket.set_option(asio::socket_base::linger(true, 0), ignored);
  socket.close(ignored);
}

/// Waits until the client goes away.
template <class Stream>
asio::awaitable<void> wait_for_end(Stream& stream) {
  std::array<char, 512> thrown_away{};
  for (;;) {
    auto [failure, size] = co_await stream.async_read_some(asio::buffer(thrown_away), quietly);
    if (failure)
      co_return;
  }
}

/// Sends head and half of the body. HTTP says that more must follow.
template <class Stream>
asio::awaitable<void> send_half(Stream& stream, http::response<http::string_body>& message) {
  http::response_serializer<http::string_body> serializer{message};
  serializer.split(true);
  auto [head_failure, head_size] = co_await http::async_write_header(stream, serializer, quietly);
  if (head_failure)
    co_return;
  const auto half = asio::buffer(message.body().data(), message.body().size() / 2);
  co_await asio::async_write(stream, half, quietly);
  error_code ignored;
  socket_of(stream).shutdown(tcp::socket::shutdown_both, ignored);
}

asio::awaitable<void> pause_for(std::chrono::milliseconds delay) {
  asio::steady_timer timer{co_await asio::this_coro::executor, delay};
  co_await timer.async_wait(quietly);
}

/// False when the connection is over.
template <class Stream>
asio::awaitable<bool> deliver(Stream& stream, response answer, unsigned version, bool keep_alive) {
  if (answer.delay.count() > 0)
    co_await pause_for(answer.delay);
  const auto how = answer.how;
  if (how == delivery::hang) {
    co_await wait_for_end(stream);
    co_return false;
  }
  if (how == delivery::reset) {
    abort_connection(socket_of(stream));
    co_return false;
  }
  auto message = to_message(std::move(answer), version, keep_alive);
  if (how == delivery::cut) {
    co_await send_half(stream, message);
    co_return false;
  }
  auto [failure, size] = co_await http::async_write(stream, message, quietly);
  co_return !failure && keep_alive;
}

/// What the connections of one server share.
struct desk {
  accesslink& answers;
  /// Waking it makes the calls that are due.
  asio::steady_timer& caller;
};

/// The answer, after the call that it may depend on.
asio::awaitable<response> find_answer(desk at, request received) {
  auto answer = at.answers.respond(received);
  if (const auto deferred = answer.deferred) {
    auto call = deferred->call;
    const int status = co_await call_webhook(std::move(call));
    answer = deferred->conclude(status);
  }
  at.caller.cancel();
  co_return answer;
}

template <class Stream>
asio::awaitable<void> converse(Stream& stream, desk at) {
  beast::flat_buffer buffer;
  for (bool goes_on = true; goes_on;) {
    http::request_parser<http::string_body> parser;
    parser.body_limit(body_bytes_max);
    parser.header_limit(header_bytes_max);
    auto [failure, size] = co_await http::async_read(stream, buffer, parser, quietly);
    if (failure)
      co_return;
    auto received = parser.release();
    const auto version = received.version();
    const bool keep_alive = received.keep_alive();
    auto asked = to_request(received);
    auto answer = co_await find_answer(at, std::move(asked));
    goes_on = co_await deliver(stream, std::move(answer), version, keep_alive);
  }
}

asio::awaitable<void> serve_plain(tcp::socket socket, desk at) {
  co_await converse(socket, at);
  error_code ignored;
  socket.shutdown(tcp::socket::shutdown_both, ignored);
}

asio::awaitable<void> serve_tls(tcp::socket socket, asio::ssl::context& context, desk at) {
  tls_stream stream{std::move(socket), context};
  auto [failure] = co_await stream.async_handshake(asio::ssl::stream_base::server, quietly);
  if (failure)
    co_return;
  co_await converse(stream, at);
  if (stream.next_layer().is_open())
    co_await stream.async_shutdown(quietly);
}

} // namespace

class server::implementation {
public:
  implementation(const options& settings, accesslink& answers)
      : answers_(answers), acceptor_(context_), signals_(context_), caller_(context_) {
    if (settings.certificate) {
      tls_.emplace(asio::ssl::context::tls_server);
      tls_->use_certificate_chain_file(settings.certificate->string());
      tls_->use_private_key_file(settings.key->string(), asio::ssl::context::pem);
    }
    const tcp::endpoint address{asio::ip::make_address(settings.host), settings.port};
    acceptor_.open(address.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    acceptor_.bind(address);
    acceptor_.listen();
    asio::co_spawn(context_, accept(), asio::detached);
    asio::co_spawn(context_, call_webhooks(), asio::detached);
  }

  std::uint16_t port() const {
    return acceptor_.local_endpoint().port();
  }

  void stop_on_signals() {
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    signals_.async_wait([this](error_code failure, int) {
      if (!failure)
        context_.stop();
    });
  }

  void run() {
    context_.run();
  }

  void stop() {
    context_.stop();
  }

private:
  asio::awaitable<void> accept() {
    const desk at{answers_, caller_};
    for (;;) {
      auto [failure, socket] = co_await acceptor_.async_accept(quietly);
      if (failure) {
        // Out of descriptors, most likely; connections that end will free some.
        co_await pause_for(std::chrono::milliseconds{50});
        continue;
      }
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      if (tls_)
        asio::co_spawn(context_, serve_tls(std::move(socket), *tls_, at), asio::detached);
      else
        asio::co_spawn(context_, serve_plain(std::move(socket), at), asio::detached);
    }
  }

  /// One call after the other, so that news arrive in their order.
  asio::awaitable<void> call_webhooks() {
    auto next_look = std::chrono::steady_clock::now();
    for (;;) {
      if (const auto passed = std::chrono::steady_clock::now(); passed >= next_look) {
        answers_.look();
        next_look = passed + look_interval;
      }
      while (auto call = answers_.next_call()) {
        auto made = *std::move(call);
        const int status = co_await call_webhook(std::move(made));
        answers_.note_call(status);
      }
      caller_.expires_at(next_look);
      co_await caller_.async_wait(quietly);
    }
  }

  accesslink& answers_;
  std::optional<asio::ssl::context> tls_;
  asio::io_context context_{1};
  tcp::acceptor acceptor_;
  asio::signal_set signals_;
  asio::steady_timer caller_;
};

server::server(const options& settings, accesslink& answers) {
  try {
    implementation_ = std::make_unique<implementation>(settings, answers);
  } catch (const boost::system::system_error& problem) {
    throw std::runtime_error("cannot listen on " + settings.host + " port "
                             + std::to_string(settings.port) + ": " + problem.what());
  }
}

server::~server() = default;

std::uint16_t server::port() const {
  return implementation_->port();
}

void server::stop_on_signals() {
  implementation_->stop_on_signals();
}

void server::run() {
  implementation_->run();
}

void server::stop() {
  implementation_->stop();
}

} // namespace polar_flow::simulator
