#include "tests/support/wait.hpp"

#include <ctime>
#include <poll.h>

namespace polar_flow::testing {

namespace {

/// Short beside anything that a test waits for, long enough to leave the processor to the others.
constexpr std::chrono::milliseconds default_pause{10};

} // namespace

bool wait_until(const std::function<bool()>& condition, std::chrono::milliseconds time_limit) {
  return wait_until(condition, time_limit, default_pause);
}

bool wait_until(const std::function<bool()>& condition, std::chrono::milliseconds time_limit,
                std::chrono::microseconds pause) {
  const auto deadline = std::chrono::steady_clock::now() + time_limit;
  const timespec pause_time{0, pause.count() * 1000};
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline)
      return false;
    ppoll(nullptr, 0, &pause_time, nullptr);
  }
  return true;
}

} // namespace polar_flow::testing
