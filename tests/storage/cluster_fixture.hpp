#pragma once

#include "storage/cluster_files.hpp"
#include "storage/embedded_cluster.hpp"
#include "storage/migrate.hpp"
#include "tests/storage/store_fixture.hpp"

#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace polar_flow::storage {

/// Copies with owners, which std::filesystem::copy leaves behind.
inline void copy_tree(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  struct stat info {};
  for (const auto& entry : std::filesystem::recursive_directory_iterator{from}) {
    const auto twin = to / std::filesystem::relative(entry.path(), from);
    stat(entry.path().c_str(), &info);
    BOOST_REQUIRE(chown(twin.c_str(), info.st_uid, info.st_gid) == 0);
  }
  stat(from.c_str(), &info);
  BOOST_REQUIRE(chown(to.c_str(), info.st_uid, info.st_gid) == 0);
}

/// A whole cluster at rest. Most tests begin with a copy, because initdb takes its time.
inline const std::filesystem::path& finished_cluster(const storage_settings& settings) {
  static const testing::temporary_dir folder;
  static const std::filesystem::path data_dir = folder.path() / "data";
  if (!std::filesystem::exists(data_dir)) {
    auto elsewhere = settings;
    elsewhere.data_dir = data_dir;
    require_value(embedded_cluster::start(elsewhere, embedded_cluster::durability::disposable));
  }
  static const std::filesystem::path cluster_dir = data_dir / "postgresql";
  return cluster_dir;
}

struct cluster_fixture {
  testing::temporary_dir folder;
  storage_settings settings = settings_for(folder.path() / "data");

  static storage_settings settings_for(const std::filesystem::path& data_dir) {
    storage_settings made;
    made.data_dir = data_dir;
    made.read_connections = 2;
    made.write_connections = 2;
    made.connect_timeout = 30s;
    made.statement_timeout = 30s;
    return made;
  }

  std::filesystem::path cluster_dir() const {
    return settings.data_dir / "postgresql";
  }

  /// Begins with a cluster that an earlier run left in order.
  void have_cluster() const {
    std::filesystem::create_directories(settings.data_dir);
    copy_tree(finished_cluster(settings), cluster_dir());
  }

  /// 0 when none runs.
  pid_t running_pid() const {
    const auto file = read_postmaster_file(cluster_dir());
    return file && is_postmaster_of(file->pid, cluster_dir()) ? file->pid : 0;
  }

  /// What a server does that is killed with kill -9: PostgreSQL stays behind.
  void start_and_abandon() const {
    have_cluster();
    const auto child = fork();
    if (child == 0) {
      auto cluster = embedded_cluster::start(settings);
      _exit(cluster ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    BOOST_REQUIRE_EQUAL(status, 0);
    BOOST_REQUIRE(running_pid() != 0);
  }

  static std::string ask(const embedded_cluster& cluster, const std::string& sql) {
    pqxx::connection connection{cluster.database_url()};
    pqxx::nontransaction tx{connection};
    const auto rows = tx.exec(sql);
    return rows.empty() ? "" : rows[0][0].c_str();
  }
};

} // namespace polar_flow::storage
