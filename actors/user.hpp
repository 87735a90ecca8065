#pragma once

#include "actors/environment.hpp"
#include "polar/requests.hpp"

#include <caf/actor_addr.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polar_flow::actors {

/// Where a user is in life.
enum class user_phase {
  /// The row and the analytics input are on their way; messages wait in the mailbox.
  loading,
  /// There is no such user, or it could not be loaded.
  absent,
  idle,
  syncing,
  analysing,
  /// Polar refused the stored token.
  needs_reauthorization,
  /// The last sync failed; the schedule waits.
  backing_off,
};

/// The sync that is under way.
struct user_job {
  sync_report report;
  polar::reach span;
  /// The token in use; lives only as long as the sync.
  std::string access_token;
  /// Whether it is the stored token, whose fate decides over the schedule.
  bool is_own_token = true;
  bool is_fetching = false;
  /// A row that a failed actor left open was closed once already.
  bool has_closed_stale = false;
  std::optional<error> stopped_by;
  std::int32_t rows_changed = 0;
  caf::actor_addr worker;
  caf::typed_response_promise<sync_started> starter;
  std::vector<caf::typed_response_promise<sync_finished>> waiters;
  /// Computed by this sync; shown to readers when the sync is closed.
  std::shared_ptr<const storage::analytics_input> input;
  std::shared_ptr<const analytics_snapshot> snapshot;
  date snapshot_day;
  std::uint64_t changes = 0;
};

/// One user.
///
///                unknown                     connect_user, trigger_sync with a token
///   loading ───────────────▶ absent ───────────────────────────┐
///      │ loaded                 └─▶ passivated                 ▼
///      └──────────▶ resting ──── trigger_sync ────▶ syncing ──fetched──▶ analysing
///                      ▲                               │ could not start      │
///                      └───────────────────────────────┴──────────────────────┘
///   resting = idle, backing_off (after a failure) or needs_reauthorization (after a 401)
struct user_state {
  explicit user_state(user_actor::pointer owner) : self{owner} {
    // nop
  }

  user_actor::pointer self;
  environment_ptr env;
  user_id id;
  user_region_actor region;
  user_phase phase = user_phase::loading;
  error absence;
  user_record record;
  shard_claim claim;
  /// What analytics were computed from; null when it has to be loaded (again).
  std::shared_ptr<const storage::analytics_input> input;
  std::shared_ptr<const analytics_snapshot> snapshot;
  date snapshot_day;
  /// Whether the database has a snapshot of this data; unknown after activation.
  bool is_snapshot_stored = false;
  std::optional<user_job> job;
  std::shared_ptr<const sync_report> last_report;
  /// Requests of others that we are still working on.
  std::size_t open_requests = 0;

  // -- activation (user.cpp) --------------------------------------------------------------------

  void load();
  void load_record();
  void load_input_first();
  void become_absent(error reason);
  void rest();
  caf::result<passivation> leave();
  caf::result<user_record> connect(const connect_user& command);

  // -- reading (user.cpp) -----------------------------------------------------------------------

  date local_today() const;
  data_version version() const;
  void use_input(std::shared_ptr<const storage::analytics_input> loaded);
  void recompute(date today);
  void note_reading();
  caf::result<insights_answer> read_insights(const get_insights& question);
  caf::result<baselines_answer> read_baselines(const get_baselines& question);
  caf::result<list_answer> read_list(const get_list& question);

  // -- sync (user_sync.cpp) ---------------------------------------------------------------------

  caf::result<sync_started> trigger(const trigger_sync& command);
  caf::result<sync_finished> wait_for(const await_sync& question);
  void create_user();
  void find_token();
  void use_sealed_token(const std::string& sealed);
  void check_foreign_token();
  void open_log();
  void close_stale_log(const std::string& stale_job);
  void run_worker();
  void abort_start(const error& problem);
  void note_progress(const sync_progressed& fact);
  void finish_fetching(const sync_fetched& fact);
  void handle_down(const caf::down_msg& down);
  void analyse();
  void store_analysis(std::shared_ptr<const storage::analytics_input> loaded);
  void close();
  storage::sync_ending make_ending() const;
  void finish(std::shared_ptr<const sync_report> report);

  static inline const char* name = "user";
};

/// Serves one user: answers from memory, runs at most one sync. `region` is who spawned it.
user_actor::behavior_type user(user_actor::stateful_pointer<user_state> self, environment_ptr env,
                               user_id id, user_region_actor region);

/// How far a sync of this user reaches back.
polar::reach reach_of(const user_record& record, date today, std::int32_t days);

/// `success` when no stream failed, `failed` when all did, otherwise `partial`.
sync_status status_of(const std::vector<stream_outcome>& streams);

} // namespace polar_flow::actors
