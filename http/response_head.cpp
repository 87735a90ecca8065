#include "http/response_head.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace polar_flow::http {

namespace {

/// On every answer, also those of the router (C74). The pages are served by ourselves and load
/// nothing from elsewhere, so the policy names nobody else.
constexpr std::string_view security_headers =
    "Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'\r\n"
    "X-Frame-Options: DENY\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n";

constexpr std::string_view strict_transport = "Strict-Transport-Security: max-age=15768000\r\n";

std::string_view reason_phrase(std::uint16_t status) {
  switch (status) {
  case 200:
    return "OK";
  case 201:
    return "Created";
  case 202:
    return "Accepted";
  case 204:
    return "No Content";
  case 303:
    return "See Other";
  case 400:
    return "Bad Request";
  case 401:
    return "Unauthorized";
  case 403:
    return "Forbidden";
  case 404:
    return "Not Found";
  case 405:
    return "Method Not Allowed";
  case 408:
    return "Request Timeout";
  case 409:
    return "Conflict";
  case 413:
    return "Content Too Large";
  case 417:
    return "Expectation Failed";
  case 429:
    return "Too Many Requests";
  case 431:
    return "Request Header Fields Too Large";
  case 500:
    return "Internal Server Error";
  case 502:
    return "Bad Gateway";
  case 503:
    return "Service Unavailable";
  case 504:
    return "Gateway Timeout";
  default:
    return "";
  }
}

void append_integer(std::string& out, std::int64_t number) {
  std::array<char, 24> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  out.append(buffer.data(), end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name);
  out += ": ";
  out.append(value);
  out += "\r\n";
}

void append_field(std::string& out, std::string_view name, std::int64_t value) {
  out.append(name);
  out += ": ";
  append_integer(out, value);
  out += "\r\n";
}

void append_rate_limit(std::string& out, const rate_limit_state& state) {
  using std::chrono::seconds;
  const auto reset = std::chrono::floor<seconds>(state.reset_at).time_since_epoch();
  append_field(out, "X-RateLimit-Limit", state.limit);
  append_field(out, "X-RateLimit-Remaining", state.remaining);
  append_field(out, "X-RateLimit-Reset", reset.count());
}

void append_content(std::string& out, const response& answer) {
  constexpr std::uint16_t no_content = 204;
  if (answer.body) {
    append_field(out, "Content-Type", json_content_type);
    append_field(out, "Content-Length", static_cast<std::int64_t>(answer.body->size()));
  } else if (answer.status != no_content) {
    append_field(out, "Content-Length", 0);
  }
}

} // namespace

void append_head(std::string& out, const response& answer, connection_end end) {
  out += "HTTP/1.1 ";
  append_integer(out, answer.status);
  out += ' ';
  out += reason_phrase(answer.status);
  out += "\r\n";
  append_content(out, answer);
  out += security_headers;
  if (answer.is_https)
    out += strict_transport;
  append_field(out, "Cache-Control", answer.cache_control);
  if (!answer.request_id.empty())
    append_field(out, "X-Request-ID", answer.request_id);
  if (answer.rate_limit)
    append_rate_limit(out, *answer.rate_limit);
  for (const auto& [name, value] : answer.headers)
    append_field(out, name, value);
  if (end == connection_end::close)
    out += "Connection: close\r\n";
  else if (end == connection_end::keep_alive_http_1_0)
    out += "Connection: keep-alive\r\n";
  out += "\r\n";
}

} // namespace polar_flow::http
