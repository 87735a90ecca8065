#pragma once

#include "actors/permit_slice.hpp"
#include "actors/sync_queue.hpp"
#include "tests/simulation/polar_model.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace polar_flow::simulation {

/// How much a node does at the same time.
struct node_settings {
  std::chrono::seconds interval = std::chrono::minutes{60};
  std::size_t parallel_syncs = 64;
  std::int32_t parallel_requests = 4;
  /// Repetitions of one failing call.
  std::int32_t retries_max = 2;
};

/// One sync under way.
struct sync_run {
  std::uint32_t person = 0;
  sync_priority priority{};
  /// Fetches what a webhook announced; the schedule knows nothing of it.
  bool is_news = false;
  std::int32_t calls_left = 0;
  std::int32_t retries_left = 0;
  std::int32_t calls_made = 0;
  /// Calls that failed for good.
  std::int32_t lost = 0;
  /// How the calls of this second ended; the node hears of it a second later.
  std::int32_t answered = 0;
  std::int32_t failed = 0;
  std::int32_t refused = 0;
  std::int32_t silent = 0;

  std::int32_t under_way() const {
    return answered + failed + refused + silent;
  }
};

/// Who has the users.
class household {
public:
  virtual ~household() = default;

  /// How many calls this sync will make.
  virtual std::int32_t begin_sync(std::uint32_t person, sync_priority priority, instant now) = 0;

  virtual void end_sync(const sync_run& run, instant now) = 0;
};

/// What a supervisor does with its queue and its slice of the budget, without actors: one tick a
/// second, answers of Polar and of the database within the next.
class node {
public:
  node(const node_settings& settings, household& owner, polar_budget& ledger, polar_model& polar)
      : queue{settings.interval},
        settings_{settings},
        owner_{owner},
        ledger_{ledger},
        polar_{polar} {
    // nop
  }

  actors::sync_queue queue;

  void start_news(std::uint32_t person, std::int32_t calls);
  void tick(std::size_t users, instant now);

  /// The process dies and another one takes its place; returns whose syncs were cut off.
  std::vector<std::uint32_t> die();

  /// Whether somebody was due whom the last tick could not start.
  bool leaves_somebody_due() const {
    return leaves_somebody_due_;
  }

  /// Whether more syncs at the same time, and not more permits, would have been of use.
  bool is_slot_limited() const {
    return is_slot_limited_;
  }

  std::int64_t refusals() const {
    return refusals_;
  }

private:
  void hear_answers(instant now);
  void hear(sync_run& run, instant now);
  void end_finished(instant now);
  void start_due(instant now);
  void talk(const counts_by_priority& waiting, std::size_t users, instant now);
  void serve(std::size_t users, instant now);
  void hand_out(instant now);
  void send(sync_run& run, instant now);
  std::int32_t wanted_by(const sync_run& run) const;
  counts_by_priority waiting() const;

  node_settings settings_;
  household& owner_;
  polar_budget& ledger_;
  polar_model& polar_;
  actors::permit_slice slice_;
  std::vector<sync_run> runs_;
  /// Of the newest call.
  std::optional<rate_headers> headers_;
  bool leaves_somebody_due_ = false;
  bool is_slot_limited_ = false;
  std::int64_t refusals_ = 0;
};

} // namespace polar_flow::simulation
