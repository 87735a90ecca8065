#define BOOST_TEST_DYN_LINK
#include "actors/children.hpp"
#include "actors/limits.hpp"
#include "tests/actors/fakes.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;

BOOST_FIXTURE_TEST_SUITE(children_rules, testing::node_fixture)

BOOST_AUTO_TEST_CASE(restarts_a_child_and_publishes_its_new_handle) {
  std::vector<caf::actor_addr> watched;
  const auto watch = [&](const caf::actor_addr& child) {
    watched.push_back(child);
  };
  children kids{{{"reads", [&](node_actors& actors) {
                    actors.reads = system.spawn(testing::fake_store, data);
                    spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(actors.reads));
                    return actors.reads.address();
                  }}}};
  kids.start_all(*node, watch);
  const auto first = node->actors()->reads.address();
  BOOST_REQUIRE(kids.find(first) != nullptr);
  BOOST_TEST(kids.find(first)->name == "reads");
  const auto now = caf::actor_clock::time_point{};
  BOOST_TEST((kids.restart(first, now, *node, watch) == children::outcome::restarted));
  const auto second = node->actors()->reads.address();
  BOOST_TEST((second != first));
  BOOST_TEST(kids.find(first) == nullptr);
  BOOST_TEST(watched.size() == 2u);
}

BOOST_AUTO_TEST_CASE(gives_up_on_a_child_that_dies_again_and_again) {
  const auto watch = [](const caf::actor_addr&) {
  };
  children kids{{{"reads", [&](node_actors& actors) {
                    actors.reads = system.spawn(testing::fake_store, data);
                    spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(actors.reads));
                    return actors.reads.address();
                  }}}};
  kids.start_all(*node, watch);
  auto now = caf::actor_clock::time_point{};
  const auto restart = [&] {
    return kids.restart(node->actors()->reads.address(), now, *node, watch);
  };
  for (std::size_t i = 0; i < limits::child_restarts_max; ++i)
    BOOST_TEST((restart() == children::outcome::restarted));
  BOOST_TEST((restart() == children::outcome::given_up));
  // Old deaths are forgiven.
  now += limits::child_restart_window + std::chrono::seconds{1};
  BOOST_TEST((restart() == children::outcome::restarted));
}

BOOST_AUTO_TEST_SUITE_END()
