#pragma once

#include "config/load.hpp"
#include "crypto/random.hpp"
#include "domain/clock.hpp"

namespace polar_flow::commands {

/// What the key commands need besides the settings.
struct keys_environment {
  const settings& values;
  const wall_clock& clock;
  crypto::random_source& random;
};

/// Prints the new key, once: only its hash is stored. Returns the exit code.
int create_key(const keys_environment& environment, const create_key_command& arguments);

int list_keys(const keys_environment& environment, const list_keys_command& arguments);

/// Revokes one key or all keys of an owner. A running server refuses them within a second.
int revoke_key(const keys_environment& environment, const revoke_key_command& arguments);

} // namespace polar_flow::commands
