#pragma once

#include "domain/api_keys.hpp"
#include "domain/details.hpp"
#include "domain/imports.hpp"
#include "domain/insights.hpp"
#include "domain/polar_budget.hpp"
#include "domain/summaries.hpp"
#include "domain/sync.hpp"
#include "domain/takeout.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What the store understands: one message per function of storage::store, where the meanings and
/// errors are written.
namespace polar_flow::actors {

/// Answer to a command that has nothing else to say.
struct done {};

/// Takes every shard for a node.
struct take_all_shards {
  std::string node;
  instant now;
};

/// The epochs of all shards, in shard order.
struct shard_epochs {
  std::vector<std::int64_t> epochs;
};

/// Asks whether the epochs that a node was given, in shard order, are still in force.
struct check_shards {
  std::vector<std::int64_t> epochs;
};

/// Asks for one user's row.
struct find_user {
  user_id user;
};

/// Asks for every user's row.
struct list_users {};

/// All users.
struct user_list {
  std::shared_ptr<const std::vector<user_record>> users;
};

/// Creates a user or stores a new token.
struct upsert_user {
  shard_claim claim;
  user_id user;
  std::optional<std::string> sealed_token;
  std::optional<instant> token_expires_at;
  instant now;
};

/// Asks for a user's encrypted token.
struct find_sealed_token {
  user_id user;
};

/// A user's encrypted token.
struct sealed_token {
  std::string text;
};

/// Notes that somebody read a user's data.
struct note_read {
  shard_claim claim;
  user_id user;
  instant now;
};

/// Writes the `started` row of a sync.
struct open_sync_log {
  shard_claim claim;
  std::shared_ptr<const sync_report> report;
};

/// Stores one answer of Polar with its rows.
struct store_reply {
  shard_claim claim;
  user_id user;
  std::shared_ptr<const fetched_reply> reply;
};

/// Closes the row of a sync and updates the user.
struct close_sync {
  shard_claim claim;
  std::shared_ptr<const storage::sync_ending> ending;
};

/// Closes all rows that a crash left open.
struct close_interrupted_syncs {
  instant now;
};

/// Users whose syncs a crash interrupted.
struct interrupted_users {
  std::vector<user_id> users;
};

/// Asks for all that analytics need of a user.
struct load_analytics_input {
  user_id user;
};

/// All that analytics need of a user.
struct loaded_analytics_input {
  std::shared_ptr<const storage::analytics_input> input;
};

/// Replaces a user's stored snapshot.
struct store_snapshot {
  shard_claim claim;
  user_id user;
  std::shared_ptr<const analytics_snapshot> snapshot;
};

/// The user's new number of changes.
struct snapshot_stored {
  std::uint64_t changes = 0;
};

/// Asks for what earlier syncs of a user have fetched.
struct load_coverage {
  user_id user;
};

/// What earlier syncs have fetched.
struct loaded_coverage {
  std::shared_ptr<const std::vector<stream_coverage>> ledgers;
};

/// Asks which days have rows.
struct load_present_days {
  user_id user;
  date_range days;
};

/// Days that have rows, by stream.
struct loaded_present_days {
  std::shared_ptr<const std::vector<storage::present_days>> streams;
};

/// Asks for the newest log rows.
struct list_sync_reports {
  user_id user;
  std::int32_t limit = 0;
};

/// Log rows, newest first.
struct sync_report_list {
  std::shared_ptr<const std::vector<sync_report>> reports;
};

/// Forgets a user's token.
struct forget_token {
  shard_claim claim;
  user_id user;
  instant now;
};

/// Erases everything of a user.
struct erase_rows {
  shard_claim claim;
  user_id user;
};

/// Asks for our webhook at Polar.
struct find_webhook {};

/// Our webhook, if there is one.
struct found_webhook {
  std::optional<storage::webhook_record> record;
};

/// Replaces what we know of our webhook.
struct put_webhook {
  std::optional<storage::webhook_record> record;
  instant now;
};

/// Keeps news until a sync has fetched it.
struct keep_news {
  user_id user;
  polar_news announced;
  instant now;
};

/// The number of the news; absent when it is about nobody we know.
struct kept_news {
  std::optional<std::int64_t> number;
};

/// Asks for news that no sync has fetched, all of it or what was last tried long ago.
struct take_pending_news {
  instant now;
  bool takes_all = false;
};

/// News that no sync has fetched.
struct pending_news_list {
  std::vector<news_of_user> news;
};

/// Asks for the rows of one list.
struct load_list {
  user_id user;
  list_kind kind{};
  date_range days;
};

/// The rows of one list.
struct loaded_list {
  std::shared_ptr<const list_rows> rows;
};

/// Asks for one record with its series.
struct load_detail {
  user_id user;
  detail_kind kind{};
  detail_key key;
};

/// A record; null when there is none.
struct loaded_detail {
  std::shared_ptr<const record_detail> detail;
};

/// Asks for a part of all that is stored about a user.
struct load_takeout_page {
  user_id user;
  std::optional<std::string> from;
};

/// A part of all that is stored about a user.
struct loaded_takeout_page {
  std::shared_ptr<const takeout_page> page;
};

/// Asks for one import, or the newest.
struct find_import {
  user_id user;
  std::optional<job_id> job;
};

/// An import; null when there is none.
struct found_import {
  std::shared_ptr<const import_report> report;
};

/// Asks for all API keys.
struct list_keys {};

/// All API keys.
struct key_list {
  std::vector<api_key_record> keys;
};

/// Stores a new API key.
struct create_key {
  api_key_record record;
  storage::store::same_client policy = storage::store::same_client::keep;
};

/// Puts a new key in the place of an active one.
struct regenerate_key {
  api_key_id id;
  std::string hash;
  std::string prefix;
  instant now;
};

/// Makes a key useless.
struct revoke_key {
  api_key_id id;
};

/// Stores the counters of keys.
struct flush_key_usage {
  std::vector<storage::key_usage> usage;
};

/// Remembers an OAuth state.
struct put_oauth_state {
  storage::oauth_state_record record;
};

/// Takes an OAuth state, which works once, for the browser that began.
struct take_oauth_state {
  std::string state_hash;
  std::string browser_hash;
  instant now;
};

/// Remembers a temporary code.
struct put_temporary_code {
  storage::temporary_code_record record;
};

/// Takes a temporary code, which works once.
struct take_temporary_code {
  std::string code_hash;
  std::optional<std::string> client_id;
  instant now;
};

/// Tells Polar's budget what became of permits, and asks it for others.
struct change_budget {
  budget_request request;
};

/// What was granted, and the budget as that left it.
struct budget_changed {
  budget_grant grant;
  polar_budget left;
};

} // namespace polar_flow::actors

