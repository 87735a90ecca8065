#pragma once

#include "domain/time.hpp"

#include <filesystem>
#include <memory>

namespace polar_flow {

/// Where the server reads the time of day. Injected everywhere, so that tests decide what time
/// it is. May be called from any thread.
class wall_clock {
public:
  virtual ~wall_clock() = default;

  virtual instant now() const = 0;
};

/// The machine's clock.
std::shared_ptr<const wall_clock> make_system_clock();

/// A clock that shows the RFC 3339 instant written in `file`, read afresh on every call, so that
/// whole processes live in virtual days. While the file cannot be read it shows the last value.
/// Only builds with `POLAR_FLOW_TEST_CLOCK` let a process choose it.
std::shared_ptr<const wall_clock> make_file_clock(std::filesystem::path file);

} // namespace polar_flow
