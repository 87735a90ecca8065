#include "actors/sync_worker.hpp"

#include "actors/backoff.hpp"
#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "polar/rate_headers.hpp"
#include "polar/readers.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <algorithm>
#include <utility>

namespace polar_flow::actors {
namespace {

/// A pause inside a sync never gets longer than this: the client is waiting.
constexpr std::chrono::seconds pause_max{30};

bool is_storage_busy(errc code) {
  return code == errc::overloaded || code == errc::storage_unavailable;
}

/// What a failure within the server means to the user. What a database or an actor says is for the
/// operator, who finds it in the log. Empty for what Polar did, which comes with a sentence.
std::string_view meaning_of(errc code) {
  switch (code) {
  case errc::polar_rate_limited:
    return "too many requests to Polar. The data will be fetched after a pause";
  case errc::storage_unavailable:
    return "the database cannot be reached. The next sync tries again";
  case errc::storage_failed:
    return "the database did not take the data";
  case errc::stale_epoch:
    return "another server takes care of this user now";
  case errc::overloaded:
  case errc::deadline_exceeded:
    return "the server has too much to do. The next sync tries again";
  case errc::shutting_down:
    return "the server is stopping. The next sync tries again";
  case errc::polar_unavailable:
  case errc::polar_timeout:
  case errc::polar_unreadable:
  case errc::polar_answer_too_large:
    return {};
  default:
    return "a fault of the server";
  }
}

/// An error that does not say which stream it concerns, as clients are told it.
error about(stream kind, error problem) {
  const auto meaning = meaning_of(problem.code);
  const auto reason = meaning.empty() ? problem.message : std::string{meaning};
  problem.message = "Error syncing " + std::string{to_string(kind)} + ": " + reason;
  return problem;
}

/// What ended the whole sync, in words about one of its streams.
error about_end(stream kind, const error& stopped_by) {
  constexpr int unauthorized = 401;
  if (stopped_by.code == errc::needs_reauthorization)
    return polar::classify_status(unauthorized, kind).error();
  if (stopped_by.code == errc::stale_epoch || stopped_by.code == errc::shutting_down)
    return about(kind, {stopped_by.code, {}});
  return stopped_by;
}

/// The day on which the exercise of a list began.
std::optional<date_range> day_of_exercise(const stream_records& list, const std::string& id) {
  const auto* exercises = std::get_if<std::vector<exercise>>(&list);
  if (exercises == nullptr)
    return std::nullopt;
  const auto place = std::ranges::find(*exercises, id, &exercise::polar_exercise_id);
  if (place == exercises->end())
    return std::nullopt;
  const auto day = measured_days(std::vector{*place}).last();
  return day ? std::optional{date_range{*day, *day}} : std::nullopt;
}

} // namespace

// -- plan ------------------------------------------------------------------------------------

void sync_worker_state::start() {
  deadline = self->clock().now() + env->config.sync.sync_timeout;
  self->delayed_send(self, env->config.sync.sync_timeout, caf::timeout_atom_v);
  if (order.announced.empty()) {
    for (const auto kind : polar::fetched_streams())
      streams.push_back({stream_outcome{kind, 0, 0, {}}, 0, {}});
    add_tasks(polar::plan_requests(order.span));
  } else {
    has_planned_heart_rate = true;
    for (const auto& piece : order.announced)
      add_tasks(polar::plan_news(piece, order.span.today));
  }
  start_more();
}

void sync_worker_state::add_tasks(std::vector<polar::planned_request> planned) {
  for (auto& request : planned) {
    const bool is_known = std::any_of(tasks.begin(), tasks.end(), [&](const task& known) {
      return known.planned.target == request.target;
    });
    // Two webhooks may announce the same thing.
    if (is_known)
      continue;
    tasks.push_back({std::move(request), 0, {}, {}});
    ++progress_of(tasks.size() - 1).tasks_left;
  }
}

/// Once nothing of the activity is left to fetch, it is known up to which day the watch was worn
/// and synchronised.
void sync_worker_state::plan_heart_rate_once() {
  if (has_planned_heart_rate || stopped_by)
    return;
  for (const auto& progress : streams)
    if (progress.outcome.kind == stream::activity && progress.tasks_left > 0)
      return;
  has_planned_heart_rate = true;
  auto ledgers = order.span.known;
  note_attempts(ledgers, attempts, order.span.today, env->now());
  add_tasks(polar::plan_heart_rate(order.span, watch_day(ledgers)));
}

sync_worker_state::stream_progress& sync_worker_state::progress_of(std::size_t index) {
  const auto kind = tasks[index].planned.kind;
  const auto place = std::find_if(streams.begin(), streams.end(), [kind](const auto& progress) {
    return progress.outcome.kind == kind;
  });
  if (place != streams.end())
    return *place;
  return streams.emplace_back(stream_progress{stream_outcome{kind, 0, 0, {}}, 0, {}});
}

std::chrono::seconds sync_worker_state::time_left() const {
  const auto left = std::chrono::ceil<std::chrono::seconds>(deadline - self->clock().now());
  return std::max(left, std::chrono::seconds{1});
}

void sync_worker_state::start_more() {
  const auto parallel = std::max<std::size_t>(1, env->config.sync.parallel_requests);
  while (!stopped_by && next_task < tasks.size() && under_way < parallel) {
    const auto index = next_task++;
    const auto& failure = progress_of(index).outcome.failure;
    // What the person did not consent to is not asked for part by part.
    if (failure && failure->code == errc::consent_missing) {
      note_attempt(index, {}, failure);
      tasks[index].is_over = true;
      --progress_of(index).tasks_left;
      plan_heart_rate_once();
      continue;
    }
    ++under_way;
    tell_start(index);
    fetch(index, shortage::refuse);
  }
  if (under_way == 0)
    report();
}

void sync_worker_state::tell_start(std::size_t index) {
  auto& progress = progress_of(index);
  if (progress.is_started)
    return;
  progress.is_started = true;
  self->send(listener, sync_progressed{order.job, progress.outcome,
                                       static_cast<std::int32_t>(progress.tasks_left)});
}

// -- one task --------------------------------------------------------------------------------

void sync_worker_state::fetch(std::size_t index, shortage when_short) {
  auto request = std::make_shared<const polar::http_request>(
      polar::make_request(env->config.polar, tasks[index].planned, order.access_token));
  const auto patience = time_left();
  const auto timeout = patience + env->config.polar.request_timeout + 2 * limits::deadline_slack;
  self->request(env->node->actors()->polar, timeout,
                call_polar{std::move(request), order.priority, patience, when_short})
      .then([this, index](const polar_answered& answer) { handle_answer(index, *answer.response); },
            [this, index](caf::error& problem) {
              handle_problem(index, about(tasks[index].planned.kind, from_caf(problem)));
            });
}

void sync_worker_state::handle_answer(std::size_t index, const polar::http_response& response) {
  auto& progress = progress_of(index);
  ++progress.outcome.calls;
  progress.waits_because.reset();
  if (const auto told = polar::read_rate_headers(response))
    quotas = quotas_of(*told);
  const auto kind = polar::classify_status(response.status, tasks[index].planned.kind);
  if (!kind)
    handle_problem(index, kind.error());
  else if (*kind == polar::answer_kind::empty)
    handle_nothing(index);
  else
    read(index, response);
}

void sync_worker_state::handle_nothing(std::size_t index) {
  auto& task = tasks[index];
  const bool is_announced = std::any_of(order.announced.begin(), order.announced.end(),
                                        [&](const polar_news& piece) {
                                          return piece.kind == task.planned.kind;
                                        });
  // An event may come a moment before the data that it announces can be read.
  if (is_announced && !stopped_by && task.repetitions < limits::news_repetitions_max) {
    ++task.repetitions;
    self->delayed_send(self, limits::news_pause * task.repetitions, pause_over{index});
    return;
  }
  note_attempt(index, {}, {});
  finish_task(index);
}

void sync_worker_state::handle_problem(std::size_t index, const error& problem) {
  progress_of(index).waits_because.reset();
  if (problem.code == errc::needs_reauthorization || problem.code == errc::shutting_down) {
    stop_all(index, problem);
  } else if (problem.code == errc::overloaded && !stopped_by) {
    // Everybody's turn comes, so this is no failure and counts as no repetition.
    self->delayed_send(
        self, backoff_delay(1, limits::crowded_pause, limits::crowded_pause, *env->random),
        pause_over{index});
  } else if (problem.code == errc::polar_rate_limited && !stopped_by) {
    // The next permit comes when a window opens; clients must not wait that long.
    progress_of(index).waits_because = problem;
    self->send(listener, sync_held_up{order.job});
    fetch(index, shortage::wait);
  } else if (polar::is_transient(problem.code)) {
    repeat_or_fail(index, problem);
  } else {
    fail_task(index, problem);
  }
}

void sync_worker_state::read(std::size_t index, const polar::http_response& response) {
  const auto& planned = tasks[index].planned;
  fetched_reply reply{
      raw_reply{planned.kind, planned.target, response.status, env->now(), response.body},
      std::monostate{}};
  auto records = polar::read_answer(planned.kind, response.body);
  if (records) {
    reply.records = std::move(*records);
  } else {
    // What cannot be read today is archived all the same; a later reader may understand it.
    // Where exactly it is damaged is for the log.
    const error problem{records.error().code,
                        "Polar's answer cannot be read. It is kept, and the next sync asks again"};
    tasks[index].unreadable = about(planned.kind, problem);
    telemetry::log_warning("an answer of Polar could not be read",
                           {{"stream", std::string{to_string(planned.kind)}},
                            {"job", order.job.value},
                            {"reason", records.error().message}});
  }
  tasks[index].reply = std::make_shared<const fetched_reply>(std::move(reply));
  tasks[index].repetitions = 0;
  store(index);
}

void sync_worker_state::store(std::size_t index) {
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                store_reply{order.claim, order.user, tasks[index].reply})
      .then([this, index](const storage::store_outcome& stored) { handle_stored(index, stored); },
            [this, index](caf::error& cause) {
              const auto problem = about(tasks[index].planned.kind, from_caf(cause));
              // It may have been stored all the same, its answer lost: analytics have to look.
              ++rows_changed;
              if (problem.code == errc::stale_epoch) {
                stop_all(index, problem);
              } else if (is_storage_busy(problem.code)) {
                repeat_or_fail(index, problem);
              } else {
                fail_task(index, problem);
              }
            });
}

