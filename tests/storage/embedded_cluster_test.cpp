#define BOOST_TEST_DYN_LINK
#include "storage/cluster_layout.hpp"
#include "storage/session.hpp"
#include "tests/storage/cluster_fixture.hpp"
#include "tests/support/wait.hpp"

#include <fstream>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

namespace polar_flow::storage {

namespace fs = std::filesystem;

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

BOOST_AUTO_TEST_CASE(one_that_dies_is_started_again_until_it_is_stopped) {
  have_cluster();
  const auto cluster = require_value(embedded_cluster::start(settings));
  cluster->keep_running();
  const auto url = cluster->database_url();
  for (int death = 0; death < 2; ++death) {
    const auto killed = running_pid();
    BOOST_REQUIRE(killed != 0);
    kill(killed, SIGKILL);
    BOOST_REQUIRE(testing::wait_until(
        [&] {
          const auto running = running_pid();
          return running != 0 && running != killed
                 && session{{url, 5s, 5s}}.open().has_value();
        },
        60s));
  }
  require_value(cluster->stop());
  BOOST_TEST(running_pid() == 0);
}

BOOST_AUTO_TEST_CASE(a_second_server_is_refused) {
  have_cluster();
  const auto cluster = require_value(embedded_cluster::start(settings));
  const auto second = embedded_cluster::start(settings);
  BOOST_TEST(code_of(second) == errc::storage_failed);
  BOOST_TEST(second.error().message.find("another polar-flow-server") != std::string::npos);
  BOOST_TEST(ask(*cluster, "SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(a_lock_that_is_held_for_a_moment_is_waited_for) {
  have_cluster();
  auto lock = require_value(file_lock::try_lock(lock_file_in(settings.data_dir)));
  BOOST_REQUIRE(lock.has_value());
  // Asked after the first try: by then the other one has seen what it wanted to see.
  const auto let_go = [&lock] {
    lock.reset();
    return false;
  };
  const auto cluster = require_value(
      embedded_cluster::start(settings, embedded_cluster::durability::full, let_go));
  BOOST_TEST(ask(*cluster, "SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(a_start_that_is_not_wanted_any_more_leaves_nothing_running) {
  have_cluster();
  for (const int questions : {0, 1, 2}) {
    int left = questions;
    const auto outcome = embedded_cluster::start(settings, embedded_cluster::durability::full,
                                                 [&left] { return left-- == 0; });
    BOOST_TEST(code_of(outcome) == errc::shutting_down);
    BOOST_TEST(running_pid() == 0);
  }
  const auto lock = require_value(file_lock::try_lock(lock_file_in(settings.data_dir)));
  const auto outcome = embedded_cluster::start(settings, embedded_cluster::durability::full,
                                               [] { return true; });
  BOOST_TEST(code_of(outcome) == errc::shutting_down);
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
