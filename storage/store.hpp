#pragma once

#include "domain/api_keys.hpp"
#include "domain/coverage.hpp"
#include "domain/details.hpp"
#include "domain/errc.hpp"
#include "domain/imports.hpp"
#include "domain/insights.hpp"
#include "domain/polar_budget.hpp"
#include "domain/polar_news.hpp"
#include "domain/summaries.hpp"
#include "domain/sync.hpp"
#include "domain/takeout.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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
  /// `last_seen_at` moved, and no row was touched unless this is the first reader to understand it.
  bool was_known = false;
  /// Rows inserted or really changed.
  std::int32_t rows_changed = 0;
  /// Of the exercises in a list: those whose details were never fetched, or were fetched before
  /// the list began to tell something else about them.
  std::vector<std::string> exercises_without_details;
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
  /// Everything was asked for, so the next whole sync is due an interval later.
  bool is_whole = true;
  /// The ledgers as this sync leaves them; those that are not named stay as they are.
  std::vector<stream_coverage> coverage;
  std::optional<instant> next_loss_at;
  /// Numbers of the pending news that this sync has fetched.
  std::vector<std::int64_t> fetched_news;
};

/// The days of one stream that have a row, and its ledger; that of a stream which was never fetched
/// is empty.
struct present_days {
  day_set days;
  stream_coverage ledger;
};

/// The origin of what Polar's API answered.
inline constexpr std::string_view accesslink_origin = "accesslink";

/// The origin of what Polar's account export held.
inline constexpr std::string_view flow_export_origin = "polar-flow-export";

/// One archived answer, as a rebuild replays it.
struct archived_reply {
  std::int64_t reply_id = 0;
  std::string origin;
  raw_reply raw;
};

/// Our webhook at Polar. The secret signs what Polar sends.
struct webhook_record {
  std::string webhook_id;
  std::string url;
  std::string sealed_secret;
  instant created_at;
};

struct oauth_state_record {
  /// SHA-256 hex of the state; the state itself is only in the browser.
  std::string state_hash;
  std::string callback_url;
  std::string redirect_uri;
  std::optional<std::string> client_id;
  /// SHA-256 hex of the secret in the cookie of the browser that began.
  std::string browser_hash;
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

  // -- shards --------------------------------------------------------------------------------

  /// Takes every shard for `node`: one growing epoch per shard, returned in shard order. A
  /// former owner's writes are refused from here on.
  result<std::vector<std::int64_t>> take_all_shards(const std::string& node, instant now);

  /// Cheap round trip: whether the epochs that `take_all_shards` returned are still in force.
  /// Error: stale_epoch when another node took a shard.
  result<void> check_shards(const std::vector<std::int64_t>& epochs);

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

  /// Forgets the token; the state becomes disconnected. The data stays. Errors: unknown_user.
  result<user_record> disconnect_user(const shard_claim& claim, const user_id& user, instant now);

  /// Leaves nothing of the user, the archive and the API keys included. Errors: unknown_user.
  result<void> erase_user(const shard_claim& claim, const user_id& user);

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

  /// The newest `limit` log rows, newest first; a running sync is one of them.
  result<std::vector<sync_report>> list_sync_reports(const user_id& user, std::int32_t limit);

  // -- Polar's budget ------------------------------------------------------------------------

  /// Lets `change` work on the one row of the budget that all nodes share, in a transaction that
  /// holds its lock: nodes take turns. `change` may be called again when the first attempt was
  /// rolled back.
  result<void> change_budget(const std::function<void(polar_budget&)>& change);

  // -- coverage ------------------------------------------------------------------------------

  /// The ledgers of the streams that were ever fetched.
  result<std::vector<stream_coverage>> load_coverage(const user_id& user);

  /// One query. Per stream the ledger and the days in `days` that have a row: exercises by start,
  /// SleepWise by the day on which the period begins, tests by the day of the test, all on the
  /// user's clock.
  result<std::vector<present_days>> load_present_days(const user_id& user, date_range days);

  // -- rebuild -------------------------------------------------------------------------------

  /// Makes records from an archived answer or file; fails for one that cannot be read. Nothing at
  /// all means that this version does not understand it.
  using reply_reader = std::function<result<std::vector<stream_records>>(const archived_reply&)>;

  /// How a rebuild of one user ended.
  struct rebuild_outcome {
    std::int64_t replies = 0;
    /// Replies that `read` could not read; their records are as absent as before.
    std::int64_t unreadable = 0;
  };

  /// Deletes the user's rows of all fourteen streams and makes them again from the archive, in
  /// the order of arrival, in one transaction: a reader sees the old rows until the new ones are
  /// complete. Public ids stay. Memory is bounded by one batch of replies. Bumps `changes`.
  result<rebuild_outcome> rebuild(const shard_claim& claim, const user_id& user, instant now,
                                  const reply_reader& read);

