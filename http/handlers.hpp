#pragma once

#include "crypto/random.hpp"
#include "domain/clock.hpp"
#include "domain/ids.hpp"
#include "http/auth.hpp"
#include "http/backend.hpp"
#include "http/callback_url.hpp"
#include "http/message.hpp"
#include "http/render_cache.hpp"
#include "http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <array>
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
  const wall_clock& clock;
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

// -- schema_handlers.cpp ----------------------------------------------------------------------

/// GET /schema/openapi.json
boost::asio::awaitable<response> get_openapi_json(services& available, const call& asked);
/// GET /schema/openapi.yaml, /schema/openapi.yml
boost::asio::awaitable<response> get_openapi_yaml(services& available, const call& asked);
/// GET /schema/swagger
boost::asio::awaitable<response> get_swagger(services& available, const call& asked);
/// GET /schema/swagger-start.js
boost::asio::awaitable<response> get_swagger_start(services& available, const call& asked);
/// GET /schema/swagger-ui-bundle.js
boost::asio::awaitable<response> get_swagger_bundle(services& available, const call& asked);
/// GET /schema/swagger-ui.css
boost::asio::awaitable<response> get_swagger_style(services& available, const call& asked);
/// GET /, /schema, /schema/redoc, /schema/elements, /schema/rapidoc
boost::asio::awaitable<response> redirect_to_swagger(services& available, const call& asked);

// -- data_handlers.cpp ------------------------------------------------------------------------

