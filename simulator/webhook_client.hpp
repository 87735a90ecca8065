#pragma once

#include "simulator/messages.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace polar_flow::simulator {

/// Polar gives a webhook little time.
inline constexpr std::chrono::seconds webhook_timeout{5};

/// Where an http address leads.
struct http_place {
  std::string host;
  std::string port;
  /// Path and query.
  std::string target;
};

/// Nothing for what is not an http address.
std::optional<http_place> parse_place(const std::string& url);

/// Makes the call; the status of the answer, or 0 when there was none in time.
boost::asio::awaitable<int> call_webhook(outgoing_post call);

} // namespace polar_flow::simulator
