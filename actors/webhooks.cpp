#include "actors/webhooks.hpp"

#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <algorithm>
#include <utility>

namespace polar_flow::actors {
namespace {

/// What the secret is sealed with besides the key.
constexpr auto secret_context = "webhook";

polar::client_credentials credentials(const polar_settings& polar) {
  return {polar.client_id.value_or(std::string{}), polar.client_secret.value_or(std::string{})};
}

} // namespace

std::optional<std::string> webhook_url(const settings& config) {
  if (!config.sync.webhooks || !config.polar.client_id || !config.polar.client_secret)
    return std::nullopt;
  if (config.polar.webhook_url)
    return config.polar.webhook_url;
  const auto& base = config.server.base_url;
  // Polar posts to public https addresses only.
  if (!base || !base->starts_with("https://"))
    return std::nullopt;
  return *base + "/webhooks/polar";
}

// -- keeping it alive ------------------------------------------------------------------------

void webhooks_state::tick() {
  if (!is_loaded) {
    load();
    return;
  }
  self->delayed_send(self, limits::webhook_retry_interval, caf::tick_atom_v);
  if (url && !is_checking && self->clock().now() >= next_check)
    check();
}

/// Until the secret is known nothing that Polar posts can be believed, so this is tried every
/// second.
void webhooks_state::load() {
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                find_webhook{})
      .then(
          [this](const found_webhook& found) {
            is_loaded = true;
            use(found.record);
            self->delayed_send(self, limits::webhook_start_delay, caf::tick_atom_v);
          },
          [this](caf::error& problem) {
            give_up("load", from_caf(problem));
            self->delayed_send(self, limits::webhook_load_pause, caf::tick_atom_v);
          });
}

void webhooks_state::use(const std::optional<storage::webhook_record>& record) {
  known = record;
  secret.clear();
  if (!known)
    return;
  auto opened = env->secrets->open(known->sealed_secret, secret_context);
  if (opened) {
    secret = std::move(*opened);
    return;
  }
  telemetry::log_warning("the secret of the webhook cannot be decrypted; it is created again");
  known.reset();
}

void webhooks_state::forget() {
  is_checking = false;
  is_loaded = false;
}

void webhooks_state::rest() {
  is_checking = false;
  next_check = self->clock().now() + limits::webhook_check_interval;
}

void webhooks_state::give_up(std::string_view step, const error& problem) {
  is_checking = false;
  telemetry::log_warning("the webhook could not be checked",
                         {{"step", std::string{step}},
                          {"error", std::string{to_string(problem.code)}},
                          {"reason", problem.message}});
}

template <class Use>
void webhooks_state::ask_polar(std::string_view step, polar::http_request request, Use use) {
  const auto timeout = limits::token_check + env->config.polar.request_timeout
                       + 2 * limits::deadline_slack;
  self->request(env->node->actors()->polar, timeout,
                call_polar{std::make_shared<const polar::http_request>(std::move(request)),
                           sync_priority::high, limits::token_check})
      .then([use](const polar_answered& answer) { use(*answer.response); },
            [this, step](caf::error& problem) { give_up(step, from_caf(problem)); });
}

void webhooks_state::check() {
  is_checking = true;
  ask_polar("list", polar::webhook_list_request(env->config.polar, credentials(env->config.polar)),
            [this](const polar::http_response& response) {
              const auto found = polar::read_webhook_list_answer(response);
              if (found)
                compare(*found);
              else
                give_up("list", found.error());
            });
}

void webhooks_state::compare(const std::vector<polar::webhook>& found) {
  if (found.empty()) {
    create();
    return;
  }
  const auto& there = found.front();
  const bool is_ours = known && known->webhook_id == there.id;
  if (is_ours && (there.url != *url || !polar::has_every_event(there))) {
    change(there.id);
  } else if (is_ours && there.is_active == false) {
    activate();
  } else if (is_ours) {
    rest();
  } else if (there.url == *url) {
    // It posts to us and we do not know its secret, so it is of no use to anybody.
    remove(there.id);
  } else {
    rest();
    telemetry::log_warning(
        "Polar already has a webhook of this client that points elsewhere; it is left alone, and "
        "users are synced by schedule only",
        {{"webhook", there.id}});
  }
}

void webhooks_state::create() {
  ask_polar("create",
            polar::webhook_creation_request(env->config.polar, credentials(env->config.polar),
                                            *url),
            [this](const polar::http_response& response) {
              const auto created = polar::read_webhook_creation_answer(response);
              if (!created)
                give_up("create", created.error());
              else if (*created)
                keep(**created);
              else
                forget(); // Another node was faster; the next look finds its webhook.
            });
}

