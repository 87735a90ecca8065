#pragma once

#include "domain/errc.hpp"

#include <functional>
#include <stop_token>
#include <thread>

namespace polar_flow::storage {

/// Looks after a PostgreSQL on a thread of its own and starts it again whenever it has ended, until
/// it is destroyed.
class cluster_keeper {
public:
  /// What the keeper's thread asks and does; nobody else may do it meanwhile. `start` must end soon
  /// when a stop is requested; what it fails with is logged.
  struct duties {
    std::function<bool()> has_ended;
    std::function<result<void>(const std::stop_token& stopping)> start;
  };

  explicit cluster_keeper(duties work);

private:
  std::jthread thread_;
};

} // namespace polar_flow::storage
