#include "actors/backoff.hpp"
#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "actors/sync_worker.hpp"
#include "actors/user.hpp"
#include "actors/analyse_again.hpp"
#include "analytics/analyse.hpp"
#include "polar/oauth.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <algorithm>
#include <utility>

namespace polar_flow::actors {
namespace {

constexpr int status_ok = 200;
constexpr int status_too_many_requests = 429;
constexpr int status_server_error_first = 500;

/// What the answer to "is this user behind this token?" means.
result<void> judge_token_check(int status) {
  if (status == status_ok)
    return {};
  if (status == status_too_many_requests)
    return fail(errc::polar_rate_limited, "Polar's request budget is used up for now");
  if (status >= status_server_error_first)
    return fail(errc::polar_unavailable, "Polar could not check the token");
  return fail(errc::foreign_polar_token, "the Polar token does not belong to this user");
}

/// Whether everything was asked for, and asking again would bring nothing else.
bool is_fetched(const sync_report& report, const std::optional<error>& stopped_by) {
  return !stopped_by && std::ranges::none_of(report.streams, [](const stream_outcome& outcome) {
    return outcome.failure && is_mended_by_waiting(outcome.failure->code);
  });
}

/// Then the schedule goes on where it stopped, for nothing is wrong with the user.
bool is_cut_by_stop(const std::optional<error>& stopped_by) {
  return stopped_by && stopped_by->code == errc::shutting_down;
}

/// Whether Polar's budget alone kept every stream from being fetched.
bool is_only_short_of_permits(const sync_report& report) {
  return !report.streams.empty()
         && std::ranges::all_of(report.streams, [](const stream_outcome& outcome) {
              return outcome.failure && outcome.failure->code == errc::polar_rate_limited;
            });
}

} // namespace

sync_status status_of(const std::vector<stream_outcome>& streams) {
  const auto failed = std::count_if(streams.begin(), streams.end(), [](const auto& outcome) {
    return outcome.failure.has_value();
  });
  if (failed == 0)
    return sync_status::success;
  return failed == std::ssize(streams) ? sync_status::failed : sync_status::partial;
}

// -- start -----------------------------------------------------------------------------------

caf::result<sync_started> user_state::trigger(const trigger_sync& command) {
  if (job)
    return to_caf(errc::sync_in_progress, job->report.job.value);
  if (is_disconnecting())
    return to_caf(errc::no_polar_token, "the user is being disconnected");
  const bool may_create = absence.code == errc::unknown_user && command.any_user_allowed
                          && command.polar_token.has_value();
  if (phase == user_phase::absent && !may_create)
    return to_caf(absence);
  if (!command.polar_token && record.state == connection_state::needs_reauthorization)
    return to_caf(errc::needs_reauthorization, "the user has to authorize this server again");
  auto next = &user_state::check_foreign_token;
  if (phase == user_phase::absent)
    next = &user_state::create_user;
  else if (!command.polar_token)
    next = &user_state::find_token;
  else if (command.any_user_allowed)
    next = &user_state::find_coverage;
  job.emplace();
  job->report.job = job_id{crypto::random_uuid(*env->random)};
  job->report.user = id;
  job->report.trigger = command.trigger;
  job->report.priority = command.priority;
  job->report.started_at = env->now();
  job->is_own_token = !command.polar_token;
  job->access_token = command.polar_token.value_or(std::string{});
  job->announced = command.announced;
  job->span.today = local_today();
  job->span.days = command.days;
  // Who asks by hand and names no days means the recent ones; the schedule fetches what is
  // missing.
  if (command.trigger == sync_trigger::manual && !command.days)
    job->span.days = static_cast<std::int32_t>(env->config.sync.days_lookback);
  job->starter = self->make_response_promise<sync_started>();
  phase = user_phase::syncing;
  auto answer = job->starter;
  renew_claim(next);
  return answer;
}

/// The node may have taken its shards again since the last sync, and with an older claim nothing
/// could be stored.
void user_state::renew_claim(step next) {
  self->request(env->node->actors()->lease, limits::local_answer, claim_shard{id})
      .then(
          [this, next](const shard_claim& granted) {
            claim = granted;
            (this->*next)();
          },
          [this](caf::error& problem) { abort_start(from_caf(problem)); });
}

void user_state::create_user() {
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                upsert_user{claim, id, std::nullopt, std::nullopt, env->now()})
      .then(
          [this](const user_record& stored) {
            record = stored;
            absence = {};
            find_coverage();
          },
          [this](caf::error& problem) { abort_start(from_caf(problem)); });
}

void user_state::find_token() {
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                find_sealed_token{id})
      .then([this](const sealed_token& token) { use_sealed_token(token.text); },
            [this](caf::error& problem) { abort_start(from_caf(problem)); });
}