void webhooks_state::keep(const polar::webhook& created) {
  const storage::webhook_record record{
      created.id, *url,
      env->secrets->seal(created.signature_secret.value_or(std::string{}), secret_context),
      env->now()};
  use(record);
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                put_webhook{record, env->now()})
      .then(
          [this](const done&) {
            rest();
            telemetry::log_info("Polar posts its events to this server", {{"url", *url}});
          },
          [this](caf::error& problem) {
            // Without its row the next start would not know the secret; then it is made anew.
            give_up("keep", from_caf(problem));
          });
}

void webhooks_state::change(const std::string& webhook_id) {
  ask_polar("change",
            polar::webhook_change_request(env->config.polar, credentials(env->config.polar),
                                          webhook_id, *url),
            [this](const polar::http_response& response) {
              const auto changed = polar::read_webhook_change_answer(response);
              if (!changed) {
                give_up("change", changed.error());
                return;
              }
              // It was deleted after we saw it.
              if (!*changed) {
                create();
                return;
              }
              auto record = *known;
              record.url = *url;
              known = record;
              self->request(env->node->actors()->writes,
                            limits::store_answer(env->config.storage),
                            put_webhook{record, env->now()})
                  .then([this](const done&) { rest(); },
                        [this](caf::error& problem) { give_up("keep", from_caf(problem)); });
            });
}

void webhooks_state::activate() {
  ask_polar("activate",
            polar::webhook_activation_request(env->config.polar, credentials(env->config.polar)),
            [this](const polar::http_response& response) {
              const auto activated = polar::read_webhook_change_answer(response);
              if (!activated) {
                give_up("activate", activated.error());
                return;
              }
              if (!*activated) {
                create();
                return;
              }
              rest();
              telemetry::log_info("Polar had stopped posting events; it was started again");
            });
}

void webhooks_state::remove(const std::string& webhook_id) {
  ask_polar("delete",
            polar::webhook_deletion_request(env->config.polar, credentials(env->config.polar),
                                            webhook_id),
            [this](const polar::http_response& response) {
              const auto removed = polar::read_webhook_deletion_answer(response);
              if (removed)
                create();
              else
                give_up("delete", removed.error());
            });
}

// -- deliveries ------------------------------------------------------------------------------

caf::result<done> webhooks_state::receive(const receive_webhook& delivery) {
  const bool is_signed = !secret.empty() && delivery.signature
                         && polar::verify_signature(secret, delivery.body, *delivery.signature);
  // The first PING comes before anybody knows the secret, and it has no effect.
  if (!is_signed && delivery.body.size() <= limits::ping_bytes_max)
    if (const auto ping = polar::read_event(delivery.body);
        ping && std::holds_alternative<polar::webhook_ping>(*ping))
      return done{};
  // It may be genuine, so Polar must not take it for refused.
  if (!is_loaded)
    return to_caf(errc::storage_unavailable, "the webhook's secret is not known yet");
  if (!is_signed)
    return to_caf(errc::invalid_webhook_signature, {});
  const auto event = polar::read_event(delivery.body);
  if (!event)
    return to_caf(event.error());
  if (std::holds_alternative<polar::webhook_ping>(*event))
    return done{};
  if (const auto* unknown = std::get_if<polar::unknown_webhook_event>(&*event)) {
    telemetry::log_info("Polar announced something unknown", {{"event", unknown->name}});
    return done{};
  }
  return announce(std::get<polar::webhook_news>(*event));
}

/// Polar repeats what is not answered with success, so the answer waits until the news is safe.
caf::result<done> webhooks_state::announce(const polar::webhook_news& news) {
  auto promise = self->make_response_promise<done>();
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                keep_news{news.user, news.announced, env->now()})
      .then(
          [this, promise, news](const kept_news& kept) mutable {
            // Polar tells of everybody who ever authorized its client, ours or not.
            if (kept.number)
              self->send(env->node->actors()->supervisor,
                         news_arrived{news.user, pending_news{*kept.number, news.announced}});
            promise.deliver(done{});
          },
          [promise](caf::error& problem) mutable { promise.deliver(std::move(problem)); });
  return promise;
}

// -- behaviour -------------------------------------------------------------------------------

webhooks_self::behavior_type webhooks(webhooks_self::stateful_pointer<webhooks_state> self,
                                      environment_ptr env) {
  auto* state = &self->state;
  state->env = std::move(env);
  state->url = webhook_url(state->env->config);
  self->send(self, caf::tick_atom_v);
  return {
      [state](const receive_webhook& delivery) { return state->receive(delivery); },
      [state](caf::tick_atom) { state->tick(); },
  };
}

} // namespace polar_flow::actors
