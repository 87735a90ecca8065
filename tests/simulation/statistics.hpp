#pragma once

#include "domain/polar_budget.hpp"
#include "tests/simulation/histogram.hpp"
#include "tests/simulation/scenario.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace polar_flow::simulation {

/// What was seen of one of Polar's windows.
struct window_record {
  std::int64_t used = 0;
  std::int64_t limit = 0;
  /// For a quarter of an hour: how much of the day was used when it ended, and the even share.
  std::int64_t day_used = 0;
  double day_share = 0;
  std::int64_t ticks = 0;
  /// Seconds in which somebody was due and had to wait.
  std::int64_t ticks_due = 0;
  std::int64_t ticks_fine = 0;
  bool is_due_at_end = false;
  /// More parallel syncs, not more permits, would have helped in the window's last second.
  bool is_slot_limited_at_end = false;
};

/// Calls by what they were for.
struct call_counts {
  std::int64_t scheduled = 0;
  std::int64_t first = 0;
  std::int64_t news = 0;
};

/// How users stood at the end of a day.
struct census {
  std::int64_t connected = 0;
  std::int64_t dormant = 0;
};

struct statistics {
  /// Since the last attempt, when a scheduled sync starts, by its level.
  std::array<histogram, priority_count> staleness;
  /// Between two successful syncs of a connected user: without an outage of Polar in between, and
  /// with one.
  std::array<histogram, 2> gaps;
  std::array<histogram, 2> dormant_gaps;
  /// From joining or coming back to the first success.
  histogram first_waits;
  std::vector<window_record> quarter_hours;
  std::vector<window_record> days;
  std::vector<census> censuses;
  call_counts calls;
  std::int64_t syncs = 0;
  std::int64_t first_syncs = 0;
  std::int64_t failed_syncs = 0;
  std::int64_t deaths = 0;
  std::int64_t refusals = 0;
  std::chrono::seconds outage_max{0};
};

/// Prints what happened and what was to be expected; returns a sentence for each that was not.
std::vector<std::string> judge(const scenario& what, const statistics& seen);

} // namespace polar_flow::simulation
