#define BOOST_TEST_DYN_LINK
#include "actors/limits.hpp"
#include "tests/actors/user_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

/// What the stand-ins for users do, and what they saw.
struct user_script {
  std::vector<std::string> spawned;
  std::vector<std::string> asked;
  std::vector<std::string> passivated;
  std::map<std::string, caf::strong_actor_ptr> actors;
  bool is_busy = false;
  bool is_slow_to_leave = false;
  std::vector<caf::typed_response_promise<passivation>> leaving;
};

user_actor::behavior_type scripted_user(user_actor::pointer self,
                                        std::shared_ptr<user_script> script, user_id id) {
  script->spawned.push_back(id.value);
  script->actors[id.value] = self->ctrl();
  return {
      [=](const get_insights&) {
        script->asked.push_back(id.value);
        return insights_answer{};
      },
      [](const get_baselines&) { return baselines_answer{}; },
      [](const get_patterns&) { return patterns_answer{}; },
      [](const get_anomalies&) { return anomalies_answer{}; },
      [](const get_predictions&) { return predictions_answer{}; },
      [](const get_explanation&) { return explanation_answer{}; },
      [](const check_value&) { return metric_check{}; },
      [](const get_analytics_status&) { return analytics_status{}; },
      [](const get_list&) { return list_answer{}; },
      [](const get_detail&) { return detail_answer{}; },
      [](const get_takeout_page&) { return takeout_page_answer{}; },
      [](const get_import&) { return import_answer{}; },
      [](const forget_data&) { return done{}; },
      [=](const trigger_sync&) -> caf::result<sync_started> {
        self->quit(caf::exit_reason::unhandled_exception);
        return to_caf(errc::internal, "crash");
      },
      [](const await_sync&) { return sync_finished{}; },
      [](const get_coverage&) { return coverage_answer{}; },
      [](const get_sync_state&) { return sync_state_answer{}; },
      [](const get_sync_logs&) { return sync_report_list{}; },
      [](const await_events&) { return events_answer{}; },
      [](const disconnect_user&) { return user_record{}; },
      [](const erase_user&) { return done{}; },
      [](const connect_user&) { return user_record{}; },
      [=](const passivate&) -> caf::result<passivation> {
        if (script->is_busy)
          return passivation{false};
        script->passivated.push_back(id.value);
        if (script->is_slow_to_leave) {
          script->leaving.push_back(self->make_response_promise<passivation>());
          return script->leaving.back();
        }
        self->quit();
        return passivation{true};
      },
      // How the test lets a slow user go, or stay.
      [=](const sync_progressed&) {
        script->leaving.back().deliver(passivation{true});
        self->quit();
      },
      [](const sync_held_up&) {
        // Nobody waits for a sync here.
      },
      [=](const sync_fetched&) { script->leaving.back().deliver(passivation{false}); },
      [](const event_wait_over&) {
        // Nobody waits for events here.
      },
  };
}

struct region_fixture : testing::node_fixture {
  std::shared_ptr<user_script> script = std::make_shared<user_script>();
  user_region_actor region;

  region_fixture() {
    use_all_but_users();
    env->config.actors.active_users_max = 3;
    region = user_region_actor{system.spawn(
        user_region, environment_ptr{env}, [this](const user_id& id, const user_region_actor&) {
          return user_actor{system.spawn(scripted_user, script, id)};
        })};
    use(&node_actors::region, region);
    run();
  }

  ~region_fixture() {
    script->actors.clear();
    script->leaving.clear();
  }

