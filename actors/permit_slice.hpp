#pragma once

#include "domain/polar_budget.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace polar_flow::actors {

/// The permits that this node has taken out of the shared budget, and what it has to tell about
/// those that are gone. Pure: `now` is an argument.
///
///   make_request ──▶ the budget's row ──▶ apply ──▶ ready ──hand_out──▶ under way ──▶ settled
///                                                     │ idle, void           │ take_back
///                                                     └──▶ returned          └──▶ ready
///
/// A request that fails may have been carried out all the same. So what it told is not told again
/// and what it was granted is not used: both stay counted as used, which is the safe side.
class permit_slice {
public:
  /// Hands out one permit that is good for this priority, if there is one.
  bool hand_out(sync_priority priority, instant now);

  /// A permit that was handed out was not used.
  void take_back();

  /// A call ended; `headers` are those of the answer, if it had any.
  void settle(const std::optional<rate_headers>& headers, instant now);

  /// After a 429: this node sends nothing before `now + wait`, and soon the others do not either.
  void close(std::chrono::seconds wait, instant now);

  bool is_closed(instant now) const;

  /// The next request to the budget when so many wait for permits. What it tells counts as told.
  budget_request make_request(const counts_by_priority& waiting, std::size_t users, instant now);

  /// The request was carried out and left the budget like this.
  void apply(const budget_request& request, const budget_grant& grant, const polar_budget& left,
             instant now);

  /// Whether a request is worth making though nobody waits.
  bool has_news(instant now) const;

  /// Every permit that is ready counts as unused, for the end of the node.
  void retire();

  /// Whether a request should be made at once for those who wait. Where permits are scarce nodes
  /// take turns: one that asked whenever it could would leave nothing for the others.
  bool is_plenty_for(const counts_by_priority& waiting, instant now) const;

  /// Whether the budget had a permit for this priority when it was last seen. Nothing may start
  /// before it was seen at all.
  bool could_take(sync_priority priority, instant now) const;

  bool is_budget_known() const {
    return budget_.has_value();
  }

  /// Permits that are ready or under way.
  std::int64_t held() const;

private:
  /// Permits of the same windows.
  struct batch {
    window_numbers granted_in;
    /// By the priority that they were granted for: the less urgent must not have what was granted
    /// to the more urgent.
    counts_by_priority ready{};
    std::int64_t under_way = 0;
    /// Calls that ended without a word about the windows.
    std::int64_t silent = 0;
    std::int64_t settled = 0;
    std::int64_t returned = 0;
  };

  bool is_void(const batch& some, instant now) const;
  bool is_idle(instant now) const;
  batch* oldest_under_way();
  void return_ready(batch& some);

  /// Oldest first; rarely more than two.
  std::vector<batch> batches_;
  /// The budget as the last request left it.
  std::optional<polar_budget> budget_;
  std::optional<window_news> quarter_hour_news_;
  std::optional<window_news> day_news_;
  std::optional<instant> closed_until_;
  std::optional<instant> last_use_;
  std::optional<instant> last_silence_;
};

} // namespace polar_flow::actors
