#pragma once

#include "domain/api_keys.hpp"
#include "domain/errc.hpp"
#include "domain/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A request and an answer as plain values, so that everything but session.cpp is tested
/// without a socket.
namespace polar_flow::http {

enum class http_method : std::uint8_t { get, head, post, put, patch, delete_, options, other };

http_method parse_method(std::string_view text);
std::string_view to_string(http_method method);

struct header_view {
  std::string_view name;
  std::string_view value;
};

/// A request as received. All views belong to whoever read it and live until it is answered.
struct caller;
class upload;

struct request {
  http_method method = http_method::other;
  /// As received: path and query, still percent-encoded.
  std::string_view target;
  std::span<const header_view> headers;
  std::string_view body;
  /// The connection comes from one of the configured proxies, so X-Forwarded-* is believed.
  bool is_from_trusted_proxy = false;
  /// Address of the client, as far as trusted proxies tell.
  std::string_view client_address = {};
  /// The body, where it came as a file.
  upload* file = nullptr;
  /// Who asks, when that was found out before the body was read.
  const caller* admitted = nullptr;

  /// Value of the first header called `name`, in any case; nullopt when there is none.
  std::optional<std::string_view> header(std::string_view name) const;

  /// Value of the last one, which the nearest proxy has added.
  std::optional<std::string_view> last_header(std::string_view name) const;
};

class streamed_body;

inline constexpr std::string_view json_content_type = "application/json";
inline constexpr std::string_view csv_content_type = "text/csv; charset=utf-8";
inline constexpr std::string_view event_stream_content_type = "text/event-stream";
inline constexpr std::string_view zip_content_type = "application/zip";

/// The default: nothing of ours may be kept by a shared cache, errors and secrets by none.
inline constexpr std::string_view no_store = "no-store";
/// For health data: only the asker's own cache, and only if it asks again.
inline constexpr std::string_view private_revalidate = "private, no-cache";

struct response {
  std::uint16_t status = 200;
  /// Null means that there is none (redirects, 204), or that there is a stream instead.
  std::shared_ptr<const std::string> body;
  std::shared_ptr<streamed_body> stream;
  /// The body as gzip, where that is at hand.
  std::shared_ptr<const std::string> packed_body;
  /// Names this state of the body, quotes included; empty where a client cannot ask for changes.
  std::string entity_tag;
  std::string_view content_type = json_content_type;
  std::string_view cache_control = no_store;
  /// Names are literals of ours, values are free of line breaks.
  std::vector<std::pair<std::string_view, std::string>> headers;
  /// Set when the request carried a key that has a limit.
  std::optional<rate_limit_state> rate_limit;
  std::string request_id;
  /// When it was given; unknown until the front-end completes the answer.
  std::optional<instant> given_at;
  /// The client came by https, so Strict-Transport-Security may be said.
  bool is_https = false;
  /// What went wrong, for the log.
  std::optional<errc> failure;
};

/// A JSON answer.
response make_response(std::uint16_t status, std::string body);

/// 303 to `location`.
response make_redirect(std::string location);

/// Compares as header names are compared: letters without case.
bool equal_ignoring_case(std::string_view left, std::string_view right);

/// `text` in lower case (ASCII letters only).
std::string to_lower(std::string_view text);

/// `text` without blanks and tabs at both ends.
std::string_view trimmed(std::string_view text);

} // namespace polar_flow::http
