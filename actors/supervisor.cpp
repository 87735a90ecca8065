#include "actors/supervisor.hpp"

#include "actors/backoff.hpp"
#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace polar_flow::actors {

using telemetry::field;

namespace {

constexpr auto used_up_message = "Polar's request budget is used up for now";
constexpr auto stopping_message = "the server is stopping";

} // namespace

// -- start and stop --------------------------------------------------------------------------

void supervisor_state::start_children() {
  auto actors = *env->node->actors();
  actors.supervisor = caf::actor_cast<supervisor_actor>(self);
  env->node->publish(std::move(actors));
  kids.start_all(*env->node, [this](const caf::actor_addr& child) { self->monitor(child); });
}

caf::result<done> supervisor_state::begin(const begin_supervision& command) {
  auto promise = self->make_response_promise<done>();
  const auto fail_with = [promise](caf::error& problem) mutable {
    promise.deliver(std::move(problem));
  };
  const auto timeout = limits::store_answer(env->config.storage) + limits::deadline_slack;
  self->request(env->node->actors()->lease, timeout, take_all_shards{command.node, env->now()})
      .then(
          [=, this](const done&) {
            self->request(env->node->actors()->access, timeout, load_keys{})
                .then([=, this](const done&) { close_interrupted(promise); }, fail_with);
          },
          fail_with);
  return promise;
}

void supervisor_state::close_interrupted(done_promise promise) {
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                close_interrupted_syncs{env->now()})
      .then([this, promise](const interrupted_users& found) { load_users(found.users, promise); },
            [promise](caf::error& problem) mutable { promise.deliver(std::move(problem)); });
}

void supervisor_state::load_users(std::vector<user_id> interrupted, done_promise promise) {
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage), list_users{})
      .then(
          [this, interrupted = std::move(interrupted), promise](const user_list& all) mutable {
            fill(*all.users, interrupted);
            promise.deliver(done{});
          },
          [promise](caf::error& problem) mutable { promise.deliver(std::move(problem)); });
}

void supervisor_state::fill(const std::vector<user_record>& users,
                            const std::vector<user_id>& interrupted) {
  const auto now = env->now();
  const std::unordered_set<user_id> at_once{interrupted.begin(), interrupted.end()};
  for (const auto& record : users) {
    // Whose syncs were cut short again and again backs off: perhaps they bring the server down.
    const bool backs_off = record.not_before && now < *record.not_before;
    if (at_once.contains(record.id) && !backs_off)
      queue.put_at_once(record, now);
    else
      queue.put(record, now);
  }
  is_begun = true;
  is_first_interval_quiet = !env->config.sync.on_startup;
  interval_ends = now + env->config.sync.interval;
  telemetry::log_info("users loaded",
                      {{"users", static_cast<std::int64_t>(users.size())},
                       {"scheduled", static_cast<std::int64_t>(queue.size())},
                       {"interrupted", static_cast<std::int64_t>(interrupted.size())}});
  warn_about_cap();
  // Nobody can start before the budget is known; the first tick is a second away.
  talk_to_budget();
  look_for_news(true);
}

void supervisor_state::warn_about_cap() const {
  const auto cap = env->config.sync.max_users_per_run;
  if (cap == 0 || !env->config.sync.enabled)
    return;
  const auto runs_a_day = std::chrono::hours{24} / env->config.sync.interval;
  if (static_cast<std::int64_t>(queue.size()) > runs_a_day * cap)
    telemetry::log_warning("sync.max-users-per-run is too small to sync every user once a day",
                           {{"users", static_cast<std::int64_t>(queue.size())},
                            {"syncs_a_day", static_cast<std::int64_t>(runs_a_day * cap)}});
}

caf::result<done> supervisor_state::stop() {
  is_stopping = true;
  stopped = self->make_response_promise<done>();
  auto answer = stopped;
  // Syncs that have to wait for permits end now, with what they have got so far.
  refuse_for_shortage();
  check_stopped();
  return answer;
}

void supervisor_state::check_stopped() {
  // The answer of a request to the budget that is under way leads here again.
  if (!is_stopping || !running.empty() || !stopped.pending() || is_asking)
    return;
  permits.retire();
  if (!is_last_word_said && permits.has_news(env->now())) {
    is_last_word_said = true;
    ask_budget();
    return;
  }
  stopped.deliver(done{});
}

