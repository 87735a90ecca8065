#pragma once

#include "domain/polar_budget.hpp"
#include "polar/transport.hpp"

#include <chrono>
#include <optional>

namespace polar_flow::polar {

using polar_flow::rate_headers;
using polar_flow::rate_window;

/// nullopt when the headers are missing or make no sense (negative, not numbers).
std::optional<rate_headers> read_rate_headers(const http_response& response);

/// How long a 429 asks to wait: the reset of the exhausted window, else Retry-After, else 60 s.
std::chrono::seconds wait_after_429(const http_response& response);

} // namespace polar_flow::polar