void sync_worker_state::handle_stored(std::size_t index, const storage::store_outcome& stored) {
  const auto& records = tasks[index].reply->records;
  progress_of(index).outcome.records += static_cast<std::int32_t>(record_count(records));
  rows_changed += stored.rows_changed;
  tasks[index].changed_rows = stored.rows_changed > 0;
  if (stored.rows_changed > 0 && tells_of_wearer(tasks[index].planned.kind))
    brought_new_data = true;
  if (auto problem = tasks[index].unreadable) {
    fail_task(index, *problem);
    return;
  }
  note_attempt(index, measured_days(records), {});
  std::vector<polar::planned_request> details;
  for (const auto& id : stored.exercises_without_details)
    details.push_back(polar::plan_exercise_details(id, day_of_exercise(records, id)));
  add_tasks(std::move(details));
  finish_task(index);
}

void sync_worker_state::repeat_or_fail(std::size_t index, const error& problem) {
  auto& task = tasks[index];
  if (stopped_by || task.repetitions >= env->config.sync.retries_max) {
    fail_task(index, problem);
    return;
  }
  ++task.repetitions;
  const auto pause = backoff_delay(static_cast<std::int32_t>(task.repetitions),
                                   env->config.sync.retry_delay, pause_max, *env->random);
  self->delayed_send(self, pause, pause_over{index});
}

