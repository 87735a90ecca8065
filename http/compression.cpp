#include "http/compression.hpp"

#include "http/message.hpp"

#include <zlib.h>

#include <new>
#include <optional>

namespace polar_flow::http {

namespace {

/// The weight of one list element such as `gzip;q=0.5` is zero.
bool is_refused(std::string_view parameters) {
  const auto place = parameters.find("q=");
  if (place == std::string_view::npos)
    return false;
  const auto weight = trimmed(parameters.substr(place + 2));
  return weight.find_first_not_of("0.") == std::string_view::npos;
}

} // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  std::optional<bool> any;
  while (!accept_encoding.empty()) {
    const auto comma = accept_encoding.find(',');
    const auto element = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(comma == std::string_view::npos ? accept_encoding.size()
                                                                  : comma + 1);
    const auto semicolon = element.find(';');
    const auto coding = trimmed(element.substr(0, semicolon));
    const bool is_accepted
        = semicolon == std::string_view::npos || !is_refused(element.substr(semicolon + 1));
    if (equal_ignoring_case(coding, "gzip") || equal_ignoring_case(coding, "x-gzip"))
      return is_accepted;
    if (coding == "*")
      any = is_accepted;
  }
  return any.value_or(false);
}

std::string gzip(std::string_view text) {
  // Fast rather than small: JSON shrinks to a sixth at any level, and a thread serves thousands.
  constexpr int level = 4;
  constexpr int window_bits_with_gzip_header = 15 + 16;
  constexpr int memory_level = 8;
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, window_bits_with_gzip_header, memory_level,
                   Z_DEFAULT_STRATEGY)
      != Z_OK)
    throw std::bad_alloc{};
  std::string packed(deflateBound(&stream, text.size()), '\0');
  // zlib does not write to its input; its old interface only cannot say so.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  // With room for the bound one call is enough.
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

} // namespace polar_flow::http
