// Goal: two servers on one database would refuse each other's writes, so the second one must not
// begin. Method: two locks on one migrated database, in one process.
#define BOOST_TEST_DYN_LINK
#include "storage/serving_lock.hpp"
#include "tests/storage/store_fixture.hpp"

#include <optional>

namespace polar_flow::storage {

BOOST_FIXTURE_TEST_SUITE(serving_locks, store_fixture)

bool always_wanted() {
  return false;
}

BOOST_AUTO_TEST_CASE(a_second_server_is_refused_and_told_who_serves) {
  require_value(db->take_all_shards("host-a/17", now));
  std::optional first = require_value(serving_lock::take(options, 0s, always_wanted));
  const auto second = serving_lock::take(options, 0s, always_wanted);
  BOOST_REQUIRE((code_of(second) == errc::storage_failed));
  BOOST_TEST(second.error().message
             == "another polar-flow-server (host-a/17) serves this database; stop it, or name "
                "another DATABASE_URL");
  first.reset();
  BOOST_TEST(serving_lock::take(options, 30s, always_wanted).has_value());
}

BOOST_AUTO_TEST_CASE(a_server_that_is_ending_is_waited_for) {
  std::optional first = require_value(serving_lock::take(options, 0s, always_wanted));
  // Asked after the first try.
  const auto let_go = [&first] {
    first.reset();
    return false;
  };
  BOOST_TEST(serving_lock::take(options, 30s, let_go).has_value());
}

BOOST_AUTO_TEST_CASE(the_wait_can_be_broken_off) {
  const auto first = require_value(serving_lock::take(options, 0s, always_wanted));
  const auto second = serving_lock::take(options, 30s, [] { return true; });
  BOOST_TEST((code_of(second) == errc::shutting_down));
}

BOOST_AUTO_TEST_CASE(other_databases_have_locks_of_their_own) {
  const auto elsewhere = testing::test_postgres::instance().create_migrated_database();
  const auto first = require_value(serving_lock::take(options, 0s, always_wanted));
  BOOST_TEST(serving_lock::take(elsewhere, 0s, always_wanted).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
