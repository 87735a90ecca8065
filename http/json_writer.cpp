#include "http/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace polar_flow::http {

namespace {

/// Longest text of a double here: sign, 17 digits, point, and up to 16 digits of padding.
constexpr std::size_t number_chars_max = 64;

/// From this magnitude on, and below the next one, numbers have an exponent (contract 1.10).
constexpr double exponent_from = 1e16;
constexpr double exponent_below = 1e-5;

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// Appends `1.5e-07` as `1.5e-7` and `1e+16` as `1e16`.
void append_scientific(std::string& out, std::string_view text) {
  const auto exponent = text.find('e');
  out.append(text.substr(0, exponent + 1));
  auto digits = text.substr(exponent + 1);
  if (digits.front() == '-')
    out.push_back('-');
  digits.remove_prefix(1);
  const auto significant = digits.find_first_not_of('0');
  out.append(digits.substr(significant));
}

bool is_continuation(unsigned char byte) {
  return (byte & 0xC0u) == 0x80u;
}

/// Length of the UTF-8 sequence that `text` begins with; 0 when it is not valid UTF-8 (overlong
/// forms, surrogates and code points above U+10FFFF are not).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [text](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned char lead = byte(0);
  if (lead < 0x80)
    return 1;
  std::size_t length = 0;
  if (lead >= 0xC2 && lead <= 0xDF)
    length = 2;
  else if ((lead & 0xF0u) == 0xE0u)
    length = 3;
  else if (lead >= 0xF0 && lead <= 0xF4)
    length = 4;
  if (length == 0 || text.size() < length)
    return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!is_continuation(byte(i)))
      return 0;
  const bool is_refused = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F)
                          || (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F);
  return is_refused ? 0 : length;
}

void append_escaped_ascii(std::string& out, char c) {
  constexpr std::string_view hex_digits = "0123456789abcdef";
  switch (c) {
  case '"':
    out += "\\\"";
    return;
  case '\\':
    out += "\\\\";
    return;
  case '\b':
    out += "\\b";
    return;
  case '\f':
    out += "\\f";
    return;
  case '\n':
    out += "\\n";
    return;
  case '\r':
    out += "\\r";
    return;
  case '\t':
    out += "\\t";
    return;
  default:
    break;
  }
  if (static_cast<unsigned char>(c) >= 0x20) {
    out.push_back(c);
    return;
  }
  out += "\\u00";
  out.push_back(hex_digits[static_cast<unsigned char>(c) >> 4u]);
  out.push_back(hex_digits[static_cast<unsigned char>(c) & 0x0Fu]);
}

} // namespace

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  std::array<char, number_chars_max> buffer{};
  const double magnitude = std::abs(value);
  const bool has_exponent =
      magnitude != 0 && (magnitude < exponent_below || magnitude >= exponent_from);
  const auto format = has_exponent ? std::chars_format::scientific : std::chars_format::fixed;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format).ptr;
  const std::string_view text{buffer.data(), static_cast<std::size_t>(end - buffer.data())};
  if (has_exponent) {
    append_scientific(out, text);
    return;
  }
  out.append(text);
  if (text.find('.') == std::string_view::npos)
    out += ".0";
}

void append_quoted(std::string& out, std::string_view text) {
  out.push_back('"');
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0)
      out += replacement_character;
    else if (length == 1)
      append_escaped_ascii(out, text.front());
    else
      out.append(text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out.push_back('"');
}

double rounded(double value, int decimals) {
  if (!std::isfinite(value))
    return value;
  // 309 digits before the point are the longest that a double can have.
  std::array<char, 352> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::fixed, decimals)
                       .ptr;
  double result = value;
  std::from_chars(buffer.data(), end, result);
  return result;
}

void json_writer::begin_object() {
  separate();
  out_.push_back('{');
  needs_comma_ = false;
}

void json_writer::end_object() {
  out_.push_back('}');
  needs_comma_ = true;
}

void json_writer::begin_list() {
  separate();
  out_.push_back('[');
  needs_comma_ = false;
}

void json_writer::end_list() {
  out_.push_back(']');
  needs_comma_ = true;
}

void json_writer::key(std::string_view name) {
  separate();
  out_.push_back('"');
  out_.append(name);
  out_ += "\":";
  needs_comma_ = false;
}

void json_writer::null() {
  separate();
  out_ += "null";
}

void json_writer::value(bool truth) {
  separate();
  out_ += truth ? "true" : "false";
}

void json_writer::value(std::string_view text) {
  separate();
  append_quoted(out_, text);
}

void json_writer::value(double number) {
  separate();
  append_number(out_, number);
}

void json_writer::integer(std::int64_t number) {
  separate();
  std::array<char, 24> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  out_.append(buffer.data(), end);
}

std::string json_writer::take() {
  needs_comma_ = false;
  return std::exchange(out_, {});
}

/// Puts the comma between two values or members, and notes that the next one needs one.
void json_writer::separate() {
  if (needs_comma_)
    out_.push_back(',');
  needs_comma_ = true;
}

} // namespace polar_flow::http
