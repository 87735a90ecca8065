#include "polar/webhooks.hpp"

#include "crypto/hash.hpp"
#include "polar/endpoint.hpp"
#include "polar/readers/json_document.hpp"
#include "polar/readers/json_view.hpp"
#include "polar/readers/record_list.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace polar_flow::polar {

namespace {

constexpr std::string_view webhooks_target = "/v3/webhooks";

/// What lies in an event besides its user.
enum class event_subject : std::uint8_t { exercise, day, period, person };

struct event_kind {
  std::string_view name;
  stream kind{};
  event_subject subject{};
};

/// Every event but PING.
constexpr std::array event_kinds{
    event_kind{"EXERCISE", stream::exercises, event_subject::exercise},
    event_kind{"SLEEP", stream::sleep, event_subject::day},
    event_kind{"CONTINUOUS_HEART_RATE", stream::continuous_hr, event_subject::day},
    event_kind{"SLEEP_WISE_CIRCADIAN_BEDTIME", stream::sleepwise_bedtime, event_subject::period},
    event_kind{"SLEEP_WISE_ALERTNESS", stream::sleepwise_alertness, event_subject::period},
    event_kind{"ACTIVITY_SUMMARY", stream::activity, event_subject::day},
    event_kind{"PHYSICAL_INFORMATION", stream::physical_info, event_subject::person}};

constexpr std::string_view ping_name = "PING";

/// An event has a few hundred bytes.
constexpr std::size_t event_bytes_max = 64 * 1024;

/// Longer than any address that a browser takes.
constexpr std::size_t url_bytes_max = 2048;

/// Ours is one; a client has at most one.
constexpr list_shape shape{"data", "id"};

// -- requests ----------------------------------------------------------------------------------

http_request client_request(std::string method, const polar_settings& settings,
                            const client_credentials& client, const std::string& rest) {
  return {.method = std::move(method),
          .url = join_url(settings.api_base_url, std::string{webhooks_target} + rest),
          .headers = {{"Authorization", basic_credentials(client)}, {"Accept", "application/json"}},
          .body = {}};
}

void put_subscription(http_request& request, const std::string& url) {
  boost::json::array events;
  for (const auto& event : event_kinds)
    events.emplace_back(event.name);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body =
      boost::json::serialize(boost::json::object{{"events", std::move(events)}, {"url", url}});
}

// -- answers -----------------------------------------------------------------------------------

/// Polar's own name for what went wrong, for asking Polar about it.
std::string correlation(const http_response& response) {
  const auto document = parse_document(response.body);
  const auto id = document ? object_view{*document}.text("corrId") : std::nullopt;
  return id ? " (Polar calls this " + *id + ")" : std::string{};
}

/// What a status means that the call itself gives no other meaning.
std::unexpected<error> refusal(const http_response& response) {
  const auto status = std::to_string(response.status);
  if (response.status == 400)
    return fail(errc::polar_rejected_request,
                "Polar refused the webhook; its address must be public and answer Polar's PING"
                    + correlation(response));
  if (response.status == 401 || response.status == 403)
    return fail(errc::polar_rejected_request,
                "Polar does not accept the client id and secret" + correlation(response));
  if (response.status == 429)
    return fail(errc::polar_rate_limited, "Polar received too many requests, try again later");
  if (response.status >= 500)
    return fail(errc::polar_unavailable, "Polar has a problem at the moment (status " + status + ")"
                                             + correlation(response));
  return fail(errc::polar_rejected_request,
              "Polar gave an answer about the webhook that is not expected (status " + status + ")"
                  + correlation(response));
}

bool is_success(const http_response& response) {
  return response.status >= 200 && response.status <= 299;
}

std::vector<std::string> read_event_names(const boost::json::array* list) {
  std::vector<std::string> names;
  if (list == nullptr)
    return names;
  for (const auto& item : *list)
    if (const auto* name = item.if_string(); name != nullptr && name->size() <= text_bytes_max)
      names.emplace_back(name->data(), name->size());
  return names;
}

readable<webhook> read_webhook(const object_view& item) {
  auto id = item.text("id");
  if (!id)
    return std::unexpected{"id"};
  return webhook{.id = std::move(*id),
                 .url = item.text("url", url_bytes_max).value_or(std::string{}),
                 .events = read_event_names(item.list("events")),
                 .is_active = item.flag("active"),
                 .signature_secret = item.text("signature_secret_key")};
}

/// `data` may be one webhook or a list of them.
result<std::vector<webhook>> read_webhooks(std::string_view body) {
  const auto document = parse_document(body);
  if (!document)
    return std::unexpected{document.error()};
  const auto* data = object_view{*document}.find("data");
  return read_document(data == nullptr ? *document : *data, shape, &webhook::id, read_webhook);
}

// -- events ------------------------------------------------------------------------------------

std::optional<date_range> read_period(const object_view& event) {
  const auto first = event.day("from");
  const auto last = event.day("to");
  return first && last && *first <= *last ? std::optional{date_range{*first, *last}} : std::nullopt;
}

polar_news read_news(const object_view& event, const event_kind& known) {
  polar_news announced{known.kind, {}, {}};
  switch (known.subject) {
  case event_subject::exercise:
    announced.polar_exercise_id = event.text("entity_id");
    break;
  case event_subject::day:
    if (const auto day = event.day("date"))
      announced.days = {*day, *day};
    break;
  case event_subject::period:
    announced.days = read_period(event);
    break;
  case event_subject::person:
    break;
  }
  return announced;
}

} // namespace

