#pragma once

#include "domain/errc.hpp"
#include "storage/process.hpp"

#include <filesystem>
#include <optional>
#include <string>

/// What the embedded cluster finds and leaves in the file system.
namespace polar_flow::storage {

/// Holds `flock` on a file for as long as it lives; the system lets go when the process dies.
class file_lock {
public:
  /// nullopt when another process holds it.
  static result<std::optional<file_lock>> try_lock(const std::filesystem::path& file);

  file_lock(file_lock&& other) noexcept;
  file_lock& operator=(file_lock&& other) noexcept;
  ~file_lock();

private:
  explicit file_lock(int descriptor) : descriptor_{descriptor} {
    // nop
  }

  int descriptor_ = -1;
};

/// Directory with `initdb` and `postgres`. `wanted` counts alone if given; else the newest of
/// /usr/lib/postgresql, or of `major` if that is given, else that of the PATH.
result<std::filesystem::path> find_bin_dir(const std::optional<std::filesystem::path>& wanted,
                                           std::optional<int> major);

/// The first line of `PG_VERSION`; nullopt when there is no cluster in the directory.
std::optional<int> read_cluster_version(const std::filesystem::path& cluster_dir);

/// Who shall run a cluster: ourselves, or, when we are root (as whom PostgreSQL refuses to run),
/// the owner of what is there already, else the user `postgres` of PostgreSQL's package.
result<std::optional<process_owner>> choose_owner(const std::filesystem::path& cluster_dir);

/// What a running PostgreSQL says in its `postmaster.pid`.
struct postmaster_file {
  pid_t pid = 0;
  std::filesystem::path socket_dir;
  /// It accepts connections; otherwise it starts, recovers or stops.
  bool is_ready = false;
};

std::optional<postmaster_file> read_postmaster_file(const std::filesystem::path& cluster_dir);

/// Whether process `pid` is a PostgreSQL that was started on `cluster_dir`, and not a stranger who
/// got the number of a dead one.
bool is_postmaster_of(pid_t pid, const std::filesystem::path& cluster_dir);

/// PostgreSQL refuses to start while the process of its old `postmaster.pid` lives, even if that is
/// a stranger who got the number. Puts a number there that no process has; the rest of the file
/// stays, because PostgreSQL uses it to look for surviving children. Only for a file whose process
/// is no postmaster of this directory.
void disown_postmaster_file(const std::filesystem::path& cluster_dir);

/// A directory for the socket that only `owner` (and root) can enter: beside the data, or a short
/// one when that path is too long for a socket or hard to quote.
result<std::filesystem::path> make_socket_dir(const std::filesystem::path& data_dir,
                                              const std::optional<process_owner>& owner);

/// Creates `directory` with mode 0700 for `owner`, or accepts it when it is just that already.
result<void> make_private_dir(const std::filesystem::path& directory,
                              const std::optional<process_owner>& owner);

} // namespace polar_flow::storage
