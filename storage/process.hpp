#pragma once

#include "domain/errc.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace polar_flow::storage {

/// Whom a program runs as.
struct process_owner {
  uid_t user = 0;
  gid_t group = 0;
};

/// What ends together with the process that started it.
enum class lifetime { independent, ends_with_parent };

struct program {
  std::filesystem::path executable;
  std::vector<std::string> arguments;
  /// Absent: as ourselves.
  std::optional<process_owner> owner;
  std::filesystem::path working_directory;
  /// Standard output and error go to its end; it is opened by us, before we change the user.
  std::filesystem::path log_file;
  lifetime ends = lifetime::independent;
};

/// Starts the program in a session of its own, so that a Ctrl-C in our terminal is not for it.
/// No shell is involved, our environment and open files are not handed on.
result<pid_t> start_program(const program& what);

/// Exit code of a child that could not even begin; no program of PostgreSQL ends with these.
inline constexpr int exit_code_no_directory = 125;
inline constexpr int exit_code_no_program = 126;
inline constexpr int exit_code_no_user = 127;

/// The exit code of child `pid` if it has ended by now (128 + signal number when killed).
std::optional<int> reap(pid_t pid);

/// Waits for the end of child `pid`; kills its whole group when `patience` runs out, which is the
/// error deadline_exceeded.
result<int> wait_for_exit(pid_t pid, std::chrono::seconds patience);

/// Whether a process with this id exists. A zombie counts.
bool is_alive(pid_t pid);

} // namespace polar_flow::storage
