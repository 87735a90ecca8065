#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polar_flow::testing {

using http_headers = std::vector<std::pair<std::string, std::string>>;

struct http_request {
  std::string method = "GET";
  std::string target;
  http_headers headers = {};
  std::string body = {};
};

struct http_answer {
  int status = 0;
  /// Names in lower case, in the order of arrival.
  http_headers headers;
  std::string body;

  /// First header of that (lower-case) name.
  std::optional<std::string> header(std::string_view name) const;
};

/// As long as a slow machine under sanitizers may need for one answer.
inline constexpr std::chrono::milliseconds answer_time_limit{30'000};

/// Sends one request to 127.0.0.1 on a connection of its own. nullopt when nobody listens, or
/// when what comes back within the time is no whole HTTP answer.
std::optional<http_answer> ask(std::uint16_t port, const http_request& request,
                               std::chrono::milliseconds time_limit = answer_time_limit);

struct byte_exchange {
  std::string received;
  /// Whether the other side ended the connection before the time was over.
  bool was_closed = false;
};

/// Sends bytes as they are, whatever they mean, and collects all that comes back until the other
/// side closes or `time_limit` is over.
byte_exchange exchange_bytes(std::uint16_t port, std::string_view bytes,
                             std::chrono::milliseconds time_limit);

/// Takes one whole answer from the front of `bytes`; nullopt when there is none (yet).
/// `is_complete` says that no more bytes will come.
std::optional<http_answer> take_answer(std::string& bytes, bool is_complete);

struct url_parts {
  std::uint16_t port = 0;
  /// Path and query.
  std::string target;
};

/// Splits `http://host:port/path?query`; nullopt for anything else.
std::optional<url_parts> split_url(std::string_view url);

/// Value of a query parameter, percent-decoded.
std::optional<std::string> query_parameter(std::string_view target, std::string_view name);

/// A TCP port of 127.0.0.1 on which nobody listened a moment ago.
std::uint16_t find_free_port();

} // namespace polar_flow::testing
