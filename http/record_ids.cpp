#include "http/record_ids.hpp"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <utility>

namespace polar_flow::http {

namespace {

/// Moments of which our texts of times can tell: the years 1 to 9999.
bool is_in_calendar(instant moment) {
  constexpr instant first{date{std::chrono::year{1} / 1 / 1}};
  constexpr instant end{date{std::chrono::year{10000} / 1 / 1}};
  return first <= moment && moment < end;
}

} // namespace

std::string record_id(const device_moment& key) {
  auto id = std::to_string(key.time.time_since_epoch().count());
  if (!key.device_id.empty())
    id += '-' + key.device_id;
  return id;
}

std::optional<device_moment> parse_record_id(std::string_view text) {
  std::int64_t microseconds = 0;
  const auto end_of_text = text.data() + text.size();
  const auto [end, problem] = std::from_chars(text.data(), end_of_text, microseconds);
  device_moment key;
  key.time = instant{std::chrono::microseconds{microseconds}};
  if (problem != std::errc{} || !is_in_calendar(key.time))
    return std::nullopt;
  if (end != end_of_text)
    key.device_id = std::string{end + 1, end_of_text};
  // There is one way only to write an id.
  return record_id(key) == text ? std::optional{std::move(key)} : std::nullopt;
}

} // namespace polar_flow::http
