#define BOOST_TEST_DYN_LINK
#include "tests/actors/supervisor_fixture.hpp"

#include "actors/limits.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;
using polar_flow::actors::testing::supervisor_fixture;

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

// A server that is never on for an hour would sync nobody.
BOOST_AUTO_TEST_CASE(the_first_interval_is_not_quiet_for_whom_nothing_was_fetched_for_days) {
  env->config.sync.on_startup = false;
  add("h", 20h);
  add("c", 49h);
  BOOST_TEST(begin());
  BOOST_TEST(triggered() == "c");
}

// Syncs may keep their places for long while they wait for permits.
BOOST_AUTO_TEST_CASE(who_has_just_connected_needs_no_place) {
  env->config.sync.parallel_syncs = 1;
  add("a", 30h);
  add("b", 30h);
  BOOST_REQUIRE(begin());
  BOOST_TEST(triggered().size() == 1u);
  auto& fresh = data->add_user("c");
  fresh.has_token = true;
  tell(boss(), user_connected{fresh});
  advance(1s);
  BOOST_TEST(triggered().substr(1) == "c");
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

BOOST_AUTO_TEST_CASE(a_user_who_is_synced_by_hand_takes_no_place_of_the_schedule) {
  env->config.sync.parallel_syncs = 1;
  add("a", 3h);
  add("b", 2h);
  log->refusal = error{errc::sync_in_progress, "manual job"};
  BOOST_TEST(begin());
  advance(1s);
  BOOST_TEST(triggered() == "ab");
  // Each of them waits for the end that will be told.
  advance(10min);
  BOOST_TEST(triggered() == "ab");
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

// A user whose data make the actor fail must not spend Polar's budget on that for ever.
BOOST_AUTO_TEST_CASE(a_user_who_fails_again_and_again_backs_off) {
  add("a", 2h);
  BOOST_TEST(begin());
  for (int failures = 0; failures < 2; ++failures) {
    tell(boss(), user_failed{user_id{"a"}});
    advance(2s);
  }
  BOOST_TEST(triggered() == "aa");
  advance(7min);
  BOOST_TEST(triggered() == "aa");
  advance(9min);
  BOOST_TEST(triggered() == "aaa");
  // A sync that ends makes up for all that.
  end("a");
  advance(1h + 2s);
  BOOST_TEST(triggered() == "aaaa");
  tell(boss(), user_failed{user_id{"a"}});
  advance(2s);
  BOOST_TEST(triggered() == "aaaaa");
}

BOOST_AUTO_TEST_CASE(an_interrupted_user_who_backs_off_is_not_synced_at_once) {
  add("a", 2h).not_before = clock->now() + 10min;
  add("b", 10s);
  data->interrupted = {user_id{"a"}, user_id{"b"}};
  BOOST_TEST(begin());
  BOOST_TEST(triggered() == "b");
  advance(10min + 1s);
  BOOST_TEST(triggered() == "ba");
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

BOOST_AUTO_TEST_CASE(a_server_that_stops_keeps_nobody_waiting_for_a_window) {
  tell(boss(), permit_spent{std::nullopt, 600s});
  const auto waiting = ask<permit_granted>(boss(), request_permit{sync_priority::low, 1000s});
  BOOST_TEST(!waiting->has_value());
  tell(boss(), sync_started{user_id{"a"}, job_id{"job"}});
  const auto stopped = ask<done>(boss(), stop_syncs{});
  BOOST_REQUIRE(waiting->has_value());
  BOOST_TEST(((*waiting)->error().code == errc::shutting_down));
  const auto late = ask<permit_granted>(boss(), request_permit{sync_priority::low, 1000s});
  BOOST_REQUIRE(late->has_value());
  BOOST_TEST(((*late)->error().code == errc::shutting_down));
  BOOST_TEST(!stopped->has_value());
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

BOOST_AUTO_TEST_CASE(who_must_not_wait_is_told_of_a_closed_window) {
  tell(boss(), permit_spent{std::nullopt, 600s});
  const request_permit hurried{sync_priority::critical, 1000s, shortage::refuse};
  BOOST_TEST((get<permit_granted>(boss(), hurried).error().code == errc::polar_rate_limited));
  advance(601s);
  BOOST_TEST(get<permit_granted>(boss(), hurried).has_value());
}

BOOST_AUTO_TEST_CASE(who_must_not_wait_is_told_of_a_budget_that_is_used_up) {
  const auto hurried = [this](sync_priority priority) {
    return get<permit_granted>(boss(), request_permit{priority, 1000s, shortage::refuse});
  };
  // Nothing is known of the budget yet, so there may be some.
  BOOST_TEST(hurried(sync_priority::low).has_value());
  // 400 of 500 are used and low leaves 50 % at the start of a window.
  tell(boss(), permit_spent{polar::rate_headers{{400, 500, 900s}, std::nullopt}, std::nullopt});
  advance(1s);
  BOOST_TEST((hurried(sync_priority::low).error().code == errc::polar_rate_limited));
  BOOST_TEST(hurried(sync_priority::critical).has_value());
  tell(boss(), permit_spent{polar::rate_headers{{500, 500, 900s}, std::nullopt}, std::nullopt});
  advance(1s);
  BOOST_TEST((hurried(sync_priority::critical).error().code == errc::polar_rate_limited));
}

BOOST_AUTO_TEST_CASE(who_must_not_wait_is_told_of_a_database_that_is_gone) {
  data->failures["change_budget"] = {{errc::storage_unavailable, "gone"}};
  const request_permit hurried{sync_priority::critical, 1000s, shortage::refuse};
  BOOST_TEST((get<permit_granted>(boss(), hurried).error().code == errc::polar_rate_limited));
}

BOOST_AUTO_TEST_CASE(without_the_database_nothing_is_permitted) {
  data->silent.insert("change_budget");
  const auto first = ask<permit_granted>(boss(), request_permit{sync_priority::critical, 10s});
  BOOST_TEST(!first->has_value());
  advance(11s);
  BOOST_REQUIRE(first->has_value());
  BOOST_TEST(((*first)->error().code == errc::polar_rate_limited));
  // The question that was never answered is given up in time, and the next one is heard.
  data->silent.clear();
  data->failures["change_budget"] = {{errc::storage_unavailable, "gone"}};
  const auto second = ask<permit_granted>(boss(), request_permit{sync_priority::critical, 300s});
  advance(limits::store_answer(env->config.storage) + 2s);
  BOOST_REQUIRE(second->has_value());
  BOOST_TEST((*second)->has_value());
  BOOST_TEST(data->failures["change_budget"].empty());
}

BOOST_AUTO_TEST_CASE(nothing_starts_before_the_budget_is_known) {
  data->failures["change_budget"] = {{errc::storage_unavailable, "gone"}};
  add("a", 2h);
  BOOST_TEST(get<done>(boss(), begin_supervision{"node"}).has_value());
  BOOST_TEST(triggered() == "");
  advance(1s);
  BOOST_TEST(triggered() == "a");
}

BOOST_AUTO_TEST_CASE(who_is_due_at_the_start_waits_for_no_tick) {
  add("a", 2h);
  BOOST_TEST(get<done>(boss(), begin_supervision{"node"}).has_value());
  BOOST_TEST(triggered() == "a");
}

BOOST_AUTO_TEST_CASE(permits_that_nobody_uses_go_back) {
  BOOST_TEST(gets_permit(sync_priority::critical));
  BOOST_TEST(gets_permit(sync_priority::critical));
  tell(boss(), permit_returned{});
  BOOST_TEST(data->budget.day.used() == 2);
  advance(limits::permit_idle_time + 1s);
  BOOST_TEST(data->budget.day.used() == 1);
}

BOOST_AUTO_TEST_CASE(what_polar_tells_reaches_the_shared_budget) {
  BOOST_TEST(gets_permit(sync_priority::critical));
  tell(boss(),
       permit_spent{polar::rate_headers{{7, 520, 900s}, polar::rate_window{70, 5100, 3600s}}, {}});
  advance(1s);
  BOOST_TEST(data->budget.quarter_hour.used() == 7);
  BOOST_TEST(data->budget.quarter_hour.open == 0);
  BOOST_TEST(data->budget.day.used() == 70);
  BOOST_TEST(data->budget.day.limit == 5100);
}

BOOST_AUTO_TEST_CASE(after_a_restart_the_budget_is_what_it_was) {
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(gets_permit(sync_priority::critical));
  tell(boss(), permit_spent{polar::rate_headers{{499, 500, 600s}, std::nullopt}, std::nullopt});
  advance(1s);
  // Of the three calls one is answered, so two of Polar's 499 may be the other two: one is left.
  caf::anon_send_exit(boss(), caf::exit_reason::kill);
  run();
  use(&node_actors::supervisor,
      supervisor_actor{system.spawn(supervisor, environment_ptr{env}, std::vector<child>{})});
  run();
  BOOST_TEST(gets_permit(sync_priority::critical));
  const auto waiting = ask<permit_granted>(boss(), request_permit{sync_priority::critical, 1000s});
  advance(590s);
  BOOST_TEST(!waiting->has_value());
  // The next window knows nothing of the last one's 499.
  advance(20s);
  BOOST_TEST(waiting->has_value());
}

BOOST_AUTO_TEST_CASE(two_nodes_share_one_budget) {
  tell(boss(), permit_spent{polar::rate_headers{{400, 500, 900s}, std::nullopt}, std::nullopt});
  advance(1s);
  const auto first = boss();
  const supervisor_actor second =
      system.spawn(supervisor, environment_ptr{env}, std::vector<child>{});
  spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(second));
  std::vector<slot<permit_granted>> answers;
  for (int i = 0; i < 80; ++i)
    for (const auto& node : {first, second})
      answers.push_back(ask<permit_granted>(node, request_permit{sync_priority::critical, 60s}));
  advance(30s);
  const auto count_granted = [&] {
    return std::count_if(answers.begin(), answers.end(),
                         [](const auto& answer) { return answer->has_value(); });
  };
  BOOST_TEST(count_granted() == 100);
  // Polar refuses one of them: the window is closed for both.
  tell(second, permit_spent{polar::rate_headers{{500, 500, 100s}, std::nullopt}, 100s});
  advance(2s);
  BOOST_TEST((data->budget.closed_until > clock->now()));
  BOOST_TEST(count_granted() == 100);
}

BOOST_AUTO_TEST_CASE(the_last_permits_go_back_at_the_end) {
  BOOST_TEST(begin());
  BOOST_TEST(gets_permit(sync_priority::critical));
  tell(boss(), permit_returned{});
  BOOST_TEST(data->budget.day.used() == 1);
  BOOST_TEST(get<done>(boss(), stop_syncs{}).has_value());
  BOOST_TEST(data->budget.day.used() == 0);
}

BOOST_AUTO_TEST_CASE(a_database_that_is_gone_does_not_hold_up_the_end) {
  BOOST_TEST(begin());
  BOOST_TEST(gets_permit(sync_priority::critical));
  tell(boss(), permit_returned{});
  data->failures["change_budget"] = {{errc::storage_unavailable, "gone"}};
  BOOST_TEST(get<done>(boss(), stop_syncs{}).has_value());
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
  BOOST_TEST(get<done>(node->actors()->reads, check_shards{}).has_value());
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
