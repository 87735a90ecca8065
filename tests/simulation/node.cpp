#include "tests/simulation/node.hpp"

#include "actors/limits.hpp"

#include <algorithm>
#include <numeric>

namespace polar_flow::simulation {
namespace {

std::int64_t sum(const counts_by_priority& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

/// As long as polar::wait_after_429 makes of the same headers.
std::chrono::seconds wait_after(const rate_headers& headers) {
  std::chrono::seconds wait{1};
  for (const auto& window : {headers.quarter_hour, headers.day.value_or(rate_window{0, 1, {}})})
    if (window.used >= window.limit)
      wait = std::max(wait, window.until_reset);
  return wait;
}

/// Talks with the budget that fit into a second.
constexpr int talks_per_tick = 4;

/// A supervisor starts syncs at every tick and whenever one ends; here all of that is one tick.
constexpr std::size_t starts_per_tick = 10 * actors::limits::starts_per_tick;

} // namespace

void node::start_news(std::uint32_t person, std::int32_t calls) {
  runs_.push_back({.person = person,
                   .priority = sync_priority::high,
                   .is_news = true,
                   .calls_left = calls,
                   .retries_left = settings_.retries_max * calls});
}

void node::tick(std::size_t users, instant now) {
  hear_answers(now);
  end_finished(now);
  start_due(now);
  serve(users, now);
}

std::vector<std::uint32_t> node::die() {
  std::vector<std::uint32_t> cut_off;
  for (const auto& run : runs_)
    if (!run.is_news)
      cut_off.push_back(run.person);
  runs_.clear();
  slice_ = {};
  return cut_off;
}

// -- answers ---------------------------------------------------------------------------------

void node::hear_answers(instant now) {
  for (auto& run : runs_)
    hear(run, now);
}

void node::hear(sync_run& run, instant now) {
  for (auto calls = run.answered + run.failed + run.refused; calls > 0; --calls)
    slice_.settle(headers_, now);
  for (auto calls = run.silent; calls > 0; --calls)
    slice_.settle(std::nullopt, now);
  if (run.refused > 0) {
    slice_.close(wait_after(*headers_), now);
    refusals_ += run.refused;
    run.calls_left += run.refused;
  }
  const auto failed = run.failed + run.silent;
  const auto repeated = std::min(failed, run.retries_left);
  run.retries_left -= repeated;
  run.calls_left += repeated;
  run.lost += failed - repeated;
  run.answered = run.failed = run.refused = run.silent = 0;
}

void node::end_finished(instant now) {
  std::erase_if(runs_, [&](const sync_run& run) {
    if (run.calls_left > 0)
      return false;
    owner_.end_sync(run, now);
    return true;
  });
}

// -- starts ----------------------------------------------------------------------------------

void node::start_due(instant now) {
  leaves_somebody_due_ = false;
  for (std::size_t i = 0; i < starts_per_tick; ++i) {
    const auto next = queue.next(now, actors::sync_queue::choice::all);
    leaves_somebody_due_ = next.has_value();
    if (!next || runs_.size() >= settings_.parallel_syncs
        || !slice_.could_take(next->priority, now))
      return;
    queue.remove(next->record.id);
    const auto person = static_cast<std::uint32_t>(std::stoul(next->record.id.value));
    const auto calls = owner_.begin_sync(person, next->priority, now);
    runs_.push_back({.person = person,
                     .priority = next->priority,
                     .calls_left = calls,
                     .retries_left = settings_.retries_max * calls});
  }
}

// -- permits ---------------------------------------------------------------------------------

std::int32_t node::wanted_by(const sync_run& run) const {
  return std::min(run.calls_left, settings_.parallel_requests - run.under_way());
}

counts_by_priority node::waiting() const {
  counts_by_priority counts{};
  for (const auto& run : runs_)
    counts[static_cast<std::size_t>(run.priority)] += wanted_by(run);
  return counts;
}

void node::talk(const counts_by_priority& waiting, std::size_t users, instant now) {
  const auto request = slice_.make_request(waiting, users, now);
  const auto grant = ledger_.exchange(request);
  slice_.apply(request, grant, ledger_, now);
}

void node::serve(std::size_t users, instant now) {
  hand_out(now);
  auto left = waiting();
  if (sum(left) == 0 && (slice_.has_news(now) || !slice_.is_budget_known()))
    talk(left, users, now);
  for (int talks = 0; talks < talks_per_tick && sum(left) > 0 && !slice_.is_closed(now); ++talks) {
    if (talks > 0 && !slice_.is_plenty_for(left, now))
      break;
    talk(left, users, now);
    hand_out(now);
    left = waiting();
  }
  is_slot_limited_ = sum(left) == 0 && runs_.size() >= settings_.parallel_syncs;
}

void node::hand_out(instant now) {
  for (std::size_t level = 0; level < priority_count; ++level) {
    const auto priority = static_cast<sync_priority>(level);
    bool is_empty = false;
    for (auto& run : runs_)
      while (!is_empty && run.priority == priority && wanted_by(run) > 0) {
        is_empty = !slice_.hand_out(priority, now);
        if (!is_empty)
          send(run, now);
      }
  }
}

void node::send(sync_run& run, instant now) {
  --run.calls_left;
  ++run.calls_made;
  switch (polar_.call(now)) {
  case call_end::answered:
    ++run.answered;
    break;
  case call_end::server_error:
    ++run.failed;
    break;
  case call_end::refused:
    ++run.refused;
    break;
  case call_end::nothing:
    ++run.silent;
    return;
  }
  headers_ = polar_.headers(now);
}

} // namespace polar_flow::simulation