void supervisor_state::handle_down(const caf::down_msg& down) {
  const auto* failed = kids.find(down.source);
  if (failed == nullptr || is_stopping)
    return;
  telemetry::log_error(
      "an actor of the node failed",
      {{"actor", failed->name}, {"reason", self->home_system().render(down.reason)}});
  const bool was_region = failed->name == "user_region";
  const auto watch = [this](const caf::actor_addr& child) {
    self->monitor(child);
  };
  if (kids.restart(down.source, self->clock().now(), *env->node, watch)
      == children::outcome::given_up) {
    telemetry::log_error("actors fail again and again; giving up");
    self->quit(caf::exit_reason::unhandled_exception);
    return;
  }
  if (!was_region)
    return;
  // The users' actors ended with their region, and the syncs with them.
  std::vector<user_id> users;
  for (const auto& [user, sync] : running)
    users.push_back(user);
  for (const auto& user : users)
    note_failed(user);
}

// -- syncs -----------------------------------------------------------------------------------

void supervisor_state::tick() {
  // Whose turn comes first where permits are scarce is left to chance, or it would be the same
  // node's every second.
  std::uint8_t chance = 0;
  env->random->fill({&chance, 1});
  self->delayed_send(self, limits::supervisor_tick - limits::supervisor_tick_spread * chance / 255,
                     caf::tick_atom_v);
  refuse_impatient();
  hand_out_ready();
  refuse_for_shortage();
  talk_to_budget();
  drop_lost();
  look_for_news_again();
  start_due();
  start_news();
}

void supervisor_state::start_due() {
  if (!is_begun || is_stopping || !env->config.sync.enabled)
    return;
  const auto now = env->now();
  if (now >= interval_ends) {
    interval_ends = now + env->config.sync.interval;
    started_in_interval = 0;
    is_first_interval_quiet = false;
  }
  const auto cap = env->config.sync.max_users_per_run;
  const std::size_t places = env->config.sync.parallel_syncs;
  auto taken = count_running(occasion::schedule);
  for (std::size_t i = 0; i < limits::starts_per_tick && taken < places + limits::exempt_syncs_max;
       ++i, ++taken) {
    const bool is_cap_reached = cap != 0 && started_in_interval >= cap;
    // Syncs that wait for permits keep their places; nobody who has just connected waits for them.
    const bool is_full = taken >= places;
    auto which = sync_queue::choice::all;
    if (is_cap_reached || is_full)
      which = sync_queue::choice::exempt_only;
    else if (is_first_interval_quiet)
      which = sync_queue::choice::most_urgent;
    const auto next = queue.next(now, which);
    // Whoever is behind in the queue leaves a larger reserve, so has to wait as well.
    if (!next || !permits.could_take(next->priority, now))
      return;
    start(*next);
  }
}

void supervisor_state::start(const due_user& next) {
  const auto user = next.record.id;
  queue.remove(user);
  running.insert_or_assign(user,
                           running_sync{occasion::schedule, next.record, self->clock().now(), {}});
  if (!next.is_exempt)
    ++started_in_interval;
  const auto trigger =
      next.record.last_synced_at ? sync_trigger::scheduler : sync_trigger::first_connection;
  // Activation, token and log row are three questions to the store.
  const auto timeout = 3 * limits::store_answer(env->config.storage);
  self->request(env->node->actors()->region, timeout,
                trigger_sync{user, trigger, next.priority, {}, {}, false, {}})
      .then(
          [](const sync_started&) {
            // The user's actor tells when the sync ends.
          },
          [this, user](caf::error& problem) { start_failed(user, from_caf(problem)); });
}

void supervisor_state::start_failed(const user_id& user, const error& problem) {
  const auto place = running.find(user);
  // A sync that somebody else asked for is as good; its end will be told.
  if (problem.code == errc::sync_in_progress) {
    if (place != running.end())
      place->second.why = occasion::hand;
    return;
  }
  // Polar's webhook tells of everybody who ever authorized its client, ours or not.
  if (problem.code != errc::unknown_user)
    telemetry::log_warning("a scheduled sync could not start",
                           {{"user", user.value}, {"error", std::string{to_string(problem.code)}}});
  if (place == running.end())
    return;
  auto record = std::move(place->second.record);
  const auto reconnected = std::move(place->second.reconnected);
  running.erase(place);
  check_stopped();
  if (reconnected) {
    queue.put_at_once(*reconnected, env->now());
    return;
  }
  const bool is_hopeless =
      problem.code == errc::unknown_user || problem.code == errc::no_polar_token
      || problem.code == errc::undecryptable || problem.code == errc::needs_reauthorization;
  // Only a new authorization helps the hopeless, and that puts them back.
  if (is_hopeless || !record)
    return;
  const auto now = env->now();
  record->not_before = now + limits::failed_start_pause;
  queue.put(*record, now);
}

