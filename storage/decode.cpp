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

std::vector<std::optional<std::string>> nullable_elements_of(pqxx::array_parser parser) {
  std::vector<std::optional<std::string>> elements;
  using juncture = pqxx::array_parser::juncture;
  for (auto item = parser.get_next(); item.first != juncture::done; item = parser.get_next()) {
    if (item.first == juncture::null_value)
      elements.emplace_back();
    if (item.first == juncture::string_value)
      elements.emplace_back(std::move(item.second));
  }
  return elements;
}

std::vector<std::optional<std::string>> nullable_elements_of(const pqxx::field& field) {
  if (field.is_null())
    return {};
  return nullable_elements_of(field.as_array());
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

instant instant_of(std::string_view written) {
  // The session's zone is UTC, so the text ends in "+00".
  auto text = with_time_mark(written);
  if (!text.ends_with("+00"))
    refuse("moment");
  text.replace(text.size() - 3, 3, "Z");
  const auto time = parse_offset_time(text);
  if (!time)
    refuse("moment");
  return time->moment;
}

local_time local_time_of(std::string_view text) {
  const auto time = parse_local_time(with_time_mark(text));
  if (!time)
    refuse("time");
  return *time;
}

/// Every element read by `read`.
template <class T, class Read>
void read_elements(const pqxx::field& field, std::vector<T>& values, Read read) {
  values.clear();
  for (const auto& element : elements_of(field))
    values.push_back(read(element));
}

template <class T, class Read>
void read_elements(std::vector<std::optional<std::string>> elements,
                   std::vector<std::optional<T>>& values, Read read) {
  values.clear();
  for (const auto& element : elements)
    values.push_back(element ? std::optional<T>{read(*element)} : std::nullopt);
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
  value = instant_of(view_of(field));
}

void read_field(const pqxx::field& field, local_time& value) {
  value = local_time_of(view_of(field));
}

void read_field(const pqxx::field& field, std::vector<double>& values) {
  read_elements(field, values, number_of<double>);
}

void read_field(const pqxx::field& field, std::vector<date>& values) {
  read_elements(field, values, date_of);
}

void read_field(const pqxx::field& field, std::vector<std::int32_t>& values) {
  read_elements(field, values, number_of<std::int32_t>);
}

void read_field(const pqxx::field& field, std::vector<std::int64_t>& values) {
  read_elements(field, values, number_of<std::int64_t>);
}

void read_field(const pqxx::field& field, std::vector<instant>& values) {
  read_elements(field, values, instant_of);
}

void read_field(const pqxx::field& field, std::vector<local_time>& values) {
  read_elements(field, values, local_time_of);
}

void read_field(const pqxx::field& field, std::vector<std::string>& values) {
  values = elements_of(field);
}

void read_field(const pqxx::field& field, std::vector<std::optional<std::string>>& values) {
  values = nullable_elements_of(field);
}

void read_field(const pqxx::field& field, std::vector<std::optional<std::int32_t>>& values) {
  read_elements(nullable_elements_of(field), values, number_of<std::int32_t>);
}

void read_field(const pqxx::field& field, std::vector<std::optional<double>>& values) {
  read_elements(nullable_elements_of(field), values, number_of<double>);
}

void read_field(const pqxx::field& field, std::vector<std::optional<instant>>& values) {
  read_elements(nullable_elements_of(field), values, instant_of);
}

std::vector<std::optional<double>> read_numbers(const std::string& array) {
  std::vector<std::optional<double>> numbers;
  read_elements(nullable_elements_of(pqxx::array_parser{array.c_str()}), numbers,
                number_of<double>);
  return numbers;
}

void read_field(const pqxx::field& field, byte_string& value) {
  if (field.is_null())
    refuse("value");
  const pqxx::binarystring bytes{field};
  value.content.assign(bytes.get(), bytes.size());
}

} // namespace polar_flow::storage
