#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace polar_flow::testing {

struct process_options {
  std::filesystem::path program;
  std::vector<std::string> arguments = {};
  /// Added to PATH, HOME and the sanitizers' options, which are all that is inherited: a
  /// developer's own API_KEY or DATABASE_URL must not reach a test.
  std::map<std::string, std::string> environment = {};
  std::filesystem::path working_dir = {};
  std::filesystem::path output_file = {};
  std::filesystem::path error_file = {};
};

/// How a process ended: with an exit code, or by a signal.
struct process_end {
  std::optional<int> exit_code;
  std::optional<int> signal;

  bool operator==(const process_end&) const = default;
};

std::string to_string(const process_end& end);

/// A program that a test started. Killed and reaped at the latest by the destructor, and asked to
/// end (SIGTERM) by the kernel if the test itself dies.
class child_process {
public:
  /// Throws std::runtime_error when the program cannot be started.
  explicit child_process(const process_options& options);

  ~child_process();

  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;

  pid_t pid() const;

  bool is_running();

  void send_signal(int signal_number);

  /// nullopt while it still runs after `time_limit`.
  std::optional<process_end> wait_for_end(std::chrono::milliseconds time_limit);

  /// SIGKILL, and reaps.
  void kill();

private:
  pid_t pid_ = -1;
  int pid_descriptor_ = -1;
  std::optional<process_end> end_;
};

/// What a short command said.
struct command_result {
  process_end end;
  std::string output;
  std::string errors;
};

/// Runs a program to its end. Throws std::runtime_error when it takes longer than `time_limit`.
command_result run_command(process_options options, std::chrono::milliseconds time_limit);

/// Whether a process with this id exists and is more than a zombie.
bool is_alive(pid_t pid);

/// Waits for a process that need not be our child.
bool wait_for_end_of(pid_t pid, std::chrono::milliseconds time_limit);

std::string read_text(const std::filesystem::path& file);

/// A new folder under the system's temporary folder, removed with everything in it at the end.
/// Its name is short, because Unix socket paths have little room, and other users may walk
/// through, because PostgreSQL runs as another user when a test runs as root.
class temporary_folder {
public:
  temporary_folder();
  ~temporary_folder();

  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;

  const std::filesystem::path& path() const;

private:
  std::filesystem::path path_;
};

/// Folder with the programs under test, from POLAR_FLOW_BUILD_DIR. Throws std::runtime_error when
/// that is not set.
std::filesystem::path build_dir();

} // namespace polar_flow::testing
