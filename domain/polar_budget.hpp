#pragma once

#include "domain/sync.hpp"
#include "domain/time.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// Polar's request budget: windows of 15 minutes (500 + 20 · users) and of 24 hours
/// (5000 + 100 · users). One value, kept in the database and shared by all nodes, counts the
/// permits; a node takes permits out, makes one HTTP call with each, and tells what became of them.
///
///   granted ──▶ open ──call answered──▶ settled      stays counted until the window ends
///                 └─────not used──────▶ returned     counts no more
///
/// Pure: `now` is an argument.
namespace polar_flow {

inline constexpr std::chrono::seconds quarter_hour_length = std::chrono::minutes{15};
inline constexpr std::chrono::seconds day_length = std::chrono::hours{24};

inline constexpr std::size_t priority_count = 4;

/// A number for each priority, the most urgent first.
using counts_by_priority = std::array<std::int64_t, priority_count>;

/// One of Polar's two windows as the headers of an answer tell it.
struct rate_window {
  std::int64_t used = 0;
  std::int64_t limit = 0;
  std::chrono::seconds until_reset{0};

  bool operator==(const rate_window&) const = default;
};

/// `RateLimit-Usage`, `-Limit`, `-Reset`: each "short, long". The long window may be missing.
struct rate_headers {
  rate_window quarter_hour;
  std::optional<rate_window> day;

  bool operator==(const rate_headers&) const = default;
};

/// The same as a log keeps it. A usage beyond the limit leaves nothing; what is too large for the
/// log is cut.
call_quotas quotas_of(const rate_headers& told);

/// What Polar told about a window, for readers at any later time.
struct window_news {
  std::int64_t used = 0;
  std::int64_t limit = 0;
  instant reset_at;

  bool operator==(const window_news&) const = default;
};

/// `told` as it was at `now`. Nonsense must not close the budget for ever, so a window is never
/// longer than its length.
window_news news_of(const rate_window& told, std::chrono::seconds length, instant now);

/// `newer` on top of what was known of the same window, or instead of it if that is over.
/// Answers overtake each other, so within a window the larger number is the newer one.
void merge_news(std::optional<window_news>& known, const window_news& newer,
                std::chrono::seconds length);

/// The windows, by number, that permits were granted in.
struct window_numbers {
  std::int64_t quarter_hour = 0;
  std::int64_t day = 0;

  bool operator==(const window_numbers&) const = default;
};

/// What became of permits of the same windows.
struct permit_fates {
  window_numbers granted_in;
  /// Their calls have ended.
  std::int64_t settled = 0;
  /// No call was made.
  std::int64_t returned = 0;

  bool operator==(const permit_fates&) const = default;
};

/// What a node tells the budget, and what it asks for.
struct budget_request {
  instant now;
  /// The connected users that the node knows; serves until Polar has told its limits.
  std::size_t users = 0;
  counts_by_priority wanted{};
  std::vector<permit_fates> fates;
  std::optional<window_news> quarter_hour;
  std::optional<window_news> day;
  /// After a 429: nothing is permitted before.
  std::optional<instant> closed_until;

  bool operator==(const budget_request&) const = default;
};

/// Permits, and the windows that they belong to.
struct budget_grant {
  counts_by_priority permits{};
  window_numbers granted_in;

  bool operator==(const budget_grant&) const = default;
};

/// One window. Every permit counts as used from the moment it is granted; Polar's word only says
/// how far its count differs from ours, so that no call is counted twice, whichever node makes it.
struct budget_window {
  std::chrono::seconds length{0};
  /// Counts the windows.
  std::int64_t number = 0;
  std::int64_t limit = 0;
  bool is_limit_told = false;
  /// Absent until the first permit of the window.
  std::optional<instant> reset_at{};
  bool is_reset_told = false;
  /// The end of the window before, if Polar told it: what it told of that one is of no use any
  /// more.
  std::optional<instant> previous_reset_at{};
  /// Permits granted and not returned, and those of the window before whose calls may have
  /// reached Polar in this one.
  std::int64_t taken = 0;
  /// Of the taken, those of which no node has told what became of them.
  std::int64_t open = 0;
  /// Of the open, those that were granted in the window before.
  std::int64_t late = 0;
  /// The highest usage that Polar told in this window.
  std::int64_t told = 0;
  /// What Polar counts beyond the taken: calls of others, or, below zero, calls of ours that never
  /// arrived.
  std::int64_t drift = 0;

  std::int64_t used() const;

  /// The share of the window that is still to come.
  double share_left(instant now) const;

  void take(std::int64_t permits, instant now);
  void settle(std::int64_t granted_in, std::int64_t permits);
  void give_back(std::int64_t granted_in, std::int64_t permits);

  /// Whether the window is over at `now`, or Polar is in a later one already.
  bool is_over(const std::optional<window_news>& news, instant now) const;

  /// Begins the next window and answers how many permits were given up: open for two windows, they
  /// belong to a node that died.
  std::int64_t begin_next();

  /// Forgets that some permits are open; whether they were used is for Polar to tell.
  void give_up(std::int64_t permits);

  void learn(const window_news& news);

  bool operator==(const budget_window&) const = default;
};

/// Both windows, and how the day is spread.
struct polar_budget {
  budget_window quarter_hour{.length = quarter_hour_length};
  budget_window day{.length = day_length};
  std::optional<instant> closed_until;
  /// When more of the day was used than its even pace, the pace starts anew from here.
  std::optional<instant> paced_since;
  std::int64_t paced_from = 0;

  /// One node's turn: what it tells is written down first, then it gets what is permitted.
  budget_grant exchange(const budget_request& request);

  /// Permits that this priority may take now. The important find room early in a window because
  /// the others leave some of it.
  std::int64_t room_for(sync_priority priority, instant now) const;

  /// Ends the windows that are over.
  void roll(instant now);

  bool operator==(const polar_budget&) const = default;

private:
  void roll(const budget_request& request);
  void apply(const permit_fates& fates);
  double paced_at(instant now) const;
};

/// Polar's limits for so many users.
std::int64_t quarter_hour_limit(std::size_t users);
std::int64_t day_limit(std::size_t users);

} // namespace polar_flow
