#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <string>

namespace polar_flow::http {

enum class connection_end : std::uint8_t { keep_alive, keep_alive_http_1_0, close };

/// How the end of a body is told: by its length, by chunks, or, to a client of HTTP/1.0, of a
/// stream by the end of the connection.
enum class transfer : std::uint8_t { whole, chunked, until_close };

/// Appends status line and headers of `answer`, with the security headers that every answer of
/// ours carries, up to and including the empty line.
void append_head(std::string& out, const response& answer, connection_end end,
                 transfer how = transfer::whole);

} // namespace polar_flow::http
