#pragma once

#include "domain/sync.hpp"
#include "domain/time.hpp"
#include "polar/rate_headers.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace polar_flow::actors {

/// One of Polar's windows as far as we know it. Used = what Polar last told + what has been
/// answered since without a word about it + what is under way.
class rate_window_account {
public:
  rate_window_account(std::chrono::seconds length, std::int64_t limit);

  /// Whether one more request fits, when `reserve` (a share of the limit, shrinking linearly
  /// to nothing at the reset) has to stay free.
  bool allows(double reserve, instant now) const;

  /// Starts a new window if the old one is over.
  void roll(instant now);

  void take(instant now);
  void give_back();
  void settle();
  void learn(const polar::rate_window& told, instant now);
  void set_expected_limit(std::int64_t limit);

  std::int64_t used() const;

  std::int64_t limit() const {
    return limit_;
  }

  /// Absent until the first request of the window.
  std::optional<instant> reset_at() const {
    return reset_at_;
  }

private:
  std::chrono::seconds length_;
  std::int64_t limit_;
  std::int64_t told_ = 0;
  std::int64_t settled_ = 0;
  std::int64_t under_way_ = 0;
  bool is_limit_told_ = false;
  std::optional<instant> reset_at_;
};

/// Polar's budget: windows of 15 minutes (500 + 20 · users) and 24 hours (5000 + 100 · users).
/// The headers of Polar's answers are the truth, our own count fills the time between them.
/// Pure: `now` is an argument. The important find room early in a window because the others
/// leave a reserve: low 50 %, normal 25 %, high 10 %, critical nothing.
class rate_budget {
public:
  explicit rate_budget(std::size_t users = 0);

  void set_users(std::size_t users);

  /// Whether `try_take` would succeed.
  bool could_take(sync_priority priority, instant now);

  /// Takes one permit if there is one for this priority.
  bool try_take(sync_priority priority, instant now);

  /// A permit was not used.
  void give_back();

  /// A permit was used; `headers` are those of the answer, if it had any.
  void settle(const std::optional<polar::rate_headers>& headers, instant now);

  /// After a 429: nothing is permitted before `now + wait`.
  void close(std::chrono::seconds wait, instant now);

  std::optional<instant> closed_until() const {
    return closed_until_;
  }

  const rate_window_account& quarter_hour() const {
    return quarter_hour_;
  }

  const rate_window_account& day() const {
    return day_;
  }

private:
  rate_window_account quarter_hour_;
  rate_window_account day_;
  std::optional<instant> closed_until_;
};

/// The share of a window that this priority leaves free at the window's start.
double reserve_of(sync_priority priority);

} // namespace polar_flow::actors
