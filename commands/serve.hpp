#pragma once

#include "config/settings.hpp"
#include "domain/clock.hpp"

#include <memory>

namespace polar_flow::commands {

/// Runs the server until SIGTERM or SIGINT. Returns the process's exit code: 0 when it was asked
/// to stop, 1 when something needed could not be started or has failed (the log says what). A
/// second signal ends the process at once, with 1.
int serve(const settings& values);

/// The system's clock; in test builds the one in the file that the settings name, if they do.
std::shared_ptr<const wall_clock> choose_clock(const settings& values);

} // namespace polar_flow::commands
