#pragma once

#include "commands/database.hpp"
#include "config/settings.hpp"
#include "domain/errc.hpp"
#include "storage/store.hpp"

#include <memory>

namespace polar_flow::commands {

/// The store of a short command, and what it needs to stay reachable.
struct opened_store {
  opened_database database;
  std::unique_ptr<storage::store> store;
};

/// Creates the database when there is none.
result<opened_store> open_store(const settings& values);

/// For commands about what is there already: a mistyped folder must not become a new database.
/// Error: not_found, with a sentence that says which options name another one.
result<opened_store> open_existing_store(const settings& values);

/// Tells the person at the terminal what went wrong. Returns the exit code.
int report(const error& problem);

} // namespace polar_flow::commands
