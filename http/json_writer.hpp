#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polar_flow::http {

/// Appends `value` as our API prints numbers: the shortest text that reads back as the same
/// double, always with a fraction (`50.0`) unless it has an exponent, and with an exponent only
/// below 1e-5 or from 1e16 (`1e-7`). What is not finite becomes `null`.
void append_number(std::string& out, double value);

/// Appends `text` as a JSON string. Bytes that are not UTF-8 become U+FFFD, so that an answer is
/// valid JSON whatever was stored.
void append_quoted(std::string& out, std::string_view text);

/// `value` rounded to `decimals` places, half to even on the exact binary value: 2.675 gives
/// 2.67 and 0.125 gives 0.12.
double rounded(double value, int decimals);

/// Writes JSON without blanks, members in the order of the calls. It keeps no stack: whoever
/// opens an object or a list closes it.
class json_writer {
public:
  void begin_object();
  void end_object();
  void begin_list();
  void end_list();

  /// Begins a member; a value or an opening call follows. `name` is one of ours: it needs no
  /// escaping.
  void key(std::string_view name);

  void null();
  void value(bool truth);
  void value(std::string_view text);
  void value(double number);

  /// A string literal would otherwise prefer the conversion to bool.
  void value(const char* text) {
    value(std::string_view{text});
  }

  template <std::integral T>
  requires(!std::same_as<T, bool>) void value(T number) {
    integer(static_cast<std::int64_t>(number));
  }

  template <class T>
  void value(const std::optional<T>& maybe) {
    if (maybe)
      value(*maybe);
    else
      null();
  }

  template <class T>
  void member(std::string_view name, const T& content) {
    key(name);
    value(content);
  }

  /// What was written; the writer is empty afterwards.
  std::string take();

private:
  void integer(std::int64_t number);
  void separate();

  std::string out_;
  bool needs_comma_ = false;
};

} // namespace polar_flow::http
