#pragma once

#include "actors/environment.hpp"
#include "actors/event_log.hpp"
#include "polar/requests.hpp"

#include <caf/actor_addr.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
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
  /// What webhooks announced; empty for a sync of everything.
  std::vector<pending_news> announced;
  /// The token in use; lives only as long as the sync.
  std::string access_token;
  /// Whether it is the stored token, whose fate decides over the schedule.
  bool is_own_token = true;
  bool is_fetching = false;
  /// It waits for a permit of Polar's budget.
  bool is_held_up = false;
  /// Its end is being written; what changes the user's row has to wait.
  bool is_closing = false;
  /// A row that a failed actor left open was closed once already.
  bool has_closed_stale = false;
  std::optional<error> stopped_by;
  std::int32_t rows_changed = 0;
  bool brought_new_data = false;
  std::vector<fetched_days> attempts;
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

  using record_promise = caf::typed_response_promise<user_record>;
  using step = void (user_state::*)();

  /// A client that watches.
  struct event_wait {
    std::optional<std::uint64_t> after;
    caf::typed_response_promise<events_answer> promise;
  };

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
  /// New tokens that came while a sync was being closed.
  std::vector<std::pair<connect_user, record_promise>> held_connects;
  /// Who waits for the end of the connection that is being ended.
  std::vector<record_promise> disconnecting;
  /// Who waits until nothing is left of the user.
  std::vector<caf::typed_response_promise<done>> erasing;
  event_log events;
  std::map<std::uint64_t, event_wait> event_waits;
  std::uint64_t last_event_wait = 0;

  // -- activation (user.cpp) --------------------------------------------------------------------

  void load();
  void load_record();
  void load_input_first();
  void become_absent(error reason);
  void rest();
  caf::result<passivation> leave();
  caf::result<user_record> connect(const connect_user& command);
  void store_token(const connect_user& command, record_promise promise);
  void store_held_tokens();
  void note_refusal(const error& problem);

  // -- reading (user.cpp) -----------------------------------------------------------------------

  date local_today() const;
  data_version version() const;
  void use_input(std::shared_ptr<const storage::analytics_input> loaded);
  void recompute(date today);
  void note_reading();
  caf::result<insights_answer> read_insights(const get_insights& question);
  caf::result<baselines_answer> read_baselines(const get_baselines& question);
  caf::result<patterns_answer> read_patterns(const get_patterns& question);
  caf::result<anomalies_answer> read_anomalies(const get_anomalies& question);
  caf::result<predictions_answer> read_predictions(const get_predictions& question);
  caf::result<explanation_answer> explain(const get_explanation& question);
  caf::result<metric_check> check(const check_value& question);
  caf::result<analytics_status> read_analytics_status();
  caf::result<list_answer> read_list(const get_list& question);
  caf::result<detail_answer> read_detail(const get_detail& question);
  caf::result<takeout_page_answer> read_takeout_page(const get_takeout_page& question);
  caf::result<import_answer> read_import(const get_import& question);
  caf::result<done> forget();

  // -- sync (user_sync.cpp) ---------------------------------------------------------------------

  caf::result<sync_started> trigger(const trigger_sync& command);
  caf::result<sync_finished> wait_for(const await_sync& question);
  void renew_claim(step next);
  void create_user();
  void find_token();
  void use_sealed_token(const std::string& sealed);
  void check_foreign_token();
  void find_coverage();
  void open_log();
  void close_stale_log(const std::string& stale_job);
  void run_worker();
  void abort_start(const error& problem);
  void note_progress(const sync_progressed& fact);
  void note_held_up(const sync_held_up& fact);
  void finish_fetching(const sync_fetched& fact);
  void handle_down(const caf::down_msg& down);
  void analyse();
  void store_analysis(std::shared_ptr<const storage::analytics_input> loaded);
  void note_analysis(const analytics_snapshot& stored);
  void close();
  bool was_first_sync_cut_short() const;
  void reopen_announced_days(std::vector<stream_coverage>& ledgers) const;
  storage::sync_ending make_ending() const;
  void finish(std::shared_ptr<const sync_report> report);

  // -- what was and is going on (user_history.cpp) -----------------------------------------------

  caf::result<coverage_answer> read_coverage(const get_coverage& question);
  caf::result<sync_report_list> read_logs(const get_sync_logs& question);
  caf::result<sync_state_answer> read_sync_state();
  void add_event(sync_event event);
  caf::result<events_answer> wait_for_events(const await_events& question);
  std::vector<sync_event> events_for(const event_wait& wait) const;
  void answer_wait(event_wait& wait);
  void end_wait(std::uint64_t number);
  caf::result<user_record> disconnect();
  caf::result<done> erase();
  bool is_disconnecting() const {
    return !disconnecting.empty() || !erasing.empty();
  }
  std::optional<error> reason_not_to_leave() const;
  void begin_disconnecting();
  void end_grant(const std::string& sealed);
  void forget_stored_token();
  void end_disconnecting(const result<user_record>& outcome);
  void erase_stored();
  void forget_keys();
  void end_erasing(const result<void>& outcome);

  static inline const char* name = "user";
};

/// Serves one user: answers from memory, runs at most one sync. `region` is who spawned it.
user_actor::behavior_type user(user_actor::stateful_pointer<user_state> self, environment_ptr env,
                               user_id id, user_region_actor region);

/// `success` when no stream failed, `failed` when all did, otherwise `partial`.
sync_status status_of(const std::vector<stream_outcome>& streams);

} // namespace polar_flow::actors
