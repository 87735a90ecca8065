#include "telemetry/json_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace polar_flow::telemetry {

namespace {

/// Long enough for every sentence of ours and for a URL; container runtimes split lines at 16 KiB,
/// so even three such values stay in one piece.
constexpr std::size_t text_bytes_max = 4096;

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

bool is_continuation(char c) {
  return (static_cast<std::uint8_t>(c) & 0xC0) == 0x80;
}

/// Length of the well-formed UTF-8 sequence at the beginning of `text`, 0 when there is none.
/// Overlong forms, surrogates and values beyond U+10FFFF are not well-formed (Unicode, table 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto first = static_cast<std::uint8_t>(text[0]);
  if (first < 0x80)
    return 1;
  if (first < 0xC2 || first > 0xF4)
    return 0;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < length)
    return 0;
  const auto second = static_cast<std::uint8_t>(text[1]);
  const bool second_is_wrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)
                               || (first == 0xF0 && second < 0x90)
                               || (first == 0xF4 && second > 0x8F);
  if (second_is_wrong)
    return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!is_continuation(text[i]))
      return 0;
  return length;
}

void append_ascii(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto code = static_cast<std::uint8_t>(c);
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else if (code < 0x20 || code == 0x7F) {
    out += "\\u00";
    out += digits[code >> 4];
    out += digits[code & 0xf];
  } else {
    out += c;
  }
}

} // namespace

void append_json_string(std::string& out, std::string_view text) {
  bool is_cut = false;
  if (text.size() > text_bytes_max) {
    auto end = text_bytes_max;
    // At most three bytes back: a sequence has four.
    for (int steps = 0; steps < 3 && is_continuation(text[end]); ++steps)
      --end;
    text = text.substr(0, end);
    is_cut = true;
  }
  out += '"';
  while (!text.empty()) {
    const auto length = sequence_length(text);
    if (length == 1)
      append_ascii(out, text[0]);
    else
      out += length == 0 ? replacement_character : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  if (is_cut)
    out += ellipsis;
  out += '"';
}

void append_json_number(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  // The shortest form of a double has at most 24 characters.
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  out.append(buffer.data(), written.ptr);
}

} // namespace polar_flow::telemetry
