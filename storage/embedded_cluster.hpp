#pragma once

#include "config/settings.hpp"
#include "domain/errc.hpp"

#include <memory>
#include <optional>
#include <string>

namespace polar_flow::storage {

/// A private PostgreSQL in `data_dir/postgresql`: Unix socket only, run as an unprivileged user
/// when we are root. `start` creates it on the first start (in a temporary folder that is renamed
/// when whole, so a kill in the middle is repaired by the next start), adopts one that a killed
/// server left running, recovers one that crashed. One server per data directory: a second one
/// is refused with a clear message (lock file).
class embedded_cluster {
public:
  /// `disposable` is for tests: no fsync, and PostgreSQL ends with the thread that started it.
  enum class durability { full, disposable };

  static result<std::unique_ptr<embedded_cluster>> start(const storage_settings& settings,
                                                         durability kind = durability::full);

  /// Stops PostgreSQL ("fast" mode) if `stop` was not called.
  ~embedded_cluster();

  /// libpq connection string of the database `polar_flow`.
  const std::string& database_url() const;

  result<void> stop();

private:
  struct impl;
  explicit embedded_cluster(std::unique_ptr<impl> implementation);

  std::unique_ptr<impl> impl_;
};

/// Connection string of the cluster that a running server keeps in `settings.data_dir`; nullopt
/// when no server runs there, or its PostgreSQL is not ready.
std::optional<std::string> find_served_database(const storage_settings& settings);

} // namespace polar_flow::storage
