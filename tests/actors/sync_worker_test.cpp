#define BOOST_TEST_DYN_LINK
#include "actors/sync_worker.hpp"
#include "tests/actors/fakes.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

const std::string sleep_path = "/v3/users/sleep";
const std::string recharge_path = "/v3/users/nightly-recharge";
const std::string cardio_path = "/v3/users/cardio-load";
const std::string two_nights =
    R"({"nights":[{"date":"2026-11-20","sleep_score":80},{"date":"2026-11-21"}]})";

date_range day_of(std::string_view text) {
  const auto day = parse_date(text).value();
  return {day, day};
}

/// What the user of a worker hears.
struct listener_log {
  std::vector<sync_progressed> progress;
  std::vector<sync_held_up> held_up;
  std::optional<sync_fetched> end;
};

sync_listener::behavior_type listener(sync_listener::pointer, std::shared_ptr<listener_log> log) {
  return {
      [=](const sync_progressed& fact) { log->progress.push_back(fact); },
      [=](const sync_held_up& fact) { log->held_up.push_back(fact); },
      [=](const sync_fetched& fact) { log->end = fact; },
  };
}

struct worker_fixture : testing::node_fixture {
  std::shared_ptr<listener_log> log = std::make_shared<listener_log>();
  sync_listener user;
  sync_worker_actor worker;

