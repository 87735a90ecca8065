#define BOOST_TEST_DYN_LINK
#include "actors/lease.hpp"
#include "actors/user.hpp"
#include "tests/actors/user_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

/// A user without data has the first sync ahead, which reaches back as far as Polar keeps.
const char* const first_cardio_load_path = "/v3/users/cardio-load/period/days/180";

struct sync_fixture : testing::user_fixture {
  /// Runs one manual sync to its end.
  std::shared_ptr<const sync_report> sync() {
    const auto started = get<sync_started>(region(), manual());
    if (!started)
      return nullptr;
    const auto finished = get<sync_finished>(region(), await_sync{id, started->job});
    return finished ? finished->report : nullptr;
  }
};

/// Never answers, and remembers who asked.
polar_actor::behavior_type silent_polar(polar_actor::pointer self,
                                        std::shared_ptr<caf::strong_actor_ptr> caller) {
  return {[=](const call_polar&) -> caf::result<polar_answered> {
    *caller = self->current_sender();
    return self->make_response_promise<polar_answered>();
  }};
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(user_syncing, sync_fixture)

BOOST_AUTO_TEST_CASE(a_sync_stores_analyses_and_publishes) {
  const auto before = insights_of(id);
  transport->answer(testing::sleep_path, 200, testing::one_night);
  data->inputs[id].window.recorded_days = {};
  const auto started = get<sync_started>(region(), manual());
  BOOST_REQUIRE(started);
  BOOST_TEST((started->user == id));
  const auto finished = get<sync_finished>(region(), await_sync{id, started->job});
  BOOST_REQUIRE(finished);
  const auto& report = *finished->report;
  BOOST_TEST((report.status == sync_status::success));
  BOOST_TEST((report.trigger == sync_trigger::manual));
  BOOST_TEST(report.analytics_done);
  BOOST_TEST(report.calls == static_cast<std::int32_t>(transport->sent.size()));
  BOOST_TEST((report.completed_at == clock->now()));
  BOOST_TEST(data->snapshots.size() == 1u);
  BOOST_TEST(data->open_logs.empty());
  BOOST_TEST((row().last_synced_at == clock->now()));
  const auto after = insights_of(id, before->version);
  BOOST_TEST(after->version.changes > before->version.changes);
  BOOST_TEST(after->value);
  BOOST_TEST((transport->sent.front().headers.front().second == "Bearer stored-token"));
}

// A first sync takes minutes: whoever reads meanwhile sees what is there.
BOOST_AUTO_TEST_CASE(readers_see_what_a_running_sync_has_stored) {
  const auto before = insights_of(id);
  transport->answer(testing::sleep_path, 200, testing::one_night);
  transport->hanging.insert("/v3/users/nightly-recharge");
  const auto started = get<sync_started>(region(), manual());
  BOOST_REQUIRE(started);
  const auto during = insights_of(id, before->version);
  BOOST_TEST(during->version.changes > before->version.changes);
  BOOST_TEST(during->version.changes == row().changes);
  let_it_finish();
  BOOST_REQUIRE(get<sync_finished>(region(), await_sync{id, started->job}));
  BOOST_TEST(insights_of(id)->version.changes > during->version.changes);
  BOOST_TEST(insights_of(id)->version.changes == row().changes);
}

BOOST_AUTO_TEST_CASE(the_report_says_what_polar_told_of_its_windows) {
  transport->answers[testing::sleep_path] = {
      polar::http_response{200,
                           {{"ratelimit-usage", "7, 70"},
                            {"ratelimit-limit", "520, 5100"},
                            {"ratelimit-reset", "240, 80000"}},
                           testing::one_night}};
  const auto report = sync();
  BOOST_REQUIRE(report);
  BOOST_TEST((report->quotas == call_quotas{call_quota{520, 513}, call_quota{5100, 5030}}));
  BOOST_TEST((data->endings.back().report.quotas == report->quotas));
}

BOOST_AUTO_TEST_CASE(patterns_count_as_detected_when_the_stored_analysis_has_some) {
  transport->answer(testing::sleep_path, 200, testing::one_night);
  const auto report = sync();
  BOOST_REQUIRE(report);
  // One night makes no pattern.
  BOOST_TEST(data->snapshots.back().second.today.patterns.empty());
  BOOST_TEST(!report->patterns_detected);
  user_state state{nullptr};
  state.job.emplace();
  analytics_snapshot stored;
  stored.today.patterns.emplace_back();
  state.note_analysis(stored);
  BOOST_TEST(state.job->report.analytics_done);
  BOOST_TEST(state.job->report.patterns_detected);
}

BOOST_AUTO_TEST_CASE(a_second_sync_without_news_changes_nothing) {
  transport->answer(testing::sleep_path, 200, testing::one_night);
  BOOST_REQUIRE(sync());
  const auto version = insights_of(id)->version;
  const auto report = sync();
  BOOST_REQUIRE(report);
  BOOST_TEST((report->status == sync_status::success));
  BOOST_TEST(report->analytics_done);
  BOOST_TEST(data->snapshots.size() == 1u);
  BOOST_TEST((insights_of(id)->version == version));
}

BOOST_AUTO_TEST_CASE(a_second_request_gets_the_running_job) {
  const auto job = start_hanging_sync();
  const auto refused = get<sync_started>(region(), manual());
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error() == error{errc::sync_in_progress, job.value}));
  // Reading goes on meanwhile.
  BOOST_TEST(insights_of(id).has_value());
  let_it_finish();
  BOOST_TEST(get<sync_started>(region(), manual()).has_value());
}

