#pragma once

#include "actors/children.hpp"
#include "actors/environment.hpp"
#include "actors/permit_slice.hpp"
#include "actors/sync_queue.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <array>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

namespace polar_flow::actors {

/// The SUPERVISOR as it sees itself.
using supervisor_self = supervisor_actor::extend<
    // INTERNAL: A second has passed.
    caf::reacts_to<caf::tick_atom>>;

/// Queue, budget, running syncs and children.
///
///   user_connected, user_changed ─▶ queue ──due, slot and permit free──▶ trigger_sync to region
///                                     ▲                                        │
///                                     └────────────── sync_ended ◀─────────────┘
///
///   request_permit ─▶ waiters ◀──permits── slice ◀──change_budget──▶ the budget of all nodes
struct supervisor_state {
  explicit supervisor_state(supervisor_self::pointer owner) : self{owner} {
    // nop
  }

  using time_point = caf::actor_clock::time_point;
  using done_promise = caf::typed_response_promise<done>;

  /// Who asked for a sync. Each kind has places of its own, or a flood of one would keep the others
  /// out; those asked for by hand start without us, so they need none.
  enum class occasion { schedule, news, hand };

  struct running_sync {
    occasion why{};
    /// Absent for a user who was not in the queue.
    std::optional<user_record> record;
    time_point since;
    /// The user authorized us again meanwhile and is due at once; as the row was then.
    std::optional<user_record> reconnected;
  };

  struct permit_waiter {
    caf::typed_response_promise<permit_granted> promise;
    time_point give_up_at;
    shortage when_short{};
  };

  supervisor_self::pointer self;
  environment_ptr env;
  children kids;
  sync_queue queue{{}};
  permit_slice permits;
  std::array<std::deque<permit_waiter>, priority_count> waiters;
  /// A request to the shared budget is under way.
  bool is_asking = false;
  /// The last one failed; until one succeeds only ticks try.
  bool is_budget_unreachable = false;
  std::unordered_map<user_id, running_sync> running;
  /// What webhooks announced and is not fetched yet; the users in the order of arrival.
  std::unordered_map<user_id, std::vector<pending_news>> news;
  std::deque<user_id> news_line;
  time_point next_news_look;
  /// Scheduled syncs, the exempt left out, that this interval has seen.
  std::uint32_t started_in_interval = 0;
  instant interval_ends;
  /// Without `sync.on_startup` the first interval starts nothing but exempt and critical syncs: a
  /// server that is seldom on for a whole interval must not lose anything by it.
  bool is_first_interval_quiet = false;
  bool is_begun = false;
  bool is_stopping = false;
  /// Unused permits have been given back for the last time.
  bool is_last_word_said = false;
  done_promise stopped;

  // -- start and stop --------------------------------------------------------------------------

  void start_children();
  caf::result<done> begin(const begin_supervision& command);
  void close_interrupted(done_promise promise);
  void load_users(std::vector<user_id> interrupted, done_promise promise);
  void fill(const std::vector<user_record>& users, const std::vector<user_id>& interrupted);
  void warn_about_cap() const;
  caf::result<done> stop();
  void handle_down(const caf::down_msg& down);

  // -- syncs -----------------------------------------------------------------------------------

  void tick();
  void start_due();
  void start(const due_user& next);
  void start_failed(const user_id& user, const error& problem);
  std::size_t count_running(occasion why) const;
  void drop_lost();
  void note_connected(const user_record& record);
  void note_changed(const user_record& record);
  void note_started(const user_id& user);
  void note_ended(const user_record& record);
  void note_failed(const user_id& user);
  void check_stopped();

  // -- permits ---------------------------------------------------------------------------------

  caf::result<permit_granted> permit(const request_permit& request);
  void grant_waiting();
  counts_by_priority count_waiters() const;
  void hand_out_ready();
  void refuse_impatient();
  void refuse_for_shortage();
  bool is_short_of(sync_priority priority) const;
  void talk_to_budget();
  void ask_budget();
  void note_budget(const budget_request& request, const budget_changed& answer);
  void budget_failed(const error& problem);
  void settle(const permit_spent& spent);

  // -- news (supervisor_news.cpp) --------------------------------------------------------------

  void note_news(const user_id& user, const pending_news& announced);
  void look_for_news(bool takes_all);
  void look_for_news_again();
  void start_news();
  void fetch_news(const user_id& user, std::vector<pending_news> announced);

  static inline const char* name = "supervisor";
};

/// Decides who is synced when, spends Polar's budget and keeps the node's actors alive.
supervisor_self::behavior_type supervisor(supervisor_self::stateful_pointer<supervisor_state> self,
                                          environment_ptr env, std::vector<child> kinds);

} // namespace polar_flow::actors
