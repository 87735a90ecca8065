#pragma once

#include "actors/interfaces.hpp"

#include <caf/actor_addr.hpp>
#include <caf/actor_clock.hpp>

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace polar_flow::actors {

/// An actor of the node that the supervisor keeps alive.
struct child {
  std::string name;
  /// Spawns the actor, puts its handle into `actors` and answers its address.
  std::function<caf::actor_addr(node_actors& actors)> spawn;
};

/// The children that run at present. Knows how to start one again, and when to stop trying.
class children {
public:
  explicit children(std::vector<child> kinds = {});

  /// Starts all, in order; each new address is handed to `watch`.
  void start_all(directory& node, const std::function<void(const caf::actor_addr&)>& watch);

  /// The kind of the child at this address; nullptr when it is none of ours.
  const child* find(const caf::actor_addr& address) const;

  enum class outcome { restarted, given_up };

  /// Starts the child that was at `address` again, unless children died too often lately.
  outcome restart(const caf::actor_addr& address, caf::actor_clock::time_point now, directory& node,
                  const std::function<void(const caf::actor_addr&)>& watch);

private:
  void start(std::size_t index, directory& node,
             const std::function<void(const caf::actor_addr&)>& watch);

  std::vector<child> kinds_;
  std::vector<caf::actor_addr> addresses_;
  std::deque<caf::actor_clock::time_point> restarts_;
};

} // namespace polar_flow::actors