BOOST_AUTO_TEST_CASE(waiting_ends_with_the_sync) {
  const auto job = start_hanging_sync();
  const auto first = ask<sync_finished>(region(), await_sync{id, job});
  const auto second = ask<sync_finished>(region(), await_sync{id, job});
  BOOST_TEST(!first->has_value());
  let_it_finish();
  BOOST_TEST(first->has_value());
  BOOST_TEST(second->has_value());
  const auto other = get<sync_finished>(region(), await_sync{id, job_id{"other"}});
  BOOST_TEST((other.error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_a_sync_that_waits_for_permits) {
  tell(node->actors()->supervisor, permit_spent{std::nullopt, 60s});
  const auto started = get<sync_started>(region(), manual());
  BOOST_REQUIRE(started);
  const await_sync question{id, started->job};
  const auto held_up = get<sync_finished>(region(), question);
  BOOST_REQUIRE(held_up);
  BOOST_TEST(!held_up->report);
  // It goes on when the window opens, and then its end can be awaited.
  advance(62s);
  const auto finished = get<sync_finished>(region(), question);
  BOOST_REQUIRE(finished);
  BOOST_REQUIRE(finished->report);
  BOOST_TEST((finished->report->status == sync_status::success));
}

BOOST_AUTO_TEST_CASE(whoever_waits_is_released_when_permits_run_out) {
  const auto job = start_hanging_sync();
  const auto waiting = ask<sync_finished>(region(), await_sync{id, job});
  BOOST_TEST(!waiting->has_value());
  // 429 without a word about the time means a minute.
  let_it_finish(429);
  BOOST_REQUIRE(waiting->has_value());
  BOOST_REQUIRE((*waiting)->has_value());
  BOOST_TEST(!(*waiting)->value().report);
  advance(62s);
  const auto finished = get<sync_finished>(region(), await_sync{id, job});
  BOOST_REQUIRE(finished);
  BOOST_REQUIRE(finished->report);
  BOOST_TEST((finished->report->status == sync_status::success));
}

BOOST_AUTO_TEST_CASE(without_a_token_there_is_no_sync) {
  data->tokens.clear();
  const auto started = get<sync_started>(region(), manual());
  BOOST_TEST((started.error().code == errc::no_polar_token));
  // The next one is not refused as "in progress".
  BOOST_TEST((get<sync_started>(region(), manual()).error().code == errc::no_polar_token));
}

BOOST_AUTO_TEST_CASE(a_token_of_another_row_cannot_be_opened) {
  data->tokens[id] = env->secrets->seal("stored-token", "token/2002");
  BOOST_TEST((get<sync_started>(region(), manual()).error().code == errc::undecryptable));
}

BOOST_AUTO_TEST_CASE(a_brought_token_is_used_for_this_sync_only) {
  auto command = manual();
  command.polar_token = "brought-token";
  command.any_user_allowed = true;
  const auto stored = data->tokens;
  BOOST_REQUIRE(get<sync_started>(region(), command));
  for (const auto& request : transport->sent)
    BOOST_TEST((request.headers.front().second == "Bearer brought-token"));
  BOOST_TEST((data->tokens == stored));
}

BOOST_AUTO_TEST_CASE(a_users_own_key_may_bring_a_token_of_that_user_only) {
  auto command = manual();
  command.polar_token = "brought-token";
  transport->answer("/v3/users/1001", 204);
  BOOST_TEST((get<sync_started>(region(), command).error().code == errc::foreign_polar_token));
  transport->answers["/v3/users/1001"] = {polar::http_response{503, {}, {}}};
  BOOST_TEST((get<sync_started>(region(), command).error().code == errc::polar_unavailable));
  transport->answers["/v3/users/1001"] = {polar::http_response{200, {}, "{}"}};
  BOOST_TEST(get<sync_started>(region(), command).has_value());
}

BOOST_AUTO_TEST_CASE(a_brought_token_creates_an_unknown_user_if_that_is_allowed) {
  const user_id fresh{"2002"};
  trigger_sync command{fresh, sync_trigger::manual, sync_priority::critical, "brought-token", {},
                       false, {}};
  BOOST_TEST((get<sync_started>(region(), command).error().code == errc::unknown_user));
  command.any_user_allowed = true;
  BOOST_TEST(get<sync_started>(region(), command).has_value());
  BOOST_TEST(data->users.contains(fresh));
  BOOST_TEST(!data->tokens.contains(fresh));
  BOOST_TEST(insights_of(fresh).has_value());
}

BOOST_AUTO_TEST_CASE(a_401_asks_for_a_new_authorization) {
  transport->otherwise = 401;
  const auto report = sync();
  BOOST_REQUIRE(report);
  BOOST_TEST((report->status == sync_status::failed));
  BOOST_TEST((row().state == connection_state::needs_reauthorization));
  BOOST_TEST((get<sync_started>(region(), manual()).error().code == errc::needs_reauthorization));
  // Data stays readable, and a new authorization mends it.
  BOOST_TEST(insights_of(id).has_value());
  transport->otherwise = 204;
  const auto sealed = env->secrets->seal("new-token", "token/1001");
  BOOST_TEST(get<user_record>(region(), connect_user{id, sealed, clock->now() + 24h}).has_value());
  BOOST_TEST(get<sync_started>(region(), manual()).has_value());
}

BOOST_AUTO_TEST_CASE(a_brought_token_that_is_refused_says_nothing_about_the_stored_one) {
  transport->otherwise = 401;
  auto command = manual();
  command.polar_token = "brought-token";
  command.any_user_allowed = true;
  BOOST_REQUIRE(get<sync_started>(region(), command));
  BOOST_TEST((row().state == connection_state::connected));
  BOOST_TEST(row().consecutive_failures == 0);
}

BOOST_AUTO_TEST_CASE(failures_back_off_doubling) {
  transport->otherwise = 403;
  // 15 min · 2^(n−1), of which at most half is taken off.
  std::chrono::minutes longest = 15min;
  for (int failures = 1; failures <= 9; ++failures) {
    BOOST_REQUIRE(sync());
    BOOST_TEST(row().consecutive_failures == failures);
    BOOST_REQUIRE(row().not_before);
    const auto pause = *row().not_before - clock->now();
    BOOST_TEST((pause <= longest));
    BOOST_TEST((pause >= longest / 2));
    longest = std::min<std::chrono::minutes>(longest * 2, 24h);
  }
  transport->otherwise = 204;
  BOOST_REQUIRE(sync());
  BOOST_TEST(row().consecutive_failures == 0);
  BOOST_TEST(!row().not_before);
}

BOOST_AUTO_TEST_CASE(some_failed_streams_make_it_partial) {
  transport->answer(first_cardio_load_path, 403);
  const auto report = sync();
  BOOST_REQUIRE(report);
  BOOST_TEST((report->status == sync_status::partial));
  BOOST_TEST(row().consecutive_failures == 0);
}

BOOST_AUTO_TEST_CASE(a_row_left_open_by_a_failed_actor_is_closed_first) {
  sync_report stale;
  stale.job = job_id{"stale"};
  stale.user = id;
  data->open_logs[stale.job] = stale;
  const auto report = sync();
  BOOST_REQUIRE(report);
  BOOST_TEST(data->open_logs.empty());
  BOOST_REQUIRE(data->endings.size() == 2u);
  BOOST_TEST((data->endings.front().report.job == stale.job));
  BOOST_TEST((data->endings.front().report.status == sync_status::failed));
}

BOOST_AUTO_TEST_CASE(a_worker_that_fails_ends_the_sync_as_failed) {
  const auto caller = std::make_shared<caf::strong_actor_ptr>();
  use(&node_actors::polar, polar_actor{system.spawn(silent_polar, caller)});
  const auto started = get<sync_started>(region(), manual());
  BOOST_REQUIRE(started);
  const auto waiting = ask<sync_finished>(region(), await_sync{id, started->job});
  BOOST_REQUIRE(*caller);
  caf::anon_send_exit(caf::actor_cast<caf::actor>(*caller), caf::exit_reason::kill);
  run();
  BOOST_REQUIRE(waiting->has_value());
  BOOST_REQUIRE((*waiting)->has_value());
  const auto& report = *(*waiting)->value().report;
  BOOST_TEST((report.status == sync_status::failed));
  BOOST_TEST((report.streams.front().failure->code == errc::internal));
  BOOST_TEST(row().consecutive_failures == 1);
  BOOST_TEST(data->open_logs.empty());
}

BOOST_AUTO_TEST_CASE(stored_rows_show_even_if_analytics_fail) {
  BOOST_TEST(insights_of(id).has_value());
  transport->answer(testing::sleep_path, 200, testing::one_night);
  data->failures["load_analytics_input"] = {{errc::storage_unavailable, "gone"}};
  const auto report = sync();
  BOOST_REQUIRE(report);
  BOOST_TEST(!report->analytics_done);
  const auto loads = data->calls["load_analytics_input"];
  BOOST_TEST(insights_of(id).has_value());
  BOOST_TEST(data->calls["load_analytics_input"] == loads + 1);
}

BOOST_AUTO_TEST_CASE(a_sync_that_cannot_be_closed_frees_the_user) {
  data->failures["close_sync"] = {{errc::storage_unavailable, "gone"}};
  BOOST_REQUIRE(sync());
  // The next one finds the open row and closes it.
  BOOST_REQUIRE(sync());
  BOOST_TEST(data->open_logs.empty());
}

BOOST_AUTO_TEST_CASE(a_new_token_during_a_sync_survives_the_old_ones_end) {
  const auto job = start_hanging_sync();
  const auto sealed = env->secrets->seal("new-token", "token/1001");
  BOOST_REQUIRE(get<user_record>(region(), connect_user{id, sealed, clock->now() + 24h}));
  let_it_finish(401);
  BOOST_TEST(get<sync_finished>(region(), await_sync{id, job}).has_value());
  BOOST_TEST((row().state == connection_state::connected));
}

// A first sync that ends partial must not leave a hole for ever.
BOOST_AUTO_TEST_CASE(what_failed_in_the_first_sync_is_asked_for_in_the_next) {
  transport->answer(first_cardio_load_path, 403);
  transport->answer(testing::sleep_path, 200, testing::one_night);
  const auto first = sync();
  BOOST_REQUIRE(first);
  BOOST_TEST((first->status == sync_status::partial));
  transport->answers.erase(first_cardio_load_path);
  const auto asked = transport->count(first_cardio_load_path);
  const auto second = sync();
  BOOST_REQUIRE(second);
  BOOST_TEST((second->status == sync_status::success));
  BOOST_TEST(transport->count(first_cardio_load_path) == asked + 1);
}

BOOST_AUTO_TEST_CASE(the_ledger_and_the_next_loss_are_stored_with_the_end) {
  transport->answer(testing::sleep_path, 200, testing::one_night);
  BOOST_REQUIRE(sync());
  BOOST_REQUIRE(data->endings.size() == 1u);
  const auto& coverage = data->endings.front().coverage;
  const auto sleep = std::ranges::find(coverage, stream::sleep, &stream_coverage::kind);
  BOOST_REQUIRE((sleep != coverage.end()));
  // The night of the 21st; the days that had no night are asked for once more, tomorrow.
  BOOST_TEST((sleep->newest_data == parse_date("2026-11-21")));
  BOOST_TEST(sleep->unconfirmed.contains(*parse_date("2026-11-19")));
  BOOST_TEST(!sleep->unconfirmed.contains(*parse_date("2026-11-20")));
  advance(24h);
  BOOST_REQUIRE(sync());
  const auto& later = data->endings.back().coverage;
  const auto confirmed = std::ranges::find(later, stream::sleep, &stream_coverage::kind);
  BOOST_TEST(confirmed->settled.contains(*parse_date("2026-11-19")));
  BOOST_TEST(data->endings.front().next_loss_at.has_value());
  BOOST_TEST((row().next_loss_at == data->endings.back().next_loss_at));
}

BOOST_AUTO_TEST_CASE(a_commit_whose_answer_was_lost_is_noticed) {
  BOOST_TEST(insights_of(id).has_value());
  BOOST_REQUIRE(sync());
  const auto loads = data->calls["load_analytics_input"];
  // Rows changed without this actor's knowledge.
  row().changes += 1;
  BOOST_REQUIRE(sync());
  BOOST_TEST(insights_of(id).has_value());
  BOOST_TEST(data->calls["load_analytics_input"] > loads);
}

BOOST_AUTO_TEST_CASE(a_node_that_took_its_shards_again_goes_on) {
  const auto job = start_hanging_sync();
  data->epoch = 2;
  let_it_finish(200, testing::one_night);
  const auto lost = get<sync_finished>(region(), await_sync{id, job});
  BOOST_REQUIRE(lost);
  BOOST_TEST((lost->report->streams.front().failure->code == errc::stale_epoch));
  BOOST_TEST(data->replies.empty());
  BOOST_TEST((get<sync_started>(region(), manual()).error().code == errc::stale_epoch));
  BOOST_REQUIRE(get<done>(node->actors()->lease, take_all_shards{"node", clock->now()}));
  const auto report = sync();
  BOOST_REQUIRE(report);
  BOOST_TEST((report->status == sync_status::success));
  BOOST_TEST(data->open_logs.empty());
}

BOOST_AUTO_TEST_CASE(a_node_without_shards_starts_no_sync) {
  BOOST_TEST(insights_of(id).has_value());
  use(&node_actors::lease, system.spawn(lease, env, std::make_shared<shard_epochs>()));
  BOOST_TEST((get<sync_started>(region(), manual()).error().code == errc::storage_unavailable));
  BOOST_TEST(transport->sent.empty());
}

BOOST_AUTO_TEST_CASE(a_manual_sync_that_cannot_start_is_told_to_the_supervisor) {
  data->failures["open_sync_log"] = {{errc::storage_unavailable, "gone"}};
  BOOST_TEST(!get<sync_started>(region(), manual()).has_value());
  BOOST_TEST(get<sync_started>(region(), manual()).has_value());
}

BOOST_AUTO_TEST_CASE(news_says_nothing_about_when_everything_was_synced) {
  const auto before = row().last_synced_at;
  auto command = manual();
  command.trigger = sync_trigger::webhook;
  const auto today = std::chrono::floor<std::chrono::days>(testing::test_start);
  command.announced = {{7, {stream::sleep, date_range{today, today}, std::nullopt}}};
  transport->answer(testing::sleep_path + "/2026-11-22", 200,
                    R"({"date":"2026-11-22","sleep_score":80})");
  BOOST_REQUIRE(get<sync_started>(region(), command));
  advance(60s);
  BOOST_REQUIRE(data->endings.size() == 1u);
  BOOST_TEST((data->endings.front().report.trigger == sync_trigger::webhook));
  BOOST_TEST((row().last_synced_at == before));
  BOOST_TEST((row().last_new_data_at == data->endings.front().report.completed_at));
  BOOST_TEST(data->endings.front().fetched_news == std::vector<std::int64_t>{7},
             boost::test_tools::per_element());
}

// What is settled is asked for by no schedule, and an event may come before its data.
BOOST_AUTO_TEST_CASE(announced_days_are_asked_for_once_more) {
  const auto today = std::chrono::floor<std::chrono::days>(testing::test_start);
  const date_range announced{today - std::chrono::days{9}, today - std::chrono::days{9}};
  for (const auto kind : {stream::activity, stream::activity_samples, stream::sleep}) {
    stream_coverage ledger;
    ledger.kind = kind;
    ledger.settled.add({today - std::chrono::days{20}, today - std::chrono::days{3}});
    data->coverage[id].push_back(ledger);
  }
  auto command = manual();
  command.trigger = sync_trigger::webhook;
  command.announced = {{7, {stream::activity, announced, std::nullopt}}};
  BOOST_REQUIRE(get<sync_started>(region(), command));
  advance(60s);
  BOOST_REQUIRE(data->endings.size() == 1u);
  for (const auto& ledger : data->endings.front().coverage)
    BOOST_TEST(ledger.settled.contains(announced.first) == (ledger.kind == stream::sleep),
               to_string(ledger.kind));
}

BOOST_AUTO_TEST_CASE(a_first_sync_that_was_cut_short_leaves_the_user_new) {
  data->users[id].last_synced_at.reset();
  transport->hanging.insert(testing::sleep_path);
  auto command = manual();
  command.trigger = sync_trigger::first_connection;
  BOOST_REQUIRE(get<sync_started>(region(), command));
  advance(env->config.sync.sync_timeout + 1s);
  BOOST_REQUIRE(data->endings.size() == 1u);
  BOOST_TEST(!data->endings.front().is_whole);
  BOOST_TEST(!row().last_synced_at.has_value());
}

BOOST_AUTO_TEST_CASE(a_sync_that_a_stop_cut_short_is_still_due) {
  const auto before = row().last_synced_at;
  tell(node->actors()->supervisor, permit_spent{std::nullopt, 240s});
  BOOST_REQUIRE(get<sync_started>(region(), manual()));
  tell(node->actors()->supervisor, stop_syncs{});
  BOOST_REQUIRE(data->endings.size() == 1u);
  BOOST_TEST(!data->endings.front().is_whole);
  BOOST_TEST((row().last_synced_at == before));
  BOOST_TEST(row().consecutive_failures == 0);
  BOOST_TEST(!row().not_before.has_value());
}

BOOST_AUTO_TEST_CASE(a_sync_without_a_single_permit_leaves_the_user_due) {
  const auto before = row().last_synced_at;
  tell(node->actors()->supervisor,
       permit_spent{std::nullopt, env->config.sync.sync_timeout + 10min});
  BOOST_REQUIRE(get<sync_started>(region(), manual()));
  advance(env->config.sync.sync_timeout + 1s);
  BOOST_REQUIRE(data->endings.size() == 1u);
  BOOST_TEST((row().last_synced_at == before));
  BOOST_TEST(row().consecutive_failures == 0);
  BOOST_TEST((row().not_before == data->endings.front().report.completed_at.value() + 15min));
}

BOOST_AUTO_TEST_CASE(news_that_could_not_be_fetched_stays_news) {
  auto command = manual();
  command.trigger = sync_trigger::webhook;
  const auto today = std::chrono::floor<std::chrono::days>(testing::test_start);
  command.announced = {{7, {stream::activity, date_range{today, today}, std::nullopt}}};
  transport->answer("/v3/users/activities/2026-11-22", 503);
  BOOST_REQUIRE(get<sync_started>(region(), command));
  advance(300s);
  BOOST_REQUIRE(data->endings.size() == 1u);
  BOOST_TEST(data->endings.front().fetched_news.empty());
}

BOOST_AUTO_TEST_SUITE_END()
