#pragma once

#include "domain/clock.hpp"
#include "simulator/messages.hpp"
#include "simulator/options.hpp"

#include <memory>
#include <optional>

namespace polar_flow::simulator {

struct world;

/// Polar, as far as a client can see it: one request in, one answer out, no sockets.
///
///   request ─┬─ control
///            ├─ OAuth pages ───────────────────────────────────────┬─ fault ─ answer
///            └─ token ─ rate limit ─┬─ user │ data │ webhook ──────┤
///                                   └─ fault that sets a status ───┘
class accesslink {
public:
  /// Throws std::runtime_error when the replay folder or the state file cannot be used.
  accesslink(options settings, std::shared_ptr<const wall_clock> clock);
  ~accesslink();

  /// One thread only, as everything here.
  response respond(const request& received);

  // -- calling the webhook ---

  /// Queues events of what became visible since the last look, when the options want that.
  void look();

  /// The next call that is due; it must be made and then told to `note_call`.
  std::optional<outgoing_post> next_call();

  /// What the webhook answered; 0 when it did not.
  void note_call(int status);

private:
  std::unique_ptr<world> world_;
};

} // namespace polar_flow::simulator
