#include "tests/http/raw_client.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <charconv>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <utility>

namespace polar_flow::testing {

namespace {

std::size_t content_length(std::string_view head) {
  constexpr std::string_view name = "Content-Length: ";
  const auto found = head.find(name);
  std::size_t length = 0;
  if (found != std::string_view::npos)
    std::from_chars(head.data() + found + name.size(), head.data() + head.size(), length);
  return length;
}

} // namespace

bool has_header(const raw_answer& answer, std::string_view line) {
  return answer.head.find("\r\n" + std::string{line} + "\r\n") != std::string::npos;
}

struct raw_client::connection {
  boost::asio::io_context context;
  boost::asio::ip::tcp::socket socket{context};
};

raw_client::raw_client(std::uint16_t port, int receive_buffer_bytes)
    : connection_{std::make_unique<connection>()} {
  auto& socket = connection_->socket;
  socket.open(boost::asio::ip::tcp::v4());
  if (receive_buffer_bytes > 0)
    socket.set_option(boost::asio::socket_base::receive_buffer_size{receive_buffer_bytes});
  socket.connect({boost::asio::ip::address_v4::loopback(), port});
  constexpr timeval patience{60, 0};
  ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

raw_client::~raw_client() = default;
raw_client::raw_client(raw_client&&) noexcept = default;
raw_client& raw_client::operator=(raw_client&&) noexcept = default;

bool raw_client::send(std::string_view bytes) {
  boost::system::error_code problem;
  boost::asio::write(connection_->socket, boost::asio::buffer(bytes), problem);
  return !problem;
}

void raw_client::finish_sending() {
  boost::system::error_code ignored;
  connection_->socket.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
}

std::optional<raw_answer> raw_client::receive(bool has_body) {
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

std::optional<std::string> raw_client::receive_chunk() {
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

std::string raw_client::receive_all() {
  while (receive_some())
    continue;
  return std::exchange(received_, {});
}

bool raw_client::wait_for_end() {
  constexpr int patience_ms = 60'000;
  pollfd watched{connection_->socket.native_handle(), POLLRDHUP, 0};
  return ::poll(&watched, 1, patience_ms) == 1;
}

bool raw_client::is_closed_by_server() {
  return received_.empty() && !receive_some();
}

bool raw_client::receive_some() {
  char buffer[16384];
  boost::system::error_code problem;
  const auto bytes = connection_->socket.read_some(boost::asio::buffer(buffer), problem);
  received_.append(buffer, bytes);
  return !problem;
}

} // namespace polar_flow::testing