  /// The epoch of the user's shard as it is now, for work beside a running server.
  result<shard_claim> current_claim(const user_id& user);

  // -- analytics -----------------------------------------------------------------------------

  /// One query. Errors: unknown_user.
  result<analytics_input> load_analytics_input(const user_id& user);

  /// Replaces the user's baselines and snapshot; bumps `changes` and returns the new number.
  result<std::uint64_t> store_snapshot(const shard_claim& claim, const user_id& user,
                                       const analytics_snapshot& snapshot);

  // -- lists (one query each, newest first) -----------------------------------------------------

  result<list_rows> load_list(const user_id& user, list_kind kind, date_range days);

  /// One record with its series; absent when there is none. A key of another form than the kind's
  /// is an invalid_argument.
  result<std::optional<record_detail>> load_detail(const user_id& user, detail_kind kind,
                                                   const detail_key& key);

  // -- takeout and import ----------------------------------------------------------------------

  /// About a mebibyte of all that is stored about a user, from where the page before said that the
  /// next one begins. Errors: unknown_user, invalid_argument (no such place).
  result<takeout_page> load_takeout_page(const user_id& user,
                                         const std::optional<std::string>& from);

  /// Puts what a file of a takeout holds back; rows that are there already stay as they are. The
  /// piece begins with line `first_line` of its file. Returns how many were added. Errors:
  /// unknown_user, invalid_argument (the message says why).
  result<std::int64_t> put_takeout_piece(const shard_claim& claim, const user_id& user,
                                         const takeout_piece& piece, instant now,
                                         std::int64_t first_line = 1);

  /// As `store_reply`, for a file of Polar's account export: it fills in what is unknown and
  /// changes nothing that Polar's API has told. Without records it is archived as unreadable.
  result<store_outcome> store_export_file(const shard_claim& claim, const user_id& user,
                                          const raw_reply& file,
                                          const std::vector<stream_records>& parts);

  /// Writes down that a zip has arrived; a user whom nobody knows is created if that is allowed.
  /// Errors: unknown_user, import_in_progress (the message is the open one's id).
  result<void> open_import(const shard_claim& claim, const import_report& report,
                           bool may_create_user);

  /// How far an import is; `files` are those since the last time. Errors: not_found.
  result<void> note_import(const shard_claim& claim, const import_report& report);

  /// The import of this id, or the newest one, with the first ten thousand of its files; absent
  /// when there is none.
  result<std::optional<import_report>> find_import(const user_id& user,
                                                   const std::optional<job_id>& job);

  /// Imports that are queued or running, oldest first, without their files.
  result<std::vector<import_report>> list_open_imports();

  // -- keys, OAuth, settings -------------------------------------------------------------------

  result<std::vector<api_key_record>> list_keys();

  /// `record.id` is ignored; the stored record comes back. An active key of the same user and
  /// client id is replaced in the same transaction when `replace_same_client` is set.
  enum class same_client { keep, replace };
  result<api_key_record> create_key(const api_key_record& record, same_client policy);

  /// Puts a new key, given by its hash and prefix, in the place of an active one; the counter
  /// begins again. Errors: not_found.
  result<api_key_record> regenerate_key(api_key_id id, const std::string& hash,
                                        const std::string& prefix, instant now);

  /// Errors: not_found.
  result<void> revoke_key(api_key_id id);

  /// Our webhook, if one is registered.
  result<std::optional<webhook_record>> find_webhook();

  /// Replaces the record; absent forgets it.
  result<void> put_webhook(const std::optional<webhook_record>& record, instant now);

  /// Keeps news until a sync has fetched it (`sync_ending::fetched_news`); its number, or nullopt
  /// when it is about nobody we know.
  result<std::optional<std::int64_t>> keep_news(const user_id& user, const polar_news& announced,
                                                instant now);

  /// The oldest pending news of connected users that was announced or tried long enough ago, or, as
  /// a node needs it that has just started, whenever. It has then been tried once more.
  enum class news_age { tried_long_ago, any };
  result<std::vector<news_of_user>> take_pending_news(instant now, news_age age);

  result<void> flush_key_usage(const std::vector<key_usage>& usage);

  result<void> put_oauth_state(const oauth_state_record& state);

  /// Returns the record and deletes it: a state works once, and in the browser that began only;
  /// another one does not use it up. Errors: invalid_oauth_state.
  result<oauth_state_record> take_oauth_state(const std::string& state_hash,
                                              const std::string& browser_hash, instant now);

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
