#include "tests/simulation/statistics.hpp"

#include <algorithm>
#include <cstdio>

namespace polar_flow::simulation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// What the issue asks for.
constexpr double used_share_min = 0.95;

/// What others have spent is seen in the next answer, so each time that they spend the last permits
/// the calls of a second or two are refused, and then the window is closed.
constexpr std::int64_t refusals_per_closing_max = 50;

double share(std::int64_t part, double whole) {
  return whole <= 0 ? 1 : static_cast<double>(part) / whole;
}

std::string text(seconds span) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%lld:%02lld h", static_cast<long long>(span / hours{1}),
                static_cast<long long>(span % hours{1} / minutes{1}));
  return buffer;
}

void print(const char* name, const histogram& spans) {
  std::printf("  %-24s %9lld times   p50 %9s   p99 %9s   max %9s\n", name,
              static_cast<long long>(spans.total()), text(spans.quantile(0.5)).c_str(),
              text(spans.quantile(0.99)).c_str(), text(spans.max()).c_str());
}

// -- bounds ----------------------------------------------------------------------------------

/// How long a user has to wait at worst whoever decides the order, if all are treated alike.
///
/// Everybody who is due is synced once before anybody is synced twice; such a round costs the
/// active users' number times the mean cost of a sync. It is paid from what the day's budget
/// leaves when first syncs, news and the daily syncs of dormant users have been paid, at the even
/// pace of routine: 98 % of the budget in 24 hours, because 2 % may be used ahead of it. A user
/// who is due less often than a round takes waits for the interval instead.
///
/// On top come a twentieth, because the cost of a round changes with the hour (most watches send
/// by day), and the time in which a sync runs, which is no longer than one quarter of an hour.
struct bounds {
  double calls_per_sync = 0;
  double calls_per_day = 0;
  seconds round{0};
  /// For active users; the dormant are due a day later.
  seconds calm{0};
  /// Polar was away in between: before that the user had waited for a round, during it all
  /// attempts failed, and the back-off after the last of them is as long again as the outage, plus
  /// its first step; then everybody is due, so a round is waited for.
  seconds outage{0};
};

bounds bounds_of(const scenario& what, const statistics& seen) {
  std::int64_t connected = what.users;
  std::int64_t connected_min = what.users;
  std::int64_t dormant = seen.censuses.empty() ? 0 : seen.censuses.front().dormant;
  for (const auto& count : seen.censuses) {
    connected = std::max(connected, count.connected);
    connected_min = std::min(connected_min, count.connected);
    dormant = std::min(dormant, count.dormant);
  }
  bounds found;
  found.calls_per_sync =
      share(seen.calls.scheduled, static_cast<double>(seen.syncs - seen.first_syncs));
  // News come in half of the time only.
  const auto urgent_per_day =
      static_cast<double>(2 * seen.calls.news + seen.calls.first) / static_cast<double>(what.days);
  found.calls_per_day =
      0.98 * (1 - what.outside_share)
          * static_cast<double>(day_limit(static_cast<std::size_t>(connected_min)))
      - urgent_per_day - static_cast<double>(dormant) * found.calls_per_sync;
  const auto days =
      static_cast<double>(connected - dormant) * found.calls_per_sync / found.calls_per_day;
  found.round = seconds{static_cast<std::int64_t>(days * 86400)};
  const auto turn = std::max<seconds>(found.round, hours{1});
  const auto closed = what.outside_share > 0 ? closed_by_others : seconds{0};
  const auto tolerance = turn / 20 + minutes{15} + closed;
  found.calm = turn + tolerance;
  found.outage = 2 * turn + 2 * seen.outage_max + minutes{15} + tolerance;
  return found;
}

// -- windows ---------------------------------------------------------------------------------

/// Quarters of an hour in which the budget, and nothing else, held somebody up all the time.
///
/// The two windows together allow a quarter of an hour its own limit, or what the day's even share
/// has not given out before, whichever is less; the day's share is nearly always the lesser. So a
/// window is used well when the day is used up to its share by the window's end, or the window
/// itself is. Windows in which Polar was away are not judged, nor those that ended while the number
/// of parallel syncs was the limit: after an outage or at the start of a day there is more to use
/// than that many syncs can.
bool is_judged(const window_record& window) {
  return window.ticks > 0 && window.ticks_due == window.ticks && window.ticks_fine == window.ticks
         && !window.is_slot_limited_at_end;
}

double use_of(const window_record& window) {
  return std::max(share(window.day_used, window.day_share),
                  share(window.used, static_cast<double>(window.limit)));
}

class verdict {
public:
  verdict(const scenario& what, const statistics& seen)
      : what_{what}, seen_{seen}, allowed_{bounds_of(what, seen)} {
    // nop
  }

