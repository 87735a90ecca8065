#define BOOST_TEST_DYN_LINK
#include "actors/interfaces.hpp"
#include "http/gateway.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/test/unit_test.hpp>
#include <caf/all.hpp>

using namespace polar_flow;
using namespace std::chrono_literals;

namespace {

/// Promises that the region keeps until it is told to fulfil them.
struct open_promises {
  std::vector<caf::typed_response_promise<actors::insights_answer>> insights;
  std::vector<caf::typed_response_promise<actors::events_answer>> events;
};

/// User "slow" gets no answer, "unknown" an error, "dead" kills the region; others get version 7.
actors::user_region_actor::behavior_type fake_region(actors::user_region_actor::pointer self,
                                                     std::shared_ptr<open_promises> open) {
  using namespace actors;
  return {
      [=](const get_insights& question) -> caf::result<insights_answer> {
        if (question.user.value == "unknown")
          return to_caf(errc::unknown_user, "User unknown not found");
        if (question.user.value == "dead") {
          self->quit(caf::exit_reason::unhandled_exception);
          return caf::make_error(caf::sec::runtime_error);
        }
        if (question.user.value == "slow") {
          open->insights.push_back(self->make_response_promise<insights_answer>());
          return open->insights.back();
        }
        return insights_answer{{7, {}}, std::make_shared<const insights>()};
      },
      [](const get_baselines&) {
        return baselines_answer{{7, {}}, std::make_shared<const std::vector<baseline>>(5)};
      },
      [](const get_patterns&) {
        return patterns_answer{{7, {}}, std::make_shared<const std::vector<pattern_analysis>>(4)};
      },
      [](const get_anomalies&) {
        return anomalies_answer{{7, {}}, std::make_shared<const std::vector<anomaly_summary>>(3)};
      },
      [](const get_predictions&) {
        return predictions_answer{{7, {}}, std::make_shared<const std::vector<prediction>>(2)};
      },
      [](const get_explanation& question) {
        explanation made;
        made.subject = question.subject;
        return explanation_answer{{7, {}}, std::make_shared<const explanation>(made)};
      },
      [](const check_value& question) {
        metric_check check;
        check.name = question.name;
        check.value = question.value;
        return check;
      },
      [](const get_analytics_status&) {
        analytics_status status;
        status.sleep_days = 9;
        return status;
      },
      [](const get_list& question) {
        return list_answer{{static_cast<std::uint64_t>(question.days), {}}, nullptr};
      },
      [](const get_detail& question) {
        if (question.kind == detail_kind::ecg)
          return detail_answer{};
        activity_day found;
        found.day = std::get<date>(question.key);
        return detail_answer{std::make_shared<const record_detail>(found)};
      },
      [](const get_takeout_page& question) {
        return takeout_page_answer{
            std::make_shared<const takeout_page>(takeout_page{{}, question.from})};
      },
      [](const get_import& question) {
        import_report found;
        found.job = question.job.value_or(job_id{"newest"});
        return import_answer{std::make_shared<const import_report>(found)};
      },
      [](const forget_data&) { return done{}; },
      [](const trigger_sync& command) -> caf::result<sync_started> {
        if (command.user.value == "syncing")
          return to_caf(errc::sync_in_progress, "running-job");
        return sync_started{command.user, job_id{"job of " + command.user.value}};
      },
      [=](const await_sync& question) -> caf::result<sync_finished> {
        if (question.user.value == "long")
          return self->make_response_promise<sync_finished>();
        if (question.user.value == "held up")
          return sync_finished{};
        if (question.user.value == "forgotten")
          return to_caf(errc::not_found);
        auto report = std::make_shared<sync_report>();
        report->job = question.job;
        report->status = sync_status::success;
        return sync_finished{report};
      },
      [](const get_coverage& question) -> caf::result<coverage_answer> {
        if (question.user.value == "unknown")
          return to_caf(errc::unknown_user);
        auto report = std::make_shared<coverage_report>();
        report->today = date{std::chrono::days{question.days}};
        return coverage_answer{report};
      },
      [](const get_sync_state& question) -> caf::result<sync_state_answer> {
        if (question.user.value == "unknown")
          return to_caf(errc::unknown_user);
        sync_state_answer answer;
        answer.record.id = question.user;
        answer.last = std::make_shared<const sync_report>();
        return answer;
      },
      [](const get_sync_logs& question) -> caf::result<sync_report_list> {
        if (question.user.value == "unknown")
          return to_caf(errc::unknown_user);
        const auto count = static_cast<std::size_t>(question.limit);
        return sync_report_list{std::make_shared<const std::vector<sync_report>>(count)};
      },
      [=](const await_events& question) -> caf::result<events_answer> {
        if (question.user.value == "unknown")
          return to_caf(errc::unknown_user);
        if (question.user.value == "quiet") {
          open->events.push_back(self->make_response_promise<events_answer>());
          return open->events.back();
        }
        events_answer answer;
        answer.events.resize(static_cast<std::size_t>(question.patience.count()));
        answer.last_number = question.after.value_or(1000);
        return answer;
      },
      [](const erase_user& command) -> caf::result<done> {
        if (command.user.value == "syncing")
          return to_caf(errc::sync_in_progress, "running-job");
        return done{};
      },
      [](const disconnect_user& command) -> caf::result<user_record> {
        if (command.user.value == "syncing")
          return to_caf(errc::sync_in_progress, "running-job");
        user_record record;
        record.id = command.user;
        record.state = connection_state::disconnected;
        return record;
      },
      [](const connect_user&) { return user_record{}; },
      [=](const user_absent&) {
        for (auto& promise : open->insights)
          promise.deliver(insights_answer{{1, {}}, nullptr});
        for (auto& promise : open->events)
          promise.deliver(events_answer{{}, 7});
      },
  };
}

actors::access_actor::behavior_type fake_access(actors::access_actor::pointer) {
  using namespace actors;
  return {
      [](const load_keys&) { return done{}; },
      [](const flush_keys&) { return done{}; },
      [](const start_oauth& command) {
        return redirect{"to polar from " + command.callback_url + " with " + command.browser};
      },
      [](const finish_oauth& command) -> caf::result<redirect> {
        if (!command.browser)
          return to_caf(errc::invalid_oauth_state, "no such state");
        return redirect{"back with " + *command.browser};
      },
      [](const exchange_code& command) {
        return key_issued{"key for " + command.code, {"1"}};
      },
      [](const find_user_key& question) {
        api_key_record record;
        record.user = question.user;
        record.id = question.own.value_or(api_key_id{});
        return found_user_key{record};
      },
      [](const regenerate_user_key& command) {
        return key_issued{"new key", command.user};
      },
      [](const revoke_user_key& command) -> caf::result<done> {
        if (!command.own)
          return to_caf(errc::not_found, "no key");
        return done{};
      },
  };
}

actors::webhooks_actor::behavior_type fake_webhooks(actors::webhooks_actor::pointer) {
  using namespace actors;
  return {
      [](const receive_webhook& command) -> caf::result<done> {
        if (command.signature != "signature of " + command.body)
          return to_caf(errc::invalid_webhook_signature);
        return done{};
      },
  };
}

struct gateway_config : caf::actor_system_config {
  gateway_config() {
    add_message_types<caf::id_block::polar_flow_actors>();
    set("scheduler.policy", caf::atom("sharing"));
    set("scheduler.max-threads", std::size_t{2});
  }
};

/// Real scheduler threads and a real io_context, which runs on the test's own thread.
struct gateway_fixture {
  gateway_config config;
  caf::actor_system system{config};
  std::shared_ptr<open_promises> open = std::make_shared<open_promises>();
  std::shared_ptr<actors::directory> node = std::make_shared<actors::directory>(system);
  boost::asio::io_context io{1};
  std::shared_ptr<http::gateway> gate;

