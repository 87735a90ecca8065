#define BOOST_TEST_DYN_LINK
#include "actors/store_pool.hpp"
#include "tests/actors/fakes.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

struct pool_fixture : testing::node_fixture {
  int workers_made = 0;

  store_actor make_pool(std::size_t workers, std::size_t queue_max) {
    store_pool_settings settings{
        [this]() -> store_actor {
          ++workers_made;
          const store_actor worker = system.spawn(testing::fake_store, data);
          spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(worker));
          return worker;
        },
        workers, queue_max, 30s};
    const store_actor pool = system.spawn(store_pool, settings);
    use(&node_actors::reads, pool);
    run();
    return pool;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(store_pool_rules, pool_fixture)

BOOST_AUTO_TEST_CASE(answers_like_a_store) {
  data->add_user("1001");
  const auto pool = make_pool(2, 10);
  BOOST_TEST(workers_made == 2);
  const auto found = get<user_record>(pool, find_user{user_id{"1001"}});
  BOOST_REQUIRE(found);
  BOOST_TEST(found->id.value == "1001");
  BOOST_TEST((get<user_record>(pool, find_user{user_id{"9"}}).error().code == errc::unknown_user));
  // The worker that answered an error is used again.
  BOOST_TEST(get<done>(pool, check_shards{}).has_value());
  BOOST_TEST(workers_made == 2);
}

BOOST_AUTO_TEST_CASE(a_full_queue_says_overloaded) {
  data->silent.insert("check_shards");
  const auto pool = make_pool(1, 2);
  const auto running = ask<done>(pool, check_shards{});
  const auto first = ask<key_list>(pool, list_keys{});
  std::vector<slot<key_list>> waiting;
  waiting.push_back(ask<key_list>(pool, list_keys{}));
  const auto refused = ask<key_list>(pool, list_keys{});
  BOOST_REQUIRE(refused->has_value());
  BOOST_TEST(((*refused)->error().code == errc::overloaded));
  BOOST_TEST(!running->has_value());
  BOOST_TEST(!waiting.front()->has_value());
}

BOOST_AUTO_TEST_CASE(what_waits_is_served_in_order) {
  const auto pool = make_pool(1, 10);
  data->silent.insert("check_shards");
  const auto running = ask<done>(pool, check_shards{});
  const auto later = ask<key_list>(pool, list_keys{});
  BOOST_TEST(!later->has_value());
  // The silent worker is given up after its time, another one takes over.
  advance(31s);
  BOOST_REQUIRE(running->has_value());
  BOOST_TEST(((*running)->error().code == errc::deadline_exceeded));
  BOOST_REQUIRE(later->has_value());
  BOOST_TEST((*later)->has_value());
  BOOST_TEST(workers_made == 2);
}

BOOST_AUTO_TEST_CASE(a_dead_worker_is_replaced_and_its_caller_told) {
  const auto pool = make_pool(1, 10);
  data->deadly.insert("check_shards");
  BOOST_TEST(!get<done>(pool, check_shards{}).has_value());
  data->deadly.clear();
  BOOST_TEST(workers_made == 2);
  BOOST_TEST(get<done>(pool, check_shards{}).has_value());
}

BOOST_AUTO_TEST_CASE(workers_end_with_their_pool) {
  const auto pool = make_pool(2, 10);
  const auto worker = spawned.front();
  caf::anon_send_exit(pool, caf::exit_reason::user_shutdown);
  run();
  const auto answer = ask<done>(caf::actor_cast<store_actor>(worker), check_shards{});
  BOOST_REQUIRE(answer->has_value());
  BOOST_TEST(!(*answer)->has_value());
}

BOOST_AUTO_TEST_SUITE_END()
