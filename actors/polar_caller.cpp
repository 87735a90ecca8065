#include "actors/polar_caller.hpp"

#include "actors/errors.hpp"
#include "actors/limits.hpp"

#include <caf/all.hpp>

#include <algorithm>
#include <utility>

namespace polar_flow::actors {
namespace {

constexpr int status_too_many_requests = 429;

} // namespace

caf::result<polar_answered> polar_caller_state::call(const call_polar& command) {
  if (!command.is_budgeted)
    return call_without_permit(command);
  auto answer = self->make_response_promise<polar_answered>();
  const auto give_up_at = self->clock().now() + command.patience;
  self->request(env->node->actors()->supervisor, command.patience + limits::deadline_slack,
                request_permit{command.priority, command.patience, command.when_short})
      .then(
          [=, this, request = command.request](const permit_granted&) mutable {
            if (self->clock().now() < give_up_at) {
              send(*request, {answer, true});
              return;
            }
            self->send(env->node->actors()->supervisor, permit_returned{});
            answer.deliver(to_caf(errc::polar_rate_limited, "the permit came too late"));
          },
          [answer](caf::error& problem) mutable { answer.deliver(std::move(problem)); });
  return answer;
}

caf::result<polar_answered> polar_caller_state::call_without_permit(const call_polar& command) {
  const auto count = std::count_if(under_way.begin(), under_way.end(), [](const auto& item) {
    return !item.second.is_budgeted;
  });
  if (static_cast<std::size_t>(count) >= limits::token_calls_max)
    return to_caf(errc::overloaded, "too many authorizations are under way");
  auto answer = self->make_response_promise<polar_answered>();
  send(*command.request, {answer, false});
  return answer;
}

void polar_caller_state::send(const polar::http_request& request, pending_call waiting) {
  const auto call = ++last_call;
  under_way.emplace(call, std::move(waiting));
  // The transport calls back on its own thread, perhaps after this actor is gone.
  caf::weak_actor_ptr weak{self->ctrl()};
  env->transport->send(request, [weak, call](result<polar::http_response> outcome) {
    const auto strong = caf::actor_cast<caf::strong_actor_ptr>(weak);
    if (!strong)
      return;
    transport_answered fact{call, nullptr, {}};
    if (outcome)
      fact.response = std::make_shared<const polar::http_response>(std::move(*outcome));
    else
      fact.problem = std::move(outcome.error());
    caf::anon_send(caf::actor_cast<caf::actor>(strong), std::move(fact));
  });
}

void polar_caller_state::finish(const transport_answered& outcome) {
  const auto place = under_way.find(outcome.call);
  if (place == under_way.end())
    return;
  auto waiting = std::move(place->second);
  under_way.erase(place);
  if (waiting.is_budgeted)
    settle(outcome);
  if (outcome.response)
    waiting.answer.deliver(polar_answered{outcome.response});
  else
    waiting.answer.deliver(to_caf(outcome.problem));
}

void polar_caller_state::settle(const transport_answered& outcome) {
  // Nothing was sent, so nothing was spent.
  if (!outcome.response && outcome.problem.code == errc::overloaded) {
    self->send(env->node->actors()->supervisor, permit_returned{});
    return;
  }
  permit_spent spent;
  if (outcome.response) {
    spent.headers = polar::read_rate_headers(*outcome.response);
    if (outcome.response->status == status_too_many_requests)
      spent.closed_for = polar::wait_after_429(*outcome.response);
  }
  self->send(env->node->actors()->supervisor, std::move(spent));
}

polar_self::behavior_type polar_caller(polar_self::stateful_pointer<polar_caller_state> self,
                                       environment_ptr env) {
  auto* state = &self->state;
  state->env = std::move(env);
  return {
      [state](const call_polar& command) { return state->call(command); },
      [state](const transport_answered& outcome) { state->finish(outcome); },
  };
}

} // namespace polar_flow::actors
