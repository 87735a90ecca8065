#pragma once

#include "domain/api_keys.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Values as PostgreSQL reads them from text.
namespace polar_flow::storage {

template <std::integral T>
std::string sql_text(T value) {
  return std::to_string(value);
}

/// `true` or `false`.
std::string sql_text(bool value);

/// The shortest text that reads back as the same double.
std::string sql_text(double value);

/// Text that PostgreSQL accepts in any case: NUL bytes are dropped, what is not UTF-8 becomes
/// U+FFFD. Polar's texts are stored whatever they hold.
std::string sql_text(std::string_view value);

inline std::string sql_text(const std::string& value) {
  return sql_text(std::string_view{value});
}

inline std::string sql_text(const char* value) {
  return sql_text(std::string_view{value});
}

std::string sql_text(date value);
std::string sql_text(instant value);
std::string sql_text(local_time value);

inline std::string sql_text(const user_id& value) {
  return sql_text(value.value);
}

inline std::string sql_text(const job_id& value) {
  return sql_text(value.value);
}

inline std::string sql_text(api_key_id value) {
  return sql_text(value.value);
}

/// Bytes in the hex form of `bytea`.
std::string sql_bytes(std::string_view bytes);
std::string sql_bytes(std::span<const std::uint8_t> bytes);

/// The values of one statement's parameters, `$1` first.
class parameters {
public:
  parameters() = default;

  template <class... Values>
  static parameters of(const Values&... values) {
    parameters list;
    (list.add(values), ...);
    return list;
  }

  template <class T>
  parameters& add(const T& value) {
    values_.emplace_back(sql_text(value));
    return *this;
  }

  template <class T>
  parameters& add(const std::optional<T>& value) {
    if (value.has_value())
      return add(*value);
    values_.emplace_back(std::nullopt);
    return *this;
  }

  const std::vector<std::optional<std::string>>& values() const {
    return values_;
  }

private:
  std::vector<std::optional<std::string>> values_;
};

/// Writes the text of a PostgreSQL array: every element quoted, so that any text is safe.
class array_text {
public:
  template <class T>
  void add(const T& value) {
    append(sql_text(value));
  }

  template <class T>
  void add(const std::optional<T>& value) {
    if (value.has_value())
      add(*value);
    else
      append_null();
  }

  /// `{"1","2",NULL}`
  std::string finish() &&;

private:
  void append(std::string_view element);
  void append_null();

  std::string text_{"{"};
};

/// One column of `records` as an array: `project` is a member pointer or a function.
template <class Records, class Projection>
std::string column(const Records& records, Projection project) {
  array_text text;
  for (const auto& record : records)
    text.add(std::invoke(project, record));
  return std::move(text).finish();
}

} // namespace polar_flow::storage
