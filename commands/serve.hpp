#pragma once

#include "config/settings.hpp"

namespace polar_flow::commands {

/// Runs the server until SIGTERM or SIGINT. Returns the process's exit code: 0 after a clean
/// stop, 1 when something needed could not be started (the log says what).
int serve(const settings& values);

} // namespace polar_flow::commands
