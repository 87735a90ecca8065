#include "actors/access.hpp"
#include "actors/callback_url.hpp"
#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "crypto/hash.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <utility>

namespace polar_flow::actors {
namespace {

constexpr int status_ok = 200;
constexpr int status_no_content = 204;
constexpr int status_not_found = 404;

std::optional<polar::client_credentials> credentials(const polar_settings& settings) {
  if (!settings.client_id || !settings.client_secret)
    return std::nullopt;
  return polar::client_credentials{*settings.client_id, *settings.client_secret};
}

/// Sends the browser back to the app with the name of what went wrong; details stay in our log.
void give_back(oauth_flow& flow, const std::string& reason) {
  flow.promise.deliver(
      redirect{with_query(flow.state.callback_url, {{"error", reason}, {"status", "failed"}})});
}

void give_back(oauth_flow& flow, std::string_view step, const error& problem) {
  telemetry::log_warning("an authorization failed",
                         {{"step", std::string{step}},
                          {"error", std::string{to_string(problem.code)}},
                          {"reason", problem.message}});
  give_back(flow, "server_error");
}

/// The error of a callback that carries no state we know.
error without_state(const finish_oauth& command) {
  if (command.denial || !command.code)
    return {errc::authorization_denied, command.denial.value_or("No code received")};
  return {errc::invalid_oauth_state, "Invalid OAuth state - possible CSRF attack"};
}

/// A call to Polar that a waiting browser needs.
call_polar urgent(polar::http_request request) {
  return {std::make_shared<const polar::http_request>(std::move(request)), sync_priority::critical,
          limits::token_check};
}

/// Anybody may come back with a code that is none, so this must not cost what syncs need.
call_polar without_permit(polar::http_request request) {
  auto call = urgent(std::move(request));
  call.is_budgeted = false;
  return call;
}

std::chrono::seconds urgent_timeout(const polar_settings& settings) {
  return limits::token_check + settings.request_timeout + 2 * limits::deadline_slack;
}

} // namespace

// -- to Polar --------------------------------------------------------------------------------

caf::result<redirect> access_state::start(const start_oauth& command) {
  const auto client = credentials(env->config.polar);
  if (!client)
    return to_caf(errc::polar_client_not_configured, "OAuth credentials not configured on server");
  const auto secret = crypto::random_base64url(*env->random, limits::oauth_state_bytes);
  put_oauth_state command_to_store{{crypto::sha256_hex(secret), command.callback_url,
                                    command.redirect_uri, command.client_id,
                                    crypto::sha256_hex(command.browser),
                                    env->now() + limits::oauth_state_life}};
  auto link =
      polar::authorization_link(env->config.polar, client->id, command.redirect_uri, secret);
  auto promise = self->make_response_promise<redirect>();
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                std::move(command_to_store))
      .then([promise, link](const done&) mutable { promise.deliver(redirect{link}); },
            [promise](caf::error& problem) mutable { promise.deliver(std::move(problem)); });
  return promise;
}

// -- and back --------------------------------------------------------------------------------

caf::result<redirect> access_state::finish(const finish_oauth& command) {
  // A browser that did not begin here may have been sent by somebody who did: to it every state
  // is unknown.
  if (!command.state || !command.browser)
    return to_caf(without_state(command));
  auto flow = std::make_shared<oauth_flow>();
  flow->promise = self->make_response_promise<redirect>();
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                take_oauth_state{crypto::sha256_hex(*command.state),
                                 crypto::sha256_hex(*command.browser), env->now()})
      .then(
          [this, flow, command](const storage::oauth_state_record& state) {
            flow->state = state;
            continue_with(flow, command);
          },
          [flow, command](caf::error& cause) {
            const auto problem = from_caf(cause);
            flow->promise.deliver(to_caf(
                problem.code == errc::invalid_oauth_state ? without_state(command) : problem));
          });
  return flow->promise;
}

void access_state::continue_with(flow_ptr flow, const finish_oauth& command) {
  if (command.denial || !command.code) {
    give_back(*flow, command.denial.value_or("no_code"));
    return;
  }
  const auto client = credentials(env->config.polar);
  if (!client) {
    give_back(*flow, "server_not_configured");
    return;
  }
  flow->code = *command.code;
  exchange_at_polar(flow, *client);
}