  gateway_fixture() {
    actors::node_actors all;
    all.region = system.spawn(fake_region, open);
    all.access = system.spawn(fake_access);
    all.webhooks = system.spawn(fake_webhooks);
    node->publish(all);
    gate = http::make_gateway(io, node, {300ms, 300ms, 300ms, 300ms});
  }

  ~gateway_fixture() {
    gate->stop();
    io.restart();
    io.poll();
    const auto all = *node->actors();
    node->publish({});
    caf::anon_send_exit(all.region, caf::exit_reason::kill);
    caf::anon_send_exit(all.access, caf::exit_reason::kill);
    caf::anon_send_exit(all.webhooks, caf::exit_reason::kill);
  }

  /// Runs the io_context until the answer is there.
  template <class T>
  result<T> wait(http::answer<T> asked) {
    std::optional<result<T>> slot;
    boost::asio::co_spawn(io, std::move(asked), [&](std::exception_ptr problem, result<T> answer) {
      BOOST_TEST(!problem);
      slot = std::move(answer);
      io.stop();
    });
    io.restart();
    io.run();
    BOOST_REQUIRE(slot);
    return *slot;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(gateway_rules, gateway_fixture)

BOOST_AUTO_TEST_CASE(answers_come_through) {
  const auto insights = wait(gate->get_insights({"1001"}, {}));
  BOOST_REQUIRE(insights);
  BOOST_TEST(insights->version.changes == 7u);
  BOOST_TEST(insights->value != nullptr);
  BOOST_TEST(wait(gate->get_baselines({"1001"}, {}))->value->size() == 5u);
  const auto list = wait(gate->get_list({"1001"}, list_kind::sleep, 30, {}));
  BOOST_TEST(list->version.changes == 30u);
  BOOST_TEST(list->value == nullptr);
  BOOST_TEST(wait(gate->get_patterns({"1001"}, {}))->value->size() == 4u);
  BOOST_TEST(wait(gate->get_anomalies({"1001"}, {}))->value->size() == 3u);
  BOOST_TEST(wait(gate->get_predictions({"1001"}, {}))->value->size() == 2u);
  const auto explained_load = wait(gate->get_explanation({"1001"}, explained::load));
  BOOST_TEST((explained_load->value->subject == explained::load));
  BOOST_TEST(explained_load->version.changes == 7u);
  const auto check = wait(gate->check_value({"1001"}, metric::sleep_score, 71.5));
  BOOST_TEST((check->name == metric::sleep_score));
  BOOST_TEST(check->value == 71.5);
  BOOST_TEST(wait(gate->get_analytics_status({"1001"}))->sleep_days == 9);
  const auto day = parse_date("2026-11-22").value();
  const auto detail = wait(gate->get_detail({"1001"}, detail_kind::activity, day));
  BOOST_TEST((std::get<activity_day>(*detail.value()).day == day));
  BOOST_TEST(wait(gate->get_detail({"1001"}, detail_kind::ecg, std::int64_t{7})).value()
             == nullptr);
}

BOOST_AUTO_TEST_CASE(errors_come_through_with_their_message) {
  const auto insights = wait(gate->get_insights({"unknown"}, {}));
  BOOST_TEST((insights.error() == error{errc::unknown_user, "User unknown not found"}));
  const auto redirect = wait(gate->finish_oauth({}));
  BOOST_TEST((redirect.error().code == errc::invalid_oauth_state));
}

BOOST_AUTO_TEST_CASE(oauth_comes_through) {
  http::oauth_start_request start;
  start.callback_url = "https://app.example";
  start.browser = "secret";
  BOOST_TEST(wait(gate->start_oauth(start)).value()
             == "to polar from https://app.example with secret");
  http::oauth_callback_request back;
  back.browser = "secret";
  BOOST_TEST(wait(gate->finish_oauth(back)).value() == "back with secret");
  http::oauth_exchange_request exchange;
  exchange.code = "temp_1";
  const auto issued = wait(gate->exchange_code(exchange));
  BOOST_TEST(issued->api_key == "key for temp_1");
  BOOST_TEST(issued->user.value == "1");
}

BOOST_AUTO_TEST_CASE(questions_about_keys_come_through) {
  const user_id user{"1001"};
  const api_key_id own{7};
  const auto found = wait(gate->find_key(user, own));
  BOOST_REQUIRE((found && found->has_value()));
  BOOST_TEST(((*found)->id == own));
  BOOST_TEST(((*found)->user == user));
  BOOST_TEST(wait(gate->regenerate_key(user, own))->api_key == "new key");
  BOOST_TEST(wait(gate->revoke_key(user, own)).has_value());
  BOOST_TEST((wait(gate->revoke_key(user, {})).error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(questions_about_syncs_come_through) {
  const user_id user{"1001"};
  const auto coverage = wait(gate->get_coverage(user, 30));
  BOOST_REQUIRE(coverage);
  BOOST_TEST(((*coverage)->today == date{std::chrono::days{30}}));
  const auto state = wait(gate->get_sync_state(user));
  BOOST_REQUIRE(state);
  BOOST_TEST(state->record.id.value == "1001");
  BOOST_TEST(state->last != nullptr);
  const auto logs = wait(gate->get_sync_logs(user, 7));
  BOOST_REQUIRE(logs);
  BOOST_TEST((*logs)->size() == 7u);
  const auto events = wait(gate->await_sync_events(user, 41, 3ms));
  BOOST_REQUIRE(events);
  BOOST_TEST(events->events.size() == 3u);
  BOOST_TEST(events->last_number == 41u);
  BOOST_TEST(wait(gate->await_sync_events(user, {}, 0ms))->last_number == 1000u);
  const auto left = wait(gate->disconnect_user(user));
  BOOST_REQUIRE(left);
  BOOST_TEST((left->state == connection_state::disconnected));
  BOOST_TEST(wait(gate->erase_user(user)).has_value());
}

BOOST_AUTO_TEST_CASE(their_errors_come_through) {
  const user_id unknown{"unknown"};
  BOOST_TEST((wait(gate->get_coverage(unknown, 30)).error().code == errc::unknown_user));
  BOOST_TEST((wait(gate->get_sync_state(unknown)).error().code == errc::unknown_user));
  BOOST_TEST((wait(gate->get_sync_logs(unknown, 1)).error().code == errc::unknown_user));
  BOOST_TEST((wait(gate->await_sync_events(unknown, {}, 1ms)).error().code == errc::unknown_user));
  BOOST_TEST((wait(gate->erase_user({"syncing"})).error()
              == error{errc::sync_in_progress, "running-job"}));
  BOOST_TEST((wait(gate->disconnect_user({"syncing"})).error()
              == error{errc::sync_in_progress, "running-job"}));
}

BOOST_AUTO_TEST_CASE(webhooks_come_through) {
  http::webhook_delivery delivery{"{}", "signature of {}"};
  BOOST_TEST(wait(gate->receive_webhook(delivery)).has_value());
  delivery.signature.reset();
  BOOST_TEST(
      (wait(gate->receive_webhook(delivery)).error().code == errc::invalid_webhook_signature));
}

BOOST_AUTO_TEST_CASE(an_actor_that_dies_is_an_error_at_once) {
  const auto before = std::chrono::steady_clock::now();
  BOOST_TEST(!wait(gate->get_insights({"dead"}, {})).has_value());
  // And so is one that has been dead before.
  const auto second = wait(gate->get_insights({"1001"}, {}));
  BOOST_TEST((second.error().code == errc::overloaded));
  BOOST_TEST((std::chrono::steady_clock::now() - before < 300ms));
}

BOOST_AUTO_TEST_CASE(no_answer_is_a_deadline_and_a_late_one_is_dropped) {
  const auto slow = wait(gate->get_insights({"slow"}, {}));
  BOOST_TEST((slow.error().code == errc::deadline_exceeded));
  caf::anon_send(node->actors()->region, actors::user_absent{});
  // The next answer is the one to the next question.
  BOOST_TEST(wait(gate->get_insights({"1001"}, {}))->version.changes == 7u);
}

BOOST_AUTO_TEST_CASE(events_are_awaited_as_long_as_the_asker_is_patient) {
  // Later than any other question about a user may be answered: its 300 ms and a sweep.
  boost::asio::steady_timer later{io, 500ms};
  later.async_wait([this](const boost::system::error_code&) {
    caf::anon_send(node->actors()->region, actors::user_absent{});
  });
  const auto events = wait(gate->await_sync_events({"quiet"}, 7, 60s));
  BOOST_REQUIRE(events);
  BOOST_TEST(events->last_number == 7u);
}

BOOST_AUTO_TEST_CASE(events_are_not_awaited_for_ever) {
  const auto before = std::chrono::steady_clock::now();
  const auto events = wait(gate->await_sync_events({"quiet"}, 7, 200ms));
  BOOST_TEST((events.error().code == errc::deadline_exceeded));
  BOOST_TEST((std::chrono::steady_clock::now() - before >= 500ms));
}

BOOST_AUTO_TEST_CASE(a_sync_is_awaited_up_to_its_time) {
  http::sync_request request;
  const auto finished = wait(gate->trigger_sync({"1001"}, request));
  BOOST_REQUIRE(finished);
  BOOST_TEST(finished->job.value == "job of 1001");
  BOOST_REQUIRE(finished->report);
  BOOST_TEST((finished->report->status == sync_status::success));
  const auto running = wait(gate->trigger_sync({"long"}, request));
  BOOST_REQUIRE(running);
  BOOST_TEST(running->job.value == "job of long");
  BOOST_TEST(!running->report);
  const auto held_up = wait(gate->trigger_sync({"held up"}, request));
  BOOST_REQUIRE(held_up);
  BOOST_TEST(held_up->job.value == "job of held up");
  BOOST_TEST(!held_up->report);
  const auto forgotten = wait(gate->trigger_sync({"forgotten"}, request));
  BOOST_TEST(!forgotten->report);
  const auto refused = wait(gate->trigger_sync({"syncing"}, request));
  BOOST_TEST((refused.error() == error{errc::sync_in_progress, "running-job"}));
}

BOOST_AUTO_TEST_CASE(who_waits_for_a_sync_is_told_at_once_that_the_server_stops) {
  gate->stop();
  gate = http::make_gateway(io, node, {300ms, 60s, 300ms, 300ms});
  boost::asio::steady_timer soon{io, 20ms};
  soon.async_wait([this](const boost::system::error_code&) { gate->stop_waiting(); });
  const auto before = std::chrono::steady_clock::now();
  const auto running = wait(gate->trigger_sync({"long"}, {}));
  BOOST_REQUIRE(running);
  BOOST_TEST(running->job.value == "job of long");
  BOOST_TEST(!running->report);
  // Nobody begins to wait any more.
  BOOST_TEST(!wait(gate->trigger_sync({"long"}, {}))->report);
  BOOST_TEST((std::chrono::steady_clock::now() - before < 30s));
}

BOOST_AUTO_TEST_CASE(readiness_tells_the_database_from_the_region) {
  const auto ready = wait(gate->get_readiness());
  BOOST_REQUIRE(ready);
  // There is no store in this node.
  BOOST_TEST(!ready->database);
  BOOST_TEST(ready->region);
}

BOOST_AUTO_TEST_CASE(stopping_answers_what_is_open_and_refuses_the_rest) {
  std::optional<result<http::versioned<insights>>> slot;
  const user_id slow{"slow"};
  boost::asio::co_spawn(io, gate->get_insights(slow, {}),
                        [&](std::exception_ptr, result<http::versioned<insights>> answer) {
                          slot = std::move(answer);
                        });
  io.restart();
  io.poll();
  BOOST_TEST(!slot);
  gate->stop();
  io.restart();
  io.poll();
  BOOST_REQUIRE(slot);
  BOOST_TEST((slot->error().code == errc::shutting_down));
  const auto later = wait(gate->get_insights({"1001"}, {}));
  BOOST_TEST((later.error().code == errc::shutting_down));
}

BOOST_AUTO_TEST_CASE(many_questions_at_once_find_their_own_answers) {
  constexpr int questions = 2000;
  int answered = 0;
  // A busy machine may need seconds for them all.
  gate->stop();
  gate = http::make_gateway(io, node, {20s, 20s, 20s, 20s});
  const user_id user{"1001"};
  for (int i = 1; i <= questions; ++i)
    boost::asio::co_spawn(io, gate->get_list(user, list_kind::sleep, i, {}),
                          [&, i](std::exception_ptr, result<http::versioned<list_rows>> answer) {
                            BOOST_REQUIRE(answer);
                            BOOST_TEST(answer->version.changes == static_cast<std::uint64_t>(i));
                            if (++answered == questions)
                              io.stop();
                          });
  io.restart();
  io.run_for(20s);
  BOOST_TEST(answered == questions);
}

BOOST_AUTO_TEST_SUITE_END()
