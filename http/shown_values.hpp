#pragma once

#include "domain/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// How answers show what is kept in base units. What is unknown stays unknown, and 0 stays 0.
namespace polar_flow::http {

/// Two decimals.
std::optional<double> hours(std::optional<double> seconds);
/// One decimal.
std::optional<double> minutes(std::optional<double> seconds);
/// Two decimals.
std::optional<double> kilometres(std::optional<double> metres);

std::optional<double> two_decimals(std::optional<double> value);

/// A whole number that comes from a floating value, such as a mean of heart rates: half to even.
std::optional<std::int64_t> whole(std::optional<double> value);

/// A percentage or a duration cut to its whole part, as clients have always seen it.
std::optional<std::int64_t> cut(std::optional<double> value);

/// A whole number that the API shows with a fraction, because it once was a mean.
std::optional<double> as_double(std::optional<std::int32_t> value);

std::optional<std::string> day_text(const std::optional<date>& day);

/// RFC 3339 in UTC.
std::optional<std::string> instant_text(const std::optional<instant>& moment);

} // namespace polar_flow::http
