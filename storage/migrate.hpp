#pragma once

#include "storage/store.hpp"

namespace polar_flow::storage {

/// Brings the schema `polar_flow` to the newest version: numbered SQL files, each in its own
/// transaction, under an advisory lock, so any number of nodes may start at once and a kill in
/// the middle leaves the last whole version. Fails with storage_failed and a message that names
/// the reason when the database is newer than this server, when an applied migration differs
/// from ours, or when it holds a Python polar-flow-server's tables (`alembic_version`).
result<void> migrate(const connect_options& options);

} // namespace polar_flow::storage
