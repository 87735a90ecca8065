#include "storage/json_text.hpp"

#include "storage/encode.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace polar_flow::storage {

json_text& json_text::begin_object() {
  return open('{');
}

json_text& json_text::end_object() {
  return close('}');
}

json_text& json_text::begin_array() {
  return open('[');
}

json_text& json_text::end_array() {
  return close(']');
}

json_text& json_text::key(std::string_view name) {
  separate();
  quote(name);
  text_ += ':';
  return *this;
}

json_text& json_text::value(std::string_view text) {
  separate();
  // PostgreSQL's jsonb refuses the same characters as its text.
  quote(sql_text(text));
  return *this;
}

json_text& json_text::value(double number) {
  // JSON has no word for what is not finite.
  return literal(std::isfinite(number) ? sql_text(number) : "null");
}

json_text& json_text::value(bool truth) {
  return literal(truth ? "true" : "false");
}

json_text& json_text::literal(std::string_view text) {
  separate();
  text_ += text;
  return *this;
}

json_text& json_text::open(char bracket) {
  separate();
  text_ += bracket;
  return *this;
}

json_text& json_text::close(char bracket) {
  text_ += bracket;
  return *this;
}

void json_text::quote(std::string_view text) {
  text_ += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      text_ += '\\';
      text_ += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
      text_ += escape.data();
    } else {
      text_ += c;
    }
  }
  text_ += '"';
}

void json_text::separate() {
  if (text_.empty())
    return;
  const char last = text_.back();
  if (last != '{' && last != '[' && last != ':')
    text_ += ',';
}

} // namespace polar_flow::storage
