#pragma once

#include "actors/interfaces.hpp"
#include "config/settings.hpp"
#include "crypto/random.hpp"
#include "crypto/secret_box.hpp"
#include "domain/api_keys.hpp"
#include "domain/clock.hpp"
#include "polar/transport.hpp"

#include <memory>

namespace polar_flow::actors {

/// What every actor is given: settings, and everything that tests replace. Immutable.
struct environment {
  settings config;
  std::shared_ptr<const wall_clock> clock;
  std::shared_ptr<crypto::random_source> random;
  std::shared_ptr<polar::transport> transport;
  std::shared_ptr<const crypto::secret_box> secrets;
  std::shared_ptr<published_keys> keys;
  std::shared_ptr<directory> node;

  instant now() const {
    return clock->now();
  }
};

using environment_ptr = std::shared_ptr<const environment>;

} // namespace polar_flow::actors
