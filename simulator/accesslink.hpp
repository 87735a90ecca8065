#pragma once

#include "domain/clock.hpp"
#include "simulator/messages.hpp"
#include "simulator/options.hpp"

#include <memory>

namespace polar_flow::simulator {

struct world;

/// Polar, as far as a client can see it: one request in, one answer out, no sockets.
///
///   request ─┬─ control
///            ├─ OAuth pages ───────────────────────────────────────┬─ fault ─ answer
///            └─ token ─ rate limit ─┬─ user │ data │ recorded ─────┤
///                                   └─ fault that sets a status ───┘
class accesslink {
public:
  /// Throws std::runtime_error when the replay folder or the state file cannot be used.
  accesslink(options settings, std::shared_ptr<const wall_clock> clock);
  ~accesslink();

  /// Not thread-safe.
  response respond(const request& received);

private:
  std::unique_ptr<world> world_;
};

} // namespace polar_flow::simulator
