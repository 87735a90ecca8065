#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <utility>

namespace polar_flow::testing {

struct raw_answer {
  int status = 0;
  std::string head;
  std::string body;
};

/// Whether a head has exactly this line.
inline bool has_header(const raw_answer& answer, std::string_view line) {
  return answer.head.find("\r\n" + std::string{line} + "\r\n") != std::string::npos;
}

/// A client that sends any bytes and shows what comes back, with blocking calls. Nothing waits
/// longer than a minute.
class raw_client {
public:
  explicit raw_client(std::uint16_t port, int receive_buffer_bytes = 0) {
    socket_.open(boost::asio::ip::tcp::v4());
    if (receive_buffer_bytes > 0)
      socket_.set_option(boost::asio::socket_base::receive_buffer_size{receive_buffer_bytes});
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    constexpr timeval patience{60, 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }

  /// False when the other side has closed.
  bool send(std::string_view bytes) {
    boost::system::error_code problem;
    boost::asio::write(socket_, boost::asio::buffer(bytes), problem);
    return !problem;
  }

  void finish_sending() {
    boost::system::error_code ignored;
    socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
  }

  /// The next answer; nullopt when the connection ended before it was whole.
  std::optional<raw_answer> receive(bool has_body = true) {
    while (received_.find("\r\n\r\n") == std::string::npos)
      if (!receive_some())
        return std::nullopt;
    raw_answer answer;
    const auto head_bytes = received_.find("\r\n\r\n") + 4;
    answer.head = received_.substr(0, head_bytes);
    received_.erase(0, head_bytes);
    std::from_chars(answer.head.data() + 9, answer.head.data() + 12, answer.status);
    const std::size_t body_bytes = has_body ? content_length(answer.head) : 0;
    while (received_.size() < body_bytes)
      if (!receive_some())
        return std::nullopt;
    answer.body = received_.substr(0, body_bytes);
    received_.erase(0, body_bytes);
    return answer;
  }

  /// The next chunk of a chunked body, empty at its end; nullopt when the connection ended before.
  std::optional<std::string> receive_chunk() {
    constexpr std::string_view line_end = "\r\n";
    while (received_.find(line_end) == std::string::npos)
      if (!receive_some())
        return std::nullopt;
    const auto begin = received_.find(line_end) + line_end.size();
    std::size_t bytes = 0;
    std::from_chars(received_.data(), received_.data() + begin, bytes, 16);
    while (received_.size() < begin + bytes + line_end.size())
      if (!receive_some())
        return std::nullopt;
    auto chunk = received_.substr(begin, bytes);
    received_.erase(0, begin + bytes + line_end.size());
    return chunk;
  }

  /// Everything until the other side closes.
  std::string receive_all() {
    while (receive_some())
      continue;
    return std::exchange(received_, {});
  }

  /// Waits, without reading, until the server has ended the connection.
  bool wait_for_end() {
    constexpr int patience_ms = 60'000;
    pollfd watched{socket_.native_handle(), POLLRDHUP, 0};
    return ::poll(&watched, 1, patience_ms) == 1;
  }

  bool is_closed_by_server() {
    return received_.empty() && !receive_some();
  }

private:
  static std::size_t content_length(std::string_view head) {
    constexpr std::string_view name = "Content-Length: ";
    const auto found = head.find(name);
    std::size_t length = 0;
    if (found != std::string_view::npos)
      std::from_chars(head.data() + found + name.size(), head.data() + head.size(), length);
    return length;
  }

  bool receive_some() {
    char buffer[16384];
    boost::system::error_code problem;
    const auto bytes = socket_.read_some(boost::asio::buffer(buffer), problem);
    received_.append(buffer, bytes);
    return !problem;
  }

  boost::asio::io_context context_;
  boost::asio::ip::tcp::socket socket_{context_};
  std::string received_;
};

} // namespace polar_flow::testing
