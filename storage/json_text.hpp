#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polar_flow::storage {

/// Writes the text of one JSON document for a `jsonb` column. The caller opens and closes in
/// pairs; commas are put where they belong.
class json_text {
public:
  json_text& begin_object();
  json_text& end_object();
  json_text& begin_array();
  json_text& end_array();
  json_text& key(std::string_view name);

  json_text& value(std::string_view text);
  json_text& value(double number);
  json_text& value(bool truth);

  json_text& value(const std::string& text) {
    return value(std::string_view{text});
  }

  json_text& value(const char* text) {
    return value(std::string_view{text});
  }

  template <std::integral T>
  requires(!std::same_as<T, bool>) json_text& value(T number) {
    return literal(std::to_string(number));
  }

  /// Absent is `null`.
  template <class T>
  json_text& value(const std::optional<T>& optional) {
    return optional.has_value() ? value(*optional) : literal("null");
  }

  template <class T>
  json_text& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  std::string finish() && {
    return std::move(text_);
  }

private:
  json_text& literal(std::string_view text);
  json_text& open(char bracket);
  json_text& close(char bracket);
  void quote(std::string_view text);
  void separate();

  std::string text_;
};

} // namespace polar_flow::storage
