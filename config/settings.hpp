#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// Every option of the server as plain values. `config/defaults.hpp` gives each limit its number
/// and its reason, `config/load.hpp` fills these from file, environment and command line.
namespace polar_flow {

/// `saas` means strangers are served: `ENCRYPTION_KEY` must be given and only https addresses
/// may be called back.
enum class deployment_mode { self_hosted, saas };

struct server_settings {
  deployment_mode mode = deployment_mode::self_hosted;
  std::string host;
  std::uint16_t port = 0;
  /// Public URL of this server, without a trailing slash; absent when it has none.
  std::optional<std::string> base_url;
  /// Where to write the port that is listened on, for whoever started us with port 0.
  std::optional<std::filesystem::path> port_file;
  /// How long SIGTERM waits for requests and running syncs.
  std::chrono::seconds shutdown_timeout{};
  std::vector<std::string> trusted_proxies;
};

struct http_settings {
  /// 0 means one per two cores, at least one.
  std::uint32_t threads = 0;
  std::size_t max_connections = 0;
  std::size_t header_bytes_max = 0;
  std::size_t body_bytes_max = 0;
  /// Of a zip that is imported.
  std::size_t import_bytes_max = 0;
  std::uint32_t pipelined_requests_max = 0;
  /// A client must have sent a whole head, and later a whole body, within this time.
  std::chrono::seconds read_timeout{};
  std::chrono::seconds write_timeout{};
  std::chrono::seconds idle_timeout{};
  /// Deadline of a question to the actors that only reads.
  std::chrono::seconds answer_timeout{};
  /// How long POST …/sync/trigger waits before it answers 202.
  std::chrono::seconds sync_wait{};
  std::size_t render_cache_bytes = 0;
};

struct storage_settings {
  /// libpq connection string; absent means the embedded cluster in `data_dir`.
  std::optional<std::string> database_url;
  std::filesystem::path data_dir;
  /// Where initdb and pg_ctl are; absent means: look in the usual places.
  std::optional<std::filesystem::path> postgresql_bin_dir;
  std::uint32_t read_connections = 0;
  std::uint32_t write_connections = 0;
  std::uint32_t queue_max = 0;
  std::chrono::seconds statement_timeout{};
  std::chrono::seconds connect_timeout{};
};

struct security_settings {
  /// The master key (`API_KEY`).
  std::optional<std::string> master_key;
  /// Fernet key text (`ENCRYPTION_KEY`); absent means a generated file in `key_dir`.
  std::optional<std::string> encryption_key;
  std::filesystem::path key_dir;
  std::vector<std::string> allowed_callback_origins;
  /// Origins of web pages that may call the API from a browser.
  std::vector<std::string> cors_origins;
  /// Of one client address, before it is told to wait; 0 is no limit.
  std::uint32_t wrong_keys_per_minute = 0;
};

struct polar_settings {
  std::string api_base_url;
  std::string authorization_url;
  std::string token_url;
  std::optional<std::string> client_id;
  std::optional<std::string> client_secret;
  std::chrono::seconds request_timeout{};
  std::chrono::seconds connect_timeout{};
  std::size_t answer_bytes_max = 0;
  std::uint32_t connections_max = 0;
  /// Where Polar posts its events; absent means: made from a public `server.base_url`.
  std::optional<std::string> webhook_url;
  /// PEM file with the authorities to trust instead of the system's; for tests and proxies.
  std::optional<std::filesystem::path> ca_file;
};

struct sync_settings {
  bool enabled = true;
  std::chrono::minutes interval{};
  bool on_startup = false;
  /// Whether Polar is asked to post its events to us.
  bool webhooks = true;
  std::uint32_t days_lookback = 0;
  /// 0 means as many as the budget allows.
  std::uint32_t max_users_per_run = 0;
  /// Requests of one sync that may be under way at once.
  std::uint32_t parallel_requests = 0;
  /// Syncs that may run at once on this node.
  std::uint32_t parallel_syncs = 0;
  std::uint32_t retries_max = 0;
  std::chrono::milliseconds retry_delay{};
  /// A sync that has not ended by then is closed as failed.
  std::chrono::seconds sync_timeout{};
};

struct actor_settings {
  /// 0 means one per core.
  std::uint32_t threads = 0;
  std::chrono::minutes idle_time{};
  std::uint32_t active_users_max = 0;
};

enum class log_level { debug, info, warning, error };

struct log_settings {
  log_level level = log_level::info;
};

struct analytics_settings {
  /// Half the width of the personal range of ln rMSSD, in percent of its standard deviation: for a
  /// single night, and for the mean of a week.
  std::uint32_t hrv_acute_range_percent = 0;
  std::uint32_t hrv_chronic_range_percent = 0;
};

struct settings {
  server_settings server;
  http_settings http;
  storage_settings storage;
  security_settings security;
  polar_settings polar;
  sync_settings sync;
  actor_settings actors;
  analytics_settings analytics;
  log_settings log;
  /// Test builds only: a file that says what time it is.
  std::optional<std::filesystem::path> clock_file;
};

} // namespace polar_flow