void sync_worker_state::resume(std::size_t index) {
  if (tasks[index].reply)
    store(index);
  else if (stopped_by)
    fail_task(index, *stopped_by);
  else
    fetch(index, shortage::refuse);
}

void sync_worker_state::finish_task(std::size_t index) {
  auto& progress = progress_of(index);
  tasks[index].reply.reset();
  tasks[index].is_over = true;
  --progress.tasks_left;
  --under_way;
  self->send(listener, sync_progressed{order.job, progress.outcome,
                                       static_cast<std::int32_t>(progress.tasks_left),
                                       tasks[index].changed_rows});
  plan_heart_rate_once();
  start_more();
}

void sync_worker_state::fail_task(std::size_t index, const error& problem) {
  auto& outcome = progress_of(index).outcome;
  if (!outcome.failure)
    outcome.failure = problem;
  note_attempt(index, {}, problem);
  finish_task(index);
}

void sync_worker_state::note_attempt(std::size_t index, day_set present,
                                     std::optional<error> failure) {
  const auto& planned = tasks[index].planned;
  const bool tells_of_days = failure || !planned.is_detail;
  if (planned.days && tells_of_days)
    attempts.push_back({planned.kind, *planned.days, std::move(present), std::move(failure)});
}

/// The list has settled the days of those that were not got any more, so their days have to be
/// opened again.
void sync_worker_state::note_missing_details() {
  for (std::size_t index = 0; index < tasks.size(); ++index)
    if (tasks[index].planned.is_detail && !tasks[index].is_over && stopped_by)
      note_attempt(index, {}, about_end(tasks[index].planned.kind, *stopped_by));
}

