#include "config/defaults.hpp"

namespace polar_flow {

namespace {

http_settings default_http() {
  http_settings http;
  http.threads = defaults::http_threads;
  http.max_connections = defaults::max_connections;
  http.header_bytes_max = defaults::header_bytes_max;
  http.body_bytes_max = defaults::body_bytes_max;
  http.import_bytes_max = defaults::import_bytes_max;
  http.pipelined_requests_max = defaults::pipelined_requests_max;
  http.read_timeout = defaults::read_timeout;
  http.write_timeout = defaults::write_timeout;
  http.idle_timeout = defaults::idle_timeout;
  http.answer_timeout = defaults::answer_timeout;
  http.sync_wait = defaults::sync_wait;
  http.render_cache_bytes = defaults::render_cache_bytes;
  return http;
}

polar_settings default_polar() {
  polar_settings polar;
  polar.api_base_url = defaults::polar_api_base_url;
  polar.authorization_url = defaults::polar_authorization_url;
  polar.token_url = defaults::polar_token_url;
  polar.request_timeout = defaults::polar_request_timeout;
  polar.connect_timeout = defaults::polar_connect_timeout;
  polar.answer_bytes_max = defaults::polar_answer_bytes_max;
  polar.connections_max = defaults::polar_connections_max;
  return polar;
}

sync_settings default_sync() {
  sync_settings sync;
  sync.enabled = defaults::sync_enabled;
  sync.interval = defaults::sync_interval;
  sync.on_startup = defaults::sync_on_startup;
  sync.webhooks = defaults::sync_webhooks;
  sync.days_lookback = defaults::days_lookback;
  sync.max_users_per_run = defaults::max_users_per_run;
  sync.parallel_requests = defaults::parallel_requests;
  sync.parallel_syncs = defaults::parallel_syncs;
  sync.retries_max = defaults::retries_max;
  sync.retry_delay = defaults::retry_delay;
  sync.sync_timeout = defaults::sync_timeout;
  return sync;
}

} // namespace

settings default_settings() {
  settings values;
  values.server.host = defaults::host;
  values.server.port = defaults::port;
  values.server.shutdown_timeout = defaults::shutdown_timeout;
  values.server.trusted_proxies.assign(defaults::trusted_proxies.begin(),
                                       defaults::trusted_proxies.end());
  values.http = default_http();
  values.security.wrong_keys_per_minute = defaults::wrong_keys_per_minute;
  values.storage.read_connections = defaults::read_connections;
  values.storage.write_connections = defaults::write_connections;
  values.storage.queue_max = defaults::queue_max;
  values.storage.statement_timeout = defaults::statement_timeout;
  values.storage.connect_timeout = defaults::storage_connect_timeout;
  values.polar = default_polar();
  values.sync = default_sync();
  values.actors.threads = defaults::actor_threads;
  values.actors.idle_time = defaults::actor_idle_time;
  values.actors.active_users_max = defaults::active_users_max;
  values.analytics.hrv_acute_range_percent = defaults::hrv_acute_range_percent;
  values.analytics.hrv_chronic_range_percent = defaults::hrv_chronic_range_percent;
  values.log.level = defaults::level;
  return values;
}

} // namespace polar_flow
