#pragma once

#include "storage/store.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace polar_flow::testing {

/// A folder of its own under the system's temporary one, gone when the object is.
class temporary_dir {
public:
  temporary_dir();
  ~temporary_dir();

  temporary_dir(const temporary_dir&) = delete;
  temporary_dir& operator=(const temporary_dir&) = delete;

  const std::filesystem::path& path() const {
    return path_;
  }

private:
  std::filesystem::path path_;
};

/// A private PostgreSQL for the whole test program, started on first use and stopped at its end.
/// It is the embedded cluster itself, without fsync.
class test_postgres {
public:
  static test_postgres& instance();

  /// Options for a fresh, empty database.
  storage::connect_options create_database();

  /// Options for a fresh database with the schema.
  storage::connect_options create_migrated_database();

  /// Of the database that other databases are created from; also for statements about the server.
  const std::string& maintenance_url() const;

private:
  test_postgres();
  ~test_postgres();

  struct impl;
  std::unique_ptr<impl> impl_;
};

/// The claims of all shards, as the single node of a test.
class test_shards {
public:
  test_shards(storage::store& store, instant now);

  shard_claim claim_for(const user_id& user) const;

private:
  std::vector<std::int64_t> epochs_;
};

} // namespace polar_flow::testing