std::size_t supervisor_state::count_running(occasion why) const {
  return static_cast<std::size_t>(std::count_if(
      running.begin(), running.end(), [why](const auto& item) { return item.second.why == why; }));
}

void supervisor_state::drop_lost() {
  const auto oldest = self->clock().now() - env->config.sync.sync_timeout - limits::lost_sync_slack;
  std::vector<user_id> lost;
  for (const auto& [user, sync] : running)
    if (sync.since < oldest)
      lost.push_back(user);
  for (const auto& user : lost) {
    telemetry::log_error("a running sync was lost", {{"user", user.value}});
    start_failed(user, error{errc::deadline_exceeded, {}});
  }
}

void supervisor_state::note_connected(const user_record& record) {
  if (const auto place = running.find(record.id); place != running.end())
    place->second.reconnected = record;
  else
    queue.put_at_once(record, env->now());
  start_due();
}

void supervisor_state::note_changed(const user_record& record) {
  // The end of a running sync brings the newer record.
  if (!running.contains(record.id))
    queue.put(record, env->now());
}

void supervisor_state::note_started(const user_id& user) {
  const auto [place, is_new] =
      running.try_emplace(user, running_sync{occasion::hand, {}, self->clock().now(), {}});
  if (is_new)
    place->second.record = queue.remove(user);
}

void supervisor_state::note_ended(const user_record& record) {
  const auto place = running.find(record.id);
  const bool is_due_again = place != running.end() && place->second.reconnected.has_value();
  if (place != running.end())
    running.erase(place);
  if (is_due_again)
    queue.put_at_once(record, env->now());
  else
    queue.put(record, env->now());
  check_stopped();
  // Whoever is due goes first, or a user with news after news would never get a whole sync.
  start_due();
  start_news();
}

void supervisor_state::note_failed(const user_id& user) {
  const auto place = running.find(user);
  if (place == running.end())
    return;
  const auto& sync = place->second;
  auto record = sync.reconnected ? sync.reconnected : sync.record;
  running.erase(place);
  if (record) {
    // Once may be chance. What fails again and again must not spend Polar's windows on itself.
    const auto earlier_failures = record->consecutive_failures++;
    if (earlier_failures == 0) {
      queue.put_at_once(*record, env->now());
    } else {
      record->not_before = env->now()
                           + backoff_delay(earlier_failures, limits::backoff_first,
                                           limits::backoff_max, *env->random);
      queue.put(*record, env->now());
    }
  }
  check_stopped();
}

// -- permits ---------------------------------------------------------------------------------

caf::result<permit_granted> supervisor_state::permit(const request_permit& request) {
  auto& line = waiters[static_cast<std::size_t>(request.priority)];
  if (line.size() >= limits::permit_waiters_max)
    return to_caf(errc::overloaded, "too many requests to Polar are waiting");
  auto promise = self->make_response_promise<permit_granted>();
  line.push_back({promise, self->clock().now() + request.patience, request.when_short});
  grant_waiting();
  return promise;
}

void supervisor_state::grant_waiting() {
  hand_out_ready();
  refuse_for_shortage();
  if (!is_budget_unreachable && permits.is_plenty_for(count_waiters(), env->now()))
    ask_budget();
}

counts_by_priority supervisor_state::count_waiters() const {
  counts_by_priority counts{};
  for (std::size_t level = 0; level < waiters.size(); ++level)
    counts[level] = static_cast<std::int64_t>(waiters[level].size());
  return counts;
}

void supervisor_state::hand_out_ready() {
  const auto now = env->now();
  for (std::size_t level = 0; level < waiters.size(); ++level) {
    auto& line = waiters[level];
    while (!line.empty() && permits.hand_out(static_cast<sync_priority>(level), now)) {
      line.front().promise.deliver(permit_granted{});
      line.pop_front();
    }
  }
}

void supervisor_state::refuse_impatient() {
  const auto now = self->clock().now();
  for (auto& line : waiters)
    std::erase_if(line, [now](permit_waiter& waiter) {
      if (now < waiter.give_up_at)
        return false;
      waiter.promise.deliver(to_caf(errc::polar_rate_limited, used_up_message));
      return true;
    });
}

