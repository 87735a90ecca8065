#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

/// Reading and checking what clients send in path, query and headers.
namespace polar_flow::http {

enum class parameter_source : std::uint8_t { query, header, path };
/// A path whose value is no `integer` or `number` where the route declares one fits no route.
enum class parameter_type : std::uint8_t { integer, number, text, date };
enum class presence : std::uint8_t { optional, required };

/// A parameter as the route table declares it; the handlers read it by the same declaration. One
/// of the path stands in the route's pattern as `{name}`; limits hold for those of the query.
struct parameter {
  std::string_view name;
  parameter_source source = parameter_source::query;
  parameter_type type = parameter_type::integer;
  presence need = presence::optional;
  std::int32_t min = 0;
  std::int32_t max = 0;
  std::optional<std::int32_t> default_value = std::nullopt;
};

/// Path and query of a target; the part after `?` without it. `http://host/path` is reduced to
/// its path, and a fragment, which no client should send, is cut.
struct target_parts {
  std::string_view path;
  std::string_view query;
};
target_parts split_target(std::string_view target);

enum class plus_sign : std::uint8_t { is_plus, is_blank };
enum class bad_percent : std::uint8_t { refuse, keep };

/// Undoes percent-encoding. Where `%` is not followed by two hex digits, `policy` decides:
/// nullopt, or the text as it is.
std::optional<std::string> percent_decoded(std::string_view text, plus_sign plus,
                                           bad_percent policy);

/// The decoded value of the last parameter called exactly `name`; `name` without `=` counts as
/// empty. In queries a stray `%` is kept, because unknown parameters never do harm.
std::optional<std::string> query_value(std::string_view query, std::string_view name);

/// The number that a JSON parser would read with an integral value: `30`, `7.0` and `1e1` are,
/// `07`, `+7`, ` 7`, `1.5` and the empty text are not. Beyond the range of int64 it is clamped.
std::optional<std::int64_t> parse_integral_number(std::string_view text);

/// A decimal number as people write one: sign, fraction and exponent are optional. What is too
/// large for a double is infinite. Absent when it is no number at all.
std::optional<double> parse_number(std::string_view text);

/// Whether the value of a path parameter has the form that `type` asks of a path: digits, with a
/// minus before them or not, for an integer. The other types take any text.
bool has_form_of(std::string_view text, parameter_type type);

/// Reads an integer query parameter by its declaration: its value, the default, or the finished
/// 400 answer.
std::expected<std::optional<std::int32_t>, response> read_integer(const request& message,
                                                                  const parameter& declared);

/// The calendar day that the value of a path parameter names, or the finished 400 answer.
std::expected<date, response> read_date(const request& message, const parameter& declared,
                                        std::string_view text);

} // namespace polar_flow::http
