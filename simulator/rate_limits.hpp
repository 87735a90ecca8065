#pragma once

#include "domain/time.hpp"
#include "simulator/messages.hpp"

#include <cstdint>
#include <optional>

namespace polar_flow::simulator {

/// Polar's published limits per client: 15 minutes and 24 hours, growing with the users.
inline constexpr std::uint64_t short_limit_base = 500;
inline constexpr std::uint64_t short_limit_per_user = 20;
inline constexpr std::uint64_t long_limit_base = 5000;
inline constexpr std::uint64_t long_limit_per_user = 100;
inline constexpr std::chrono::seconds short_window{15 * 60};
inline constexpr std::chrono::seconds long_window{24 * 3600};

/// Replaces a computed limit; for tests and for load beyond what Polar would allow.
struct limit_overrides {
  std::optional<std::uint64_t> short_limit;
  std::optional<std::uint64_t> long_limit;
};

/// Both windows. A window begins with the first request in it and ends a fixed time later.
class rate_limits {
public:
  explicit rate_limits(limit_overrides overrides);

  /// Takes one request out of both windows; false when one of them is used up, which costs
  /// nothing.
  bool take(instant now, std::uint64_t registered_users);

  /// What faults make the headers of one answer say.
  struct distortion {
    /// The short window is used up, for a 429 that a fault asks for.
    bool is_exhausted = false;
    /// The clock is so far ahead; the windows themselves keep the true time.
    std::chrono::minutes clock_skew{0};
  };

  /// The three headers of every answer.
  void append_headers(headers& list, instant now, std::uint64_t registered_users, distortion shown);

private:
  struct window {
    std::chrono::seconds length;
    instant start;
    std::uint64_t used = 0;
  };

  void roll(window& which, instant now) const;
  std::uint64_t short_limit(std::uint64_t registered_users) const;
  std::uint64_t long_limit(std::uint64_t registered_users) const;

  limit_overrides overrides_;
  window short_{short_window, {}, 0};
  window long_{long_window, {}, 0};
};

} // namespace polar_flow::simulator