http_request webhook_creation_request(const polar_settings& settings,
                                      const client_credentials& client, const std::string& url) {
  auto request = client_request("POST", settings, client, "");
  put_subscription(request, url);
  return request;
}

result<std::optional<webhook>> read_webhook_creation_answer(const http_response& response) {
  if (response.status == 409)
    return std::nullopt;
  if (!is_success(response))
    return refusal(response);
  auto webhooks = read_webhooks(response.body);
  if (!webhooks)
    return std::unexpected{std::move(webhooks.error())};
  if (webhooks->size() != 1 || !webhooks->front().signature_secret)
    return fail(errc::polar_unreadable,
                "the answer to the creation of the webhook lacks its signature secret");
  return std::move(webhooks->front());
}

http_request webhook_list_request(const polar_settings& settings,
                                  const client_credentials& client) {
  return client_request("GET", settings, client, "");
}

result<std::vector<webhook>> read_webhook_list_answer(const http_response& response) {
  if (response.status == 404)
    return std::vector<webhook>{};
  if (!is_success(response))
    return refusal(response);
  return read_webhooks(response.body);
}

bool has_every_event(const webhook& there) {
  return there.events.empty() || std::ranges::all_of(event_kinds, [&](const event_kind& kind) {
           return std::ranges::find(there.events, kind.name) != there.events.end();
         });
}

http_request webhook_change_request(const polar_settings& settings,
                                    const client_credentials& client, const std::string& webhook_id,
                                    const std::string& url) {
  auto request = client_request("PATCH", settings, client, "/" + percent_encode(webhook_id));
  put_subscription(request, url);
  return request;
}

http_request webhook_deletion_request(const polar_settings& settings,
                                      const client_credentials& client,
                                      const std::string& webhook_id) {
  return client_request("DELETE", settings, client, "/" + percent_encode(webhook_id));
}

http_request webhook_activation_request(const polar_settings& settings,
                                        const client_credentials& client) {
  return client_request("POST", settings, client, "/activate");
}

result<bool> read_webhook_change_answer(const http_response& response) {
  if (response.status == 204 || response.status == 404)
    return false;
  if (!is_success(response))
    return refusal(response);
  return true;
}

result<bool> read_webhook_deletion_answer(const http_response& response) {
  if (response.status == 404)
    return false;
  if (!is_success(response))
    return refusal(response);
  return true;
}

bool verify_signature(std::string_view secret, std::string_view body, std::string_view signature) {
  const auto expected = crypto::to_hex(crypto::hmac_sha256(secret, body));
  std::string given{signature};
  std::ranges::transform(given, given.begin(), [](char character) {
    return 'A' <= character && character <= 'F' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
  });
  return crypto::equal_in_constant_time(expected, given) && !secret.empty();
}

result<webhook_event> read_event(std::string_view body) {
  if (body.size() > event_bytes_max)
    return fail(errc::invalid_argument, "the event is too large");
  const auto document = parse_document(body);
  if (!document)
    return fail(errc::invalid_argument, "the event is not JSON");
  const object_view event{*document};
  auto name = event.text("event");
  if (!name)
    return fail(errc::invalid_argument, "the event has no name");
  if (*name == ping_name)
    return webhook_ping{};
  const auto known = std::ranges::find(event_kinds, std::string_view{*name}, &event_kind::name);
  if (known == event_kinds.end())
    return unknown_webhook_event{std::move(*name)};
  auto user = event.user("user_id");
  if (!user)
    return fail(errc::invalid_argument, "the event names no user");
  return webhook_news{.user = std::move(*user),
                      .announced = read_news(event, *known),
                      .timestamp = event.utc_time("timestamp")};
}

} // namespace polar_flow::polar