void user_state::use_sealed_token(const std::string& sealed) {
  auto opened = env->secrets->open(sealed, "token/" + id.value);
  if (!opened) {
    abort_start(opened.error());
    return;
  }
  job->access_token = std::move(*opened);
  find_coverage();
}

void user_state::check_foreign_token() {
  auto request = std::make_shared<const polar::http_request>(
      polar::user_request(env->config.polar, id, job->access_token));
  const auto timeout =
      limits::token_check + env->config.polar.request_timeout + 2 * limits::deadline_slack;
  self->request(env->node->actors()->polar, timeout,
                call_polar{std::move(request), sync_priority::critical, limits::token_check})
      .then(
          [this](const polar_answered& answer) {
            if (const auto verdict = judge_token_check(answer.response->status); verdict)
              find_coverage();
            else
              abort_start(verdict.error());
          },
          [this](caf::error& problem) { abort_start(from_caf(problem)); });
}

void user_state::find_coverage() {
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                load_coverage{id})
      .then(
          [this](const loaded_coverage& known) {
            job->span.known = *known.ledgers;
            open_log();
          },
          [this](caf::error& problem) { abort_start(from_caf(problem)); });
}

void user_state::open_log() {
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                open_sync_log{claim, std::make_shared<const sync_report>(job->report)})
      .then([this](const done&) { run_worker(); },
            [this](caf::error& cause) {
              const auto problem = from_caf(cause);
              // This actor is the only one that syncs this user and runs nothing, so an open row
              // is what a failed actor left behind.
              if (problem.code == errc::sync_in_progress && !job->has_closed_stale)
                close_stale_log(problem.message);
              else
                abort_start(problem);
            });
}

void user_state::close_stale_log(const std::string& stale_job) {
  job->has_closed_stale = true;
  storage::sync_ending ending;
  ending.report = job->report;
  ending.report.job = job_id{stale_job};
  ending.report.status = sync_status::failed;
  ending.report.completed_at = env->now();
  ending.state = record.state;
  ending.consecutive_failures = record.consecutive_failures;
  ending.not_before = record.not_before;
  // It fetched nothing that is known of.
  ending.is_whole = false;
  ending.next_loss_at = record.next_loss_at;
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                close_sync{claim, std::make_shared<const storage::sync_ending>(std::move(ending))})
      .then([this](const user_record&) { open_log(); },
            [this](caf::error& problem) { abort_start(from_caf(problem)); });
}

void user_state::run_worker() {
  std::vector<polar_news> announced;
  for (const auto& piece : job->announced)
    announced.push_back(piece.what);
  auto order = std::make_shared<const sync_order>(sync_order{job->report.job, id, claim,
                                                             std::exchange(job->access_token, {}),
                                                             job->report.priority, job->span,
                                                             std::move(announced)});
  const auto worker = self->spawn<caf::monitored>(
      sync_worker, env, std::move(order), sync_listener{caf::actor_cast<sync_listener>(self)});
  job->worker = worker.address();
  job->is_fetching = true;
  const sync_started fact{id, job->report.job};
  self->send(env->node->actors()->supervisor, fact);
  job->starter.deliver(fact);
  sync_event started;
  started.what = sync_event::kind::sync_started;
  started.job = job->report.job;
  add_event(std::move(started));
}

void user_state::abort_start(const error& problem) {
  job->starter.deliver(to_caf(problem));
  for (auto& waiter : job->waiters)
    waiter.deliver(to_caf(problem));
  const bool is_manual = job->report.trigger == sync_trigger::manual;
  job.reset();
  // The supervisor may have tried to start a sync meanwhile and waits for the end of this one.
  if (is_manual && absence.code != errc::unknown_user)
    self->send(env->node->actors()->supervisor, sync_ended{record});
  if (absence.code == errc::unknown_user)
    become_absent(absence);
  else
    rest();
}

caf::result<sync_finished> user_state::wait_for(const await_sync& question) {
  if (job && job->report.job == question.job) {
    if (job->is_held_up)
      return sync_finished{};
    auto promise = self->make_response_promise<sync_finished>();
    job->waiters.push_back(promise);
    return promise;
  }
  if (last_report && last_report->job == question.job)
    return sync_finished{last_report};
  return to_caf(errc::not_found, "no such sync is known here");
}

// -- course ----------------------------------------------------------------------------------

