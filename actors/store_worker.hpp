#pragma once

#include "actors/interfaces.hpp"

#include <caf/stateful_actor.hpp>

#include <memory>

namespace polar_flow::actors {

/// The connection of one worker.
struct store_worker_state {
  explicit store_worker_state(void*) {
    // nop
  }

  storage::connect_options options;
  /// Opened by the first message, and again after an opening failed.
  std::unique_ptr<storage::store> store;

  /// The open store, or why there is none.
  result<storage::store*> open();

  static inline const char* name = "store_worker";
};

/// Runs blocking statements one after the other on its own thread; spawn it detached.
store_actor::behavior_type store_worker(store_actor::stateful_pointer<store_worker_state> self,
                                        storage::connect_options options);

} // namespace polar_flow::actors