// A part of POLAR_FLOW_MESSAGES.
#define POLAR_FLOW_STORE_MESSAGES(X)             \
  X(polar_flow::user_record)                     \
  X(polar_flow::shard_claim)                     \
  X(polar_flow::api_key_record)                  \
  X(polar_flow::storage::oauth_state_record)     \
  X(polar_flow::storage::temporary_code_record)  \
  X(polar_flow::storage::store_outcome)          \
  X(polar_flow::actors::done)                    \
  X(polar_flow::actors::take_all_shards)         \
  X(polar_flow::actors::shard_epochs)            \
  X(polar_flow::actors::check_shards)            \
  X(polar_flow::actors::find_user)               \
  X(polar_flow::actors::list_users)              \
  X(polar_flow::actors::user_list)               \
  X(polar_flow::actors::upsert_user)             \
  X(polar_flow::actors::find_sealed_token)       \
  X(polar_flow::actors::sealed_token)            \
  X(polar_flow::actors::note_read)               \
  X(polar_flow::actors::open_sync_log)           \
  X(polar_flow::actors::store_reply)             \
  X(polar_flow::actors::close_sync)              \
  X(polar_flow::actors::close_interrupted_syncs) \
  X(polar_flow::actors::interrupted_users)       \
  X(polar_flow::actors::load_analytics_input)    \
  X(polar_flow::actors::loaded_analytics_input)  \
  X(polar_flow::actors::store_snapshot)          \
  X(polar_flow::actors::snapshot_stored)         \
  X(polar_flow::actors::load_coverage)           \
  X(polar_flow::actors::loaded_coverage)         \
  X(polar_flow::actors::load_present_days)       \
  X(polar_flow::actors::loaded_present_days)     \
  X(polar_flow::actors::list_sync_reports)       \
  X(polar_flow::actors::sync_report_list)        \
  X(polar_flow::actors::forget_token)            \
  X(polar_flow::actors::erase_rows)              \
  X(polar_flow::actors::find_webhook)            \
  X(polar_flow::actors::found_webhook)           \
  X(polar_flow::actors::put_webhook)             \
  X(polar_flow::actors::keep_news)               \
  X(polar_flow::actors::kept_news)               \
  X(polar_flow::actors::take_pending_news)       \
  X(polar_flow::actors::pending_news_list)       \
  X(polar_flow::actors::load_list)               \
  X(polar_flow::actors::loaded_list)             \
  X(polar_flow::actors::load_detail)             \
  X(polar_flow::actors::loaded_detail)           \
  X(polar_flow::actors::load_takeout_page)       \
  X(polar_flow::actors::loaded_takeout_page)     \
  X(polar_flow::actors::find_import)             \
  X(polar_flow::actors::found_import)            \
  X(polar_flow::actors::list_keys)               \
  X(polar_flow::actors::key_list)                \
  X(polar_flow::actors::create_key)              \
  X(polar_flow::actors::regenerate_key)          \
  X(polar_flow::actors::revoke_key)              \
  X(polar_flow::actors::flush_key_usage)         \
  X(polar_flow::actors::put_oauth_state)         \
  X(polar_flow::actors::take_oauth_state)        \
  X(polar_flow::actors::put_temporary_code)      \
  X(polar_flow::actors::take_temporary_code)     \
  X(polar_flow::actors::change_budget)           \
  X(polar_flow::actors::budget_changed)
