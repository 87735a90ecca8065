#pragma once

#include "config/load.hpp"
#include "domain/clock.hpp"

namespace polar_flow::commands {

/// Makes the rows of one user, or of all users, again from the archive, beside a running server
/// and without a moment in which a reader sees less. Prints replies per second. Returns the exit
/// code: 1 when a user could not be rebuilt; that user's rows are as they were.
int rebuild(const settings& values, const wall_clock& clock, const rebuild_command& arguments);

} // namespace polar_flow::commands
