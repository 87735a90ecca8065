#include "simulator/json_text.hpp"

#include <boost/json.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace polar_flow::simulator {

namespace {

void append_double(std::string& out, double value) {
  std::array<char, 400> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  const std::string_view digits{text.data(), end.ptr};
  out += digits;
  if (digits.find('.') == std::string_view::npos)
    out += ".0";
}

void append(std::string& out, const boost::json::value& value) {
  if (const auto* object = value.if_object()) {
    char separator = '{';
    for (const auto& member : *object) {
      out += separator;
      out += boost::json::serialize(member.key());
      out += ':';
      append(out, member.value());
      separator = ',';
    }
    out += object->empty() ? "{}" : "}";
  } else if (const auto* array = value.if_array()) {
    char separator = '[';
    for (const auto& item : *array) {
      out += separator;
      append(out, item);
      separator = ',';
    }
    out += array->empty() ? "[]" : "]";
  } else if (const auto* number = value.if_double()) {
    append_double(out, *number);
  } else {
    out += boost::json::serialize(value);
  }
}

} // namespace

std::string to_text(const boost::json::value& value) {
  std::string out;
  append(out, value);
  return out;
}

void append_member(std::string& object, std::string_view name, std::string_view value) {
  object.pop_back();
  object += ",\"";
  object += name;
  object += "\":";
  object += value;
  object += '}';
}

double six_digits(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return std::strtod(text.data(), nullptr);
}

double rounded(double value, int digits) {
  const double scale = std::pow(10.0, digits);
  // Adding zero turns -0.0 into 0.0.
  return std::round(value * scale) / scale + 0.0;
}

} // namespace polar_flow::simulator
