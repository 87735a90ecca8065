#pragma once

#include "config/settings.hpp"
#include "domain/errc.hpp"
#include "storage/embedded_cluster.hpp"
#include "storage/store.hpp"

#include <memory>

namespace polar_flow::commands {

/// The database that the settings mean, reachable for as long as this lives.
struct opened_database {
  /// Absent when the database is somebody else's: `DATABASE_URL`, or a running server's.
  std::unique_ptr<storage::embedded_cluster> cluster;
  storage::connect_options options;
};

/// For the server itself: its own embedded cluster must be free. Migrated. Broken off with
/// `shutting_down` when `is_unwanted` says so.
result<opened_database>
open_for_serving(const storage_settings& settings,
                 const storage::embedded_cluster::unwanted& is_unwanted = [] { return false; });

/// For a short command: also through the cluster of a server that is running. Migrated.
result<opened_database> open_beside_server(const storage_settings& settings);

} // namespace polar_flow::commands
