#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace polar_flow::crypto {

enum class padding : std::uint8_t { none, equals_signs };

/// What to do with the bits of the last character that no byte needs.
enum class spare_bits : std::uint8_t {
  /// Every byte string has one text only, so that no character can be changed unnoticed.
  must_be_zero,
  /// As Python reads keys.
  ignored,
};

/// RFC 4648 section 5.
std::string to_base64url(std::span<const std::uint8_t> bytes, padding ending);

/// The bytes of URL-safe base64, with or without the padding at its end. Nothing else may
/// be in `text`.
std::optional<std::string> from_base64url(std::string_view text,
                                          spare_bits spare = spare_bits::must_be_zero);

} // namespace polar_flow::crypto
