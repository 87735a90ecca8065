#include "tests/support/http_client.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <charconv>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace polar_flow::testing {

namespace {

using steady = std::chrono::steady_clock;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// A connected non-blocking socket with a deadline for everything that is done with it.
class connection {
public:
  connection(std::uint16_t port, std::chrono::milliseconds time_limit)
      : descriptor_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)},
        deadline_{steady::now() + time_limit} {
    const auto address = loopback(port);
    is_open_ =
        connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }

  ~connection() {
    close(descriptor_);
  }

  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;

  bool is_open() const {
    return is_open_;
  }

  /// Sends what fits; a peer that refuses the rest has its reasons, which its answer tells.
  void send_all(std::string_view bytes, std::string& received) {
    while (!bytes.empty() && is_open_) {
      const auto events = wait_for(POLLIN | POLLOUT);
      if ((events & (POLLIN | POLLHUP | POLLERR)) != 0 && !receive_some(received))
        return;
      if ((events & POLLOUT) != 0) {
        const auto sent =
            ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0)
          bytes.remove_prefix(static_cast<std::size_t>(sent));
      }
      if (events == 0)
        return;
    }
  }

  /// False when the peer closed or the time is over.
  bool receive_some(std::string& received) {
    if (!is_open_ || (wait_for(POLLIN) & (POLLIN | POLLHUP | POLLERR)) == 0)
      return false;
    std::array<char, 65536> chunk;
    const auto count = recv(descriptor_, chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (count <= 0) {
      is_open_ = false;
      return false;
    }
    received.append(chunk.data(), static_cast<std::size_t>(count));
    return true;
  }

private:
  short wait_for(short events) const {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - steady::now());
    pollfd entry{descriptor_, events, 0};
    if (left.count() <= 0 || poll(&entry, 1, static_cast<int>(left.count())) <= 0)
      return 0;
    return entry.revents;
  }

  int descriptor_ = -1;
  steady::time_point deadline_;
  bool is_open_ = false;
};

std::string lower_case(std::string_view text) {
  std::string lowered{text};
  std::ranges::transform(lowered, lowered.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lowered;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::size_t> parse_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

/// Status line and header fields, without the blank line that ends them.
std::optional<http_answer> parse_head(std::string_view head) {
  constexpr std::string_view version = "HTTP/1.";
  constexpr std::size_t status_start = version.size() + 2;
  const auto line_end = head.find("\r\n");
  const auto status_line = head.substr(0, line_end);
  if (!status_line.starts_with(version) || status_line.size() < status_start + 3)
    return std::nullopt;
  const auto status = parse_number(status_line.substr(status_start, 3));
  if (!status)
    return std::nullopt;
  http_answer answer;
  answer.status = static_cast<int>(*status);
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    const auto line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
    if (const auto colon = line.find(':'); colon != std::string_view::npos && line != status_line)
      answer.headers.emplace_back(lower_case(line.substr(0, colon)),
                                  std::string{trimmed(line.substr(colon + 1))});
  }
  return answer;
}

std::string print(std::uint16_t port, const http_request& request) {
  std::string text = request.method + " " + request.target + " HTTP/1.1\r\nHost: 127.0.0.1:"
                     + std::to_string(port) + "\r\nConnection: close\r\n";
  for (const auto& [name, value] : request.headers)
    text += name + ": " + value + "\r\n";
  if (!request.body.empty() || request.method == "POST")
    text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  return text + "\r\n" + request.body;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size()
        && std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ec == std::errc{}) {
      decoded += static_cast<char>(value);
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

} // namespace

std::optional<std::string> http_answer::header(std::string_view name) const {
  const auto found =
      std::ranges::find_if(headers, [&](const auto& header) { return header.first == name; });
  if (found == headers.end())
    return std::nullopt;
  return found->second;
}

std::optional<http_answer> take_answer(std::string& bytes, bool is_complete) {
  const auto head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string::npos)
    return std::nullopt;
  auto answer = parse_head(std::string_view{bytes}.substr(0, head_end));
  if (!answer)
    return std::nullopt;
  const auto body_start = head_end + 4;
  std::size_t body_size = bytes.size() - body_start;
  if (answer->status == 204 || answer->status == 304 || answer->status < 200) {
    body_size = 0;
  } else if (const auto length = answer->header("content-length")) {
    const auto size = parse_number(*length);
    if (!size || *size > body_size)
      return std::nullopt;
    body_size = *size;
  } else if (!is_complete) {
    return std::nullopt;
  }
  answer->body = bytes.substr(body_start, body_size);
  bytes.erase(0, body_start + body_size);
  return answer;
}

std::optional<http_answer> ask(std::uint16_t port, const http_request& request,
                               std::chrono::milliseconds time_limit) {
  connection peer{port, time_limit};
  std::string received;
  peer.send_all(print(port, request), received);
  while (true) {
    if (auto answer = take_answer(received, !peer.is_open()))
      return answer;
    if (!peer.receive_some(received))
      return take_answer(received, !peer.is_open());
  }
}

byte_exchange exchange_bytes(std::uint16_t port, std::string_view bytes,
                             std::chrono::milliseconds time_limit) {
  connection peer{port, time_limit};
  byte_exchange result;
  peer.send_all(bytes, result.received);
  while (peer.receive_some(result.received)) {
    // nop
  }
  result.was_closed = !peer.is_open();
  return result;
}

std::optional<url_parts> split_url(std::string_view url) {
  constexpr std::string_view scheme = "http://";
  if (!url.starts_with(scheme))
    return std::nullopt;
  url.remove_prefix(scheme.size());
  const auto path_start = url.find('/');
  const auto authority = url.substr(0, path_start);
  const auto colon = authority.rfind(':');
  if (colon == std::string_view::npos)
    return std::nullopt;
  const auto port = parse_number(authority.substr(colon + 1));
  if (!port)
    return std::nullopt;
  return url_parts{static_cast<std::uint16_t>(*port), path_start == std::string_view::npos
                                                          ? "/"
                                                          : std::string{url.substr(path_start)}};
}

std::optional<std::string> query_parameter(std::string_view target, std::string_view name) {
  auto query_start = target.find('?');
  while (query_start != std::string_view::npos) {
    target.remove_prefix(query_start + 1);
    query_start = target.find('&');
    const auto item = target.substr(0, query_start);
    const auto equals = item.find('=');
    if (item.substr(0, equals) == name)
      return percent_decoded(equals == std::string_view::npos ? "" : item.substr(equals + 1));
  }
  return std::nullopt;
}

std::uint16_t find_free_port() {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback(0);
  socklen_t size = sizeof(address);
  bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  close(descriptor);
  return ntohs(address.sin_port);
}

} // namespace polar_flow::testing
