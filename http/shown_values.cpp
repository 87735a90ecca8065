#include "http/shown_values.hpp"

#include "http/json_writer.hpp"

#include <cmath>

namespace polar_flow::http {

namespace {

std::optional<double> divided(std::optional<double> value, double divisor, int decimals) {
  return value ? std::optional{rounded(*value / divisor, decimals)} : std::nullopt;
}

} // namespace

std::optional<double> hours(std::optional<double> seconds) {
  constexpr double seconds_per_hour = 3600;
  return divided(seconds, seconds_per_hour, 2);
}

std::optional<double> minutes(std::optional<double> seconds) {
  constexpr double seconds_per_minute = 60;
  return divided(seconds, seconds_per_minute, 1);
}

std::optional<double> kilometres(std::optional<double> metres) {
  constexpr double metres_per_kilometre = 1000;
  return divided(metres, metres_per_kilometre, 2);
}

std::optional<double> two_decimals(std::optional<double> value) {
  return value ? std::optional{rounded(*value, 2)} : std::nullopt;
}

std::optional<std::int64_t> whole(std::optional<double> value) {
  if (!value || !std::isfinite(*value))
    return std::nullopt;
  return std::llround(rounded(*value, 0));
}

std::optional<std::int64_t> cut(std::optional<double> value) {
  return value ? whole(std::trunc(*value)) : std::nullopt;
}

std::optional<double> as_double(std::optional<std::int32_t> value) {
  return value ? std::optional{static_cast<double>(*value)} : std::nullopt;
}

std::optional<std::string> day_text(const std::optional<date>& day) {
  return day ? std::optional{format_date(*day)} : std::nullopt;
}

std::optional<std::string> instant_text(const std::optional<instant>& moment) {
  return moment ? std::optional{format_instant(*moment)} : std::nullopt;
}

} // namespace polar_flow::http
