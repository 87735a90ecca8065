#define BOOST_TEST_DYN_LINK
#include "actors/lease.hpp"
#include "tests/actors/fakes.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;

BOOST_FIXTURE_TEST_SUITE(lease_rules, testing::node_fixture)

BOOST_AUTO_TEST_CASE(claims_only_what_it_took) {
  use_fake_store();
  auto book = std::make_shared<shard_epochs>();
  const lease_actor owner = system.spawn(lease, env, book);
  use(&node_actors::lease, owner);
  const user_id user{"1001"};
  BOOST_TEST(
      (get<shard_claim>(owner, claim_shard{user}).error().code == errc::storage_unavailable));
  BOOST_TEST((get<done>(owner, check_lease{}).error().code == errc::storage_unavailable));
  BOOST_TEST(get<done>(owner, take_all_shards{"node", clock->now()}).has_value());
  BOOST_TEST(get<done>(owner, check_lease{}).has_value());
  const auto claim = get<shard_claim>(owner, claim_shard{user});
  BOOST_REQUIRE(claim);
  BOOST_TEST(claim->shard == shard_of(user));
  BOOST_TEST(claim->epoch == 1);
  // A lease that is started again still knows what the node owns.
  const lease_actor successor = system.spawn(lease, env, book);
  use(&node_actors::lease, successor);
  BOOST_TEST(get<shard_claim>(successor, claim_shard{user}).has_value());
}

BOOST_AUTO_TEST_CASE(passes_the_stores_error_on) {
  use_fake_store();
  data->failures["take_all_shards"] = {{errc::storage_unavailable, "gone"}};
  const lease_actor owner = system.spawn(lease, env, std::make_shared<shard_epochs>());
  use(&node_actors::lease, owner);
  const auto taken = get<done>(owner, take_all_shards{"node", clock->now()});
  BOOST_TEST((taken.error().code == errc::storage_unavailable));
}

BOOST_AUTO_TEST_CASE(tells_when_another_node_took_the_shards) {
  use_fake_store();
  const lease_actor owner = system.spawn(lease, env, std::make_shared<shard_epochs>());
  use(&node_actors::lease, owner);
  BOOST_TEST(get<done>(owner, take_all_shards{"node", clock->now()}).has_value());
  data->failures["check_shards"] = {{errc::stale_epoch, "taken"}};
  BOOST_TEST((get<done>(owner, check_lease{}).error().code == errc::stale_epoch));
}

BOOST_AUTO_TEST_SUITE_END()
