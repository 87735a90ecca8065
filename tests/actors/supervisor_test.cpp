#define BOOST_TEST_DYN_LINK
#include "actors/access.hpp"
#include "actors/limits.hpp"
#include "actors/supervisor.hpp"
#include "tests/actors/fakes.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

/// Which syncs were asked for.
struct region_log {
  std::vector<trigger_sync> triggers;
  std::optional<error> refusal;
};

user_region_actor::behavior_type logging_region(user_region_actor::pointer,
                                                std::shared_ptr<region_log> log) {
  return {
      [](const get_insights&) { return insights_answer{}; },
      [](const get_baselines&) { return baselines_answer{}; },
      [](const get_list&) { return list_answer{}; },
      [=](const trigger_sync& command) -> caf::result<sync_started> {
        log->triggers.push_back(command);
        if (log->refusal)
          return to_caf(*log->refusal);
        return sync_started{command.user, job_id{"job"}};
      },
      [](const await_sync&) { return sync_finished{}; },
      [](const connect_user&) { return user_record{}; },
      [](const user_absent&) {},
  };
}

struct supervisor_fixture : testing::node_fixture {
  std::shared_ptr<region_log> log = std::make_shared<region_log>();

  supervisor_fixture() {
    use_all_but_users();
    use(&node_actors::access, access_actor{system.spawn(actors::access, environment_ptr{env})});
    use(&node_actors::region, user_region_actor{system.spawn(logging_region, log)});
    run();
  }

  supervisor_actor boss() const {
    return node->actors()->supervisor;
  }

  bool begin() {
    const auto begun = get<done>(boss(), begin_supervision{"node"}).has_value();
    advance(1s);
    return begun;
  }

  user_record& add(const std::string& id, std::chrono::seconds age) {
    auto& record = data->add_user(id);
    record.has_token = true;
    record.last_synced_at = clock->now() - age;
    record.last_new_data_at = record.last_synced_at;
    return record;
  }

  void end(const std::string& id) {
    auto& record = data->users[user_id{id}];
    record.last_synced_at = clock->now();
    tell(boss(), sync_ended{record});
  }

  std::string triggered() const {
    std::string ids;
    for (const auto& trigger : log->triggers)
      ids += trigger.user.value;
    return ids;
  }

