#define BOOST_TEST_DYN_LINK
#include "storage/cluster_files.hpp"
#include "storage/embedded_cluster.hpp"
#include "storage/migrate.hpp"
#include "tests/storage/store_fixture.hpp"

#include <fstream>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace polar_flow::storage {

namespace fs = std::filesystem;

namespace {

/// Copies with owners, which std::filesystem::copy leaves behind.
void copy_tree(const fs::path& from, const fs::path& to) {
  fs::copy(from, to, fs::copy_options::recursive);
  struct stat info {};
  for (const auto& entry : fs::recursive_directory_iterator{from}) {
    const auto twin = to / fs::relative(entry.path(), from);
    stat(entry.path().c_str(), &info);
    BOOST_REQUIRE(chown(twin.c_str(), info.st_uid, info.st_gid) == 0);
  }
  stat(from.c_str(), &info);
  BOOST_REQUIRE(chown(to.c_str(), info.st_uid, info.st_gid) == 0);
}

/// A whole cluster at rest. Most tests begin with a copy, because initdb takes its time.
const fs::path& finished_cluster(const storage_settings& settings) {
  static const testing::temporary_dir folder;
  static const fs::path data_dir = folder.path() / "data";
  if (!fs::exists(data_dir)) {
    auto elsewhere = settings;
    elsewhere.data_dir = data_dir;
    require_value(embedded_cluster::start(elsewhere, embedded_cluster::durability::disposable));
  }
  static const fs::path cluster_dir = data_dir / "postgresql";
  return cluster_dir;
}

struct cluster_fixture {
  testing::temporary_dir folder;
  storage_settings settings = settings_for(folder.path() / "data");

  static storage_settings settings_for(const fs::path& data_dir) {
    storage_settings made;
    made.data_dir = data_dir;
    made.read_connections = 2;
    made.write_connections = 2;
    made.connect_timeout = 30s;
    made.statement_timeout = 30s;
    return made;
  }

  fs::path cluster_dir() const {
    return settings.data_dir / "postgresql";
  }