  std::vector<std::string> run() {
    print_head();
    judge_gaps();
    judge_windows();
    judge_refusals();
    return std::move(failures_);
  }

private:
  void expect(bool is_so, const std::string& sentence) {
    if (!is_so)
      failures_.push_back(what_.name + ": " + sentence);
  }

  void print_head();
  void judge_gaps();
  void judge_gap(const char* name, const histogram& gaps, seconds bound);
  void judge_windows();
  void judge_refusals();

  const scenario& what_;
  const statistics& seen_;
  bounds allowed_;
  std::vector<std::string> failures_;
};

void verdict::print_head() {
  std::printf("\n%s: %d users, %d days, %zu node(s), seed %llu\n", what_.name.c_str(), what_.users,
              what_.days, what_.nodes, static_cast<unsigned long long>(what_.seed));
  std::printf("  %lld syncs (%lld first, %lld failed), %.1f calls each; calls: %lld scheduled, "
              "%lld first, %lld news; %lld deaths of a node\n",
              static_cast<long long>(seen_.syncs), static_cast<long long>(seen_.first_syncs),
              static_cast<long long>(seen_.failed_syncs), allowed_.calls_per_sync,
              static_cast<long long>(seen_.calls.scheduled),
              static_cast<long long>(seen_.calls.first), static_cast<long long>(seen_.calls.news),
              static_cast<long long>(seen_.deaths));
  std::printf(" staleness at the start of a sync, by level\n");
  for (std::size_t level = 0; level < priority_count; ++level)
    print(std::string{to_string(static_cast<sync_priority>(level))}.c_str(),
          seen_.staleness[level]);
}

void verdict::judge_gap(const char* name, const histogram& gaps, seconds bound) {
  print(name, gaps);
  if (gaps.total() == 0)
    return;
  std::printf("  %-24s the budget forces %s on everyone\n", "", text(bound).c_str());
  expect(gaps.max() <= bound, std::string{"a user was unsynced for "} + text(gaps.max()) + " ("
                                  + name + "), the budget forces only " + text(bound));
}

void verdict::judge_gaps() {
  std::printf(" unsynced (a round of all active users takes %s)\n", text(allowed_.round).c_str());
  judge_gap("active users", seen_.gaps[0], allowed_.calm);
  judge_gap("dormant users", seen_.dormant_gaps[0], hours{24} + allowed_.calm);
  judge_gap("active, with an outage", seen_.gaps[1], allowed_.outage);
  judge_gap("dormant, with an outage", seen_.dormant_gaps[1], hours{24} + allowed_.outage);
  judge_gap("first sync", seen_.first_waits,
            seen_.outage_max > seconds{0} ? allowed_.outage : allowed_.calm);
}

void verdict::judge_windows() {
  std::printf(" windows of a day:");
  for (const auto& window : seen_.days) {
    const auto use = share(window.used, static_cast<double>(window.limit));
    std::printf(" %lld of %lld (%.1f %%)", static_cast<long long>(window.used),
                static_cast<long long>(window.limit), 100 * use);
    expect(!window.is_due_at_end || use >= used_share_min || what_.outside_share > 0,
           "a day ended with " + std::to_string(100 * use) + " % of its budget used");
  }
  std::vector<double> uses;
  std::int64_t used_max = 0;
  for (const auto& window : seen_.quarter_hours) {
    used_max = std::max(used_max, window.used);
    if (is_judged(window))
      uses.push_back(use_of(window));
  }
  std::sort(uses.begin(), uses.end());
  std::printf("\n windows of a quarter of an hour: %zu, at most %lld calls; %zu judged",
              seen_.quarter_hours.size(), static_cast<long long>(used_max), uses.size());
  if (!uses.empty()) {
    std::printf(", of what was allowed used: min %.1f %%, p50 %.1f %%", 100 * uses.front(),
                100 * uses[uses.size() / 2]);
    expect(uses.front() >= used_share_min, "a quarter of an hour used only "
                                               + std::to_string(100 * uses.front())
                                               + " % of what was allowed");
  }
  std::printf("\n");
  expect(!seen_.days.empty(), "no day was seen to its end");
}

void verdict::judge_refusals() {
  std::printf(" refused with 429: %lld\n", static_cast<long long>(seen_.refusals));
  if (what_.outside_share == 0)
    expect(seen_.refusals == 0, std::to_string(seen_.refusals) + " calls were refused with 429");
  else
    expect(seen_.refusals
               <= refusals_per_closing_max * static_cast<std::int64_t>(seen_.days.size()),
           std::to_string(seen_.refusals) + " calls were refused with 429");
}

} // namespace

std::vector<std::string> judge(const scenario& what, const statistics& seen) {
  return verdict{what, seen}.run();
}

} // namespace polar_flow::simulation
