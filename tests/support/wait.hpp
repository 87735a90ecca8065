#pragma once

#include <chrono>
#include <functional>

namespace polar_flow::testing {

/// The one place where a process-level test waits for another process: asks `condition` again
/// and again, with a short pause in between, until it holds or `time_limit` has passed. Returns
/// whether it held.
bool wait_until(const std::function<bool()>& condition, std::chrono::milliseconds time_limit);

/// As above with a pause of one's own; zero asks as fast as the machine can.
bool wait_until(const std::function<bool()>& condition, std::chrono::milliseconds time_limit,
                std::chrono::microseconds pause);

} // namespace polar_flow::testing
