#pragma once

#include "config/settings.hpp"
#include "domain/errc.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace polar_flow::polar {

struct http_request {
  /// GET, POST, PUT, PATCH or DELETE.
  std::string method;
  /// Absolute `http://` or `https://` URL with path and query.
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct http_response {
  int status = 0;
  /// Names in lower case.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// Value of the header called `lower_case_name`; nullptr when there is none.
  const std::string* header(std::string_view lower_case_name) const;
};

/// Sends requests to Polar. `done` is called exactly once, on a thread of the transport, with
/// the answer or with `polar_unavailable`, `polar_timeout`, `polar_answer_too_large`,
/// `polar_unreadable` (not HTTP) or `shutting_down`. Any status is an answer. The callback must
/// not block and must not throw. Thread-safe. Destruction fails what is under way with
/// `shutting_down` before it returns.
class transport {
public:
  using completion = std::function<void(result<http_response>)>;

  virtual ~transport() = default;

  virtual void send(http_request request, completion done) = 0;
};

/// The real transport: Boost.Beast over TCP or TLS on a thread of its own, connections kept
/// alive and reused per host, TLS verified against the system store (or `ca_file`) with the host
/// name, at most `connections_max` connections per host; further requests wait in order.
/// The answer's body is limited to `answer_bytes_max`, the whole exchange to `request_timeout`.
std::unique_ptr<transport> make_transport(const polar_settings& settings);

} // namespace polar_flow::polar
