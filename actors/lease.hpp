#pragma once

#include "actors/environment.hpp"

#include <caf/stateful_actor.hpp>

#include <memory>

namespace polar_flow::actors {

/// The shards this node owns.
struct lease_state {
  explicit lease_state(void*) {
    // nop
  }

  environment_ptr env;
  std::shared_ptr<shard_epochs> book;

  result<shard_claim> claim(const user_id& user) const;

  static inline const char* name = "lease";
};

/// Takes all shards for this node when told to, and proves ownership to whoever writes for a
/// user. A node that is alone keeps its shards until the next start takes them with a new epoch.
/// `book` holds what was taken, empty at first; it outlives a lease that has to be restarted, and
/// only one lease at a time uses it.
lease_actor::behavior_type lease(lease_actor::stateful_pointer<lease_state> self,
                                 environment_ptr env, std::shared_ptr<shard_epochs> book);

} // namespace polar_flow::actors
