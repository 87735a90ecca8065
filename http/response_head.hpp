#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <string>

namespace polar_flow::http {

enum class connection_end : std::uint8_t { keep_alive, keep_alive_http_1_0, close };

/// Appends status line and headers of `answer`, with the security headers that every answer of
/// ours carries, up to and including the empty line.
void append_head(std::string& out, const response& answer, connection_end end);

} // namespace polar_flow::http
