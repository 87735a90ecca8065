#include "storage/encode.hpp"

#include "crypto/hash.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace polar_flow::storage {

namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// How many characters at the start of `text` are as `is_wanted` says. A day of samples is a
/// megabyte of text that passes here, so whole stretches are copied at once.
template <class Predicate>
std::size_t prefix_length(std::string_view text, Predicate is_wanted) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* next = begin;
  while (next != end && is_wanted(*next))
    ++next;
  return static_cast<std::size_t>(next - begin);
}

bool is_ascii_but_nul(char c) {
  return c != '\0' && static_cast<unsigned char>(c) < 0x80;
}

bool stands_for_itself(char c) {
  return c != '"' && c != '\\';
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Length of the well-formed UTF-8 sequence at the start of `text`; 0 if there is none. Overlong
/// forms, surrogates and code points past U+10FFFF are not well-formed.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [text](std::size_t at) {
    return static_cast<unsigned char>(text[at]);
  };
  const auto first = byte(0);
  if (first < 0x80)
    return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length)
    return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!is_continuation(text[i]))
      return 0;
  const auto second = byte(1);
  const bool is_bad_pair = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)
                           || (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return is_bad_pair ? 0 : length;
}

} // namespace

std::string sql_text(bool value) {
  return value ? "true" : "false";
}

std::string sql_text(double value) {
  if (std::isnan(value))
    return "NaN";
  if (std::isinf(value))
    return value > 0 ? "Infinity" : "-Infinity";
  // The longest shortest form has 24 characters, such as -2.2250738585072014e-308.
  std::array<char, 32> buffer{};
  const auto [end, problem] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end};
}

std::string sql_text(std::string_view value) {
  std::string text;
  text.reserve(value.size());
  for (;;) {
    const auto plain_length = prefix_length(value, is_ascii_but_nul);
    text += value.substr(0, plain_length);
    value.remove_prefix(plain_length);
    if (value.empty())
      return text;
    const auto length = sequence_length(value);
    if (length == 0)
      text += replacement_character;
    else if (value.front() != '\0')
      text += value.substr(0, length);
    value.remove_prefix(length == 0 ? 1 : length);
  }
}

std::string sql_text(date value) {
  return format_date(value);
}

std::string sql_text(instant value) {
  return format_instant(value);
}

std::string sql_text(local_time value) {
  return format_local_time(value);
}

std::string sql_bytes(std::span<const std::uint8_t> bytes) {
  return "\\x" + crypto::to_hex(bytes);
}

std::string sql_bytes(std::string_view bytes) {
  return sql_bytes(std::span{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

void array_text::append(std::string_view element) {
  if (text_.size() > 1)
    text_ += ',';
  text_ += '"';
  for (;;) {
    const auto plain_length = prefix_length(element, stands_for_itself);
    text_ += element.substr(0, plain_length);
    if (plain_length == element.size())
      break;
    text_ += '\\';
    text_ += element[plain_length];
    element.remove_prefix(plain_length + 1);
  }
  text_ += '"';
}

void array_text::append_null() {
  text_ += text_.size() > 1 ? ",NULL" : "NULL";
}

std::string array_text::finish() && {
  text_ += '}';
  return std::move(text_);
}

} // namespace polar_flow::storage
