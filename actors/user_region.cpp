#include "actors/user_region.hpp"

#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "actors/user.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <utility>

namespace polar_flow::actors {
namespace {

using self_pointer = user_region_self::stateful_pointer<user_region_state>;

template <class Request>
using answer_to = caf::detail::tl_head_t<caf::response_type_t<users_actor::signatures, Request>>;

/// The handler of one kind of message to a user: all of them are passed on in the same way.
template <class Request>
auto routed(self_pointer self) {
  return [self](const Request& request) -> caf::result<answer_to<Request>> {
    if (self->state.ends_because)
      return to_caf(errc::shutting_down, "the server is stopping");
    auto& entry = self->state.touch(request.user);
    if (!entry.is_leaving)
      return self->delegate(entry.actor, request);
    if (entry.buffer.size() >= limits::buffered_messages_max)
      return to_caf(errc::overloaded, "too many requests for one user");
    auto promise = self->template make_response_promise<answer_to<Request>>();
    entry.buffer.push_back(
        [promise, request](const user_actor& user) mutable { promise.delegate(user, request); });
    return promise;
  };
}

} // namespace

user_region_state::active_user& user_region_state::touch(const user_id& user) {
  const auto place = users.find(user);
  if (place == users.end())
    return activate(user);
  auto& entry = place->second;
  entry.last_used = self->clock().now();
  by_use.splice(by_use.end(), by_use, entry.place);
  return entry;
}

user_region_state::active_user& user_region_state::activate(const user_id& user) {
  make_room();
  auto actor = make_user(user, caf::actor_cast<user_region_actor>(self));
  self->monitor(actor);
  by_address.emplace(actor.address(), user);
  const auto place = by_use.insert(by_use.end(), user);
  return users
      .insert_or_assign(user, active_user{std::move(actor), self->clock().now(), place, false, {}})
      .first->second;
}

void user_region_state::make_room() {
  const auto limit = env->config.actors.active_users_max;
  if (limit == 0 || users.size() < limit)
    return;
  for (const auto& user : by_use) {
    if (users.at(user).is_leaving)
      continue;
    // One leaves for one that comes; `ask_to_leave` moves it to the end of the list.
    ask_to_leave(user_id{user});
    return;
  }
}

void user_region_state::sweep() {
  if (ends_because)
    return;
  self->delayed_send(self, limits::region_sweep, caf::tick_atom_v);
  const auto now = self->clock().now();
  const auto idle_since = now - env->config.actors.idle_time;
  while (!by_use.empty() && users.at(by_use.front()).last_used <= idle_since)
    ask_to_leave(user_id{by_use.front()});
  std::erase_if(failures, [now](const auto& item) {
    return item.second.since + limits::user_restart_window < now;
  });
}

void user_region_state::ask_to_leave(const user_id& user) {
  auto& entry = touch(user);
  if (entry.is_leaving)
    return;
  entry.is_leaving = true;
  const auto address = entry.actor.address();
  // A user that is still loading answers when the store has answered its three questions.
  const auto timeout = 3 * limits::store_answer(env->config.storage);
  self->request(entry.actor, timeout, passivate{})
      .then(
          [=, this](const passivation& answer) {
            if (answer.accepted)
              forget(user, address);
            else
              stay(user, address);
          },
          [=, this](caf::error& problem) {
            // Of a dead actor a down_msg tells; until then messages stay in the buffer.
            if (problem != caf::sec::request_receiver_down)
              stay(user, address);
          });
}

void user_region_state::stay(const user_id& user, const caf::actor_addr& actor) {
  const auto place = users.find(user);
  if (place == users.end() || place->second.actor.address() != actor)
    return;
  auto& entry = place->second;
  entry.is_leaving = false;
  for (auto& send_to : std::exchange(entry.buffer, {}))
    send_to(entry.actor);
}

void user_region_state::forget(const user_id& user, const caf::actor_addr& actor) {
  const auto place = users.find(user);
  if (place == users.end() || place->second.actor.address() != actor)
    return;
  self->demonitor(actor);
  by_address.erase(actor);
  by_use.erase(place->second.place);
  auto buffer = std::move(place->second.buffer);
  users.erase(place);
  if (buffer.empty())
    return;
  const auto& successor = activate(user).actor;
  for (auto& send_to : buffer)
    send_to(successor);
}

void user_region_state::handle_down(const caf::down_msg& down) {
  const auto place = by_address.find(down.source);
  if (place == by_address.end())
    return;
  const auto user = place->second;
  if (ends_because) {
    by_address.erase(place);
    if (by_address.empty())
      self->quit(*ends_because);
    return;
  }
  telemetry::log_error("a user's actor failed",
                       {{"user", user.value}, {"reason", self->home_system().render(down.reason)}});
  self->send(env->node->actors()->supervisor, user_failed{user});
  forget(user, down.source);
  // Started again at once, so that what is due for the user does not wait for a reader.
  if (may_restart(user))
    touch(user);
}

bool user_region_state::may_restart(const user_id& user) {
  auto& recent = failures.try_emplace(user, recent_failures{0, self->clock().now()}).first->second;
  return ++recent.count <= limits::user_restarts_max;
}

// A user that waits for the store ends only after the store's answer, so the store must not be
// stopped before its users: whoever waits for the region's end knows that they are gone.
void user_region_state::end(const caf::error& reason) {
  if (by_address.empty()) {
    self->quit(reason);
    return;
  }
  ends_because = reason;
  for (const auto& [user, entry] : users)
    self->send_exit(entry.actor, reason);
}

user_factory real_users(environment_ptr env) {
  return [env](const user_id& id, user_region_actor region) {
    return env->node->system().spawn(user, env, id, std::move(region));
  };
}

user_region_self::behavior_type user_region(self_pointer self, environment_ptr env,
                                            user_factory make_user) {
  auto* state = &self->state;
  state->env = std::move(env);
  state->make_user = std::move(make_user);
  self->set_down_handler([state](caf::down_msg& down) { state->handle_down(down); });
  self->set_exit_handler([state](caf::exit_msg& exit) { state->end(exit.reason); });
  self->delayed_send(self, limits::region_sweep, caf::tick_atom_v);
  return {
      routed<get_insights>(self),
      routed<get_baselines>(self),
      routed<get_patterns>(self),
      routed<get_anomalies>(self),
      routed<get_predictions>(self),
      routed<get_explanation>(self),
      routed<check_value>(self),
      routed<get_analytics_status>(self),
      routed<get_list>(self),
      routed<get_detail>(self),
      routed<get_takeout_page>(self),
      routed<get_import>(self),
      routed<forget_data>(self),
      routed<trigger_sync>(self),
      routed<await_sync>(self),
      routed<get_coverage>(self),
      routed<get_sync_state>(self),
      routed<get_sync_logs>(self),
      routed<await_events>(self),
      routed<disconnect_user>(self),
      routed<erase_user>(self),
      routed<connect_user>(self),
      [state](const user_absent& fact) {
        if (state->users.contains(fact.user))
          state->ask_to_leave(fact.user);
      },
      [state](caf::tick_atom) { state->sweep(); },
  };
}

} // namespace polar_flow::actors
