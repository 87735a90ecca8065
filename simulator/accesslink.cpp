#include "simulator/accesslink.hpp"

#include "simulator/endpoints.hpp"
#include "simulator/routes.hpp"
#include "simulator/world.hpp"

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

/// Polar opens data only to registered users.
response answer_data(world& all, const parsed_target& target, std::int64_t caller) {
  const auto* registered = all.people.find_registration(caller);
  if (registered == nullptr)
    return error_response(403, "forbidden", "The user is not registered or has not consented");
  if (all.recorded && caller == first_athlete_id)
    return all.recorded->answer(target);
  auto route = find_data_route(target.segments);
  if (!route)
    return error_response(404, "not_found", "No such resource");
  data_request ask{all.person(caller), all.clock->now(),           all.settings.first_day,
                   std::nullopt,       std::move(route->captures), target.query};
  if (all.settings.only_after_registration)
    ask.visible_since = registered->since;
  return route->handle(ask);
}

/// Paths under /v3 with a good token.
response answer_resource(world& all, const request& received, const parsed_target& target,
                         std::int64_t caller) {
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
  return answer_data(all, target, caller);
}

response answer_api(world& all, const request& received, const parsed_target& target,
                    std::optional<std::int64_t> caller, const std::optional<fault>& struck) {
  if (!caller)
    return error_response(401, "unauthorized", "The access token is missing or not valid");
  const auto now = all.clock->now();
  const bool is_allowed = all.limits.take(now, all.people.registered_users());
  const bool is_replaced = struck && struck->kind == fault_kind::status;
  response answer;
  if (!is_allowed)
    answer = error_response(429, "too_many_requests", "Rate limit exceeded");
  else if (is_replaced)
    answer = error_response(struck->status, "simulated_fault", "As asked for");
  else
    answer = answer_resource(all, received, target, *caller);
  const bool is_exhausted = is_replaced && struck->status == 429;
  all.limits.append_headers(answer.headers, now, all.people.registered_users(), is_exhausted);
  return answer;
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
  const auto struck = all.faults.strike(target->path, caller);
  response answer;
  if (target->path == "/oauth2/authorization" || target->path == "/v2/oauth2/token")
    answer = answer_oauth(all, received, *target, struck);
  else if (target->path.starts_with("/v3/"))
    answer = answer_api(all, received, *target, caller, struck);
  else
    answer = error_response(404, "not_found", "No such page");
  return struck ? spoil(std::move(answer), *struck) : answer;
}

} // namespace polar_flow::simulator
