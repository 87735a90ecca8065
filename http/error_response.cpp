#include "http/error_response.hpp"

#include "http/json_writer.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace polar_flow::http {

namespace {

/// Seconds after which a client may try again when we are merely busy. One second, because
/// queues drain and connections to PostgreSQL come back within that time or not soon. When
/// Polar's limit is used up we do not know the wait, and a second is certainly wrong.
constexpr std::string_view retry_after_s = "1";

/// `detail` is a literal of ours or empty; empty means: say what the error says.
struct status_line {
  std::uint16_t status;
  std::string_view detail;
};

/// Everything that went wrong between us and Polar while a client waited.
status_line status_of_polar_failure(errc code) {
  switch (code) {
  case errc::polar_rate_limited:
    return {503, "Polar's request limit is used up. Try again later."};
  case errc::polar_timeout:
    return {504, "Polar did not answer in time"};
  default:
    return {502, "Polar could not be reached or gave an unusable answer"};
  }
}

status_line status_of(errc code) {
  switch (code) {
  case errc::invalid_argument:
    return {400, {}};
  case errc::missing_api_key:
    return {401, "Missing API key. Use X-API-Key header."};
  case errc::invalid_api_key:
    return {401, "Invalid API key"};
  case errc::foreign_user:
    return {403, "API key not authorized for this user"};
  case errc::rate_limited:
    return {429, "Rate limit exceeded"};
  case errc::unknown_user:
  case errc::not_found:
    return {404, {}};
  case errc::sync_in_progress:
    return {409, "A sync is already running for this user"};
  case errc::import_in_progress:
    return {409, "An import is already running for this user"};
  case errc::upload_too_large:
    return {413, {}};
  case errc::no_polar_token:
    return {400, {}};
  case errc::foreign_polar_token:
    return {403, "The token in X-Polar-Token does not belong to this user"};
  case errc::needs_reauthorization:
    return {403, "Polar no longer accepts this user's authorization; connect the account again"};
  case errc::undecryptable:
    return {403, "The stored Polar authorization can no longer be read; connect the account again"};
  case errc::consent_missing:
    return {403, "The user has not accepted a consent that Polar requires"};
  case errc::polar_rejected_request:
  case errc::polar_rate_limited:
  case errc::polar_unavailable:
  case errc::polar_timeout:
  case errc::polar_unreadable:
  case errc::polar_answer_too_large:
    return status_of_polar_failure(code);
  case errc::callback_not_allowed:
  case errc::authorization_denied:
    return {401, {}};
  case errc::polar_client_not_configured:
    return {404, "OAuth credentials not configured on server"};
  case errc::invalid_oauth_state:
    return {401, "Invalid OAuth state - possible CSRF attack"};
  case errc::invalid_temporary_code:
    return {401, "Invalid or expired authorization code"};
  case errc::invalid_webhook_signature:
    return {401, "Missing or wrong webhook signature"};
  case errc::storage_unavailable:
  case errc::stale_epoch:
  case errc::overloaded:
    return {503, "The server is busy. Try again."};
  case errc::shutting_down:
    return {503, "The server is stopping"};
  case errc::deadline_exceeded:
    return {504, "The answer did not come in time"};
  case errc::none:
  case errc::storage_failed:
  case errc::internal:
    break;
  }
  return {500, "Internal Server Error"};
}

/// The text for errors whose detail varies.
std::string detail_of(const error& failure, const error_subject& subject) {
  switch (failure.code) {
  case errc::unknown_user:
    return "User " + std::string{subject.user} + " not found";
  case errc::no_polar_token:
    return "Missing required header parameter 'X-Polar-Token' for path "
           + std::string{subject.path};
  case errc::not_found:
    return failure.message.empty() ? "Not Found" : failure.message;
  case errc::callback_not_allowed:
    return failure.message.empty() ? "Invalid callback_url" : failure.message;
  case errc::authorization_denied:
    return "OAuth authorization failed: "
           + (failure.message.empty() ? "No code received" : failure.message);
  default:
    return failure.message.empty() ? "Bad Request" : failure.message;
  }
}

/// How the id is called of what is in the way; empty when nothing is.
std::string_view name_of_running(errc code) {
  if (code == errc::sync_in_progress)
    return "job_id";
  return code == errc::import_in_progress ? "import_id" : "";
}

/// Opens the error object and leaves it open for `extra`.
json_writer begin_error(std::uint16_t status, std::string_view detail) {
  json_writer out;
  out.begin_object();
  out.member("status_code", status);
  out.member("detail", detail);
  return out;
}

/// RFC 9110 wants every 401 to say which scheme would be accepted.
std::string challenge_of(errc code) {
  constexpr std::string_view challenge = "Bearer realm=\"polar-flow-server\"";
  std::string value{challenge};
  if (code == errc::invalid_api_key)
    value += ", error=\"invalid_token\"";
  return value;
}

} // namespace

