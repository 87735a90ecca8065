#pragma once

#include "domain/ids.hpp"
#include "domain/time.hpp"

#include <pqxx/except>
#include <pqxx/field>
#include <pqxx/row>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Values as PostgreSQL writes them. A value that cannot be read throws pqxx::conversion_error,
/// which the guard turns into an error like any other of pqxx.
namespace polar_flow::storage {

void read_field(const pqxx::field& field, std::string& value);
void read_field(const pqxx::field& field, bool& value);
void read_field(const pqxx::field& field, std::int32_t& value);
void read_field(const pqxx::field& field, std::int64_t& value);
void read_field(const pqxx::field& field, std::uint64_t& value);
void read_field(const pqxx::field& field, double& value);
void read_field(const pqxx::field& field, date& value);
void read_field(const pqxx::field& field, instant& value);
void read_field(const pqxx::field& field, local_time& value);

/// NULL is an empty array; an element that is NULL cannot be read.
void read_field(const pqxx::field& field, std::vector<double>& values);
void read_field(const pqxx::field& field, std::vector<date>& values);
void read_field(const pqxx::field& field, std::vector<std::int32_t>& values);
void read_field(const pqxx::field& field, std::vector<std::string>& values);

void read_field(const pqxx::field& field, std::vector<std::int64_t>& values);
void read_field(const pqxx::field& field, std::vector<instant>& values);
void read_field(const pqxx::field& field, std::vector<local_time>& values);

// Arrays whose elements may be NULL.
void read_field(const pqxx::field& field, std::vector<std::optional<std::string>>& values);
void read_field(const pqxx::field& field, std::vector<std::optional<std::int32_t>>& values);
void read_field(const pqxx::field& field, std::vector<std::optional<double>>& values);
void read_field(const pqxx::field& field, std::vector<std::optional<instant>>& values);

/// The text of an array within an array.
std::vector<std::optional<double>> read_numbers(const std::string& array);

/// What a `bytea` holds.
struct byte_string {
  std::string content;
};

void read_field(const pqxx::field& field, byte_string& value);

inline void read_field(const pqxx::field& field, user_id& value) {
  read_field(field, value.value);
}

template <class T>
void read_field(const pqxx::field& field, std::optional<T>& value) {
  if (field.is_null())
    value.reset();
  else
    read_field(field, value.emplace());
}

/// Reads the columns of a row from left to right.
class row_reader {
public:
  explicit row_reader(const pqxx::row& row) : row_{row} {
    // nop
  }

  template <class T>
  row_reader& operator>>(T& value) {
    read_field(row_[next_++], value);
    return *this;
  }

  template <class T>
  T next() {
    T value{};
    *this >> value;
    return value;
  }

private:
  const pqxx::row& row_;
  pqxx::row::size_type next_ = 0;
};

} // namespace polar_flow::storage
