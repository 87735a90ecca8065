#include "storage/served_cluster.hpp"

#include "storage/cluster_files.hpp"
#include "storage/cluster_layout.hpp"

#include <chrono>
#include <filesystem>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace polar_flow::storage {

namespace {

/// What a person who has asked for the end twice is still made to wait.
constexpr std::chrono::milliseconds hurried_stop_patience = std::chrono::seconds{5};

/// Only looks: whoever waits for the child still can.
bool is_running_child(pid_t pid) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0
         && info.si_pid == 0;
}

} // namespace

std::optional<std::string> find_served_database(const storage_settings& settings) {
  std::error_code ignored;
  const auto data_dir = absolute_data_dir(settings);
  const auto cluster_dir = cluster_dir_in(data_dir);
  if (!std::filesystem::exists(lock_file_in(data_dir), ignored))
    return std::nullopt;
  // Whoever gets the lock has proved that no server runs; it is let go at once.
  const auto lock = file_lock::try_lock(lock_file_in(data_dir));
  if (!lock || *lock)
    return std::nullopt;
  const auto file = read_postmaster_file(cluster_dir);
  if (!file || !file->is_ready || !is_postmaster_of(file->pid, cluster_dir))
    return std::nullopt;
  return connection_string(file->socket_dir, "polar_flow");
}

void stop_child_cluster(const storage_settings& settings) {
  const auto cluster_dir = cluster_dir_in(absolute_data_dir(settings));
  const auto file = read_postmaster_file(cluster_dir);
  if (!file || !is_postmaster_of(file->pid, cluster_dir) || !is_running_child(file->pid))
    return;
  // glibc's own function is declared for C only.
  const auto process = static_cast<int>(syscall(SYS_pidfd_open, file->pid, 0));
  // "Fast": ends sessions, rolls their transactions back, writes everything, stops.
  kill(file->pid, SIGINT);
  pollfd end{.fd = process, .events = POLLIN, .revents = 0};
  poll(&end, 1, static_cast<int>(hurried_stop_patience.count()));
  close(process);
}

} // namespace polar_flow::storage