  bool gets_permit(sync_priority priority) {
    return get<permit_granted>(boss(), request_permit{priority, 1000s}).has_value();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(supervisor_schedule, supervisor_fixture)

BOOST_AUTO_TEST_CASE(due_users_are_synced_in_the_order_of_their_priority) {
  env->config.sync.parallel_syncs = 1;
  add("l", 2h);
  add("c", 50h);
  add("x", 1min);
  add("h", 13h);
  BOOST_TEST(begin());
  BOOST_TEST(triggered() == "c");
  BOOST_TEST((log->triggers.front().priority == sync_priority::critical));
  BOOST_TEST((log->triggers.front().trigger == sync_trigger::scheduler));
  end("c");
  BOOST_TEST(triggered() == "ch");
  end("h");
  BOOST_TEST(triggered() == "chl");
  end("l");
  advance(1min);
  BOOST_TEST(triggered() == "chl");
}

BOOST_AUTO_TEST_CASE(no_more_run_at_once_than_allowed) {
  for (const auto* id : {"a", "b", "c", "d", "e", "f"})
    add(id, 2h);
  BOOST_TEST(begin());
  BOOST_TEST(log->triggers.size() == 4u);
  advance(10s);
  BOOST_TEST(log->triggers.size() == 4u);
  end(log->triggers.front().user.value);
  BOOST_TEST(log->triggers.size() == 5u);
}

BOOST_AUTO_TEST_CASE(the_cap_holds_for_an_interval) {
  env->config.sync.max_users_per_run = 2;
  for (const auto* id : {"a", "b", "c", "d"})
    add(id, 2h);
  BOOST_TEST(begin());
  BOOST_TEST(log->triggers.size() == 2u);
  end("a");
  end("b");
  advance(59min);
  BOOST_TEST(log->triggers.size() == 2u);
  advance(1min);
  BOOST_TEST(log->triggers.size() == 4u);
}

BOOST_AUTO_TEST_CASE(first_syncs_do_not_wait_for_an_interval_nor_count) {
  env->config.sync.on_startup = false;
  env->config.sync.max_users_per_run = 1;
  add("d", 2h);
  add("f", 0s).last_synced_at.reset();
  BOOST_TEST(begin());
  BOOST_TEST(triggered() == "f");
  BOOST_TEST((log->triggers.front().trigger == sync_trigger::first_connection));
  // A user who connects later is synced at once, not at the next tick.
  auto fresh = add("n", 0s);
  fresh.last_synced_at.reset();
  tell(boss(), user_connected{fresh});
  BOOST_TEST(triggered() == "fn");
  end("f");
  end("n");
  advance(59min);
  BOOST_TEST(triggered() == "fn");
  advance(1min);
  BOOST_TEST(triggered().starts_with("fnd"));
}

BOOST_AUTO_TEST_CASE(interrupted_users_are_taken_up_at_once) {
  env->config.sync.on_startup = false;
  add("i", 1min);
  add("o", 2h);
  data->interrupted = {user_id{"i"}};
  BOOST_TEST(begin());
  BOOST_TEST(triggered() == "i");
}

BOOST_AUTO_TEST_CASE(without_a_schedule_nothing_is_scheduled) {
  env->config.sync.enabled = false;
  add("a", 50h);
  add("f", 0s).last_synced_at.reset();
  BOOST_TEST(begin());
  tell(boss(), user_connected{data->users[user_id{"f"}]});
  advance(10s);
  BOOST_TEST(triggered() == "");
  BOOST_TEST(gets_permit(sync_priority::critical));
}

BOOST_AUTO_TEST_CASE(who_needs_authorization_is_left_alone) {
  add("r", 50h).state = connection_state::needs_reauthorization;
  add("b", 50h).not_before = clock->now() + 10min;
  BOOST_TEST(begin());
  BOOST_TEST(triggered() == "");
  advance(10min);
  BOOST_TEST(triggered() == "b");
}

BOOST_AUTO_TEST_CASE(a_manual_sync_takes_the_users_turn) {
  add("a", 59min + 55s);
  BOOST_TEST(begin());
  tell(boss(), sync_started{user_id{"a"}, job_id{"manual"}});
  advance(30s);
  BOOST_TEST(triggered() == "");
  end("a");
  advance(59min);
  BOOST_TEST(triggered() == "");
  advance(1min);
  BOOST_TEST(triggered() == "a");
}

BOOST_AUTO_TEST_CASE(a_sync_that_cannot_start_is_tried_later) {
  add("a", 2h);
  log->refusal = error{errc::storage_unavailable, "gone"};
  BOOST_TEST(begin());
  BOOST_TEST(triggered() == "a");
  log->refusal.reset();
  advance(14min);
  BOOST_TEST(triggered() == "a");
  advance(1min + 1s);
  BOOST_TEST(triggered() == "aa");
}

BOOST_AUTO_TEST_CASE(a_user_without_token_is_not_tried_again) {
  add("a", 2h);
  log->refusal = error{errc::no_polar_token, {}};
  BOOST_TEST(begin());
  advance(2h);
  BOOST_TEST(triggered() == "a");
}

BOOST_AUTO_TEST_CASE(a_failed_users_sync_is_done_again) {
  add("a", 2h);
  BOOST_TEST(begin());
  tell(boss(), user_failed{user_id{"a"}});
  advance(2s);
  BOOST_TEST(triggered() == "aa");
}

BOOST_AUTO_TEST_CASE(a_lost_sync_frees_its_slot) {
  env->config.sync.parallel_syncs = 1;
  add("a", 3h);
  add("b", 2h);
  BOOST_TEST(begin());
  BOOST_TEST(triggered() == "a");
  advance(15min + 4min);
  BOOST_TEST(triggered() == "a");
  advance(1min + 2s);
  BOOST_TEST(triggered() == "ab");
}

BOOST_AUTO_TEST_CASE(stopping_waits_for_what_runs) {
  add("a", 3h);
  BOOST_TEST(begin());
  add("b", 3h);
  const auto stopped = ask<done>(boss(), stop_syncs{});
  BOOST_TEST(!stopped->has_value());
  tell(boss(), user_connected{data->users[user_id{"b"}]});
  advance(5s);
  BOOST_TEST(triggered() == "a");
  end("a");
  BOOST_TEST(stopped->has_value());
  BOOST_TEST(triggered() == "a");
}

BOOST_AUTO_TEST_CASE(stopping_an_idle_node_takes_no_time) {
  BOOST_TEST(begin());
  BOOST_TEST(get<done>(boss(), stop_syncs{}).has_value());
}

BOOST_AUTO_TEST_CASE(begin_names_what_is_missing) {
  data->failures["list_users"] = {{errc::storage_failed, "no table"}};
  BOOST_TEST((get<done>(boss(), begin_supervision{"node"}).error().code == errc::storage_failed));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(supervisor_permits, supervisor_fixture)

BOOST_AUTO_TEST_CASE(permits_are_granted_in_the_order_of_priority) {
  tell(boss(), permit_spent{std::nullopt, 60s});
  const auto low = ask<permit_granted>(boss(), request_permit{sync_priority::low, 1000s});
  const auto critical = ask<permit_granted>(boss(), request_permit{sync_priority::critical, 1000s});
  BOOST_TEST(!critical->has_value());
  // When the window opens, one request of 600 is left: it goes to the critical one.
  advance(30s);
  tell(boss(), permit_spent{polar::rate_headers{{599, 600, 900s}, std::nullopt}, std::nullopt});
  advance(31s);
  BOOST_TEST(critical->has_value());
  BOOST_TEST(!low->has_value());
  advance(900s);
  BOOST_REQUIRE(low->has_value());
  BOOST_TEST((*low)->has_value());
}

BOOST_AUTO_TEST_CASE(a_returned_permit_goes_to_who_waits) {
  tell(boss(), permit_spent{polar::rate_headers{{499, 500, 900s}, std::nullopt}, std::nullopt});
  BOOST_TEST(gets_permit(sync_priority::critical));
  const auto waiting = ask<permit_granted>(boss(), request_permit{sync_priority::critical, 1000s});
  BOOST_TEST(!waiting->has_value());
  tell(boss(), permit_returned{});
  BOOST_TEST(waiting->has_value());
}

BOOST_AUTO_TEST_CASE(nobody_waits_longer_than_they_said) {
  tell(boss(), permit_spent{std::nullopt, 600s});
  const auto waiting = ask<permit_granted>(boss(), request_permit{sync_priority::critical, 5s});
  advance(6s);
  BOOST_REQUIRE(waiting->has_value());
  BOOST_TEST(((*waiting)->error().code == errc::polar_rate_limited));
}

BOOST_AUTO_TEST_CASE(a_429_without_a_wait_closes_for_a_moment) {
  tell(boss(), permit_spent{std::nullopt, 0s});
  const auto waiting = ask<permit_granted>(boss(), request_permit{sync_priority::critical, 60s});
  BOOST_TEST(!waiting->has_value());
  advance(2s);
  BOOST_TEST(waiting->has_value());
}

BOOST_AUTO_TEST_CASE(no_sync_starts_that_would_only_wait_for_permits) {
  tell(boss(), permit_spent{polar::rate_headers{{400, 500, 900s}, std::nullopt}, std::nullopt});
  add("l", 2h);
  BOOST_TEST(begin());
  // 400 of 500 are used and low leaves 50 % at the start of a window.
  BOOST_TEST(triggered() == "");
  // Low may start when 0.5 · (time left / 900 s) ≤ 99/500, so with about 356 s left.
  advance(500s);
  BOOST_TEST(triggered() == "");
  advance(50s);
  BOOST_TEST(triggered() == "l");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(supervisor_children, testing::node_fixture)

BOOST_AUTO_TEST_CASE(a_failed_child_is_started_again) {
  int made = 0;
  std::vector<child> kinds{{"reads", [&](node_actors& actors) {
                              ++made;
                              actors.reads = system.spawn(testing::fake_store, data);
                              spawned.push_back(
                                  caf::actor_cast<caf::strong_actor_ptr>(actors.reads));
                              return actors.reads.address();
                            }}};
  const supervisor_actor boss = system.spawn(supervisor, environment_ptr{env}, kinds);
  spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(boss));
  run();
  BOOST_TEST((node->actors()->supervisor == boss));
  const auto first = node->actors()->reads;
  BOOST_TEST(made == 1);
  caf::anon_send_exit(first, caf::exit_reason::kill);
  run();
  BOOST_TEST(made == 2);
  BOOST_TEST((node->actors()->reads != first));
  BOOST_TEST(get<done>(node->actors()->reads, ping_store{}).has_value());
}

BOOST_AUTO_TEST_CASE(the_supervisor_gives_up_when_nothing_helps) {
  std::vector<child> kinds{{"reads", [&](node_actors& actors) {
                              actors.reads = system.spawn(testing::fake_store, data);
                              spawned.push_back(
                                  caf::actor_cast<caf::strong_actor_ptr>(actors.reads));
                              caf::anon_send_exit(actors.reads, caf::exit_reason::kill);
                              return actors.reads.address();
                            }}};
  const supervisor_actor boss = system.spawn(supervisor, environment_ptr{env}, kinds);
  spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(boss));
  bool has_ended = false;
  caf::actor_cast<caf::abstract_actor*>(boss)->attach_functor(
      [&](const caf::error&) { has_ended = true; });
  run();
  BOOST_TEST(has_ended);
}

BOOST_AUTO_TEST_SUITE_END()
