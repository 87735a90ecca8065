#pragma once

#include "domain/api_keys.hpp"
#include "domain/errc.hpp"
#include "domain/insights.hpp"
#include "domain/summaries.hpp"
#include "domain/sync.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polar_flow::storage {

/// How to reach PostgreSQL.
struct connect_options {
  /// libpq connection string or URI; `postgresql+asyncpg://` is accepted too.
  std::string database_url;
  std::chrono::seconds connect_timeout{};
  std::chrono::seconds statement_timeout{};
};

/// What one stored answer changed.
struct store_outcome {
  /// The body equals the newest archived one of the same user and request: only its
  /// `last_seen_at` moved, no row was touched.
  bool was_known = false;
  /// Rows inserted or really changed.
  std::int32_t rows_changed = 0;
};

struct analytics_input {
  analytics_window window;
  /// From the newest night that has one.
  std::optional<std::int32_t> utc_offset_minutes;
};

/// What a finished sync leaves on the user.
struct sync_ending {
  sync_report report;
  connection_state state = connection_state::connected;
  std::int32_t consecutive_failures = 0;
  std::optional<instant> not_before;
  bool brought_new_data = false;
};

struct oauth_state_record {
  /// SHA-256 hex of the state; the state itself is only in the browser.
  std::string state_hash;
  std::string callback_url;
  std::string redirect_uri;
  std::optional<std::string> client_id;
  instant expires_at;
};

struct temporary_code_record {
  /// SHA-256 hex of the code.
  std::string code_hash;
  user_id user;
  std::optional<std::string> client_id;
  instant expires_at;
};

/// Counters of one key, as `access` flushes them.
struct key_usage {
  api_key_id id;
  std::int32_t remaining = 0;
  std::optional<instant> reset_at;
  std::optional<instant> last_used_at;
};

/// The repository: one connection to PostgreSQL and the statements of storage/queries. Blocking,
/// so only detached workers own one. Not thread-safe. Every function may fail with
/// storage_unavailable (connection lost, time-out; the next call reconnects) or storage_failed;
/// writes of user data also with stale_epoch. No function throws.
class store {
public:
  static result<std::unique_ptr<store>> open(const connect_options& options);

  ~store();

  /// Cheap round trip, for /ready.
  result<void> ping();

  // -- shards --------------------------------------------------------------------------------

  /// Takes every shard for `node`: one growing epoch per shard, returned in shard order. A
  /// former owner's writes are refused from here on.
  result<std::vector<std::int64_t>> take_all_shards(const std::string& node, instant now);

  // -- users ---------------------------------------------------------------------------------

  /// Errors: unknown_user.
  result<user_record> find_user(const user_id& user);

  /// Everyone, for the supervisor's queue at start.
  result<std::vector<user_record>> list_users();

  /// Creates the user or stores the new token; state becomes connected, failures 0.
  /// `sealed_token` absent creates a user without a token (a trigger that brought its own).
  result<user_record> upsert_user(const shard_claim& claim, const user_id& user,
                                  const std::optional<std::string>& sealed_token,
                                  std::optional<instant> token_expires_at, instant now);

  /// The encrypted token. Errors: unknown_user, no_polar_token.
  result<std::string> find_sealed_token(const user_id& user);

  /// Notes that somebody read this user's data; at most once per hour per user is enough.
  result<void> note_read(const shard_claim& claim, const user_id& user, instant now);

  // -- sync ----------------------------------------------------------------------------------

  /// Writes the `started` row. Fails with sync_in_progress if the user has an open one.
  result<void> open_sync_log(const shard_claim& claim, const sync_report& report);

  /// One transaction: archive the reply (unless its body is the newest of its request already)
  /// and upsert the records; rows that did not change are left alone. Bumps `changes` when a row
  /// changed.
  result<store_outcome> store_reply(const shard_claim& claim, const user_id& user,
                                    const fetched_reply& reply);

  /// Closes the log row and updates the user, in one transaction.
  result<user_record> close_sync(const shard_claim& claim, const sync_ending& ending);

  /// Closes every row left at `started` as failed (`internal`, "interrupted"); returns the users
  /// concerned, who are due at once.
  result<std::vector<user_id>> close_interrupted_syncs(instant now);

  // -- analytics -----------------------------------------------------------------------------

  /// One query. Errors: unknown_user.
  result<analytics_input> load_analytics_input(const user_id& user);

  /// Replaces the user's baselines and snapshot; bumps `changes` and returns the new number.
  result<std::uint64_t> store_snapshot(const shard_claim& claim, const user_id& user,
                                       const analytics_snapshot& snapshot);

  // -- lists (one query each, newest first) -----------------------------------------------------

  result<list_rows> load_list(const user_id& user, list_kind kind, date_range days);

  // -- keys, OAuth, settings -------------------------------------------------------------------

  result<std::vector<api_key_record>> list_keys();

  /// `record.id` is ignored; the stored record comes back. An active key of the same user and
  /// client id is replaced in the same transaction when `replace_same_client` is set.
  enum class same_client { keep, replace };
  result<api_key_record> create_key(const api_key_record& record, same_client policy);

  /// Errors: not_found.
  result<void> revoke_key(api_key_id id);

  result<void> flush_key_usage(const std::vector<key_usage>& usage);

  result<void> put_oauth_state(const oauth_state_record& state);

  /// Returns the record and deletes it: a state works once. Errors: invalid_oauth_state.
  result<oauth_state_record> take_oauth_state(const std::string& state_hash, instant now);

  result<void> put_temporary_code(const temporary_code_record& code);

  /// Returns the record and marks it used; a wrong client id does not use it up.
  /// Errors: invalid_temporary_code.
  result<temporary_code_record> take_temporary_code(const std::string& code_hash,
                                                    const std::optional<std::string>& client_id,
                                                    instant now);

private:
  struct impl;
  explicit store(std::unique_ptr<impl> implementation);

  std::unique_ptr<impl> impl_;
};

} // namespace polar_flow::storage