/// GET /api/v1/users/{user_id}/sleep
boost::asio::awaitable<response> get_sleep(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/activity
boost::asio::awaitable<response> get_activity(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/activity-samples
boost::asio::awaitable<response> list_activity_samples(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/recharge
boost::asio::awaitable<response> get_recharge(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/physical-info
boost::asio::awaitable<response> get_physical_info(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/cardio-load
boost::asio::awaitable<response> get_cardio_load(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/heart-rate
boost::asio::awaitable<response> get_heart_rate(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/exercises
boost::asio::awaitable<response> get_exercises(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/sleepwise/alertness
boost::asio::awaitable<response> get_alertness(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/sleepwise/bedtime
boost::asio::awaitable<response> get_bedtime(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/spo2
boost::asio::awaitable<response> get_spo2(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/ecg
boost::asio::awaitable<response> list_ecg(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/temperature/body
boost::asio::awaitable<response> get_body_temperature(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/temperature/skin
boost::asio::awaitable<response> get_skin_temperature(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/baselines
boost::asio::awaitable<response> get_baselines(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/insights
boost::asio::awaitable<response> get_insights(services& available, const call& asked);

/// How many days a list shows unless asked otherwise; the longest is a year.
inline constexpr parameter days_of_sleep{.name = "days", .min = 1, .max = 365, .default_value = 7};
inline constexpr parameter days_of_list{.name = "days", .min = 1, .max = 365, .default_value = 30};
/// Of what Polar itself foresees or keeps for weeks only.
inline constexpr parameter days_of_short_list{
    .name = "days", .min = 1, .max = 30, .default_value = 7};

// -- detail_handlers.cpp ----------------------------------------------------------------------

/// GET /api/v1/users/{user_id}/sleep/{date}
boost::asio::awaitable<response> get_night(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/activity/{date}
boost::asio::awaitable<response> get_activity_day(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/activity-samples/{date}
boost::asio::awaitable<response> get_activity_samples(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/recharge/{date}/samples
boost::asio::awaitable<response> get_recharge_samples(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/heart-rate/{date}/samples
boost::asio::awaitable<response> get_heart_rate_samples(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/exercises/{id}
boost::asio::awaitable<response> get_exercise(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/exercises/{id}/samples
boost::asio::awaitable<response> get_exercise_samples(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/exercises/{id}/route
boost::asio::awaitable<response> get_exercise_route(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/sleepwise/alertness/{id}/hourly
boost::asio::awaitable<response> get_alertness_hours(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/ecg/{id}
boost::asio::awaitable<response> get_ecg(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/temperature/body/{id}/samples
boost::asio::awaitable<response> get_body_temperature_samples(services& available,
                                                              const call& asked);

/// What the path names a record by. Ids come from lists and mean nothing to a client.
inline constexpr parameter date_of_record{.name = "date",
                                          .source = parameter_source::path,
                                          .type = parameter_type::date,
                                          .need = presence::required};
inline constexpr parameter id_of_record{.name = "id",
                                        .source = parameter_source::path,
                                        .type = parameter_type::text,
                                        .need = presence::required};
inline constexpr parameter number_of_record{.name = "id",
                                            .source = parameter_source::path,
                                            .type = parameter_type::integer,
                                            .need = presence::required};

// -- export_handlers.cpp ----------------------------------------------------------------------

/// GET /api/v1/users/{user_id}/export/summary
boost::asio::awaitable<response> export_summary(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/export/sleep.csv
boost::asio::awaitable<response> export_sleep(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/export/activity.csv
boost::asio::awaitable<response> export_activity(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/export/recharge.csv
boost::asio::awaitable<response> export_recharge(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/export/cardio-load.csv
boost::asio::awaitable<response> export_cardio_load(services& available, const call& asked);

// -- takeout_handlers.cpp ---------------------------------------------------------------------

/// GET /api/v1/users/{user_id}/export/takeout.zip
boost::asio::awaitable<response> export_takeout(services& available, const call& asked);

// -- analytics_handlers.cpp -------------------------------------------------------------------

/// GET /api/v1/users/{user_id}/baselines/{metric}
boost::asio::awaitable<response> get_baseline(services& available, const call& asked);
/// POST /api/v1/users/{user_id}/baselines/calculate
boost::asio::awaitable<response> calculate_baselines(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/baselines/check/{metric}/{value}
boost::asio::awaitable<response> check_value(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/analytics/status
boost::asio::awaitable<response> get_analytics_status(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/patterns
boost::asio::awaitable<response> get_patterns(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/patterns/{name}
boost::asio::awaitable<response> get_pattern(services& available, const call& asked);
/// POST /api/v1/users/{user_id}/patterns/detect
boost::asio::awaitable<response> detect_patterns(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/anomalies
boost::asio::awaitable<response> get_anomalies(services& available, const call& asked);

/// GET /api/v1/users/{user_id}/predictions
boost::asio::awaitable<response> get_predictions(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/explain/{metric}
boost::asio::awaitable<response> explain_figure(services& available, const call& asked);

inline constexpr parameter metric_in_path{.name = "metric",
                                          .source = parameter_source::path,
                                          .type = parameter_type::text,
                                          .need = presence::required};
inline constexpr parameter value_in_path{.name = "value",
                                         .source = parameter_source::path,
                                         .type = parameter_type::number,
                                         .need = presence::required};
/// Patterns that clients may ask for; the last two are names of 1.5.0 that nothing computes.
inline constexpr std::array<std::string_view, 7> pattern_names{
    "sleep_hrv_correlation", "overtraining_risk",     "hrv_trend",
    "sleep_trend",           "recovery_readiness",    "training_recovery_lag",
    "activity_sleep_correlation"};

inline constexpr parameter pattern_in_path{.name = "name",
                                           .source = parameter_source::path,
                                           .type = parameter_type::text,
                                           .need = presence::required};

// -- key_handlers.cpp -------------------------------------------------------------------------

/// GET /api/v1/users/{user_id}/api-key/info
boost::asio::awaitable<response> get_key_info(services& available, const call& asked);
/// POST /api/v1/users/{user_id}/api-key/regenerate
boost::asio::awaitable<response> regenerate_key(services& available, const call& asked);
/// POST /api/v1/users/{user_id}/api-key/revoke
boost::asio::awaitable<response> revoke_key(services& available, const call& asked);

/// The key that asks, when it is the user's own: a holder means that one.
std::optional<api_key_id> own_key(const call& asked);

// -- user_handlers.cpp ------------------------------------------------------------------------

/// GET /api/v1/users/{user_id}/status
boost::asio::awaitable<response> get_user_status(services& available, const call& asked);
/// DELETE /api/v1/users/{user_id}
boost::asio::awaitable<response> erase_user(services& available, const call& asked);

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

// -- import_handlers.cpp ----------------------------------------------------------------------

/// POST /api/v1/users/{user_id}/import/polar-flow
boost::asio::awaitable<response> import_polar_flow(services& available, const call& asked);
/// POST /api/v1/users/{user_id}/import/takeout
boost::asio::awaitable<response> import_takeout(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/import
boost::asio::awaitable<response> get_newest_import(services& available, const call& asked);
/// GET /api/v1/users/{user_id}/import/{import_id}
boost::asio::awaitable<response> get_import(services& available, const call& asked);

inline constexpr parameter import_in_path{.name = "import_id",
                                          .source = parameter_source::path,
                                          .type = parameter_type::text,
                                          .need = presence::required};

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
