#include "http/routes.hpp"

#include "http/handlers.hpp"

#include <array>

namespace polar_flow::http {

namespace {

constexpr std::array sleep_parameters{days_of_sleep};
constexpr std::array list_parameters{days_of_list};
constexpr std::array sync_parameters{polar_token, days_of_sync};
constexpr std::array log_parameters{limit_of_logs};
constexpr std::array oauth_start_parameters{oauth_callback_url, oauth_client_id};
constexpr std::array oauth_callback_parameters{oauth_code, oauth_state, oauth_error};

constexpr route data_route(std::string_view pattern, handler answer,
                           std::span<const parameter> parameters, std::string_view summary) {
  return {http_method::get, pattern,    answer, access_kind::api_key,
          effect::reads,    parameters, summary};
}

constexpr std::array<route, 19> routes{{
    {http_method::get,
     "/health",
     get_health,
     access_kind::open,
     effect::reads,
     {},
     "Whether the process is alive"},
    {http_method::get,
     "/ready",
     get_ready,
     access_kind::open,
     effect::reads,
     {},
     "Whether the server can answer: database, migrations, region"},
    data_route("/api/v1/users/{user_id}/sleep", get_sleep, sleep_parameters,
               "Nights, newest first"),
    data_route("/api/v1/users/{user_id}/activity", get_activity, list_parameters,
               "Days of activity, newest first"),
    data_route("/api/v1/users/{user_id}/recharge", get_recharge, list_parameters,
               "Nightly recharge, newest first"),
    data_route("/api/v1/users/{user_id}/cardio-load", get_cardio_load, list_parameters,
               "Cardio load by day, newest first"),
    data_route("/api/v1/users/{user_id}/exercises", get_exercises, list_parameters,
               "Training sessions, newest first"),
    data_route("/api/v1/users/{user_id}/baselines", get_baselines, {},
               "What is normal for this person, per metric"),
    data_route("/api/v1/users/{user_id}/insights", get_insights, {},
               "How the person is today and what to do about it"),
    {http_method::post, "/api/v1/users/{user_id}/sync/trigger", trigger_sync, access_kind::api_key,
     effect::changes, sync_parameters, "Syncs the user with Polar now"},
    data_route("/api/v1/users/{user_id}/sync/status", get_sync_status, {},
               "How the user's syncs stand"),
    data_route("/api/v1/users/{user_id}/sync/logs", get_sync_logs, log_parameters,
               "The newest syncs, newest first"),
    data_route("/api/v1/users/{user_id}/sync/events", watch_sync, {},
               "Progress of syncs as server-sent events"),
    data_route("/api/v1/users/{user_id}/coverage", get_coverage, list_parameters,
               "What is known about each day of each stream"),
    {http_method::post,
     "/api/v1/users/{user_id}/disconnect",
     disconnect_user,
     access_kind::api_key,
     effect::changes,
     {},
     "Ends the connection with Polar and keeps the data"},
    {http_method::post,
     "/webhooks/polar",
     receive_webhook,
     access_kind::open,
     effect::changes,
     {},
     "Where Polar announces news"},
    {http_method::get, "/oauth/start", start_oauth, access_kind::open, effect::changes,
     oauth_start_parameters, "Sends the browser to Polar's consent page"},
    {http_method::get, "/oauth/callback", finish_oauth, access_kind::open, effect::changes,
     oauth_callback_parameters, "Where Polar sends the browser back to"},
    {http_method::post,
     "/oauth/exchange",
     exchange_code,
     access_kind::open,
     effect::changes,
     {},
     "Trades a temporary code for an API key"},
}};

} // namespace

std::span<const route> all_routes() {
  return routes;
}

} // namespace polar_flow::http