  /// Begins with a cluster that an earlier run left in order.
  void have_cluster() const {
    fs::create_directories(settings.data_dir);
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

} // namespace

BOOST_FIXTURE_TEST_SUITE(embedded, cluster_fixture)

BOOST_AUTO_TEST_CASE(the_first_start_creates_and_the_second_keeps) {
  {
    const auto cluster = require_value(embedded_cluster::start(settings));
    require_value(migrate({cluster->database_url(), 30s, 30s}));
    ask(*cluster, "CREATE TABLE kept AS SELECT 42 AS answer");
    BOOST_TEST(ask(*cluster, "SHOW listen_addresses") == "");
    BOOST_TEST(ask(*cluster, "SHOW fsync") == "on");
    BOOST_TEST(ask(*cluster, "SHOW server_encoding") == "UTF8");
    require_value(cluster->stop());
    BOOST_TEST(running_pid() == 0);
    require_value(cluster->stop());
  }
  const auto cluster = require_value(embedded_cluster::start(settings));
  BOOST_TEST(ask(*cluster, "SELECT answer FROM kept") == "42");
}

BOOST_AUTO_TEST_CASE(the_end_of_the_object_is_the_end_of_postgresql) {
  have_cluster();
  require_value(embedded_cluster::start(settings));
  BOOST_TEST(running_pid() == 0);
  BOOST_TEST(!fs::exists(cluster_dir() / "postmaster.pid"));
}

BOOST_AUTO_TEST_CASE(only_its_owner_can_reach_it) {
  have_cluster();
  const auto cluster = require_value(embedded_cluster::start(settings));
  const auto file = read_postmaster_file(cluster_dir());
  BOOST_REQUIRE(file.has_value());
  struct stat info {};
  BOOST_REQUIRE(stat(file->socket_dir.c_str(), &info) == 0);
  BOOST_TEST((info.st_mode & 0777) == 0700u);
  BOOST_REQUIRE(stat(("/proc/" + std::to_string(file->pid)).c_str(), &info) == 0);
  BOOST_TEST(info.st_uid != 0u);
}

BOOST_AUTO_TEST_CASE(a_second_server_is_refused) {
  have_cluster();
  const auto cluster = require_value(embedded_cluster::start(settings));
  const auto second = embedded_cluster::start(settings);
  BOOST_TEST(code_of(second) == errc::storage_failed);
  BOOST_TEST(second.error().message.find("another polar-flow-server") != std::string::npos);
  BOOST_TEST(ask(*cluster, "SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(an_orphan_is_adopted_and_stopped_in_the_end) {
  start_and_abandon();
  const auto orphan = running_pid();
  {
    const auto cluster = require_value(embedded_cluster::start(settings));
    BOOST_TEST(running_pid() == orphan);
    BOOST_TEST(ask(*cluster, "SELECT 1") == "1");
  }
  BOOST_TEST(running_pid() == 0);
}

BOOST_AUTO_TEST_CASE(an_orphan_that_is_stopping_is_waited_for) {
  start_and_abandon();
  kill(running_pid(), SIGTERM);
  const auto cluster = require_value(embedded_cluster::start(settings));
  BOOST_TEST(ask(*cluster, "SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(a_crashed_cluster_recovers_what_was_committed) {
  start_and_abandon();
  {
    const auto file = read_postmaster_file(cluster_dir());
    BOOST_REQUIRE(file.has_value());
    pqxx::connection connection{"host=" + file->socket_dir.string()
                                + " user=polar_flow dbname=polar_flow"};
    pqxx::nontransaction tx{connection};
    tx.exec("CREATE TABLE kept AS SELECT 42 AS answer");
    kill(file->pid, SIGKILL);
  }
  const auto cluster = require_value(embedded_cluster::start(settings));
  BOOST_TEST(ask(*cluster, "SELECT answer FROM kept") == "42");
}

BOOST_AUTO_TEST_CASE(a_stranger_with_the_old_number_does_not_matter) {
  have_cluster();
  // As after a power cut: the file is still there, and its number belongs to somebody by now.
  std::ofstream{cluster_dir() / "postmaster.pid"} << getpid() << '\n'
                                                  << cluster_dir().string()
                                                  << "\n1700000000\n5432\n/nowhere\n\n"
                                                  << "  5432001         0\nready   \n";
  const auto cluster = require_value(embedded_cluster::start(settings));
  BOOST_TEST(ask(*cluster, "SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(a_first_start_that_was_killed_is_done_again) {
  const auto half = settings.data_dir / "postgresql.new";
  fs::create_directories(half / "base");
  std::ofstream{half / "PG_VERSION"} << "15\n";
  fs::create_directories(settings.data_dir / "postgresql.new.abc123");
  const auto cluster = require_value(embedded_cluster::start(settings));
  BOOST_TEST(ask(*cluster, "SELECT 1") == "1");
  BOOST_TEST(!fs::exists(half));
  BOOST_TEST(!fs::exists(settings.data_dir / "postgresql.new.abc123"));
}

BOOST_AUTO_TEST_CASE(a_first_start_that_ended_before_the_database_was_made_is_completed) {
  have_cluster();
  {
    const auto cluster = require_value(embedded_cluster::start(settings));
    pqxx::connection connection{cluster->database_url() + " dbname=postgres"};
    pqxx::nontransaction{connection}.exec("DROP DATABASE polar_flow");
  }
  const auto cluster = require_value(embedded_cluster::start(settings));
  BOOST_TEST(ask(*cluster, "SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(a_long_path_gets_a_short_socket) {
  settings.data_dir = folder.path() / std::string(90, 'l') / "with space" / "data";
  have_cluster();
  fs::path socket_dir;
  {
    const auto cluster = require_value(embedded_cluster::start(settings));
    BOOST_TEST(ask(*cluster, "SELECT 1") == "1");
    socket_dir = read_postmaster_file(cluster_dir())->socket_dir;
    BOOST_TEST(socket_dir.string().size() < 60u);
  }
  BOOST_TEST(!fs::exists(socket_dir));
}

BOOST_AUTO_TEST_CASE(something_else_in_its_place_is_left_alone) {
  fs::create_directories(cluster_dir());
  std::ofstream{cluster_dir() / "precious"} << "data";
  const auto outcome = embedded_cluster::start(settings);
  BOOST_TEST(code_of(outcome) == errc::storage_failed);
  BOOST_TEST(fs::exists(cluster_dir() / "precious"));
}

BOOST_AUTO_TEST_CASE(a_folder_that_postgresql_cannot_enter_is_explained) {
  if (geteuid() != 0) {
    BOOST_TEST_MESSAGE("only root runs PostgreSQL as somebody else");
    return;
  }
  chmod(folder.path().c_str(), 0700);
  const auto outcome = embedded_cluster::start(settings);
  BOOST_TEST(code_of(outcome) == errc::storage_failed);
  BOOST_TEST(outcome.error().message.find("cannot enter") != std::string::npos);
  BOOST_TEST(!fs::exists(cluster_dir()));
}

BOOST_AUTO_TEST_CASE(a_cluster_that_does_not_start_says_where_to_look) {
  have_cluster();
  fs::remove(cluster_dir() / "global" / "pg_control");
  const auto outcome = embedded_cluster::start(settings);
  BOOST_TEST(code_of(outcome) == errc::storage_failed);
  BOOST_TEST(outcome.error().message.find("postgresql.log") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
