#pragma once

#include "crypto/random.hpp"
#include "domain/ids.hpp"
#include "http/auth.hpp"
#include "http/backend.hpp"
#include "http/callback_url.hpp"
#include "http/message.hpp"
#include "http/render_cache.hpp"
#include "http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>

/// The endpoints. Each handler does five steps: parse, validate, ask, map errors, answer.
namespace polar_flow::http {

/// What handlers of one thread may use.
struct services {
  backend& behind;
  render_cache& cache;
  /// Our public address without a trailing slash, if it is configured.
  std::optional<std::string> base_url;
  callback_rules callbacks;
  crypto::random_source& random;
  const published_keys& keys;
};

/// One request that was routed, authenticated, and found allowed to touch its user.
struct call {
  const request& message;
  const route& matched;
  target_parts target;
  caller who;
  /// Empty on endpoints that are not about one user.
  user_id user;
};

// -- system_handlers.cpp ----------------------------------------------------------------------

/// GET /health
boost::asio::awaitable<response> get_health(services& available, const call& asked);
/// GET /ready
boost::asio::awaitable<response> get_ready(services& available, const call& asked);

// -- data_handlers.cpp ------------------------------------------------------------------------

/// GET /api/v1/users/{user_id}/sleep
boost::asio::awaitable<response> get_sleep(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/activity
boost::asio::awaitable<response> get_activity(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/recharge
boost::asio::awaitable<response> get_recharge(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/cardio-load
boost::asio::awaitable<response> get_cardio_load(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/exercises
boost::asio::awaitable<response> get_exercises(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/baselines
boost::asio::awaitable<response> get_baselines(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/insights
boost::asio::awaitable<response> get_insights(services& available, const call& asked);

/// How many days a list shows unless asked otherwise; the longest is a year.
inline constexpr parameter days_of_sleep{.name = "days", .min = 1, .max = 365, .default_value = 7};
inline constexpr parameter days_of_list{.name = "days", .min = 1, .max = 365, .default_value = 30};

// -- sync_handlers.cpp ------------------------------------------------------------------------

/// POST /api/v1/users/{user_id}/sync/trigger
boost::asio::awaitable<response> trigger_sync(services& available, const call& asked);

/// GET /api/v1/users/{user_id}/sync/status
boost::asio::awaitable<response> get_sync_status(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/sync/logs
boost::asio::awaitable<response> get_sync_logs(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/sync/events
boost::asio::awaitable<response> watch_sync(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/coverage
boost::asio::awaitable<response> get_coverage(services& available, const call& asked);
/// POST /api/v1/users/{user_id}/disconnect
boost::asio::awaitable<response> disconnect_user(services& available, const call& asked);
/// POST /webhooks/polar
boost::asio::awaitable<response> receive_webhook(services& available, const call& asked);

/// How many syncs a log shows unless asked otherwise; a hundred are four days of hourly syncs.
inline constexpr parameter limit_of_logs{
    .name = "limit", .min = 1, .max = 100, .default_value = 20};
inline constexpr parameter days_of_sync{.name = "days", .min = 1, .max = 365};
inline constexpr parameter polar_token{
    .name = "X-Polar-Token", .source = parameter_source::header, .type = parameter_type::text};

// -- oauth_handlers.cpp -----------------------------------------------------------------------

/// GET /oauth/start
boost::asio::awaitable<response> start_oauth(services& available, const call& asked);
/// GET /oauth/callback
boost::asio::awaitable<response> finish_oauth(services& available, const call& asked);
/// POST /oauth/exchange
boost::asio::awaitable<response> exchange_code(services& available, const call& asked);

inline constexpr parameter oauth_callback_url{
    .name = "callback_url", .type = parameter_type::text, .need = presence::required};
inline constexpr parameter oauth_client_id{.name = "client_id", .type = parameter_type::text};
inline constexpr parameter oauth_code{.name = "code", .type = parameter_type::text};
inline constexpr parameter oauth_state{.name = "state", .type = parameter_type::text};
inline constexpr parameter oauth_error{.name = "error", .type = parameter_type::text};

/// The scheme that the client used, as far as a trusted proxy says; else http, for we speak no
/// TLS ourselves.
std::string_view client_scheme(const request& message);

} // namespace polar_flow::http
