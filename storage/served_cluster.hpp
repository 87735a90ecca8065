#pragma once

#include "config/settings.hpp"

#include <optional>
#include <string>

/// The embedded cluster for those who do not own the object that runs it.
namespace polar_flow::storage {

/// Connection string of the cluster that a running server keeps in `settings.data_dir`; nullopt
/// when no server runs there, or its PostgreSQL is not ready.
std::optional<std::string> find_served_database(const storage_settings& settings);

/// For a process that has to end at once, whatever its other threads do with the cluster: tells
/// the PostgreSQL in `settings.data_dir` to stop and gives it a moment. One that this process did
/// not start is left alone; one that takes longer stops by itself.
void stop_child_cluster(const storage_settings& settings);

} // namespace polar_flow::storage
