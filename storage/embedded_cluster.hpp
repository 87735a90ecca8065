#pragma once

#include "config/settings.hpp"
#include "domain/errc.hpp"

#include <functional>
#include <memory>
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

  /// Asked again and again while a start waits; true breaks it off with `shutting_down`.
  using unwanted = std::function<bool()>;

  static result<std::unique_ptr<embedded_cluster>>
  start(const storage_settings& settings, durability kind = durability::full,
        unwanted is_unwanted = [] { return false; });

  /// Stops PostgreSQL ("fast" mode) if `stop` was not called.
  ~embedded_cluster();

  /// libpq connection string of the database `polar_flow`.
  const std::string& database_url() const;

  /// From here until `stop`, a PostgreSQL that ends without being asked is started again, as often
  /// as it takes; meanwhile the database is unreachable. `database_url` stays the same.
  void keep_running();

  result<void> stop();

private:
  struct impl;
  explicit embedded_cluster(std::unique_ptr<impl> implementation);

  std::unique_ptr<impl> impl_;
};

} // namespace polar_flow::storage
