#include "crypto/base64.hpp"

#include <array>

namespace polar_flow::crypto {

namespace {

constexpr std::string_view alphabet
    = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::uint8_t no_value = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_value);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    values[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}

constexpr auto values = make_values();

/// Cuts the padding off; nothing when there is some that does not fill up the last group.
std::optional<std::string_view> without_padding(std::string_view text) {
  const auto last = text.find_last_not_of('=');
  const auto content = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
  const auto padding_size = text.size() - content.size();
  if (padding_size != 0 && (padding_size > 2 || text.size() % 4 != 0))
    return std::nullopt;
  return content;
}

} // namespace

std::string to_base64url(std::span<const std::uint8_t> bytes, padding ending) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const auto byte : bytes) {
    buffer = (buffer << 8 | byte) & 0xffff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += alphabet[buffer >> bits & 0x3f];
    }
  }
  if (bits > 0)
    text += alphabet[buffer << (6 - bits) & 0x3f];
  while (ending == padding::equals_signs && text.size() % 4 != 0)
    text += '=';
  return text;
}

std::optional<std::string> from_base64url(std::string_view text, spare_bits spare) {
  const auto content = without_padding(text);
  // One character alone carries less than a byte.
  if (!content || content->size() % 4 == 1)
    return std::nullopt;
  std::string bytes;
  bytes.reserve(content->size() * 3 / 4);
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : *content) {
    const auto value = values[static_cast<std::uint8_t>(c)];
    if (value == no_value)
      return std::nullopt;
    buffer = (buffer << 6 | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(buffer >> bits & 0xff);
    }
  }
  if (spare == spare_bits::must_be_zero && (buffer & ((1u << bits) - 1)) != 0)
    return std::nullopt;
  return bytes;
}

} // namespace polar_flow::crypto
