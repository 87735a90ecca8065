#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace polar_flow {

/// Polar's user id as text; the one name of a user everywhere, also in our URLs.
struct user_id {
  std::string value;

  auto operator<=>(const user_id&) const = default;
};

/// Names one run of a sync (a UUID), in `sync_logs` and in answers.
struct job_id {
  std::string value;

  auto operator<=>(const job_id&) const = default;
};

/// Row id of an API key.
struct api_key_id {
  std::int64_t value = 0;

  auto operator<=>(const api_key_id&) const = default;
};

/// Whether `text` may be a user id in a URL: 1 to 100 of `[A-Za-z0-9_-]`.
bool is_valid_user_id(std::string_view text);

} // namespace polar_flow

template <>
struct std::hash<polar_flow::user_id> {
  std::size_t operator()(const polar_flow::user_id& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};

template <>
struct std::hash<polar_flow::job_id> {
  std::size_t operator()(const polar_flow::job_id& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
