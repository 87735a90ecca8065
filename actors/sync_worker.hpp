#pragma once

#include "actors/environment.hpp"
#include "polar/requests.hpp"

#include <caf/stateful_actor.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polar_flow::actors {

/// What one sync is to do, and for whom.
struct sync_order {
  job_id job;
  user_id user;
  shard_claim claim;
  std::string access_token;
  sync_priority priority{};
  polar::reach span;
  /// What webhooks announced: only that is fetched. Empty for a sync of everything.
  std::vector<polar_news> announced;
};

/// One sync under way. Every request of the plan is a task:
///
///   ┌──▶ permit ─▶ fetch ─▶ classify ─▶ read ─▶ store ─▶ done, or more tasks
///   │                │ 429: back to the permit    │ database busy
///   └──── pause ◀────┴── transient ◀──────────────┘
///
/// More tasks come from answers: a list of exercises names those whose details are wanted, and the
/// days of activity say for which days a heart rate can exist. A missing consent ends the other
/// tasks of its stream; any other failure is that task's alone. A 401, a lost shard or a server
/// that stops ends all. A task for which there is no permit now waits for one, and the user is
/// told; one for which there is no connection free pauses.
struct sync_worker_state {
  explicit sync_worker_state(sync_worker_actor::pointer owner) : self{owner} {
    // nop
  }

  struct task {
    polar::planned_request planned;
    std::uint32_t repetitions = 0;
    /// Fetched and waiting to be stored.
    std::shared_ptr<const fetched_reply> reply;
    /// Why the reply has no records.
    std::optional<error> unreadable;
    bool changed_rows = false;
    bool is_over = false;
  };

  struct stream_progress {
    stream_outcome outcome;
    std::size_t tasks_left = 0;
    /// Set while Polar's budget holds the stream up.
    std::optional<error> waits_because;
    bool is_started = false;
  };

  sync_worker_actor::pointer self;
  environment_ptr env;
  sync_order order;
  sync_listener listener;
  std::vector<task> tasks;
  std::vector<stream_progress> streams;
  std::size_t next_task = 0;
  std::size_t under_way = 0;
  std::int32_t rows_changed = 0;
  /// What was asked for day by day, for the ledgers.
  std::vector<fetched_days> attempts;
  /// What the last answer that told of Polar's windows said.
  call_quotas quotas;
  bool has_planned_heart_rate = false;
  bool brought_new_data = false;
  /// Why everything stopped; no task starts any more.
  std::optional<error> stopped_by;
  caf::actor_clock::time_point deadline;

  void start();
  void add_tasks(std::vector<polar::planned_request> planned);
  void plan_heart_rate_once();
  void start_more();
  void tell_start(std::size_t index);
  void fetch(std::size_t index, shortage when_short);
  void handle_answer(std::size_t index, const polar::http_response& response);
  void handle_nothing(std::size_t index);
  void handle_problem(std::size_t index, const error& problem);
  void read(std::size_t index, const polar::http_response& response);
  void store(std::size_t index);
  void handle_stored(std::size_t index, const storage::store_outcome& stored);
  void repeat_or_fail(std::size_t index, const error& problem);
  void resume(std::size_t index);
  void finish_task(std::size_t index);
  void fail_task(std::size_t index, const error& problem);
  void note_attempt(std::size_t index, day_set present, std::optional<error> failure);
  void note_missing_details();
  void stop_all(std::size_t index, const error& problem);
  void report();

  stream_progress& progress_of(std::size_t index);
  std::chrono::seconds time_left() const;

  static inline const char* name = "sync_worker";
};

/// Fetches and stores all that the plan names, then tells `listener` and ends. Knows no history:
/// whether a failure means a back-off is the user's business.
sync_worker_actor::behavior_type
sync_worker(sync_worker_actor::stateful_pointer<sync_worker_state> self, environment_ptr env,
            std::shared_ptr<const sync_order> order, sync_listener listener);

} // namespace polar_flow::actors
