#include "simulator/endpoints.hpp"
#include "simulator/routes.hpp"
#include "simulator/webhook_events.hpp"
#include "simulator/world.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

/// Short, as Polar's.
constexpr std::size_t id_bytes = 4;
constexpr std::size_t secret_bytes = 32;

response refuse(std::string_view message) {
  return error_response(400, "bad_request", message);
}

response refuse_method() {
  return error_response(405, "method_not_allowed", "Not with this method");
}

json::object describe(const webhook& what) {
  return {{"id", what.id},
          {"events", json::array(what.events.begin(), what.events.end())},
          {"url", what.url}};
}

response show(const webhook& what, int status = 200) {
  return json_response({{"data", describe(what)}}, status);
}

/// Takes over what the body says; the sentence tells what is wrong with it.
std::string read_webhook(std::string_view text, webhook& made) {
  boost::system::error_code code;
  const auto value = json::parse(text, code);
  const auto* body = value.if_object();
  if (code || body == nullptr)
    return "the body must be a JSON object";
  if (const auto* events = body->if_contains("events")) {
    if (!events->is_array() || events->get_array().empty())
      return "events must be a list of names";
    made.events.clear();
    for (const auto& name : events->get_array()) {
      const std::string text{name.is_string() ? name.get_string() : json::string{}};
      if (std::ranges::find(webhook_event_names, text) == webhook_event_names.end())
        return "events holds an unknown name";
      made.events.push_back(text);
    }
  }
  if (const auto* url = body->if_contains("url")) {
    // Polar takes https only; this simulator calls servers of the same machine.
    made.url = std::string{url->is_string() ? url->get_string() : json::string{}};
    if (!made.url.starts_with("http://"))
      return "url must be an http address";
  }
  return {};
}

/// `then` answers once the address has answered a PING, signed with the secret that it may not
/// know yet, with 200.
response after_ping(world& all, const webhook& what, std::function<response()> then) {
  response answer;
  answer.deferred = std::make_shared<deferred_answer>(
      make_post(what, make_ping(all.clock->now())), [then = std::move(then)](int status) {
        return status == 200 ? then() : refuse("the url did not answer the PING with 200");
      });
  return answer;
}

response create(world& all, const request& received) {
  if (all.hooks.current())
    return error_response(409, "conflict", "There is a webhook already");
  webhook made;
  if (const auto mistake = read_webhook(received.body, made); !mistake.empty())
    return refuse(mistake);
  if (made.events.empty() || made.url.empty())
    return refuse("events and url are required");
  made.id = random_hex(id_bytes);
  made.secret = random_hex(secret_bytes);
  return after_ping(all, made, [&all, made] {
    // Another request may have been quicker.
    if (all.hooks.current())
      return error_response(409, "conflict", "There is a webhook already");
    all.hooks.store(made, all.clock->now());
    auto body = describe(made);
    body["signature_secret_key"] = made.secret;
    return json_response({{"data", std::move(body)}}, 201);
  });
}

response list(const world& all) {
  json::array found;
  if (const auto& current = all.hooks.current()) {
    auto body = describe(*current);
    body["active"] = current->is_active;
    found.push_back(std::move(body));
  }
  return json_response({{"data", std::move(found)}});
}

/// Stores `changed` if the webhook is still the same one.
response replace(world& all, const webhook& changed) {
  const auto& current = all.hooks.current();
  if (!current || current->id != changed.id)
    return error_response(404, "not_found", "No such webhook");
  all.hooks.store(changed, all.clock->now());
  return show(changed);
}

response change(world& all, const request& received, const webhook& current) {
  auto changed = current;
  if (const auto mistake = read_webhook(received.body, changed); !mistake.empty())
    return refuse(mistake);
  if (changed.url == current.url)
    return replace(all, changed);
  return after_ping(all, changed, [&all, changed] { return replace(all, changed); });
}

response remove(world& all) {
  all.hooks.remove(all.clock->now());
  all.notifications.clear();
  return empty_response(204);
}

response activate(world& all, bool is_active) {
  if (!all.hooks.current())
    return empty_response(204);
  auto changed = *all.hooks.current();
  changed.is_active = is_active;
  changed.failing_since.reset();
  if (!is_active)
    return replace(all, changed);
  return after_ping(all, changed, [&all, changed] { return replace(all, changed); });
}

bool is_the_client(const world& all, const request& received) {
  const auto client = basic_credentials(received);
  return client && client->first == all.settings.client_id
         && client->second == all.settings.client_secret;
}

response answer_item(world& all, const request& received, const std::string& id) {
  const auto& current = all.hooks.current();
  if (!current || current->id != id)
    return error_response(404, "not_found", "No such webhook");
  if (received.method == "PATCH")
    return change(all, received, *current);
  return received.method == "DELETE" ? remove(all) : refuse_method();
}

} // namespace

response answer_webhooks(world& all, const request& received, const parsed_target& target) {
  if (!is_the_client(all, received))
    return error_response(401, "unauthorized", "Client id or secret is wrong");
  const auto& method = received.method;
  if (target.path == "/v3/webhooks" && method == "POST")
    return create(all, received);
  if (target.path == "/v3/webhooks")
    return method == "GET" ? list(all) : refuse_method();
  if (target.path == "/v3/webhooks/activate" || target.path == "/v3/webhooks/deactivate")
    return method == "POST" ? activate(all, target.path.ends_with("/activate")) : refuse_method();
  std::vector<std::string> captures;
  if (!matches("v3/webhooks/{id}", target.segments, captures))
    return error_response(404, "not_found", "No such resource");
  return answer_item(all, received, captures.front());
}

} // namespace polar_flow::simulator
