#pragma once

#include "domain/errc.hpp"
#include "http/message.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// The one place that turns an `errc` into an HTTP status, and the one shape of our errors:
/// `{"status_code", "detail", "extra"}`.
namespace polar_flow::http {

/// What the texts of some errors name.
struct error_subject {
  std::string_view user;
  /// Path of the request, without query.
  std::string_view path;
};

/// The answer for a failure that a handler or the authentication reports. Failures of our own
/// (500) say nothing of their cause.
response make_error_response(const error& failure, const error_subject& subject);

/// An error that belongs to HTTP itself: no route, no such method, a head that is too long.
response make_status_response(std::uint16_t status, std::string_view detail);

/// 429 for a key whose window has no slot left.
response make_rate_limit_response(const rate_limit_state& state, instant now);

/// 429 for a client that has sent too many wrong keys.
response make_wrong_keys_response(std::chrono::seconds wait);

/// One refused parameter.
struct validation_problem {
  std::string message;
  std::string_view key;
  /// query, path, header or body; members of a JSON body have none.
  std::optional<std::string_view> source;
};

/// 400 `Validation failed for {METHOD} {path?query}`.
response make_validation_response(const request& message, const validation_problem& problem);

/// 400 for a header or query parameter (`kind`) that must be there and is not.
response make_missing_parameter_response(std::string_view kind, std::string_view name,
                                         std::string_view path);

} // namespace polar_flow::http
