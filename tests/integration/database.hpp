#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace polar_flow::testing {

/// A look into the server's embedded PostgreSQL past the server, for what no endpoint shows.
class database {
public:
  /// Connects to the PostgreSQL that works below `folder`. Throws when there is none.
  explicit database(const std::filesystem::path& folder);
  ~database();

  database(const database&) = delete;
  database& operator=(const database&) = delete;

  /// The first column of the first row, which must be a number. `$1` in the statement is `user`.
  std::int64_t count(const std::string& statement, const std::string& user);

  /// The first column of every row as text.
  std::vector<std::string> column(const std::string& statement, const std::string& user);

  const std::string& connection_string() const;

  /// From now on nothing waits for the disk, also after a restart of PostgreSQL. Processes that are
  /// killed lose nothing by it: what was written is in the system's cache.
  void trust_the_system_cache();

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace polar_flow::testing
