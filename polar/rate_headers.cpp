#include "polar/rate_headers.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace polar_flow::polar {

namespace {

/// What one header holds: the value of the short window and that of the long one.
struct pair_of_windows {
  std::int64_t quarter_hour = 0;
  std::optional<std::int64_t> day;
};

/// Counts and seconds above this make no sense, and a sum of two of them cannot overflow.
constexpr std::int64_t number_max = 1'000'000'000'000;

/// The long window lasts a day. A reset further away than this is a misunderstanding.
constexpr std::chrono::seconds until_reset_max = std::chrono::days{2};

/// When Polar does not say how long to wait.
constexpr std::chrono::seconds default_wait{60};

/// A window that is reset this very moment still deserves a breath.
constexpr std::chrono::seconds shortest_wait{1};

std::optional<std::int64_t> read_number(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return std::nullopt;
  text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc{} || stop != end || number < 0 || number > number_max)
    return std::nullopt;
  return number;
}

std::optional<pair_of_windows> read_pair(const std::string* header) {
  if (header == nullptr)
    return std::nullopt;
  const std::string_view text{*header};
  const auto comma = text.find(',');
  const auto quarter_hour = read_number(text.substr(0, comma));
  if (!quarter_hour)
    return std::nullopt;
  if (comma == std::string_view::npos)
    return pair_of_windows{*quarter_hour, std::nullopt};
  const auto day = read_number(text.substr(comma + 1));
  if (!day)
    return std::nullopt;
  return pair_of_windows{*quarter_hour, day};
}

bool is_exhausted(const rate_window& window) {
  return window.used >= window.limit;
}

} // namespace

std::optional<rate_headers> read_rate_headers(const http_response& response) {
  const auto usage = read_pair(response.header("ratelimit-usage"));
  const auto limit = read_pair(response.header("ratelimit-limit"));
  const auto reset = read_pair(response.header("ratelimit-reset"));
  if (!usage || !limit || !reset)
    return std::nullopt;

  rate_headers headers;
  headers.quarter_hour = {usage->quarter_hour, limit->quarter_hour,
                          std::chrono::seconds{reset->quarter_hour}};
  if (usage->day && limit->day && reset->day)
    headers.day = rate_window{*usage->day, *limit->day, std::chrono::seconds{*reset->day}};
  if (headers.quarter_hour.until_reset > until_reset_max
      || (headers.day && headers.day->until_reset > until_reset_max))
    return std::nullopt;
  return headers;
}

std::chrono::seconds wait_after_429(const http_response& response) {
  if (const auto headers = read_rate_headers(response)) {
    std::optional<std::chrono::seconds> wait;
    if (is_exhausted(headers->quarter_hour))
      wait = headers->quarter_hour.until_reset;
    if (headers->day && is_exhausted(*headers->day))
      wait = std::max(wait.value_or(shortest_wait), headers->day->until_reset);
    if (wait)
      return std::max(*wait, shortest_wait);
  }
  const auto* retry_after = response.header("retry-after");
  const auto seconds = retry_after == nullptr ? std::nullopt : read_number(*retry_after);
  if (!seconds)
    return default_wait;
  return std::clamp(std::chrono::seconds{*seconds}, shortest_wait, until_reset_max);
}

} // namespace polar_flow::polar
