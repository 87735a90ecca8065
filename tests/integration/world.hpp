#pragma once

#include "tests/support/server_fixture.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace polar_flow::testing {

/// Where the wall clock of all processes of a test stands: a Friday morning, so that nothing
/// changes its day in the middle of a test.
inline constexpr const char* test_instant = "2026-03-20T10:00:00Z";

struct world_options {
  int athletes = 1;
  /// Added to the server's environment.
  std::map<std::string, std::string> environment = {};
  std::vector<std::string> simulator_arguments = {};
};

/// One simulator and one server in a folder of their own, both at `test_instant`.
class world {
public:
  explicit world(const world_options& options);

  const std::filesystem::path& folder() const {
    return folder_.path();
  }

  simulator_process& simulator() {
    return *simulator_;
  }

  server_process& server() {
    return *server_;
  }

  const server_options& options() const {
    return options_;
  }

  /// Moves the clock of server and simulator.
  void set_clock(const std::string& instant);

  /// From its next start on the server listens where it does now, and Polar's webhooks come there.
  void keep_address();

  /// From its next start on the server has this in its environment.
  void set_option(const std::string& name, const std::string& value);

  /// Starts the server again, on the same data, after it ended.
  void restart_server();

private:
  server_folder folder_;
  std::unique_ptr<simulator_process> simulator_;
  server_options options_;
  std::unique_ptr<server_process> server_;
};

/// Options of a server that has nothing to sync from; all its files are below `folder`.
server_options lonely_options(const std::filesystem::path& folder);

/// Writes `test_instant` into a file and returns its path.
std::filesystem::path write_clock(const std::filesystem::path& folder);

/// Moves the clock that `write_clock` made.
std::filesystem::path write_instant(const std::filesystem::path& folder,
                                    const std::string& instant);

} // namespace polar_flow::testing
