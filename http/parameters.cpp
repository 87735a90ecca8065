#include "http/parameters.hpp"

#include "http/error_response.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace polar_flow::http {

namespace {

std::optional<unsigned> hex_value(char c) {
  if (c >= '0' && c <= '9')
    return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f')
    return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F')
    return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

/// The byte that `text` begins with in the form `%41`.
std::optional<char> encoded_byte(std::string_view text) {
  constexpr std::size_t length = 3;
  if (text.size() < length)
    return std::nullopt;
  const auto high = hex_value(text[1]);
  const auto low = hex_value(text[2]);
  if (!high || !low)
    return std::nullopt;
  return static_cast<char>((*high << 4u) | *low);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Drops the digits that `text` begins with; how many they were.
std::size_t skip_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count]))
    ++count;
  text.remove_prefix(count);
  return count;
}

/// The grammar of a JSON number (RFC 8259, section 6).
bool is_json_number(std::string_view text) {
  if (text.starts_with('-'))
    text.remove_prefix(1);
  const bool begins_with_zero = text.starts_with('0');
  const std::size_t integer_digits = skip_digits(text);
  if (integer_digits == 0 || (begins_with_zero && integer_digits > 1))
    return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (skip_digits(text) == 0)
      return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-'))
      text.remove_prefix(1);
    if (skip_digits(text) == 0)
      return false;
  }
  return text.empty();
}

/// `dddd-dd-dd`, whatever the digits say.
bool has_date_form(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-dd";
  return std::ranges::equal(text, form, [](char given, char expected) {
    return expected == 'd' ? is_digit(given) : given == expected;
  });
}

std::string bound_message(std::string_view comparison, std::int32_t bound) {
  return "Expected `int` " + std::string{comparison} + " " + std::to_string(bound);
}

} // namespace

target_parts split_target(std::string_view target) {
  const auto fragment = target.find('#');
  if (fragment != std::string_view::npos)
    target = target.substr(0, fragment);
  const auto scheme_end = target.find("://");
  if (!target.starts_with('/') && scheme_end != std::string_view::npos) {
    const auto path_begin = target.find_first_of("/?", scheme_end + 3);
    target = path_begin == std::string_view::npos ? "/" : target.substr(path_begin);
  }
  const auto question = target.find('?');
  if (question == std::string_view::npos)
    return {target, {}};
  return {target.substr(0, question), target.substr(question + 1)};
}

std::optional<std::string> percent_decoded(std::string_view text, plus_sign plus,
                                           bad_percent policy) {
  std::string decoded;
  decoded.reserve(text.size());
  while (!text.empty()) {
    const char c = text.front();
    std::size_t used = 1;
    if (c == '+' && plus == plus_sign::is_blank) {
      decoded.push_back(' ');
    } else if (c != '%') {
      decoded.push_back(c);
    } else if (const auto byte = encoded_byte(text)) {
      decoded.push_back(*byte);
      used = 3;
    } else if (policy == bad_percent::keep) {
      decoded.push_back(c);
    } else {
      return std::nullopt;
    }
    text.remove_prefix(used);
  }
  return decoded;
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
  std::optional<std::string> found;
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const auto equals = pair.find('=');
    const auto key =
        percent_decoded(pair.substr(0, equals), plus_sign::is_blank, bad_percent::keep);
    if (key != name)
      continue;
    const auto value =
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    found = percent_decoded(value, plus_sign::is_blank, bad_percent::keep);
  }
  return found;
}

std::optional<std::int64_t> parse_integral_number(std::string_view text) {
  if (!is_json_number(text))
    return std::nullopt;
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  // Out of range means: too large for a double (then it is surely integral), or so small that
  // it is a fraction. Only the exponent's sign tells them apart.
  if (problem == std::errc::result_out_of_range) {
    if (text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos)
      return std::nullopt;
    value = text.starts_with('-') ? -std::numeric_limits<double>::max()
                                  : std::numeric_limits<double>::max();
  }
  if (value != std::trunc(value))
    return std::nullopt;
  // 2^63 is exact as a double, the largest int64 is not.
  constexpr double limit = 9223372036854775808.0;
  if (value >= limit)
    return std::numeric_limits<std::int64_t>::max();
  if (value < -limit)
    return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value);
}

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+'))
    text.remove_prefix(1);
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc::invalid_argument || end != text.data() + text.size())
    return std::nullopt;
  return problem == std::errc{} ? number : HUGE_VAL;
}

bool has_form_of(std::string_view text, parameter_type type) {
  if (type == parameter_type::number)
    return parse_number(text).has_value();
  if (type != parameter_type::integer)
    return true;
  if (text.starts_with('-'))
    text.remove_prefix(1);
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

std::expected<std::optional<std::int32_t>, response> read_integer(const request& message,
                                                                  const parameter& declared) {
  const auto text = query_value(split_target(message.target).query, declared.name);
  if (!text)
    return declared.default_value;
  const auto refuse = [&](std::string problem) {
    return std::unexpected{make_validation_response(
        message, validation_problem{std::move(problem), declared.name, "query"})};
  };
  const auto number = parse_integral_number(*text);
  if (!number)
    return refuse("Expected `int`, got `str`");
  if (*number < declared.min)
    return refuse(bound_message(">=", declared.min));
  if (*number > declared.max)
    return refuse(bound_message("<=", declared.max));
  return static_cast<std::int32_t>(*number);
}

std::expected<date, response> read_date(const request& message, const parameter& declared,
                                        std::string_view text) {
  const auto day = parse_date(text);
  if (day)
    return *day;
  std::string problem{R"(Expected `str` matching regex '^\d{4}-\d{2}-\d{2}$')"};
  if (has_date_form(text)) {
    problem = "Invalid date value '";
    problem += text;
    problem += '\'';
  }
  return std::unexpected{make_validation_response(
      message, validation_problem{std::move(problem), declared.name, "path"})};
}

} // namespace polar_flow::http
