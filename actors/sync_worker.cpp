#include "actors/sync_worker.hpp"

#include "actors/backoff.hpp"
#include "actors/errors.hpp"
#include "actors/limits.hpp"
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

/// An error that does not say which stream it concerns, as clients are told it.
error about(stream kind, error problem) {
  const auto reason
      = problem.message.empty() ? std::string{to_string(problem.code)} : problem.message;
  problem.message = "Error syncing " + std::string{to_string(kind)} + ": " + reason;
  return problem;
}

} // namespace

// -- plan ------------------------------------------------------------------------------------

void sync_worker_state::start() {
  deadline = self->clock().now() + env->config.sync.sync_timeout;
  self->delayed_send(self, env->config.sync.sync_timeout, caf::timeout_atom_v);
  for (const auto kind : polar::fetched_streams())
    streams.push_back({stream_outcome{kind, 0, 0, {}}, 0, {}});
  for (auto& planned : polar::plan_requests(order.span)) {
    tasks.push_back({std::move(planned), 0, {}});
    ++progress_of(tasks.size() - 1).tasks_left;
  }
  start_more();
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
    // A stream that failed once is not asked for its other parts.
    if (progress_of(index).outcome.failure)
      continue;
    ++under_way;
    fetch(index);
  }
  if (under_way == 0)
    report();
}

// -- one task --------------------------------------------------------------------------------

void sync_worker_state::fetch(std::size_t index) {
  auto request = std::make_shared<const polar::http_request>(
      polar::make_request(env->config.polar, tasks[index].planned, order.access_token));
  const auto patience = time_left();
  const auto timeout = patience + env->config.polar.request_timeout + 2 * limits::deadline_slack;
  self->request(env->node->actors()->polar, timeout,
                call_polar{std::move(request), order.priority, patience})
      .then([this, index](const polar_answered& answer) { handle_answer(index, *answer.response); },
            [this, index](caf::error& problem) {
              handle_problem(index, about(tasks[index].planned.kind, from_caf(problem)));
            });
}

void sync_worker_state::handle_answer(std::size_t index, const polar::http_response& response) {
  ++progress_of(index).outcome.calls;
  const auto kind = polar::classify_status(response.status, tasks[index].planned.kind);
  if (!kind)
    handle_problem(index, kind.error());
  else if (*kind == polar::answer_kind::empty)
    finish_task(index);
  else
    read(index, response);
}

void sync_worker_state::handle_problem(std::size_t index, const error& problem) {
  if (problem.code == errc::needs_reauthorization) {
    stop_all(index, problem);
  } else if (problem.code == errc::polar_rate_limited && !stopped_by) {
    // The window is closed by now, so the next permit comes when it opens again.
    progress_of(index).waits_because = problem;
    fetch(index);
  } else if (polar::is_transient(problem.code)) {
    repeat_or_fail(index, problem);
  } else {
    fail_stream(index, problem);
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
    progress_of(index).outcome.failure = about(planned.kind, records.error());
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
              if (problem.code == errc::stale_epoch) {
                stop_all(index, problem);
              } else if (is_storage_busy(problem.code)) {
                repeat_or_fail(index, problem);
              } else {
                fail_stream(index, problem);
              }
            });
}

void sync_worker_state::handle_stored(std::size_t index, const storage::store_outcome& stored) {
  auto& outcome = progress_of(index).outcome;
  outcome.records += static_cast<std::int32_t>(record_count(tasks[index].reply->records));
  rows_changed += stored.rows_changed;
  finish_task(index);
}

void sync_worker_state::repeat_or_fail(std::size_t index, const error& problem) {
  auto& task = tasks[index];
  if (stopped_by || task.repetitions >= env->config.sync.retries_max) {
    fail_stream(index, problem);
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
    fail_stream(index, *stopped_by);
  else
    fetch(index);
}

void sync_worker_state::finish_task(std::size_t index) {
  auto& progress = progress_of(index);
  tasks[index].reply.reset();
  --progress.tasks_left;
  --under_way;
  self->send(listener, sync_progressed{order.job, progress.outcome});
  start_more();
}

void sync_worker_state::fail_stream(std::size_t index, const error& problem) {
  auto& outcome = progress_of(index).outcome;
  if (!outcome.failure)
    outcome.failure = problem;
  finish_task(index);
}

void sync_worker_state::stop_all(std::size_t index, const error& problem) {
  if (!stopped_by)
    stopped_by = problem;
  fail_stream(index, problem);
}

// -- end -------------------------------------------------------------------------------------

void sync_worker_state::report() {
  sync_fetched fact{order.job, {}, stopped_by, rows_changed};
  for (auto& progress : streams) {
    auto& failure = progress.outcome.failure;
    // Whatever is left of a stream was given up: for want of permits, or for what ended the sync.
    if (progress.tasks_left > 0 && !failure)
      failure = progress.waits_because ? progress.waits_because : stopped_by;
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
