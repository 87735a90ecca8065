#include "storage/decode.hpp"

#include <pqxx/array>
#include <pqxx/binarystring>

#include <charconv>
#include <string_view>

namespace polar_flow::storage {

namespace {

/// The text is not part of the message: it may be a health value.
[[noreturn]] void refuse(std::string_view kind) {
  throw pqxx::conversion_error{"a column does not hold a " + std::string{kind}};
}

std::string_view view_of(const pqxx::field& field) {
  if (field.is_null())
    refuse("value");
  return {field.c_str(), field.size()};
}

template <class T>
T number_of(std::string_view text) {
  T value{};
  const auto* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc{} || stop != end)
    refuse("number");
  return value;
}

date date_of(std::string_view text) {
  const auto day = parse_date(text);
  if (!day)
    refuse("date");
  return *day;
}

/// PostgreSQL puts a space where RFC 3339 has a T.
std::string with_time_mark(std::string_view text) {
  std::string marked{text};
  if (const auto space = marked.find(' '); space != std::string::npos)
    marked[space] = 'T';
  return marked;
}

std::vector<std::optional<std::string>> nullable_elements_of(const pqxx::field& field) {
  std::vector<std::optional<std::string>> elements;
  if (field.is_null())
    return elements;
  using juncture = pqxx::array_parser::juncture;
  auto parser = field.as_array();
  for (auto item = parser.get_next(); item.first != juncture::done; item = parser.get_next()) {
    if (item.first == juncture::null_value)
      elements.emplace_back();
    if (item.first == juncture::string_value)
      elements.emplace_back(std::move(item.second));
  }
  return elements;
}

std::vector<std::string> elements_of(const pqxx::field& field) {
  std::vector<std::string> elements;
  for (auto& element : nullable_elements_of(field)) {
    if (!element)
      refuse("value");
    elements.push_back(std::move(*element));
  }
  return elements;
}

} // namespace

void read_field(const pqxx::field& field, std::string& value) {
  value = view_of(field);
}

void read_field(const pqxx::field& field, bool& value) {
  const auto text = view_of(field);
  if (text != "t" && text != "f")
    refuse("truth value");
  value = text == "t";
}

void read_field(const pqxx::field& field, std::int32_t& value) {
  value = number_of<std::int32_t>(view_of(field));
}

void read_field(const pqxx::field& field, std::int64_t& value) {
  value = number_of<std::int64_t>(view_of(field));
}

void read_field(const pqxx::field& field, std::uint64_t& value) {
  value = number_of<std::uint64_t>(view_of(field));
}

void read_field(const pqxx::field& field, double& value) {
  value = number_of<double>(view_of(field));
}

void read_field(const pqxx::field& field, date& value) {
  value = date_of(view_of(field));
}

void read_field(const pqxx::field& field, instant& value) {
  // The session's zone is UTC, so the text ends in "+00".
  auto text = with_time_mark(view_of(field));
  if (!text.ends_with("+00"))
    refuse("moment");
  text.replace(text.size() - 3, 3, "Z");
  const auto time = parse_offset_time(text);
  if (!time)
    refuse("moment");
  value = time->moment;
}

void read_field(const pqxx::field& field, local_time& value) {
  const auto time = parse_local_time(with_time_mark(view_of(field)));
  if (!time)
    refuse("time");
  value = *time;
}

void read_field(const pqxx::field& field, std::vector<double>& values) {
  values.clear();
  for (const auto& element : elements_of(field))
    values.push_back(number_of<double>(element));
}

void read_field(const pqxx::field& field, std::vector<date>& values) {
  values.clear();
  for (const auto& element : elements_of(field))
    values.push_back(date_of(element));
}

void read_field(const pqxx::field& field, std::vector<std::int32_t>& values) {
  values.clear();
  for (const auto& element : elements_of(field))
    values.push_back(number_of<std::int32_t>(element));
}

void read_field(const pqxx::field& field, std::vector<std::string>& values) {
  values = elements_of(field);
}

void read_field(const pqxx::field& field, std::vector<std::optional<std::string>>& values) {
  values = nullable_elements_of(field);
}

void read_field(const pqxx::field& field, byte_string& value) {
  if (field.is_null())
    refuse("value");
  const pqxx::binarystring bytes{field};
  value.content.assign(bytes.get(), bytes.size());
}

} // namespace polar_flow::storage
