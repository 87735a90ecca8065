#include "actors/children.hpp"

#include "actors/limits.hpp"

#include <caf/all.hpp>

#include <algorithm>
#include <utility>

namespace polar_flow::actors {

children::children(std::vector<child> kinds) : kinds_{std::move(kinds)}, addresses_(kinds_.size()) {
  // nop
}

void children::start(std::size_t index, directory& node,
                     const std::function<void(const caf::actor_addr&)>& watch) {
  auto actors = *node.actors();
  addresses_[index] = kinds_[index].spawn(actors);
  node.publish(std::move(actors));
  watch(addresses_[index]);
}

void children::start_all(directory& node,
                         const std::function<void(const caf::actor_addr&)>& watch) {
  for (std::size_t i = 0; i < kinds_.size(); ++i)
    start(i, node, watch);
}

const child* children::find(const caf::actor_addr& address) const {
  const auto place = std::find(addresses_.begin(), addresses_.end(), address);
  return place == addresses_.end() ? nullptr
                                   : &kinds_[static_cast<std::size_t>(place - addresses_.begin())];
}

children::outcome children::restart(const caf::actor_addr& address,
                                    caf::actor_clock::time_point now, directory& node,
                                    const std::function<void(const caf::actor_addr&)>& watch) {
  while (!restarts_.empty() && restarts_.front() + limits::child_restart_window < now)
    restarts_.pop_front();
  if (restarts_.size() >= limits::child_restarts_max)
    return outcome::given_up;
  restarts_.push_back(now);
  const auto place = std::find(addresses_.begin(), addresses_.end(), address);
  start(static_cast<std::size_t>(place - addresses_.begin()), node, watch);
  return outcome::restarted;
}

} // namespace polar_flow::actors
