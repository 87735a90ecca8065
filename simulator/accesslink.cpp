#include "simulator/accesslink.hpp"

#include "simulator/endpoints.hpp"
#include "simulator/routes.hpp"
#include "simulator/spoiling.hpp"
#include "simulator/webhook_events.hpp"
#include "simulator/world.hpp"

#include <algorithm>

namespace polar_flow::simulator {

namespace {

/// Different paths that are counted; a client that makes up more is not worth the memory.
constexpr std::size_t counted_paths_max = 1'000'000;

void count(world& all, const request& received, const std::string& path,
           std::optional<std::int64_t> caller) {
  std::tuple key{caller, received.method, path};
  if (const auto found = all.request_counts.find(key); found != all.request_counts.end())
    ++found->second;
  else if (all.request_counts.size() < counted_paths_max)
    all.request_counts.emplace(std::move(key), 1);
}

/// Polar opens data only to registered users. `skew` is how far the clock is ahead for them.
response answer_data(world& all, const parsed_target& target, std::int64_t caller,
                     std::chrono::minutes skew) {
  const auto* registered = all.people.find_registration(caller);
  if (registered == nullptr)
    return error_response(403, "forbidden", "The user is not registered or has not consented");
  if (all.recorded && caller == first_athlete_id)
    return all.recorded->answer(target);
  auto route = find_data_route(target.segments);
  if (!route)
    return error_response(404, "not_found", "No such resource");
  data_request ask{all.person(caller), all.clock->now() + skew,    all.settings.first_day,
                   std::nullopt,       std::move(route->captures), target.query};
  if (all.settings.only_after_registration)
    ask.visible_since = registered->since;
  return route->handle(ask);
}

/// Paths under /v3 with a good token.
response answer_resource(world& all, const request& received, const parsed_target& target,
                         std::int64_t caller, std::chrono::minutes skew) {
  if (target.path == "/v3/users") {
    if (received.method == "POST")
      return register_user(all, received, caller);
    return error_response(405, "method_not_allowed", "POST only");
  }
  std::vector<std::string> captures;
  const bool is_data = find_data_route(target.segments).has_value();
  if (!is_data && matches("v3/users/{id}", target.segments, captures)) {
    if (received.method == "GET")
      return show_user(all, captures.front(), caller);
    if (received.method == "DELETE")
      return delete_user(all, captures.front(), caller);
    return error_response(405, "method_not_allowed", "GET or DELETE only");
  }
  if (received.method != "GET")
    return error_response(405, "method_not_allowed", "GET only");
  return answer_data(all, target, caller, skew);
}

/// Whether a fault takes the place of the answer.
bool is_replacing(const std::optional<fault>& struck) {
  return struck && (struck->kind == fault_kind::status || struck->kind == fault_kind::revoke_token);
}

std::chrono::minutes skew_of(const std::optional<fault>& struck) {
  return struck && struck->kind == fault_kind::clock_skew ? struck->clock_skew
                                                          : std::chrono::minutes{0};
}

response replace_answer(world& all, const request& received, const fault& by) {
  if (by.kind == fault_kind::revoke_token) {
    all.people.revoke_token(std::string{bearer_token(received)}, all.clock->now());
    return error_response(401, "unauthorized", "The access token was revoked");
  }
  return error_response(by.status, "simulated_fault", "As asked for");
}

/// What stands behind the rate limits: athletes with a token, and the client itself.
response answer_limited(world& all, const request& received, const parsed_target& target,
                        std::optional<std::int64_t> caller, const std::optional<fault>& struck) {
  const auto now = all.clock->now();
  response answer;
  if (!all.limits.take(now, all.people.registered_users()))
    answer = error_response(429, "too_many_requests", "Rate limit exceeded");
  else if (is_replacing(struck))
    answer = replace_answer(all, received, *struck);
  else if (caller)
    answer = answer_resource(all, received, target, *caller, skew_of(struck));
  else
    answer = answer_webhooks(all, received, target);
  const bool is_exhausted = is_replacing(struck) && struck->status == 429;
  return finish(std::move(answer), [&all, is_exhausted, skew = skew_of(struck)](response made) {
    all.limits.append_headers(made.headers, all.clock->now(), all.people.registered_users(),
                              {is_exhausted, skew});
    return made;
  });
}

response answer_api(world& all, const request& received, const parsed_target& target,
                    std::optional<std::int64_t> caller, const std::optional<fault>& struck) {
  const bool is_about_webhooks = target.path.starts_with("/v3/webhooks");
  if (!caller && !is_about_webhooks)
    return error_response(401, "unauthorized", "The access token is missing or not valid");
  return answer_limited(all, received, target, is_about_webhooks ? std::nullopt : caller, struck);
}

response answer_oauth(world& all, const request& received, const parsed_target& target,
                      const std::optional<fault>& struck) {
  if (struck && struck->kind == fault_kind::status)
    return oauth_error(struck->status, "simulated_fault", "As asked for");
  if (target.path == "/v2/oauth2/token") {
    if (received.method != "POST")
      return error_response(405, "method_not_allowed", "POST only");
    return exchange_token(all, received);
  }
  if (received.method != "GET" && received.method != "POST")
    return error_response(405, "method_not_allowed", "GET or POST only");
  return authorize(all, received, target);
}

/// The fault that was set for this request, else the one that chance has for it.
std::optional<fault> strike(world& all, const request& received, const parsed_target& target,
                            std::optional<std::int64_t> caller) {
  auto struck = all.faults.strike(target.path, caller);
  const bool is_for_data =
      caller && received.method == "GET" && find_data_route(target.segments).has_value();
  if (!struck && all.mixed_faults && is_for_data)
    struck = all.mixed_faults->strike(received.target, target.path, *caller);
  if (struck)
    ++all.struck_counts[struck->kind];
  return struck;
}

} // namespace

accesslink::accesslink(options settings, std::shared_ptr<const wall_clock> clock)
    : world_(std::make_unique<world>(std::move(settings), std::move(clock))) {
  // nop
}

accesslink::~accesslink() = default;

response accesslink::respond(const request& received) {
  auto& all = *world_;
  const auto target = parse_target(received.target);
  if (!target)
    return error_response(400, "bad_request", "The request target is malformed");
  if (target->path.starts_with("/simulator/") && all.settings.has_control)
    return control(all, received, *target);
  const auto caller = all.people.owner_of(bearer_token(received));
  count(all, received, target->path, caller);
  const auto struck = strike(all, received, *target, caller);
  response answer;
  if (target->path == "/oauth2/authorization" || target->path == "/v2/oauth2/token")
    answer = answer_oauth(all, received, *target, struck);
  else if (target->path.starts_with("/v3/"))
    answer = answer_api(all, received, *target, caller, struck);
  else
    answer = error_response(404, "not_found", "No such page");
  if (!struck)
    return answer;
  return finish(std::move(answer),
                [by = *struck](response made) { return spoil(std::move(made), by); });
}

void accesslink::look() {
  auto& all = *world_;
  if (!all.settings.sends_events)
    return;
  const auto now = all.clock->now();
  const auto due = all.news.look(
      all.people.registrations(), [&all](auto id) -> const athlete& { return all.person(id); },
      all.settings.first_day, now);
  const auto& hook = all.hooks.current();
  if (!hook || !hook->is_active)
    return;
  for (const auto& each : due) {
    if (std::ranges::find(hook->events, each.event) != hook->events.end())
      all.notifications.add(make_notification(each, now), now);
  }
}

std::optional<outgoing_post> accesslink::next_call() {
  auto& all = *world_;
  const auto& hook = all.hooks.current();
  if (!hook || !hook->is_active)
    return std::nullopt;
  const auto* what = all.notifications.start(all.clock->now());
  return what == nullptr ? std::nullopt : std::optional{make_post(*hook, *what)};
}

void accesslink::note_call(int status) {
  auto& all = *world_;
  const auto now = all.clock->now();
  all.notifications.settle(status == 200, now);
  all.hooks.note_delivery(status == 200, now);
  if (const auto& hook = all.hooks.current(); !hook || !hook->is_active)
    all.notifications.clear();
}

} // namespace polar_flow::simulator
