#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// gzip for answers that are worth it.
namespace polar_flow::http {

/// Below about one packet there is nothing to win.
inline constexpr std::size_t compressed_bytes_min = 1400;

/// Whether `accept_encoding` (the header's value) allows gzip: named, or by `*`, and not with
/// weight 0.
bool accepts_gzip(std::string_view accept_encoding);

/// `text` as a gzip member. Throws std::bad_alloc when memory runs out, and nothing else.
std::string gzip(std::string_view text);

} // namespace polar_flow::http
