#include "analytics/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace polar_flow::analytics {

namespace {

/// A health value in a sentence has few decimals.
constexpr int decimals_limit = 9;

/// The largest double has 309 digits before the point; sign, point and decimals fit besides.
constexpr std::size_t text_capacity = 330;

} // namespace

std::string fixed_text(double value, int decimals) {
  std::array<char, text_capacity> text{};
  const auto written =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed,
                    decimals < decimals_limit ? decimals : decimals_limit);
  return {text.data(), written.ptr};
}

std::string signed_text(double value, int decimals) {
  std::string text = fixed_text(value, decimals);
  if (!std::signbit(value))
    text.insert(text.begin(), '+');
  return text;
}

std::string days_text(std::int32_t count) {
  return std::to_string(count) + (count == 1 ? " day" : " days");
}

std::string list_text(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty())
      text += ", ";
    text += item;
  }
  return text;
}

} // namespace polar_flow::analytics
