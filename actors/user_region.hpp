#pragma once

#include "actors/environment.hpp"

#include <caf/actor_addr.hpp>
#include <caf/actor_clock.hpp>
#include <caf/stateful_actor.hpp>

#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <unordered_map>

namespace polar_flow::actors {

/// The USER REGION as it sees itself.
using user_region_self = user_region_actor::extend<
    // INTERNAL: Time to look for idle users.
    caf::reacts_to<caf::tick_atom>>;

/// Spawns the actor of one user.
using user_factory = std::function<user_actor(const user_id& user, user_region_actor region)>;

/// The users that are in memory.
///
///   message ──▶ active ──idle, crowded out or absent──▶ leaving ──accepted──▶ gone
///                 ▲                                       │ messages are buffered
///                 └───────────────────refused─────────────┘ and sent on either way
struct user_region_state {
  explicit user_region_state(user_region_self::pointer owner) : self{owner} {
    // nop
  }

  using time_point = caf::actor_clock::time_point;
  using buffered_message = std::function<void(const user_actor& user)>;

  struct active_user {
    user_actor actor;
    time_point last_used;
    std::list<user_id>::iterator place;
    bool is_leaving = false;
    std::deque<buffered_message> buffer;
  };

  struct recent_failures {
    std::int32_t count = 0;
    time_point since;
  };

  user_region_self::pointer self;
  environment_ptr env;
  user_factory make_user;
  std::unordered_map<user_id, active_user> users;
  std::unordered_map<caf::actor_addr, user_id> by_address;
  /// Least recently used first.
  std::list<user_id> by_use;
  std::unordered_map<user_id, recent_failures> failures;
  /// Set when the region is told to end; it does so when its last user has ended.
  std::optional<caf::error> ends_because;

  /// The user's entry, activated if need be, marked as used now.
  active_user& touch(const user_id& user);
  active_user& activate(const user_id& user);
  void make_room();
  void sweep();
  void ask_to_leave(const user_id& user);
  void stay(const user_id& user, const caf::actor_addr& actor);
  void forget(const user_id& user, const caf::actor_addr& actor);
  void handle_down(const caf::down_msg& down);
  bool may_restart(const user_id& user);
  void end(const caf::error& reason);

  static inline const char* name = "user_region";
};

/// Finds every user: knows which actor serves whom, starts it with its first message and lets it
/// go when it is idle.
user_region_self::behavior_type
user_region(user_region_self::stateful_pointer<user_region_state> self, environment_ptr env,
            user_factory make_user);

/// The factory of the real user actors.
user_factory real_users(environment_ptr env);

} // namespace polar_flow::actors