void user_state::note_progress(const sync_progressed& fact) {
  if (!job || !job->is_fetching || job->report.job != fact.job)
    return;
  sync_event progress;
  progress.job = fact.job;
  progress.requests_left = fact.requests_left;
  progress.of = fact.outcome.kind;
  // Before its first answer a stream is no part of the report: it neither failed nor succeeded.
  if (fact.outcome == stream_outcome{fact.outcome.kind, 0, 0, {}}) {
    progress.what = sync_event::kind::stream_started;
    add_event(std::move(progress));
    return;
  }
  job->is_held_up = false;
  // As the database counted it; a commit whose answer was lost is missing until the sync's end.
  if (fact.changed_rows)
    ++record.changes;
  auto& streams = job->report.streams;
  const auto place = std::find_if(streams.begin(), streams.end(), [&](const auto& outcome) {
    return outcome.kind == fact.outcome.kind;
  });
  if (place == streams.end())
    streams.push_back(fact.outcome);
  else
    *place = fact.outcome;
  progress.what = fact.requests_left == 0 ? sync_event::kind::stream_ended
                                          : sync_event::kind::stream_progressed;
  progress.records = fact.outcome.records;
  progress.calls = fact.outcome.calls;
  progress.failure = fact.outcome.failure;
  add_event(std::move(progress));
}

/// Whoever waits is told that the sync goes on: the budget may be used up for the rest of the day.
void user_state::note_held_up(const sync_held_up& fact) {
  if (!job || !job->is_fetching || job->report.job != fact.job)
    return;
  job->is_held_up = true;
  for (auto& waiter : std::exchange(job->waiters, {}))
    waiter.deliver(sync_finished{});
}

void user_state::finish_fetching(const sync_fetched& fact) {
  if (!job || !job->is_fetching || job->report.job != fact.job)
    return;
  job->is_fetching = false;
  job->is_held_up = false;
  job->report.streams = fact.streams;
  job->report.status = status_of(fact.streams);
  job->stopped_by = fact.stopped_by;
  job->rows_changed = fact.rows_changed;
  job->brought_new_data = fact.brought_new_data;
  job->attempts = fact.attempts;
  job->report.quotas = fact.quotas;
  analyse();
}

void user_state::handle_down(const caf::down_msg& down) {
  if (down.source == region.address()) {
    self->quit(down.reason);
    return;
  }
  // A worker that reported before it ended is no concern any more.
  if (!job || !job->is_fetching || down.source != job->worker)
    return;
  telemetry::log_error("a sync worker failed",
                       {{"job", job->report.job.value}, {"user", id.value}});
  const error problem{errc::internal, "the sync was interrupted by a fault of the server"};
  auto streams = job->report.streams;
  for (const auto kind : polar::fetched_streams()) {
    const auto is_known = std::any_of(streams.begin(), streams.end(),
                                      [kind](const auto& outcome) { return outcome.kind == kind; });
    if (!is_known)
      streams.push_back({kind, 0, 0, problem});
  }
  // Rows may have been stored that nobody counted, so analytics must look at them.
  finish_fetching({job->report.job, std::move(streams), problem, 1, true, {}, {}});
}

void user_state::analyse() {
  phase = user_phase::analysing;
  const bool is_current =
      job->rows_changed == 0 && input && is_snapshot_stored && snapshot_day == local_today();
  if (is_current) {
    note_analysis(*snapshot);
    close();
    return;
  }
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                load_analytics_input{id})
      .then([this](const loaded_analytics_input& loaded) { store_analysis(loaded.input); },
            [this](caf::error& problem) {
              telemetry::log_error(
                  "analytics could not be loaded",
                  {{"user", id.value}, {"error", std::string{to_string(from_caf(problem).code)}}});
              // The cached input is older than the stored rows; the next read loads it.
              input.reset();
              close();
            });
}

void user_state::store_analysis(std::shared_ptr<const storage::analytics_input> loaded) {
  const std::chrono::minutes offset{
      loaded->utc_offset_minutes.value_or(record.utc_offset_minutes.value_or(0))};
  job->input = std::move(loaded);
  job->snapshot_day = local_date(env->now(), offset);
  job->snapshot = std::make_shared<const analytics_snapshot>(
      analytics::analyse(job->input->window, job->snapshot_day, env->now(),
                         hrv_range_of(env->config.analytics)));
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                store_snapshot{claim, id, job->snapshot})
      .then(
          [this](const snapshot_stored& stored) {
            job->changes = stored.changes;
            note_analysis(*job->snapshot);
            is_snapshot_stored = true;
            close();
          },
          [this](caf::error& problem) {
            telemetry::log_error(
                "analytics could not be stored",
                {{"user", id.value}, {"error", std::string{to_string(from_caf(problem).code)}}});
            is_snapshot_stored = false;
            close();
          });
}

void user_state::note_analysis(const analytics_snapshot& stored) {
  job->report.analytics_done = true;
  job->report.patterns_detected = !stored.today.patterns.empty();
}

// -- end -------------------------------------------------------------------------------------

