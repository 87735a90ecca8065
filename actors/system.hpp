#pragma once

#include "config/settings.hpp"
#include "crypto/random.hpp"
#include "crypto/secret_box.hpp"
#include "domain/api_keys.hpp"
#include "domain/clock.hpp"
#include "domain/errc.hpp"
#include "polar/transport.hpp"
#include "storage/store.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace polar_flow::actors {

class directory;

/// What the actors need of the rest of the process.
struct dependencies {
  std::shared_ptr<const wall_clock> clock;
  std::shared_ptr<crypto::random_source> random;
  std::shared_ptr<polar::transport> transport;
  std::shared_ptr<const crypto::secret_box> secrets;
  /// Where the API keys are published for http/.
  std::shared_ptr<published_keys> keys;
  storage::connect_options database;
  /// Names this node in the database.
  std::string node_name;
  /// Called once, from any thread, when the actors cannot go on; the process should end.
  std::function<void()> on_failure;
};

/// All actors of this node. Hides CAF from whoever starts and stops them.
class actor_runtime {
public:
  actor_runtime(const settings& config, dependencies needed);

  /// Stops at once if `stop` was not called.
  ~actor_runtime();

  actor_runtime(const actor_runtime&) = delete;
  actor_runtime& operator=(const actor_runtime&) = delete;

  /// Takes the shards, publishes the API keys, closes what a crash interrupted and starts the
  /// schedule. The database must be migrated.
  result<void> start();

  /// Starts no further sync from here on. Returns at once; what runs goes on.
  void drain();

  /// Drains, lets running syncs finish, stores the counters and ends all actors, all that within
  /// `patience`. False when actors are left that wait for the database or for Polar: then the
  /// destructor waits for them. It must run on the thread that constructed this: CAF waits for
  /// that thread's own reference to its logger. Gateways must be stopped before.
  bool stop(std::chrono::milliseconds patience);

  /// Where gateways find the actors.
  std::shared_ptr<const directory> node() const;

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace polar_flow::actors
