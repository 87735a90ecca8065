#pragma once

#include "domain/errc.hpp"
#include "domain/ids.hpp"
#include "domain/records.hpp"
#include "domain/streams.hpp"
#include "domain/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polar_flow {

/// Who asked for a sync.
enum class sync_trigger : std::uint8_t { manual, scheduler, webhook, first_connection };
std::string_view to_string(sync_trigger trigger);

/// How urgent a sync is; the lower the number, the sooner. DESIGN section 4 says who gets which.
enum class sync_priority : std::uint8_t { critical, high, normal, low };
std::string_view to_string(sync_priority priority);

enum class sync_status : std::uint8_t { started, success, partial, failed, skipped };
std::string_view to_string(sync_status status);

/// What became of one stream in one sync.
struct stream_outcome {
  stream kind{};
  /// Rows that the answers held, new or not.
  std::int32_t records = 0;
  std::int32_t calls = 0;
  /// Absent when the stream succeeded; `error.message` is a sentence for the user.
  std::optional<error> failure;

  bool operator==(const stream_outcome&) const = default;
};

/// How many calls one of Polar's windows allows, and how many of them were left.
struct call_quota {
  std::int32_t limit = 0;
  std::int32_t remaining = 0;

  bool operator==(const call_quota&) const = default;
};

/// Both of Polar's windows, as far as the answers of a sync told of them.
struct call_quotas {
  std::optional<call_quota> quarter_hour;
  std::optional<call_quota> day;

  bool operator==(const call_quotas&) const = default;
};

/// The end of one sync, as `sync_logs` keeps it.
struct sync_report {
  job_id job;
  user_id user;
  sync_trigger trigger{};
  sync_priority priority{};
  sync_status status = sync_status::started;
  instant started_at;
  std::optional<instant> completed_at;
  std::int32_t calls = 0;
  std::vector<stream_outcome> streams;
  bool analytics_done = false;
  /// Analytics found patterns in the data as this sync left it.
  bool patterns_detected = false;
  /// As the last answer told them.
  call_quotas quotas;

  bool operator==(const sync_report&) const = default;
};

/// What happened in a sync, as a client may watch it. `number` grows by one with every event of a
/// user and begins anew when the server forgets the user's past.
struct sync_event {
  enum class kind : std::uint8_t {
    sync_started,
    stream_started,
    stream_progressed,
    stream_ended,
    sync_ended
  };

  std::uint64_t number = 0;
  kind what{};
  instant at;
  job_id job;
  /// Of the stream so far; for the ends of syncs the sum of all streams.
  std::int32_t records = 0;
  std::int32_t calls = 0;
  /// Requests of the stream that are still to be made, as far as they are known.
  std::int32_t requests_left = 0;
  /// Absent for the events of the whole sync.
  std::optional<stream> of;
  std::optional<error> failure;
  /// Present when the sync has ended.
  std::optional<sync_status> status;

  bool operator==(const sync_event&) const = default;
};
std::string_view to_string(sync_event::kind what);

/// A reply of Polar as it came, for the archive.
struct raw_reply {
  stream kind{};
  /// Path and query without host, such as `/v3/users/sleep`; no token is in it.
  std::string request;
  std::int32_t status = 0;
  instant fetched_at;
  std::string body;

  bool operator==(const raw_reply&) const = default;
};

/// One answer with the records made from it: stored together or not at all.
struct fetched_reply {
  raw_reply raw;
  stream_records records;

  bool operator==(const fetched_reply&) const = default;
};

enum class connection_state : std::uint8_t { connected, needs_reauthorization, disconnected };
std::string_view to_string(connection_state state);

/// What the server knows about a user besides health data. The token is encrypted.
struct user_record {
  user_id id;
  connection_state state = connection_state::connected;
  std::optional<instant> token_expires_at;
  /// Last finished attempt, rows or not.
  std::optional<instant> last_synced_at;
  std::optional<instant> last_read_at;
  /// Last time that a sync brought something new.
  std::optional<instant> last_new_data_at;
  std::int32_t consecutive_failures = 0;
  /// Backing off until then.
  std::optional<instant> not_before;
  /// From the newest night; UTC when unknown.
  std::optional<std::int32_t> utc_offset_minutes;
  /// When the first day vanishes at Polar that could still be fetched, as the last sync left it.
  std::optional<instant> next_loss_at;
  /// Grows with every change of the user's data or snapshot.
  std::uint64_t changes = 0;
  bool has_token = false;
  /// When the user first authorized us; absent for a user that is not stored yet.
  std::optional<instant> created_at;

  bool operator==(const user_record&) const = default;
};

/// Proves that a writer still owns the shard of the user it writes for.
struct shard_claim {
  std::int32_t shard = 0;
  std::int64_t epoch = 0;

  bool operator==(const shard_claim&) const = default;
};

inline constexpr std::int32_t shard_count = 256;

/// Stable across nodes and releases: FNV-1a of the id, modulo `shard_count`.
std::int32_t shard_of(const user_id& user);

} // namespace polar_flow
