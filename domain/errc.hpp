#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace polar_flow {

/// Every way in which something can go wrong that a caller may want to tell apart.
/// `http/error_response.cpp` alone maps these to HTTP statuses.
enum class errc : std::uint8_t {
  /// No error. Exists because 0 means "no error" wherever codes travel as numbers.
  none,
  /// A value given by a client is malformed or out of range.
  invalid_argument,
  /// The request carries no API key.
  missing_api_key,
  /// The API key is unknown or revoked.
  invalid_api_key,
  /// The API key is valid, but not for this user.
  foreign_user,
  /// The API key has used up its requests for this window.
  rate_limited,
  /// No user with this id is connected.
  unknown_user,
  /// The user exists, the record asked for does not.
  not_found,
  /// A sync of this user is already running; the message carries its job id.
  sync_in_progress,
  /// An import of this user is already queued or running; the message carries its id.
  import_in_progress,
  /// What the client sent is larger than the configured limit.
  upload_too_large,
  /// The user has no stored Polar token and the request brought none.
  no_polar_token,
  /// The Polar token in the request belongs to somebody else.
  foreign_polar_token,
  /// Polar answered 401: the user must authorize us again.
  needs_reauthorization,
  /// Polar answered 403: the user has not accepted a mandatory consent.
  consent_missing,
  /// Polar answered 400: the request we built was wrong.
  polar_rejected_request,
  /// Polar answered 429.
  polar_rate_limited,
  /// Polar could not be reached or answered 5xx.
  polar_unavailable,
  /// Polar did not answer in time.
  polar_timeout,
  /// Polar's answer could not be read: truncated, not JSON, of the wrong shape.
  polar_unreadable,
  /// Polar's answer is larger than the configured limit.
  polar_answer_too_large,
  /// The OAuth callback address is not acceptable; the message says why.
  callback_not_allowed,
  /// No Polar client id and secret are configured.
  polar_client_not_configured,
  /// The OAuth state is unknown, used or expired.
  invalid_oauth_state,
  /// The user or Polar refused the authorization; the message carries the reason.
  authorization_denied,
  /// The temporary code is unknown, used, expired or bound to another client.
  invalid_temporary_code,
  /// A webhook's signature is missing or wrong, or its secret is not known here.
  invalid_webhook_signature,
  /// PostgreSQL cannot be reached or lost the connection in the middle.
  storage_unavailable,
  /// PostgreSQL refused a statement; the log has the reason.
  storage_failed,
  /// Another node owns this user's shard by now; the write was refused.
  stale_epoch,
  /// A secret stored earlier cannot be decrypted with the current key.
  undecryptable,
  /// A queue is full; try again later.
  overloaded,
  /// The answer did not come within the deadline.
  deadline_exceeded,
  /// The server is stopping.
  shutting_down,
  /// A defect of ours; the log has the reason.
  internal,
};

/// The enumerator's name, for logs and for `sync_logs.error_type`.
std::string_view to_string(errc code);

std::optional<errc> parse_errc(std::string_view name);

/// An error as a value: what kind, and a sentence for the person who reads it.
/// The message never contains a key, a token or a health value.
struct error {
  errc code = errc::internal;
  std::string message;

  bool operator==(const error&) const = default;
};

template <class T>
using result = std::expected<T, error>;

/// Shorthand for `return fail(errc::x, "…")` in a function that returns `result<T>`.
inline std::unexpected<error> fail(errc code, std::string message = {}) {
  return std::unexpected<error>{error{code, std::move(message)}};
}

} // namespace polar_flow
