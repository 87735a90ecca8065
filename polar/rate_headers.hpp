#pragma once

#include "polar/transport.hpp"

#include <cstdint>
#include <optional>

namespace polar_flow::polar {

/// One of Polar's two windows as the headers of an answer tell it.
struct rate_window {
  std::int64_t used = 0;
  std::int64_t limit = 0;
  std::chrono::seconds until_reset{0};

  bool operator==(const rate_window&) const = default;
};

/// `RateLimit-Usage`, `-Limit`, `-Reset`: each "short, long". The long window may be missing.
struct rate_headers {
  rate_window quarter_hour;
  std::optional<rate_window> day;

  bool operator==(const rate_headers&) const = default;
};

/// nullopt when the headers are missing or make no sense (negative, not numbers).
std::optional<rate_headers> read_rate_headers(const http_response& response);

/// How long a 429 asks to wait: the reset of the exhausted window, else Retry-After, else 60 s.
std::chrono::seconds wait_after_429(const http_response& response);

} // namespace polar_flow::polar
