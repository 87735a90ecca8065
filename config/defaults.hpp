#pragma once

#include "config/settings.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Every default, with the reason for this value and no other.
namespace polar_flow::defaults {

// -- server -----------------------------------------------------------------------------------

/// All interfaces, as the server whose API we serve: in a container nothing else is reachable.
inline constexpr std::string_view host = "0.0.0.0";

/// The port that existing clients and compose files know.
inline constexpr std::uint16_t port = 8000;

/// `docker stop` kills after 10 s; this leaves 2 s to stop the embedded PostgreSQL.
inline constexpr std::chrono::seconds shutdown_timeout{8};

/// The usual reverse proxy runs on the same machine; nobody else's headers are believed.
inline constexpr std::array<std::string_view, 2> trusted_proxies{"127.0.0.1", "::1"};

// -- http -------------------------------------------------------------------------------------

/// 0 = one per two cores: the other half runs actors and PostgreSQL.
inline constexpr std::uint32_t http_threads = 0;

/// At 16 KiB of buffers each, 64 MiB at worst: what the smallest box can spare.
inline constexpr std::size_t max_connections = 4096;

/// Twice the 8 KiB that common proxies let through, so they complain first.
inline constexpr std::size_t header_bytes_max = 16 * 1024;

/// Bodies of the API have less than 1 KiB; this leaves room without inviting floods.
inline constexpr std::size_t body_bytes_max = 64 * 1024;

/// Polar's account export of many years has some 50 MB, with beat-to-beat intervals some hundred;
/// our takeout of as long is smaller. This leaves room and still fits on a small server's disk.
inline constexpr std::size_t import_bytes_max = std::size_t{2} * 1024 * 1024 * 1024;

/// HTTP clients that pipeline send a handful; more would queue memory for one peer.
inline constexpr std::uint32_t pipelined_requests_max = 16;

/// A phone on a bad line sends a head within a few seconds; slower ones tie up a connection.
inline constexpr std::chrono::seconds read_timeout{15};

/// The largest answers have some MB; 30 s carry them over 1 Mbit/s.
inline constexpr std::chrono::seconds write_timeout{30};

/// Longer than the 60 s of common proxies, so that they close first and never write into a
/// connection that we are closing.
inline constexpr std::chrono::seconds idle_timeout{75};

/// A read takes milliseconds; after 5 s people reload the page anyway.
inline constexpr std::chrono::seconds answer_timeout{5};

/// Proxies give up after 60 s; the answer 202 must come before that.
inline constexpr std::chrono::seconds sync_wait{50};

/// About ten thousand answers of 6 KiB, which covers every active user of a large server.
inline constexpr std::size_t render_cache_bytes = 64 * 1024 * 1024;

/// Many more than a person mistypes, and far too few to find a key by trying.
inline constexpr std::uint32_t wrong_keys_per_minute = 30;

// -- storage ----------------------------------------------------------------------------------

/// Two cores are kept busy by four readers, some of which wait for the disk.
inline constexpr std::uint32_t read_connections = 4;

/// Two writers: one transaction runs while another waits for its commit to reach the disk.
inline constexpr std::uint32_t write_connections = 2;

/// At a millisecond each and six connections, a full queue is worked off within a second.
inline constexpr std::uint32_t queue_max = 4096;

/// Longer than any statement of ours on ten years of data; beyond it something is stuck.
inline constexpr std::chrono::seconds statement_timeout{30};

/// A PostgreSQL that lives answers at once, one on another continent within a second.
inline constexpr std::chrono::seconds storage_connect_timeout{5};

// -- polar ------------------------------------------------------------------------------------

/// Polar's documented address; paths begin with /v3.
inline constexpr std::string_view polar_api_base_url = "https://www.polaraccesslink.com";

/// Polar's documented authorization page.
inline constexpr std::string_view polar_authorization_url
    = "https://flow.polar.com/oauth2/authorization";

/// Polar's documented token endpoint.
inline constexpr std::string_view polar_token_url = "https://polarremote.com/v2/oauth2/token";

/// Polar's largest answers take some seconds to be made and to arrive; twice 15 s is plenty.
inline constexpr std::chrono::seconds polar_request_timeout{30};

/// Three lost first packets (1 + 2 + 4 s) are survived.
inline constexpr std::chrono::seconds polar_connect_timeout{10};

/// The largest answer seen has 16 MB (28 days of heart rate samples); twice that is safe.
inline constexpr std::size_t polar_answer_bytes_max = 32 * 1024 * 1024;

/// As many as `parallel_syncs` syncs with `parallel_requests` each can use.
inline constexpr std::uint32_t polar_connections_max = 16;

// -- sync -------------------------------------------------------------------------------------

/// A server that never syncs would have nothing to show.
inline constexpr bool sync_enabled = true;

/// Watches upload a few times a day; an hour is what existing installations are used to.
inline constexpr std::chrono::minutes sync_interval{60};

/// A restart must not spend Polar's budget again.
inline constexpr bool sync_on_startup = false;

/// Whoever has a public address wants fresh data without polling.
inline constexpr bool sync_webhooks = true;

/// Polar keeps most resources for 28 to 30 days.
inline constexpr std::uint32_t days_lookback = 30;

/// Ten users of 30 requests each stay within Polar's smallest 15-minute window (520).
inline constexpr std::uint32_t max_users_per_run = 10;

/// Fourteen streams in four rounds; more at once would look like an attack.
inline constexpr std::uint32_t parallel_requests = 4;

/// Four waiting for Polar keep one core busy storing and analysing.
inline constexpr std::uint32_t parallel_syncs = 4;

/// The design's number: what fails three times will not work a moment later.
inline constexpr std::uint32_t retries_max = 2;

/// Polar's restarts and network hiccups last about a second; the second wait doubles it.
inline constexpr std::chrono::milliseconds retry_delay{1000};

/// Twice Polar's short window: a sync that waits for the next one has time to use it.
inline constexpr std::chrono::seconds sync_timeout{30 * 60};

// -- analytics --------------------------------------------------------------------------------

/// One standard deviation, as in the trials that analytics/hrv_range.hpp names.
inline constexpr std::uint32_t hrv_acute_range_percent = 100;

/// A week's mean varies less than a night.
inline constexpr std::uint32_t hrv_chronic_range_percent = 50;

// -- actors -----------------------------------------------------------------------------------

/// 0 = one per core, since actors never wait.
inline constexpr std::uint32_t actor_threads = 0;

/// A person looks again within half an hour, or tomorrow.
inline constexpr std::chrono::minutes actor_idle_time{30};

/// At about 40 KiB of analytics each, 200 MiB at worst.
inline constexpr std::uint32_t active_users_max = 5000;

// -- log --------------------------------------------------------------------------------------

/// One line per sync and per change of state; debug adds one per request.
inline constexpr log_level level = log_level::info;

} // namespace polar_flow::defaults

namespace polar_flow {

/// The defaults as one value. What depends on the machine and its user stays open: `data_dir`
/// and `key_dir` are empty, thread counts 0.
settings default_settings();

} // namespace polar_flow