void sync_worker_state::stop_all(std::size_t index, const error& problem) {
  if (!stopped_by)
    stopped_by = problem;
  fail_task(index, problem);
}

// -- end -------------------------------------------------------------------------------------

void sync_worker_state::report() {
  note_missing_details();
  sync_fetched fact{order.job,           {},    stopped_by, rows_changed, brought_new_data,
                    std::move(attempts), quotas};
  // What waited for permits until the end kept all the others from being asked for.
  std::optional<error> held_up_by;
  for (const auto& progress : streams)
    if (progress.waits_because && stopped_by)
      held_up_by = error{progress.waits_because->code, {}};
  for (auto& progress : streams) {
    auto& failure = progress.outcome.failure;
    // Whatever is left of a stream was given up: for want of permits, or for what ended the sync.
    const bool is_cut = progress.tasks_left > 0 || (stopped_by && progress.outcome.calls == 0);
    const bool is_held_up = held_up_by && stopped_by->code == errc::deadline_exceeded;
    if (is_cut && !failure && is_held_up)
      failure = progress.waits_because.value_or(about(progress.outcome.kind, *held_up_by));
    else if (is_cut && !failure && stopped_by)
      failure = about_end(progress.outcome.kind, *stopped_by);
    fact.streams.push_back(progress.outcome);
  }
  self->send(listener, std::move(fact));
  self->quit();
}

sync_worker_actor::behavior_type
sync_worker(sync_worker_actor::stateful_pointer<sync_worker_state> self, environment_ptr env,
            std::shared_ptr<const sync_order> order, sync_listener listener) {
  auto* state = &self->state;
  state->env = std::move(env);
  state->order = *order;
  state->listener = std::move(listener);
  // Without its user there is nobody to work for.
  self->monitor(state->listener);
  self->set_down_handler([self](caf::down_msg& down) { self->quit(down.reason); });
  state->start();
  return {
      [state](const pause_over& fact) { state->resume(fact.task); },
      [state](caf::timeout_atom) {
        state->stopped_by = error{errc::deadline_exceeded, "the sync took too long"};
        state->report();
      },
  };
}

} // namespace polar_flow::actors
