#include "tests/polar/tiny_server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace polar_flow::testing {

namespace asio = boost::asio;
using asio::ip::tcp;
using error_code = boost::system::error_code;

namespace {

/// More than any request of these tests.
constexpr std::size_t request_bytes_max = 1 << 20;

struct connection : std::enable_shared_from_this<connection> {
  connection(tcp::socket socket, asio::ssl::context& tls) : stream{std::move(socket), tls} {
    // nop
  }

  tcp::socket& socket() {
    return stream.next_layer();
  }

  asio::ssl::stream<tcp::socket> stream;
  std::string input;
  tiny_reply reply;
  int requests = 0;
};

using connection_pointer = std::shared_ptr<connection>;

/// Bytes of the first request in `input`; npos while it is incomplete.
std::size_t request_size(const std::string& input) {
  const auto head_end = input.find("\r\n\r\n");
  if (head_end == std::string::npos)
    return std::string::npos;
  const auto length_at = input.find("Content-Length: ");
  const auto body_size =
      length_at < head_end ? std::stoul(input.substr(length_at + 16)) : std::size_t{0};
  const auto size = head_end + 4 + body_size;
  return input.size() >= size ? size : std::string::npos;
}

} // namespace

class tiny_server::implementation {
public:
  implementation(tiny_handler handler, const std::optional<certificate>& certificate)
      : handler_{std::move(handler)}, is_encrypted_{certificate.has_value()} {
    if (certificate) {
      tls_.use_certificate_chain(asio::buffer(certificate->chain_pem));
      tls_.use_private_key(asio::buffer(certificate->key_pem), asio::ssl::context::pem);
    }
    accept();
    thread_ = std::thread{[this] {
      context_.run();
    }};
  }

  ~implementation() {
    asio::post(context_, [this] {
      error_code ignored;
      acceptor_.close(ignored);
      for (const auto& open : connections_)
        open->socket().close(ignored);
      connections_.clear();
      held_.clear();
    });
    thread_.join();
  }

  void hold() {
    const std::lock_guard lock{mutex_};
    is_holding_ = true;
  }

  void release() {
    {
      const std::lock_guard lock{mutex_};
      is_holding_ = false;
    }
    asio::post(context_, [this] {
      for (const auto& open : std::exchange(held_, {}))
        write(open);
    });
  }

  void wait_for_requests(int count) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return requests_ >= count; });
  }

  int count(const int implementation::*counter) {
    const std::lock_guard lock{mutex_};
    return this->*counter;
  }

  bool is_encrypted() const {
    return is_encrypted_;
  }

  std::uint16_t port() const {
    return port_;
  }

  int accepted_ = 0;
  int requests_ = 0;
  int at_once_ = 0;
  int at_once_max_ = 0;

private:
  void accept() {
    acceptor_.async_accept([this](const error_code& failure, tcp::socket socket) {
      if (failure)
        return;
      const auto open = std::make_shared<connection>(std::move(socket), tls_);
      connections_.push_back(open);
      {
        const std::lock_guard lock{mutex_};
        ++accepted_;
      }
      if (is_encrypted_)
        open->stream.async_handshake(asio::ssl::stream_base::server,
                                     [this, open](const error_code& refused) {
                                       if (!refused)
                                         read(open);
                                       else
                                         close(open);
                                     });
      else
        read(open);
      accept();
    });
  }

  template <class Done>
  void read_some(const connection_pointer& open, Done done) {
    const auto old_size = open->input.size();
    open->input.resize(old_size + 4096);
    const auto buffer = asio::buffer(open->input.data() + old_size, 4096);
    auto finish = [open, old_size, done](const error_code& failure, std::size_t size) {
      open->input.resize(old_size + size);
      done(failure);
    };
    if (is_encrypted_)
      open->stream.async_read_some(buffer, finish);
    else
      open->socket().async_read_some(buffer, finish);
  }

  void read(const connection_pointer& open) {
    const auto size = request_size(open->input);
    if (size != std::string::npos)
      return answer(open, size);
    read_some(open, [this, open](const error_code& failure) {
      if (failure || open->input.size() > request_bytes_max)
        close(open);
      else
        read(open);
    });
  }

  void answer(const connection_pointer& open, std::size_t size) {
    tiny_request request{
        .number = 0, .number_on_connection = open->requests++, .text = open->input.substr(0, size)};
    open->input.erase(0, size);
    bool is_held = false;
    {
      const std::lock_guard lock{mutex_};
      request.number = requests_++;
      at_once_max_ = std::max(at_once_max_, ++at_once_);
      is_held = is_holding_;
    }
    changed_.notify_all();
    open->reply = handler_(request);
    if (is_held)
      held_.push_back(open);
    else
      write(open);
  }

  void write(const connection_pointer& open) {
    {
      const std::lock_guard lock{mutex_};
      --at_once_;
    }
    auto finish = [this, open](const error_code& failure, std::size_t) {
      if (failure || open->reply.next == afterwards::close)
        return close(open);
      if (open->reply.next == afterwards::reset) {
        error_code ignored;
        open->socket().set_option(asio::socket_base::linger{true, 0}, ignored);
        return close(open);
      }
      // To hang is to read on, until the client goes, and to answer nothing.
      if (open->reply.next == afterwards::hang)
        return drain(open);
      read(open);
    };
    if (is_encrypted_)
      asio::async_write(open->stream, asio::buffer(open->reply.bytes), finish);
    else
      asio::async_write(open->socket(), asio::buffer(open->reply.bytes), finish);
  }

  void drain(const connection_pointer& open) {
    open->input.clear();
    read_some(open, [this, open](const error_code& failure) {
      if (failure)
        close(open);
      else
        drain(open);
    });
  }

  void close(const connection_pointer& open) {
    error_code ignored;
    open->socket().close(ignored);
    std::erase(connections_, open);
  }

  tiny_handler handler_;
  const bool is_encrypted_;
  asio::ssl::context tls_{asio::ssl::context::tls_server};
  asio::io_context context_;
  tcp::acceptor acceptor_{context_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
  const std::uint16_t port_ = acceptor_.local_endpoint().port();
  std::vector<connection_pointer> connections_;
  std::vector<connection_pointer> held_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_holding_ = false;
  std::thread thread_;
};

tiny_server::tiny_server(tiny_handler handler, std::optional<certificate> certificate)
    : implementation_{std::make_unique<implementation>(std::move(handler), certificate)} {
  // nop
}

tiny_server::~tiny_server() = default;

std::uint16_t tiny_server::port() const {
  return implementation_->port();
}

std::string tiny_server::url() const {
  const std::string scheme = implementation_->is_encrypted() ? "https" : "http";
  return scheme + "://127.0.0.1:" + std::to_string(port());
}

int tiny_server::connections() const {
  return implementation_->count(&implementation::accepted_);
}

int tiny_server::requests() const {
  return implementation_->count(&implementation::requests_);
}

int tiny_server::requests_at_once_max() const {
  return implementation_->count(&implementation::at_once_max_);
}

void tiny_server::wait_for_requests(int count) const {
  implementation_->wait_for_requests(count);
}

void tiny_server::hold() {
  implementation_->hold();
}

void tiny_server::release() {
  implementation_->release();
}

std::string ok_answer(const std::string& body, const std::string& extra_headers) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n"
         + extra_headers + "\r\n" + body;
}

} // namespace polar_flow::testing
