#pragma once

#include "domain/errc.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"
#include "polar/oauth.hpp"
#include "polar/requests.hpp"
#include "polar/transport.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace polar_flow::polar {

// -- the one webhook of a client ---------------------------------------------------------------

/// What Polar tells about a webhook.
struct webhook {
  std::string id;
  std::string url;
  /// As Polar names them.
  std::vector<std::string> events;
  std::optional<bool> is_active;
  /// What deliveries are signed with. Told once, in the answer to the creation; a lost one means
  /// to delete the webhook and to create it again.
  std::optional<std::string> signature_secret;

  bool operator==(const webhook&) const = default;
};

/// POST /v3/webhooks for every event that Polar knows. Polar sends a PING to `url` and waits for
/// its 200 before it answers.
http_request webhook_creation_request(const polar_settings& settings,
                                      const client_credentials& client, const std::string& url);

/// Absent when the client has a webhook already (409). Errors: polar_rejected_request (the
/// credentials, or a URL that did not answer), polar_rate_limited, polar_unavailable,
/// polar_unreadable (also when the secret is missing).
result<std::optional<webhook>> read_webhook_creation_answer(const http_response& response);

/// GET /v3/webhooks.
http_request webhook_list_request(const polar_settings& settings, const client_credentials& client);
result<std::vector<webhook>> read_webhook_list_answer(const http_response& response);

/// Whether Polar posts everything there is to this webhook. True when its answer names no events.
bool has_every_event(const webhook& there);

/// PATCH /v3/webhooks/{id}: another URL and every event. The secret stays. Polar sends a PING.
http_request webhook_change_request(const polar_settings& settings,
                                    const client_credentials& client, const std::string& webhook_id,
                                    const std::string& url);

/// DELETE /v3/webhooks/{id}.
http_request webhook_deletion_request(const polar_settings& settings,
                                      const client_credentials& client,
                                      const std::string& webhook_id);

/// POST /v3/webhooks/activate: after a week of failures Polar stops delivering. Polar sends a PING.
http_request webhook_activation_request(const polar_settings& settings,
                                        const client_credentials& client);

/// Whether there was such a webhook, in the answer to a change or an activation (404 or 204 when
/// there was none) or to a deletion, where it is true for every success.
result<bool> read_webhook_change_answer(const http_response& response);
result<bool> read_webhook_deletion_answer(const http_response& response);

// -- deliveries --------------------------------------------------------------------------------

/// Whether `signature`, the value of Polar-Webhook-Signature, is that of `body`, the bytes as they
/// came: HMAC-SHA256 in hex. Never true with an empty secret.
bool verify_signature(std::string_view secret, std::string_view body, std::string_view signature);

/// Answered with 200 whoever sent it: the first one comes before its secret is known.
struct webhook_ping {
  bool operator==(const webhook_ping&) const = default;
};

/// There is something to fetch. What an event should name and does not is absent in the news,
/// which then stands for the newest data of its stream.
struct webhook_news {
  user_id user;
  polar_news announced;
  std::optional<instant> timestamp;

  bool operator==(const webhook_news&) const = default;
};

/// An event that this version does not know.
struct unknown_webhook_event {
  std::string name;

  bool operator==(const unknown_webhook_event&) const = default;
};

using webhook_event = std::variant<webhook_ping, webhook_news, unknown_webhook_event>;

/// Error: invalid_argument for what is too large, not JSON, or lacks event or user.
result<webhook_event> read_event(std::string_view body);

} // namespace polar_flow::polar