void supervisor_state::refuse_for_shortage() {
  for (std::size_t level = 0; level < waiters.size(); ++level) {
    if (!is_short_of(static_cast<sync_priority>(level)))
      continue;
    std::erase_if(waiters[level], [this](permit_waiter& waiter) {
      if (waiter.when_short == shortage::wait && !is_stopping)
        return false;
      waiter.promise.deliver(is_stopping ? to_caf(errc::shutting_down, stopping_message)
                                         : to_caf(errc::polar_rate_limited, used_up_message));
      return true;
    });
  }
}

/// Whether a permit, where none is ready, would only come when a window opens, or others give some
/// back. Where the budget has any left, it comes with this node's next turn at the latest.
bool supervisor_state::is_short_of(sync_priority priority) const {
  const auto now = env->now();
  return permits.is_closed(now) || is_budget_unreachable
         || (permits.is_budget_known() && !permits.could_take(priority, now));
}

/// This node's turn, once a second: others have given permits back, and what this one has learnt is
/// of use to them.
void supervisor_state::talk_to_budget() {
  const auto now = env->now();
  const bool has_waiters = count_waiters() != counts_by_priority{};
  if ((has_waiters && !permits.is_closed(now)) || permits.has_news(now)
      || (is_begun && !permits.is_budget_known()))
    ask_budget();
}

void supervisor_state::ask_budget() {
  if (is_asking)
    return;
  is_asking = true;
  // Without the database there are no permits: what they would fetch could not be stored.
  const auto request =
      permits.make_request(count_waiters(), queue.size() + running.size(), env->now());
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                change_budget{request})
      .then([this, request](const budget_changed& answer) { note_budget(request, answer); },
            [this](caf::error& problem) { budget_failed(from_caf(problem)); });
}

void supervisor_state::note_budget(const budget_request& request, const budget_changed& answer) {
  is_asking = false;
  is_budget_unreachable = false;
  const bool was_known = permits.is_budget_known();
  permits.apply(request, answer.grant, answer.left, env->now());
  grant_waiting();
  if (!was_known)
    start_due();
  start_due();
  check_stopped();
}

void supervisor_state::budget_failed(const error& problem) {
  is_asking = false;
  if (!is_budget_unreachable)
    telemetry::log_warning("Polar's request budget cannot be reached",
                           {{"error", std::string{to_string(problem.code)}}});
  is_budget_unreachable = true;
  refuse_for_shortage();
  check_stopped();
}

void supervisor_state::settle(const permit_spent& spent) {
  const auto now = env->now();
  permits.settle(spent.headers, now);
  if (spent.closed_for) {
    // Even a 429 that asks for no wait must not be answered by asking again at once.
    const auto wait = std::max(*spent.closed_for, limits::supervisor_tick);
    permits.close(wait, now);
    telemetry::log_warning("Polar's request budget is used up",
                           {{"seconds", std::int64_t{wait.count()}}});
  }
  grant_waiting();
}

// -- behaviour -------------------------------------------------------------------------------

supervisor_self::behavior_type supervisor(supervisor_self::stateful_pointer<supervisor_state> self,
                                          environment_ptr env, std::vector<child> kinds) {
  auto* state = &self->state;
  state->env = std::move(env);
  state->kids = children{std::move(kinds)};
  state->queue = sync_queue{state->env->config.sync.interval};
  state->start_children();
  self->set_down_handler([state](caf::down_msg& down) { state->handle_down(down); });
  self->delayed_send(self, limits::supervisor_tick, caf::tick_atom_v);
  return {
      [state](const begin_supervision& command) { return state->begin(command); },
      [state](const request_permit& request) { return state->permit(request); },
      [state](const permit_spent& spent) { state->settle(spent); },
      [state](const permit_returned&) {
        state->permits.take_back();
        state->grant_waiting();
      },
      [state](const user_connected& fact) { state->note_connected(fact.record); },
      [state](const user_changed& fact) { state->note_changed(fact.record); },
      [state](const sync_started& fact) { state->note_started(fact.user); },
      [state](const sync_ended& fact) { state->note_ended(fact.record); },
      [state](const user_failed& fact) { state->note_failed(fact.user); },
      [state](const news_arrived& fact) { state->note_news(fact.user, fact.announced); },
      [state](const stop_syncs&) { return state->stop(); },
      [state](caf::tick_atom) { state->tick(); },
  };
}

} // namespace polar_flow::actors