/// An event may come before what it announces can be read, and a late change comes once. So its
/// days are asked for once more by the next whole sync.
void user_state::reopen_announced_days(std::vector<stream_coverage>& ledgers) const {
  for (const auto& piece : job->announced)
    for (const auto& planned : polar::plan_news(piece.what, job->span.today))
      for (auto& ledger : ledgers)
        if (piece.what.days && planned.days && ledger.kind == planned.kind)
          ledger.settled.remove(*planned.days);
}

/// Then the user is still new: it keeps its place before those who have all their data.
bool user_state::was_first_sync_cut_short() const {
  return !record.last_synced_at && job->stopped_by
         && job->stopped_by->code == errc::deadline_exceeded;
}

storage::sync_ending user_state::make_ending() const {
  storage::sync_ending ending;
  ending.report = job->report;
  ending.report.completed_at = env->now();
  for (const auto& outcome : job->report.streams)
    ending.report.calls += outcome.calls;
  ending.state = record.state;
  ending.consecutive_failures = record.consecutive_failures;
  ending.not_before = record.not_before;
  ending.brought_new_data = job->brought_new_data;
  const bool got_nothing = is_only_short_of_permits(job->report);
  ending.is_whole = job->announced.empty() && !was_first_sync_cut_short() && !got_nothing
                    && !is_cut_by_stop(job->stopped_by);
  ending.coverage = job->span.known;
  note_attempts(ending.coverage, job->attempts, job->span.today, *ending.report.completed_at);
  reopen_announced_days(ending.coverage);
  ending.next_loss_at = next_loss(ending.coverage, job->span.today);
  if (is_fetched(job->report, job->stopped_by))
    for (const auto& piece : job->announced)
      ending.fetched_news.push_back(piece.number);
  // A token brought by a client says nothing about the stored one.
  if (!job->is_own_token)
    return ending;
  const bool was_all_asked_for = job->announced.empty();
  if (was_all_asked_for)
    ending.not_before.reset();
  if (job->stopped_by && job->stopped_by->code == errc::needs_reauthorization) {
    ending.state = connection_state::needs_reauthorization;
    ++ending.consecutive_failures;
  } else if (!was_all_asked_for) {
    // One piece of news says nothing about how the whole goes.
  } else if (is_cut_by_stop(job->stopped_by)) {
    // The next start finds the user due.
  } else if (got_nothing) {
    // Nothing is wrong with the user, who stays due; permits come with a new window.
    ending.not_before = *ending.report.completed_at + limits::failed_start_pause;
  } else if (job->report.status == sync_status::failed) {
    ++ending.consecutive_failures;
    ending.not_before = *ending.report.completed_at
                        + backoff_delay(ending.consecutive_failures, limits::backoff_first,
                                        limits::backoff_max, *env->random);
  } else {
    ending.consecutive_failures = 0;
  }
  return ending;
}

void user_state::close() {
  job->is_closing = true;
  auto ending = std::make_shared<const storage::sync_ending>(make_ending());
  std::shared_ptr<const sync_report> report{ending, &ending->report};
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                close_sync{claim, ending})
      .then(
          [this, report](const user_record& stored) {
            // Rows changed without our seeing it: a commit whose answer was lost.
            if (!job->input && stored.changes != record.changes) {
              input.reset();
              is_snapshot_stored = false;
            }
            record = stored;
            finish(report);
          },
          [this, report, ending](caf::error& problem) {
            telemetry::log_error("the end of a sync could not be stored",
                                 {{"job", report->job.value},
                                  {"error", std::string{to_string(from_caf(problem).code)}}});
            // The row stays open until the next sync closes it; the schedule goes on from here.
            if (ending->is_whole)
              record.last_synced_at = report->completed_at;
            record.state = ending->state;
            record.consecutive_failures = ending->consecutive_failures;
            record.not_before = ending->not_before;
            // Never more than the database counts: else two states of the data would share a
            // version one day.
            record.changes = std::max(record.changes, job->changes);
            finish(report);
          });
}

void user_state::finish(std::shared_ptr<const sync_report> report) {
  last_report = std::move(report);
  if (job->input) {
    input = job->input;
    snapshot = job->snapshot;
    snapshot_day = job->snapshot_day;
  }
  for (auto& waiter : job->waiters)
    waiter.deliver(sync_finished{last_report});
  sync_event ended;
  ended.what = sync_event::kind::sync_ended;
  ended.job = last_report->job;
  ended.calls = last_report->calls;
  ended.status = last_report->status;
  for (const auto& outcome : last_report->streams)
    ended.records += outcome.records;
  add_event(std::move(ended));
  telemetry::log_info("a sync ended", {{"job", last_report->job.value},
                                       {"user", id.value},
                                       {"status", std::string{to_string(last_report->status)}},
                                       {"calls", std::int64_t{last_report->calls}}});
  job.reset();
  rest();
  self->send(env->node->actors()->supervisor, sync_ended{record});
  store_held_tokens();
}

} // namespace polar_flow::actors