response make_error_response(const error& failure, const error_subject& subject) {
  const auto [status, literal] = status_of(failure.code);
  const std::string detail = literal.empty() ? detail_of(failure, subject) : std::string{literal};
  auto out = begin_error(status, detail);
  const auto id_name = name_of_running(failure.code);
  if (!id_name.empty() && !failure.message.empty()) {
    out.key("extra");
    out.begin_object();
    out.member(id_name, failure.message);
    out.end_object();
  }
  out.end_object();
  auto answer = make_response(status, out.take());
  answer.failure = failure.code;
  if (status == 401)
    answer.headers.emplace_back("WWW-Authenticate", challenge_of(failure.code));
  if (status == 503 && failure.code != errc::polar_rate_limited)
    answer.headers.emplace_back("Retry-After", retry_after_s);
  return answer;
}

response make_status_response(std::uint16_t status, std::string_view detail) {
  auto out = begin_error(status, detail);
  out.end_object();
  return make_response(status, out.take());
}

namespace {

/// 429 `{what} Retry after {n} seconds.`
response make_wait_response(std::string_view what, std::chrono::seconds wait) {
  const auto wait_s = std::to_string(wait.count());
  const auto detail = std::string{what} + " Retry after " + wait_s + " seconds.";
  constexpr std::uint16_t too_many_requests = 429;
  auto out = begin_error(too_many_requests, detail);
  out.key("extra");
  out.begin_object();
  out.member("Retry-After", wait_s);
  out.end_object();
  out.end_object();
  auto answer = make_response(too_many_requests, out.take());
  answer.headers.emplace_back("Retry-After", wait_s);
  return answer;
}

} // namespace

response make_rate_limit_response(const rate_limit_state& state, instant now) {
  using std::chrono::seconds;
  const auto left = std::chrono::duration_cast<seconds>(state.reset_at - now);
  return make_wait_response("Rate limit exceeded.", std::max(left, seconds{1}));
}

response make_wrong_keys_response(std::chrono::seconds wait) {
  return make_wait_response("Too many invalid API keys.", wait);
}

response make_validation_response(const request& message, const validation_problem& problem) {
  constexpr std::uint16_t bad_request = 400;
  std::string detail = "Validation failed for ";
  detail += to_string(message.method);
  detail += ' ';
  detail += message.target;
  auto out = begin_error(bad_request, detail);
  out.key("extra");
  out.begin_list();
  out.begin_object();
  out.member("message", problem.message);
  if (!problem.key.empty())
    out.member("key", problem.key);
  if (problem.source)
    out.member("source", *problem.source);
  out.end_object();
  out.end_list();
  out.end_object();
  return make_response(bad_request, out.take());
}

response make_missing_parameter_response(std::string_view kind, std::string_view name,
                                         std::string_view path) {
  constexpr std::uint16_t bad_request = 400;
  std::string detail = "Missing required ";
  detail += kind;
  detail += " parameter '";
  detail += name;
  detail += "' for path ";
  detail += path;
  return make_status_response(bad_request, detail);
}

} // namespace polar_flow::http
