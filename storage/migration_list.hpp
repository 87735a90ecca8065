#pragma once

#include "storage/migrate.hpp"
#include "storage/statement.hpp"

#include <span>

namespace polar_flow::storage {

/// `migrate` with a list of one's own, so that tests can fail in the middle or come from the
/// future. `list` is ascending, from version 1 without gaps.
result<void> migrate_to(const connect_options& options, std::span<const migration> list);

} // namespace polar_flow::storage
