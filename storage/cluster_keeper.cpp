#include "storage/cluster_keeper.hpp"

#include "telemetry/log.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace polar_flow::storage {

namespace {

/// What readers and writers go without PostgreSQL before anybody notices.
constexpr std::chrono::milliseconds look_interval{500};

/// Between attempts to start a PostgreSQL that does not start; each is logged.
constexpr std::chrono::seconds failure_pause{5};

void pause(const std::stop_token& stopping, std::chrono::milliseconds time) {
  std::mutex unshared;
  std::condition_variable_any never;
  std::unique_lock guard{unshared};
  never.wait_for(guard, stopping, time, [] { return false; });
}

void keep(const std::stop_token& stopping, const cluster_keeper::duties& work) {
  for (pause(stopping, look_interval); !stopping.stop_requested();
       pause(stopping, look_interval)) {
    if (!work.has_ended())
      continue;
    telemetry::log_error("PostgreSQL has ended; starting it again");
    if (const auto started = work.start(stopping)) {
      telemetry::log_info("PostgreSQL runs again");
    } else if (!stopping.stop_requested()) {
      telemetry::log_error("PostgreSQL could not be started again",
                           {{"reason", started.error().message}});
      pause(stopping, failure_pause);
    }
  }
}

} // namespace

cluster_keeper::cluster_keeper(duties work)
    : thread_{[work = std::move(work)](const std::stop_token& stopping) {
        keep(stopping, work);
      }} {
  // nop
}

} // namespace polar_flow::storage