void access_state::exchange_at_polar(flow_ptr flow, const polar::client_credentials& client) {
  auto request =
      polar::token_request(env->config.polar, client, flow->code, flow->state.redirect_uri);
  self->request(env->node->actors()->polar, urgent_timeout(env->config.polar),
                without_permit(std::move(request)))
      .then(
          [this, flow](const polar_answered& answer) {
            auto outcome = polar::read_token_answer(*answer.response);
            if (!outcome) {
              give_back(*flow, "token", outcome.error());
            } else if (auto* grant = std::get_if<polar::token_grant>(&*outcome)) {
              flow->grant = std::move(*grant);
              flow->member_id = "polar-flow-" + flow->grant.user.value;
              register_user(flow);
            } else {
              give_back(*flow, "missing_user_id");
            }
          },
          [flow](caf::error& problem) { give_back(*flow, "token", from_caf(problem)); });
}

void access_state::register_user(flow_ptr flow) {
  ++flow->registrations;
  auto request = polar::registration_request(env->config.polar, flow->grant, flow->member_id);
  self->request(env->node->actors()->polar, urgent_timeout(env->config.polar),
                urgent(std::move(request)))
      .then(
          [this, flow](const polar_answered& answer) {
            const auto outcome = polar::read_registration_answer(*answer.response);
            if (!outcome)
              give_back(*flow, "registration", outcome.error());
            else if (*outcome == polar::registration::done)
              connect(flow);
            else
              resolve_conflict(flow);
          },
          [flow](caf::error& problem) { give_back(*flow, "registration", from_caf(problem)); });
}

// A 409 means "registered already" or "this member id is taken"; only the user's own record
// tells which.
void access_state::resolve_conflict(flow_ptr flow) {
  auto request = polar::user_request(env->config.polar, flow->grant.user, flow->grant.access_token);
  self->request(env->node->actors()->polar, urgent_timeout(env->config.polar),
                urgent(std::move(request)))
      .then(
          [this, flow](const polar_answered& answer) {
            const auto status = answer.response->status;
            const bool is_unknown = status == status_no_content || status == status_not_found;
            if (status == status_ok) {
              connect(flow);
            } else if (is_unknown && flow->registrations < limits::registration_attempts_max) {
              flow->member_id = crypto::random_uuid(*env->random);
              register_user(flow);
            } else {
              give_back(*flow, "registration",
                        error{errc::polar_rejected_request,
                              "Polar neither knows the user nor lets it register"});
            }
          },
          [flow](caf::error& problem) { give_back(*flow, "registration", from_caf(problem)); });
}

void access_state::connect(flow_ptr flow) {
  const auto& grant = flow->grant;
  connect_user command{grant.user,
                       env->secrets->seal(grant.access_token, "token/" + grant.user.value),
                       env->now() + grant.expires_in.value_or(limits::token_life)};
  // Activation and the write are up to three questions to the store.
  const auto timeout = 3 * limits::store_answer(env->config.storage);
  self->request(env->node->actors()->region, timeout, std::move(command))
      .then([this, flow](const user_record&) { issue_code(flow); },
            [flow](caf::error& problem) { give_back(*flow, "connect", from_caf(problem)); });
}

void access_state::issue_code(flow_ptr flow) {
  const auto code = "temp_" + crypto::random_hex(*env->random, limits::temporary_code_bytes);
  put_temporary_code command{{crypto::sha256_hex(code), flow->grant.user, flow->state.client_id,
                              env->now() + limits::temporary_code_life}};
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                std::move(command))
      .then(
          [flow, code](const done&) {
            flow->promise.deliver(redirect{
                with_query(flow->state.callback_url, {{"code", code},
                                                      {"polar_user_id", flow->grant.user.value},
                                                      {"status", "connected"}})});
          },
          [flow](caf::error& problem) { give_back(*flow, "code", from_caf(problem)); });
}

} // namespace polar_flow::actors