  worker_fixture() {
    use_all_but_users();
    data->add_user("1001");
    user = system.spawn(listener, log);
    spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(user));
  }

  const date today = std::chrono::floor<std::chrono::days>(clock->now());

  /// What a complete sync of a watch that was synchronised today leaves, so that each stream has
  /// few requests.
  std::vector<stream_coverage> known_until_today() const {
    const date_range everything{today - std::chrono::days{364}, today};
    std::vector<fetched_days> attempts;
    for (const auto kind : all_streams)
      attempts.push_back({kind, everything, day_set{{everything}}, {}});
    std::vector<stream_coverage> ledgers;
    note_attempts(ledgers, attempts, today, clock->now());
    return ledgers;
  }

  void start(std::vector<polar_news> announced = {}) {
    auto order = std::make_shared<const sync_order>(sync_order{
        job_id{"job"}, user_id{"1001"}, shard_claim{1, 1}, "token", sync_priority::critical,
        polar::reach{today, known_until_today(), {}}, std::move(announced)});
    worker = system.spawn(sync_worker, env, order, user);
    spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(worker));
    run();
  }

  const stream_outcome& outcome(stream kind) const {
    for (const auto& item : log->end->streams)
      if (item.kind == kind)
        return item;
    throw std::runtime_error{"no such stream in the report"};
  }

  std::optional<errc> failure(stream kind) const {
    const auto& found = outcome(kind).failure;
    return found ? std::optional{found->code} : std::nullopt;
  }

  std::size_t failed_streams() const {
    return static_cast<std::size_t>(
        std::count_if(log->end->streams.begin(), log->end->streams.end(),
                      [](const auto& item) { return item.failure.has_value(); }));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(sync_worker_rules, worker_fixture)

BOOST_AUTO_TEST_CASE(stores_what_polar_answers) {
  transport->answer(sleep_path, 200, two_nights);
  start();
  BOOST_REQUIRE(log->end);
  BOOST_TEST((log->end->job == job_id{"job"}));
  BOOST_TEST(!log->end->stopped_by);
  BOOST_TEST(failed_streams() == 0u);
  BOOST_TEST(log->end->streams.size() == polar::fetched_streams().size());
  BOOST_TEST(outcome(stream::sleep).records == 2);
  BOOST_TEST(log->end->rows_changed == 2);
  BOOST_REQUIRE(data->replies.size() == 1u);
  BOOST_TEST(data->replies.front().raw.body == two_nights);
  BOOST_TEST(data->replies.front().raw.request.starts_with(sleep_path));
  BOOST_TEST((data->replies.front().raw.fetched_at == clock->now()));
  // Every request carries the token, and the start of each stream and its progress were told.
  for (const auto& request : transport->sent)
    BOOST_TEST((request.headers.front().second == "Bearer token"));
  BOOST_TEST(log->progress.size() == polar::fetched_streams().size() + transport->sent.size());
  BOOST_TEST(log->held_up.empty());
}

BOOST_AUTO_TEST_CASE(empty_answers_are_no_failure) {
  transport->answer(sleep_path, 200, "");
  transport->answer(recharge_path, 404, R"({"error":"none"})");
  transport->answer(cardio_path, 204);
  start();
  BOOST_REQUIRE(log->end);
  BOOST_TEST(failed_streams() == 0u);
  BOOST_TEST(log->end->rows_changed == 0);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_archived_and_fails_its_stream_alone) {
  const std::string truncated = two_nights.substr(0, 40);
  transport->answer(sleep_path, 200, truncated);
  transport->answer(cardio_path, 200, R"("a text instead of a list")");
  transport->answer(recharge_path, 200, R"({"recharges":[{"date":"2026-11-20"}]})");
  start();
  BOOST_REQUIRE(log->end);
  BOOST_TEST((failure(stream::sleep) == errc::polar_unreadable));
  BOOST_TEST((failure(stream::cardio_load) == errc::polar_unreadable));
  BOOST_TEST((failure(stream::recharge) == std::nullopt));
  BOOST_TEST(outcome(stream::recharge).records == 1);
  const auto archived = std::count_if(data->replies.begin(), data->replies.end(), [&](auto& reply) {
    return reply.raw.body == truncated && std::holds_alternative<std::monostate>(reply.records);
  });
  BOOST_TEST(archived == 1);
}

BOOST_AUTO_TEST_CASE(server_errors_are_repeated_with_growing_pauses) {
  transport->answer(sleep_path, 500);
  transport->answer(sleep_path, 503);
  transport->answer(sleep_path, 200, two_nights);
  start();
  BOOST_TEST(transport->count(sleep_path) == 1u);
  BOOST_TEST(!log->end);
  // The first pause is 1 to 2 s, the second 2 to 4 s.
  advance(2s);
  BOOST_TEST(transport->count(sleep_path) == 2u);
  advance(4s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(failed_streams() == 0u);
  BOOST_TEST(outcome(stream::sleep).calls == 3);
  BOOST_TEST(outcome(stream::sleep).records == 2);
}

BOOST_AUTO_TEST_CASE(after_two_repetitions_the_stream_fails_alone) {
  transport->answer(sleep_path, 500);
  transport->answer(recharge_path, 200, R"({"recharges":[{"date":"2026-11-20"}]})");
  start();
  advance(10s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(transport->count(sleep_path) == 3u);
  BOOST_TEST((failure(stream::sleep) == errc::polar_unavailable));
  BOOST_TEST(failed_streams() == 1u);
  BOOST_TEST(outcome(stream::recharge).records == 1);
}

BOOST_AUTO_TEST_CASE(time_outs_of_the_transport_are_repeated) {
  transport->answers[sleep_path] = {fail(errc::polar_timeout, "slow"),
                                    polar::http_response{200, {}, two_nights}};
  start();
  advance(3s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(failed_streams() == 0u);
}

BOOST_AUTO_TEST_CASE(where_there_is_no_room_for_a_request_its_turn_comes) {
  // More often than a request to a Polar in trouble would be repeated.
  for (int i = 0; i < 5; ++i)
    transport->answers[sleep_path].push_back(fail(errc::overloaded, "too many requests wait"));
  transport->answers[sleep_path].push_back(polar::http_response{200, {}, two_nights});
  start();
  BOOST_TEST(!log->end);
  advance(5 * 4s + 1s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(failed_streams() == 0u);
  BOOST_TEST(outcome(stream::sleep).records == 2);
  BOOST_TEST(outcome(stream::sleep).calls == 1);
}

BOOST_AUTO_TEST_CASE(a_server_that_stops_ends_a_sync_that_waits_for_a_window) {
  tell(node->actors()->supervisor, permit_spent{std::nullopt, 240s});
  start();
  BOOST_TEST(!log->end);
  tell(node->actors()->supervisor, stop_syncs{});
  BOOST_REQUIRE(log->end);
  BOOST_REQUIRE(log->end->stopped_by.has_value());
  BOOST_TEST((log->end->stopped_by->code == errc::shutting_down));
  for (const auto& item : log->end->streams) {
    BOOST_REQUIRE(item.failure.has_value());
    BOOST_TEST(item.failure->message
               == "Error syncing " + std::string{to_string(item.kind)}
                      + ": the server is stopping. The next sync tries again");
  }
}

BOOST_AUTO_TEST_CASE(a_body_that_is_too_large_is_not_asked_for_again) {
  transport->answers[sleep_path] = {fail(errc::polar_answer_too_large, "10 MB")};
  start();
  advance(10s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(transport->count(sleep_path) == 1u);
  BOOST_TEST((failure(stream::sleep) == errc::polar_answer_too_large));
  BOOST_TEST(failed_streams() == 1u);
}

BOOST_AUTO_TEST_CASE(a_401_ends_the_whole_sync) {
  env->config.sync.parallel_requests = 1;
  transport->answer(sleep_path, 401);
  start();
  BOOST_REQUIRE(log->end);
  BOOST_REQUIRE(log->end->stopped_by);
  BOOST_TEST((log->end->stopped_by->code == errc::needs_reauthorization));
  BOOST_TEST(transport->sent.size() == 1u);
  BOOST_TEST(failed_streams() == log->end->streams.size());
}

BOOST_AUTO_TEST_CASE(a_403_concerns_its_stream_only) {
  transport->answer(cardio_path, 403);
  start();
  BOOST_REQUIRE(log->end);
  BOOST_TEST((failure(stream::cardio_load) == errc::consent_missing));
  BOOST_TEST(failed_streams() == 1u);
  BOOST_TEST(!outcome(stream::cardio_load).failure->message.empty());
}

BOOST_AUTO_TEST_CASE(a_429_waits_for_the_window_and_goes_on) {
  transport->answers[sleep_path] = {polar::http_response{429,
                                                         {{"ratelimit-usage", "500, 900"},
                                                          {"ratelimit-limit", "500, 5000"},
                                                          {"ratelimit-reset", "240, 80000"}},
                                                         {}},
                                    polar::http_response{200, {}, two_nights}};
  start();
  BOOST_TEST(!log->end);
  BOOST_TEST(!log->held_up.empty());
  const auto sent_before = transport->sent.size();
  advance(238s);
  BOOST_TEST(transport->sent.size() == sent_before);
  advance(4s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(failed_streams() == 0u);
  BOOST_TEST(outcome(stream::sleep).records == 2);
}

BOOST_AUTO_TEST_CASE(a_budget_that_is_used_up_is_told_and_waited_for) {
  tell(node->actors()->supervisor,
       permit_spent{polar::rate_headers{{500, 500, 240s}, std::nullopt}, std::nullopt});
  advance(1s);
  start();
  BOOST_REQUIRE(!log->held_up.empty());
  BOOST_TEST((log->held_up.front().job == job_id{"job"}));
  BOOST_TEST(transport->sent.empty());
  advance(238s);
  BOOST_TEST(transport->sent.empty());
  advance(4s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(failed_streams() == 0u);
}

BOOST_AUTO_TEST_CASE(what_waited_and_then_failed_did_not_fail_for_want_of_permits) {
  env->config.sync.retries_max = 1000;
  tell(node->actors()->supervisor, permit_spent{std::nullopt, 60s});
  transport->answers[sleep_path] = {fail(errc::polar_timeout, "slow")};
  start();
  BOOST_REQUIRE(!log->held_up.empty());
  advance(15min + 2s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(transport->count(sleep_path) > 3u);
  BOOST_TEST((failure(stream::sleep) == errc::deadline_exceeded));
}

BOOST_AUTO_TEST_CASE(a_429_that_outlasts_the_sync_is_named) {
  transport->answers[sleep_path] = {polar::http_response{429, {{"retry-after", "86400"}}, {}}};
  start();
  advance(15min + 2s);
  BOOST_REQUIRE(log->end);
  BOOST_REQUIRE(log->end->stopped_by);
  BOOST_TEST((failure(stream::sleep) == errc::polar_rate_limited));
}

BOOST_AUTO_TEST_CASE(want_of_permits_is_the_reason_for_all_that_was_not_asked_for) {
  for (const auto& path : {sleep_path, recharge_path})
    transport->answers[path] = {polar::http_response{429, {{"retry-after", "86400"}}, {}}};
  env->config.sync.parallel_requests = 2;
  start();
  advance(15min + 2s);
  BOOST_REQUIRE(log->end);
  for (const auto& stream : log->end->streams)
    BOOST_TEST((stream.failure.value().code == errc::polar_rate_limited), to_string(stream.kind));
}

BOOST_AUTO_TEST_CASE(a_polar_that_hangs_cannot_hold_the_sync_for_ever) {
  transport->hanging.insert(sleep_path);
  transport->answer(recharge_path, 200, R"({"recharges":[{"date":"2026-11-20"}]})");
  start();
  advance(15min - 2s);
  BOOST_TEST(!log->end);
  advance(3s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST((failure(stream::sleep) == errc::deadline_exceeded));
  BOOST_TEST(outcome(stream::recharge).records == 1);
}

BOOST_AUTO_TEST_CASE(a_busy_database_is_asked_again_without_a_second_call_to_polar) {
  transport->answer(sleep_path, 200, two_nights);
  data->failures["store_reply"] = {{errc::overloaded, "full"}, {errc::storage_unavailable, "gone"}};
  start();
  advance(7s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(failed_streams() == 0u);
  BOOST_TEST(transport->count(sleep_path) == 1u);
  BOOST_TEST(outcome(stream::sleep).records == 2);
}

BOOST_AUTO_TEST_CASE(a_lost_shard_ends_the_sync) {
  env->config.sync.parallel_requests = 1;
  transport->answer(sleep_path, 200, two_nights);
  data->failures["store_reply"] = {{errc::stale_epoch, "another node"}};
  start();
  BOOST_REQUIRE(log->end);
  BOOST_TEST((log->end->stopped_by->code == errc::stale_epoch));
  BOOST_TEST(transport->sent.size() == 1u);
}

BOOST_AUTO_TEST_CASE(no_more_requests_at_once_than_allowed) {
  for (const auto& path : {sleep_path, recharge_path, cardio_path})
    transport->hanging.insert(path);
  transport->hanging.insert("/v3/users/activities");
  transport->hanging.insert("/v3/exercises");
  start();
  BOOST_TEST(transport->sent.size() == 2u);
  transport->open[0](polar::http_response{204, {}, {}});
  run();
  BOOST_TEST(transport->sent.size() == 3u);
}

BOOST_AUTO_TEST_CASE(details_are_fetched_of_the_exercises_that_lack_them) {
  transport->answer("/v3/exercises", 200,
                    R"([{"id":"aaa","start_time":"2026-11-20T08:00:00"},)"
                    R"({"id":"bbb","start_time":"2026-11-21T08:00:00"}])");
  transport->answer("/v3/exercises/bbb", 200, R"({"id":"bbb","start_time":"2026-11-21T08:00:00"})");
  data->exercises_without_details = {"bbb"};
  start();
  BOOST_REQUIRE(log->end);
  BOOST_TEST(transport->count("/v3/exercises/aaa") == 0u);
  BOOST_TEST(transport->count("/v3/exercises/bbb") == 1u);
  BOOST_TEST(outcome(stream::exercises).calls == 2);
  BOOST_TEST(failed_streams() == 0u);
}

BOOST_AUTO_TEST_CASE(a_detail_that_fails_leaves_the_other_details_alone) {
  transport->answer("/v3/exercises", 200, R"([{"id":"aaa","start_time":"2026-11-20T08:00:00"}])");
  transport->answer("/v3/exercises/aaa", 500);
  transport->answer("/v3/exercises/bbb", 200, R"({"id":"bbb","start_time":"2026-11-21T08:00:00"})");
  data->exercises_without_details = {"aaa", "bbb"};
  start();
  advance(10s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(transport->count("/v3/exercises/aaa") == 3u);
  BOOST_TEST(transport->count("/v3/exercises/bbb") == 1u);
  BOOST_TEST((failure(stream::exercises) == errc::polar_unavailable));
  // The list had settled these days.
  const auto& last = log->end->attempts.back();
  BOOST_TEST((last.failure && last.days == day_of("2026-11-20")));
}

BOOST_AUTO_TEST_CASE(details_that_a_sync_did_not_get_any_more_open_their_days_again) {
  transport->answer("/v3/exercises", 200,
                    R"([{"id":"aaa","start_time":"2026-11-20T08:00:00"},)"
                    R"({"id":"bbb","start_time":"2026-11-21T08:00:00"}])");
  transport->answer("/v3/exercises/aaa", 401);
  data->exercises_without_details = {"aaa", "bbb"};
  env->config.sync.parallel_requests = 1;
  start();
  BOOST_REQUIRE(log->end);
  BOOST_TEST(transport->count("/v3/exercises/bbb") == 0u);
  for (const auto* day : {"2026-11-20", "2026-11-21"}) {
    const auto is_opened =
        std::ranges::any_of(log->end->attempts, [&](const fetched_days& attempt) {
          return attempt.kind == stream::exercises && attempt.failure
                 && attempt.days == day_of(day);
        });
    BOOST_TEST(is_opened, day);
  }
}

BOOST_AUTO_TEST_CASE(the_heart_rate_is_asked_for_once_the_activity_is_known) {
  transport->hanging.insert("/v3/users/activities");
  start();
  const auto day_path = "/v3/users/continuous-heart-rate/" + format_date(today);
  BOOST_TEST(transport->count(day_path) == 0u);
  transport->open.front()(polar::http_response{204, {}, {}});
  run();
  BOOST_REQUIRE(log->end);
  BOOST_TEST(transport->count(day_path) == 1u);
}

BOOST_AUTO_TEST_CASE(attempts_tell_which_days_were_fetched_and_which_were_not) {
  transport->answer(sleep_path, 200, two_nights);
  transport->answer(recharge_path, 403);
  start();
  BOOST_REQUIRE(log->end);
  const auto attempt_of = [&](stream kind) {
    const auto& all = log->end->attempts;
    const auto place = std::ranges::find(all, kind, &fetched_days::kind);
    BOOST_REQUIRE((place != all.end()));
    return *place;
  };
  const auto sleep = attempt_of(stream::sleep);
  BOOST_TEST((sleep.days.last == today));
  BOOST_TEST((sleep.present.last() == parse_date("2026-11-21")));
  BOOST_TEST(!sleep.failure.has_value());
  const auto recharge = attempt_of(stream::recharge);
  BOOST_TEST((recharge.failure->code == errc::consent_missing));
  BOOST_TEST(log->end->brought_new_data);
}

BOOST_AUTO_TEST_CASE(cardio_load_alone_is_no_sign_of_a_watch) {
  transport->answer(cardio_path, 200, R"([{"date":"2026-11-22","cardio_load":0.0}])");
  start();
  BOOST_REQUIRE(log->end);
  BOOST_TEST(log->end->rows_changed == 1);
  BOOST_TEST(!log->end->brought_new_data);
}

BOOST_AUTO_TEST_CASE(what_a_database_says_does_not_reach_the_client) {
  transport->answer(sleep_path, 200, two_nights);
  data->failures["store_reply"] = {{errc::storage_failed, "relation sleep of user postgres"}};
  start();
  BOOST_REQUIRE(log->end);
  BOOST_TEST(outcome(stream::sleep).failure->message
             == "Error syncing sleep: the database did not take the data");
}

BOOST_AUTO_TEST_CASE(the_last_word_of_polar_about_its_windows_is_reported) {
  const auto told = [](const char* usage) {
    return polar::http_response{204,
                                {{"ratelimit-usage", usage},
                                 {"ratelimit-limit", "520, 5100"},
                                 {"ratelimit-reset", "240, 80000"}},
                                {}};
  };
  env->config.sync.parallel_requests = 1;
  transport->answers[sleep_path] = {told("7, 70")};
  transport->answers[recharge_path] = {told("8, 71")};
  start();
  BOOST_REQUIRE(log->end);
  // The answers that came later told nothing.
  BOOST_TEST((log->end->quotas == call_quotas{call_quota{520, 512}, call_quota{5100, 5029}}));
}

BOOST_AUTO_TEST_CASE(news_is_fetched_and_nothing_else) {
  const polar_news night{stream::sleep, date_range{today, today}, std::nullopt};
  const auto path = sleep_path + "/" + format_date(today);
  transport->answer(path, 200, R"({"date":"2026-11-22","sleep_score":80})");
  start({night, night});
  advance(60s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(transport->count(path) == 1u);
  BOOST_TEST(transport->count(sleep_path) == 0u);
  BOOST_TEST(transport->count("/v3/users/activities") == 0u);
  BOOST_TEST(outcome(stream::sleep).records == 1);
}

BOOST_AUTO_TEST_CASE(news_that_cannot_be_read_yet_is_looked_for_again) {
  const polar_news night{stream::sleep, date_range{today, today}, std::nullopt};
  const auto path = sleep_path + "/" + format_date(today);
  transport->answer(path, 404);
  transport->answer(path, 200, R"({"date":"2026-11-22","sleep_score":80})");
  start({night});
  BOOST_TEST(!log->end);
  advance(6s);
  BOOST_REQUIRE(log->end);
  BOOST_TEST(transport->count(path) == 2u);
  BOOST_TEST(outcome(stream::sleep).records == 1);
}

BOOST_AUTO_TEST_CASE(it_ends_with_its_user) {
  transport->hanging.insert(sleep_path);
  start();
  caf::anon_send_exit(user, caf::exit_reason::kill);
  run();
  const auto sent = transport->sent.size();
  for (auto& done : transport->open)
    done(polar::http_response{200, {}, two_nights});
  run();
  BOOST_TEST(transport->sent.size() == sent);
  BOOST_TEST(data->replies.empty());
}

BOOST_AUTO_TEST_SUITE_END()
