#pragma once

#include "actors/interfaces.hpp"

#include <caf/stateful_actor.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <unordered_set>
#include <vector>

namespace polar_flow::actors {

struct store_pool_settings {
  /// Makes one worker; called for every worker that is missing.
  std::function<store_actor()> make_worker;
  std::size_t workers = 1;
  /// Statements that may wait for a worker; one more is answered with `overloaded`.
  std::size_t queue_max = 0;
  /// A worker that does not answer by then is replaced.
  std::chrono::seconds worker_timeout{};
};

/// One statement on its way to a worker.
struct store_job {
  std::function<void(const store_actor& worker)> run;
  std::function<void(const caf::error& problem)> refuse;
};

/// Idle and busy workers and what waits for them.
///
///   caller ──▶ waiting ──▶ busy worker ──▶ answer to the caller, worker idle
///                              │ silent or dead
///                              └──▶ replaced; the caller gets the error
struct store_pool_state {
  explicit store_pool_state(store_actor::pointer owner) : self{owner} {
    // nop
  }

  store_actor::pointer self;
  store_pool_settings settings;
  std::vector<store_actor> idle;
  std::unordered_set<caf::actor_addr> workers;
  std::deque<store_job> waiting;

  void start();
  void add_worker();
  void submit(store_job job);
  void run_waiting();

  /// The worker is free for the next statement.
  void release(const store_actor& worker);

  /// The worker is stuck or dead: another takes its place. Harmless when done already.
  void replace(const caf::actor_addr& worker);

  static inline const char* name = "store_pool";
};

/// Looks like one store, spreads statements over workers. Reads and writes have a pool each, so
/// that a storm of syncs never starves a page view.
store_actor::behavior_type store_pool(store_actor::stateful_pointer<store_pool_state> self,
                                      store_pool_settings settings);

} // namespace polar_flow::actors
