#include "http/response_head.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <optional>

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
  case 304:
    return "Not Modified";
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
  case 501:
    return "Not Implemented";
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

void append_two_digits(std::string& out, std::int64_t number) {
  out += static_cast<char>('0' + number / 10 % 10);
  out += static_cast<char>('0' + number % 10);
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form of a time that HTTP lets us send.
std::string format_http_date(std::chrono::sys_seconds moment) {
  constexpr std::array names_of_days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array names_of_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto midnight = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day day{midnight};
  const std::chrono::hh_mm_ss time{moment - midnight};
  std::string text = names_of_days[std::chrono::weekday{midnight}.c_encoding()];
  text += ", ";
  append_two_digits(text, static_cast<unsigned>(day.day()));
  text += ' ';
  text += names_of_months[static_cast<unsigned>(day.month()) - 1];
  text += ' ';
  append_integer(text, static_cast<int>(day.year()));
  text += ' ';
  append_two_digits(text, time.hours().count());
  text += ':';
  append_two_digits(text, time.minutes().count());
  text += ':';
  append_two_digits(text, time.seconds().count());
  text += " GMT";
  return text;
}

/// Every answer tells the time, and thousands tell the same second: each thread writes it once.
void append_date(std::string& out, instant moment) {
  thread_local std::optional<std::chrono::sys_seconds> written;
  thread_local std::string text;
  const auto second = std::chrono::floor<std::chrono::seconds>(moment);
  if (written != second) {
    text = format_http_date(second);
    written = second;
  }
  append_field(out, "Date", text);
}

void append_content(std::string& out, const response& answer, transfer how) {
  constexpr std::uint16_t no_content = 204;
  constexpr std::uint16_t not_modified = 304;
  if (answer.stream) {
    append_field(out, "Content-Type", answer.content_type);
    if (how == transfer::chunked)
      append_field(out, "Transfer-Encoding", "chunked");
  } else if (answer.body) {
    append_field(out, "Content-Type", answer.content_type);
    append_field(out, "Content-Length", static_cast<std::int64_t>(answer.body->size()));
  } else if (answer.status != no_content && answer.status != not_modified) {
    append_field(out, "Content-Length", 0);
  }
}

} // namespace

void append_head(std::string& out, const response& answer, connection_end end, transfer how) {
  out += "HTTP/1.1 ";
  append_integer(out, answer.status);
  out += ' ';
  out += reason_phrase(answer.status);
  out += "\r\n";
  if (answer.given_at)
    append_date(out, *answer.given_at);
  append_content(out, answer, how);
  out += security_headers;
  if (answer.is_https)
    out += strict_transport;
  append_field(out, "Cache-Control", answer.cache_control);
  if (!answer.entity_tag.empty())
    append_field(out, "ETag", answer.entity_tag);
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