  bool ask_for(const std::string& id) {
    return get<insights_answer>(region, get_insights{user_id{id}, {}}).has_value();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(user_region_rules, region_fixture)

BOOST_AUTO_TEST_CASE(a_user_is_spawned_once_by_its_first_message) {
  BOOST_TEST(ask_for("a"));
  BOOST_TEST(ask_for("a"));
  BOOST_TEST(ask_for("b"));
  BOOST_TEST((script->spawned == std::vector<std::string>{"a", "b"}));
}

BOOST_AUTO_TEST_CASE(idle_users_are_let_go_and_come_back) {
  BOOST_TEST(ask_for("a"));
  advance(15min);
  BOOST_TEST(ask_for("b"));
  advance(15min + 11s);
  BOOST_TEST((script->passivated == std::vector<std::string>{"a"}));
  BOOST_TEST(ask_for("a"));
  BOOST_TEST((script->spawned == std::vector<std::string>{"a", "b", "a"}));
}

BOOST_AUTO_TEST_CASE(beyond_the_limit_the_least_recently_used_goes) {
  for (const auto* id : {"a", "b", "c", "a", "d"})
    BOOST_TEST(ask_for(id));
  BOOST_TEST((script->passivated == std::vector<std::string>{"b"}));
}

BOOST_AUTO_TEST_CASE(a_busy_user_stays) {
  BOOST_TEST(ask_for("a"));
  script->is_busy = true;
  advance(31min);
  BOOST_TEST(script->passivated.empty());
  BOOST_TEST(ask_for("a"));
  BOOST_TEST(script->spawned.size() == 1u);
}

BOOST_AUTO_TEST_CASE(messages_to_a_leaving_user_reach_its_successor) {
  BOOST_TEST(ask_for("a"));
  script->is_slow_to_leave = true;
  tell(region, user_absent{user_id{"a"}});
  BOOST_REQUIRE(script->leaving.size() == 1u);
  const auto first = ask<insights_answer>(region, get_insights{user_id{"a"}, {}});
  const auto second = ask<insights_answer>(region, get_insights{user_id{"a"}, {}});
  BOOST_TEST(!first->has_value());
  tell(caf::actor_cast<user_actor>(script->actors["a"]), sync_progressed{});
  BOOST_TEST(first->has_value());
  BOOST_TEST(second->has_value());
  BOOST_TEST((script->spawned == std::vector<std::string>{"a", "a"}));
  BOOST_TEST(script->asked.size() == 3u);
}

BOOST_AUTO_TEST_CASE(messages_to_a_user_that_refuses_to_leave_reach_it) {
  BOOST_TEST(ask_for("a"));
  script->is_slow_to_leave = true;
  tell(region, user_absent{user_id{"a"}});
  const auto waiting = ask<insights_answer>(region, get_insights{user_id{"a"}, {}});
  tell(caf::actor_cast<user_actor>(script->actors["a"]), sync_fetched{});
  BOOST_TEST(waiting->has_value());
  BOOST_TEST(script->spawned.size() == 1u);
}

BOOST_AUTO_TEST_CASE(messages_to_a_user_that_dies_while_leaving_are_not_lost) {
  BOOST_TEST(ask_for("a"));
  script->is_slow_to_leave = true;
  tell(region, user_absent{user_id{"a"}});
  const auto waiting = ask<insights_answer>(region, get_insights{user_id{"a"}, {}});
  caf::anon_send_exit(caf::actor_cast<caf::actor>(script->actors["a"]), caf::exit_reason::kill);
  run();
  BOOST_REQUIRE(waiting->has_value());
  BOOST_TEST((*waiting)->has_value());
}

BOOST_AUTO_TEST_CASE(the_buffer_has_a_limit) {
  BOOST_TEST(ask_for("a"));
  script->is_slow_to_leave = true;
  tell(region, user_absent{user_id{"a"}});
  std::vector<slot<insights_answer>> waiting;
  for (std::size_t i = 0; i < limits::buffered_messages_max; ++i)
    waiting.push_back(ask<insights_answer>(region, get_insights{user_id{"a"}, {}}));
  const auto refused = ask<insights_answer>(region, get_insights{user_id{"a"}, {}});
  BOOST_REQUIRE(refused->has_value());
  BOOST_TEST(((*refused)->error().code == errc::overloaded));
}

BOOST_AUTO_TEST_CASE(a_failed_user_is_started_again_but_not_for_ever) {
  const trigger_sync crash{user_id{"a"}, {}, {}, {}, {}, false, {}};
  for (int i = 1; i <= limits::user_restarts_max; ++i) {
    BOOST_TEST(!get<sync_started>(region, crash).has_value());
    BOOST_TEST(script->spawned.size() == static_cast<std::size_t>(i) + 1);
  }
  BOOST_TEST(!get<sync_started>(region, crash).has_value());
  BOOST_TEST(script->spawned.size() == static_cast<std::size_t>(limits::user_restarts_max) + 1);
  // The next message starts it all the same.
  BOOST_TEST(ask_for("a"));
}

BOOST_AUTO_TEST_CASE(the_region_ends_after_its_users) {
  BOOST_TEST(ask_for("a"));
  const auto ended = std::make_shared<std::vector<std::string>>();
  const auto watch = [&](const caf::strong_actor_ptr& actor, std::string name) {
    caf::actor_cast<caf::abstract_actor*>(actor)->attach_functor(
        [ended, name](const caf::error&) { ended->push_back(name); });
  };
  watch(caf::actor_cast<caf::strong_actor_ptr>(region), "region");
  watch(script->actors["a"], "user");
  caf::anon_send_exit(region, caf::exit_reason::user_shutdown);
  run();
  BOOST_TEST((*ended == std::vector<std::string>{"user", "region"}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(user_region_with_users, testing::user_fixture)

BOOST_AUTO_TEST_CASE(an_unknown_user_keeps_no_actor) {
  const auto before = system.registry().running();
  for (int i = 0; i < 20; ++i)
    BOOST_TEST((insights_of(user_id{"x" + std::to_string(i)}).error().code == errc::unknown_user));
  run();
  BOOST_TEST(system.registry().running() == before);
}

BOOST_AUTO_TEST_CASE(users_do_not_outlive_a_region_that_fails) {
  BOOST_TEST(insights_of(id).has_value());
  const auto before = system.registry().running();
  caf::anon_send_exit(region(), caf::exit_reason::kill);
  run();
  BOOST_TEST(system.registry().running() == before - 2);
}

BOOST_AUTO_TEST_CASE(a_syncing_user_is_not_passivated) {
  const auto job = start_hanging_sync();
  advance(14min);
  env->config.actors.idle_time = 1min;
  advance(30s);
  const auto waiting = ask<sync_finished>(region(), await_sync{id, job});
  let_it_finish();
  BOOST_REQUIRE(waiting->has_value());
  BOOST_TEST((*waiting)->has_value());
}

BOOST_AUTO_TEST_SUITE_END()
