#define BOOST_TEST_DYN_LINK
#include "storage/cluster_layout.hpp"
#include "storage/served_cluster.hpp"
#include "tests/storage/cluster_fixture.hpp"

namespace polar_flow::storage {

BOOST_FIXTURE_TEST_SUITE(served_cluster, cluster_fixture)

BOOST_AUTO_TEST_CASE(a_served_database_is_found_while_a_server_has_it) {
  BOOST_TEST(!find_served_database(settings).has_value());
  // Looking leaves no trace.
  BOOST_TEST(!std::filesystem::exists(settings.data_dir));
  have_cluster();
  {
    const auto cluster = require_value(embedded_cluster::start(settings));
    const auto url = find_served_database(settings);
    BOOST_REQUIRE(url.has_value());
    BOOST_TEST(*url == cluster->database_url());
    pqxx::connection connection{*url};
    BOOST_TEST(connection.is_open());
  }
  BOOST_TEST(!find_served_database(settings).has_value());
  // A server that holds the lock, but whose PostgreSQL is not up yet.
  const auto lock = require_value(file_lock::try_lock(lock_file_in(settings.data_dir)));
  BOOST_TEST(!find_served_database(settings).has_value());
}

BOOST_AUTO_TEST_CASE(an_orphan_is_no_served_database) {
  start_and_abandon();
  BOOST_TEST(!find_served_database(settings).has_value());
  // Nor is it a child of ours.
  const auto orphan = running_pid();
  stop_child_cluster(settings);
  BOOST_TEST(running_pid() == orphan);
  require_value(embedded_cluster::start(settings));
}

BOOST_AUTO_TEST_CASE(a_child_can_be_stopped_from_beside_its_object) {
  have_cluster();
  const auto cluster = require_value(embedded_cluster::start(settings));
  stop_child_cluster(settings);
  BOOST_TEST(running_pid() == 0);
  BOOST_TEST(!std::filesystem::exists(cluster_dir() / "postmaster.pid"));
  stop_child_cluster(settings);
  require_value(cluster->stop());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
