#pragma once

#include "actors/serialization.hpp"
#include "actors/store_messages.hpp"
#include "domain/api_keys.hpp"
#include "domain/details.hpp"
#include "domain/explanation.hpp"
#include "domain/insights.hpp"
#include "domain/polar_budget.hpp"
#include "domain/summaries.hpp"
#include "domain/sync.hpp"
#include "polar/rate_headers.hpp"
#include "polar/requests.hpp"
#include "polar/transport.hpp"

#include <caf/deserializer.hpp>
#include <caf/detail/stringification_inspector.hpp>
#include <caf/serializer.hpp>
#include <caf/type_id.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Every message of the house. Plain structs: commands are imperative, facts are past tense. Big
/// values are shared, so a hop within the node copies a pointer.
namespace polar_flow::actors {

// -- to the lease ----------------------------------------------------------------------------

/// Asks whether the database answers and still counts this node as the owner of its shards.
struct check_lease {};

/// Asks for the proof that this node owns a user's shard.
struct claim_shard {
  user_id user;
};

// -- to Polar and its budget -----------------------------------------------------------------

/// What becomes of a request that Polar's budget has no permit for: the limit is reached, or a 429
/// closed the window.
enum class shortage : std::uint8_t { wait, refuse };

/// Sends one request to Polar as soon as the budget allows; `patience` is the longest wait for it.
struct call_polar {
  std::shared_ptr<const polar::http_request> request;
  sync_priority priority{};
  std::chrono::seconds patience{};
  shortage when_short = shortage::wait;
  /// Whether it is one of the requests that Polar's limits count. The host that gives out tokens
  /// has limits of its own, and strangers decide how often it is asked.
  bool is_budgeted = true;
};

/// What Polar answered.
struct polar_answered {
  std::shared_ptr<const polar::http_response> response;
};

/// INTERNAL: The transport is done with a call; `problem` counts when there is no response.
struct transport_answered {
  std::uint64_t call = 0;
  std::shared_ptr<const polar::http_response> response;
  error problem;
};

/// Asks for the permission to send one request; answered when the budget allows, or with
/// polar_rate_limited: after `patience`, or at a shortage that it must not wait for.
struct request_permit {
  sync_priority priority{};
  std::chrono::seconds patience{};
  shortage when_short = shortage::wait;
};

/// One request may be sent now.
struct permit_granted {};

/// A permit was used; says what Polar told about its windows.
struct permit_spent {
  std::optional<polar::rate_headers> headers;
  /// Present after a 429: how long the window stays closed.
  std::optional<std::chrono::seconds> closed_for;
};

/// A permit was not used.
struct permit_returned {};

// -- to the supervisor -----------------------------------------------------------------------

/// Starts the node's work: takes the shards, publishes the API keys, closes what a crash
/// interrupted and loads all users.
struct begin_supervision {
  std::string node;
};

/// A user authorized us just now and is due at once.
struct user_connected {
  user_record record;
};

/// A user's row changed in a way that matters for the queue.
struct user_changed {
  user_record record;
};

/// A sync of this user is running, whoever asked for it.
struct sync_started {
  user_id user;
  job_id job;
};

/// A user's sync ended.
struct sync_ended {
  user_record record;
};

/// A user's actor failed; what it was doing is undone.
struct user_failed {
  user_id user;
};

/// A webhook announced something about a user.
struct news_arrived {
  user_id user;
  pending_news announced;
};

/// Starts no further sync and answers when none is running any more.
struct stop_syncs {};

// -- to a user, by way of the region ---------------------------------------------------------

/// Asks for today's insights.
struct get_insights {
  user_id user;
  std::optional<data_version> known;
};

/// Insights; `value` is null when the asker has this version already.
struct insights_answer {
  data_version version;
  std::shared_ptr<const insights> value;
};

/// Asks for the personal baselines.
struct get_baselines {
  user_id user;
  std::optional<data_version> known;
};

/// Baselines; `value` is null when the asker has this version already.
struct baselines_answer {
  data_version version;
  std::shared_ptr<const std::vector<baseline>> value;
};

/// Asks how metrics move and hang together.
struct get_patterns {
  user_id user;
  std::optional<data_version> known;
};

/// Patterns; `value` is null when the asker has this version already.
struct patterns_answer {
  data_version version;
  std::shared_ptr<const std::vector<pattern_analysis>> value;
};

/// Asks what is unusual today.
struct get_anomalies {
  user_id user;
  std::optional<data_version> known;
};

/// Anomalies; `value` is null when the asker has this version already.
struct anomalies_answer {
  data_version version;
  std::shared_ptr<const std::vector<anomaly_summary>> value;
};

/// Asks what the next night will say.
struct get_predictions {
  user_id user;
  std::optional<data_version> known;
};

/// Predictions; `value` is null when the asker has this version already.
struct predictions_answer {
  data_version version;
  std::shared_ptr<const std::vector<prediction>> value;
};

/// Asks why a figure is what it is.
struct get_explanation {
  user_id user;
  explained subject{};
};

/// An explanation, and of which version of the data.
struct explanation_answer {
  data_version version;
  std::shared_ptr<const explanation> value;
};

/// Asks how a value of a metric would stand today.
struct check_value {
  user_id user;
  metric name{};
  double value = 0;
};

/// Asks what the data of the last 90 days are enough for.
struct get_analytics_status {
  user_id user;
};

/// Asks for `days` calendar days of a list, ending on the user's today.
struct get_list {
  user_id user;
  list_kind kind{};
  std::int32_t days = 0;
  std::optional<data_version> known;
};

/// Rows of a list; `rows` is null when the asker has this version already.
struct list_answer {
  data_version version;
  std::shared_ptr<const list_rows> rows;
};

/// Asks for one record with its series.
struct get_detail {
  user_id user;
  detail_kind kind{};
  detail_key key;
};

/// A record; null when there is none.
struct detail_answer {
  std::shared_ptr<const record_detail> detail;
};

/// Asks for a part of all that is stored about a user, from where the part before ended.
struct get_takeout_page {
  user_id user;
  std::optional<std::string> from;
};

/// A part of all that is stored about a user.
struct takeout_page_answer {
  std::shared_ptr<const takeout_page> page;
};

/// Asks for one import of the user, or the newest.
struct get_import {
  user_id user;
  std::optional<job_id> job;
};

/// An import; null when there is none.
struct import_answer {
  std::shared_ptr<const import_report> report;
};

/// Rows of the user were changed beside the user's actor: what it has in memory is old.
struct forget_data {
  user_id user;
};

/// Starts a sync; answered as soon as it runs.
struct trigger_sync {
  user_id user;
  sync_trigger trigger{};
  sync_priority priority{};
  std::optional<std::string> polar_token;
  std::optional<std::int32_t> days;
  bool any_user_allowed = false;
  /// News that a webhook brought; only that is fetched then.
  std::vector<pending_news> announced;
};

/// Waits for the end of a sync, but not for Polar's budget.
struct await_sync {
  user_id user;
  job_id job;
};

/// How a sync ended; null when it goes on and has to wait for a permit.
struct sync_finished {
  std::shared_ptr<const sync_report> report;
};

/// Asks what is known about the last `days` days of every stream.
struct get_coverage {
  user_id user;
  std::int32_t days = 0;
};

/// What is known about each day of each stream.
struct coverage_answer {
  std::shared_ptr<const coverage_report> report;
};

/// Asks how the user's syncs stand.
struct get_sync_state {
  user_id user;
};

/// How the user's syncs stand; `last` is the newest sync, running or not.
struct sync_state_answer {
  user_record record;
  std::shared_ptr<const sync_report> last;
};

/// Asks for the newest syncs.
struct get_sync_logs {
  user_id user;
  std::int32_t limit = 0;
};

/// Waits for events of syncs after the number `after`, at most for `patience`.
struct await_events {
  user_id user;
  /// Absent for all events of the newest sync.
  std::optional<std::uint64_t> after;
  std::chrono::milliseconds patience{};
};

/// Events in order; none when nothing happened in time.
struct events_answer {
  std::vector<sync_event> events;
  /// Number of the newest event there is.
  std::uint64_t last_number = 0;
};

/// INTERNAL: Somebody has waited for events long enough.
struct event_wait_over {
  std::uint64_t wait = 0;
};

/// Ends the connection with Polar: the grant there and the token here. The data stays.
struct disconnect_user {
  user_id user;
};

/// Ends the connection with Polar and leaves nothing of the user.
struct erase_user {
  user_id user;
};

/// Stores a token that Polar granted; creates the user if need be.
struct connect_user {
  user_id user;
  std::string sealed_token;
  instant token_expires_at;
};

/// Ends the user's actor if it has nothing to do.
struct passivate {};

/// Whether the user's actor ends now.
struct passivation {
  bool accepted = false;
};

/// The user's actor has no user to serve and may be passivated at once.
struct user_absent {
  user_id user;
};

// -- from a sync worker to its user ----------------------------------------------------------

/// One stream has got further.
struct sync_progressed {
  job_id job;
  stream_outcome outcome;
  /// Requests of this stream that are still to be made.
  std::int32_t requests_left = 0;
  /// The answer that this tells of was stored and changed rows: readers see something new.
  bool changed_rows = false;
};

/// The sync has to wait for a permit of Polar's budget, perhaps for long.
struct sync_held_up {
  job_id job;
};

/// All that could be fetched is stored.
struct sync_fetched {
  job_id job;
  std::vector<stream_outcome> streams;
  /// Why the sync as a whole stopped early, such as a revoked token.
  std::optional<error> stopped_by;
  std::int32_t rows_changed = 0;
  /// A watch has sent something that was not known before.
  bool brought_new_data = false;
  /// What was asked for, for the ledgers.
  std::vector<fetched_days> attempts;
  /// What Polar told of its windows last.
  call_quotas quotas;
};

/// INTERNAL: A worker's pause before a repetition is over.
struct pause_over {
  std::uint64_t task = 0;
};

// -- to the importer -------------------------------------------------------------------------

/// Imports a zip that lies in the node's import folder; answered as soon as it is queued for good.
struct begin_import {
  user_id user;
  import_kind kind{};
  /// Name of the file in the import folder.
  std::string file;
  std::int64_t zip_bytes = 0;
  /// Whether a user whom nobody knows yet is created.
  bool may_create_user = false;
};

/// An import is queued.
struct import_begun {
  job_id job;
};

/// INTERNAL: Imports one more file.
struct import_step {};

// -- to webhooks -----------------------------------------------------------------------------

/// Brings what Polar posted.
struct receive_webhook {
  std::string body;
  std::optional<std::string> signature;
};

// -- to access -------------------------------------------------------------------------------

/// Reads the API keys and publishes them.
struct load_keys {};

/// Stores all counters now.
struct flush_keys {};

/// Asks for the address of Polar's consent page.
struct start_oauth {
  std::string callback_url;
  std::optional<std::string> client_id;
  std::string redirect_uri;
  /// The secret in the browser's cookie.
  std::string browser;
};

/// Brings what Polar's redirect carried.
struct finish_oauth {
  std::optional<std::string> code;
  std::optional<std::string> state;
  std::optional<std::string> denial;
  /// The secret in the browser's cookie; absent when there is none.
  std::optional<std::string> browser;
};

/// Where to send the browser.
struct redirect {
  std::string location;
};

/// Trades a temporary code for an API key.
struct exchange_code {
  std::string code;
  std::optional<std::string> client_id;
};

/// A new API key.
struct key_issued {
  std::string api_key;
  user_id user;
};

/// Asks for an active key of a user: the one that asks, if it is the user's own, else the newest.
struct find_user_key {
  user_id user;
  std::optional<api_key_id> own;
};

/// A key with its counter as it is now; absent when the user has no active one.
struct found_user_key {
  std::optional<api_key_record> key;
};

/// Puts a new key in the place of the one that `find_user_key` would find.
struct regenerate_user_key {
  user_id user;
  std::optional<api_key_id> own;
};

/// Makes the key useless that `find_user_key` would find.
struct revoke_user_key {
  user_id user;
  std::optional<api_key_id> own;
};

} // namespace polar_flow::actors

// Every type that travels between actors, once; X is applied to each.
#define POLAR_FLOW_MESSAGES(X)              \
  POLAR_FLOW_STORE_MESSAGES(X)              \
  X(polar_flow::actors::check_lease)        \
  X(polar_flow::actors::claim_shard)        \
  X(polar_flow::actors::call_polar)         \
  X(polar_flow::actors::polar_answered)     \
  X(polar_flow::actors::transport_answered) \
  X(polar_flow::actors::request_permit)     \
  X(polar_flow::actors::permit_granted)     \
  X(polar_flow::actors::permit_spent)       \
  X(polar_flow::actors::permit_returned)    \
  X(polar_flow::actors::begin_supervision)  \
  X(polar_flow::actors::user_connected)     \
  X(polar_flow::actors::user_changed)       \
  X(polar_flow::actors::sync_started)       \
  X(polar_flow::actors::sync_ended)         \
  X(polar_flow::actors::user_failed)        \
  X(polar_flow::actors::news_arrived)       \
  X(polar_flow::actors::stop_syncs)         \
  X(polar_flow::actors::get_insights)       \
  X(polar_flow::actors::insights_answer)    \
  X(polar_flow::actors::get_baselines)      \
  X(polar_flow::actors::baselines_answer)   \
  X(polar_flow::actors::get_patterns)       \
  X(polar_flow::actors::patterns_answer)    \
  X(polar_flow::actors::get_anomalies)      \
  X(polar_flow::actors::anomalies_answer)   \
  X(polar_flow::actors::get_predictions)    \
  X(polar_flow::actors::predictions_answer) \
  X(polar_flow::actors::get_explanation)    \
  X(polar_flow::actors::explanation_answer) \
  X(polar_flow::actors::check_value)        \
  X(polar_flow::metric_check)               \
  X(polar_flow::actors::get_analytics_status) \
  X(polar_flow::analytics_status)           \
  X(polar_flow::actors::get_list)           \
  X(polar_flow::actors::list_answer)        \
  X(polar_flow::actors::get_detail)         \
  X(polar_flow::actors::detail_answer)      \
  X(polar_flow::actors::get_takeout_page)   \
  X(polar_flow::actors::takeout_page_answer)\
  X(polar_flow::actors::get_import)         \
  X(polar_flow::actors::import_answer)      \
  X(polar_flow::actors::forget_data)        \
  X(polar_flow::actors::begin_import)       \
  X(polar_flow::actors::import_begun)       \
  X(polar_flow::actors::import_step)        \
  X(polar_flow::actors::trigger_sync)       \
  X(polar_flow::actors::await_sync)         \
  X(polar_flow::actors::sync_finished)      \
  X(polar_flow::actors::get_coverage)       \
  X(polar_flow::actors::coverage_answer)    \
  X(polar_flow::actors::get_sync_state)     \
  X(polar_flow::actors::sync_state_answer)  \
  X(polar_flow::actors::get_sync_logs)      \
  X(polar_flow::actors::await_events)       \
  X(polar_flow::actors::events_answer)      \
  X(polar_flow::actors::event_wait_over)    \
  X(polar_flow::actors::disconnect_user)    \
  X(polar_flow::actors::erase_user)         \
  X(polar_flow::actors::connect_user)       \
  X(polar_flow::actors::passivate)          \
  X(polar_flow::actors::passivation)        \
  X(polar_flow::actors::user_absent)        \
  X(polar_flow::actors::sync_progressed)    \
  X(polar_flow::actors::sync_held_up)       \
  X(polar_flow::actors::sync_fetched)       \
  X(polar_flow::actors::pause_over)         \
  X(polar_flow::actors::receive_webhook)    \
  X(polar_flow::actors::load_keys)          \
  X(polar_flow::actors::flush_keys)         \
  X(polar_flow::actors::start_oauth)        \
  X(polar_flow::actors::finish_oauth)       \
  X(polar_flow::actors::redirect)           \
  X(polar_flow::actors::exchange_code)      \
  X(polar_flow::actors::key_issued)         \
  X(polar_flow::actors::find_user_key)      \
  X(polar_flow::actors::found_user_key)     \
  X(polar_flow::actors::regenerate_user_key)\
  X(polar_flow::actors::revoke_user_key)

#define POLAR_FLOW_ADD_MESSAGE(type) CAF_ADD_TYPE_ID(polar_flow_actors, (type))
CAF_BEGIN_TYPE_ID_BLOCK(polar_flow_actors, first_custom_type_id)
POLAR_FLOW_MESSAGES(POLAR_FLOW_ADD_MESSAGE)
CAF_END_TYPE_ID_BLOCK(polar_flow_actors)
#undef POLAR_FLOW_ADD_MESSAGE

// Taking a message apart is dear for the compiler and the same in every file, so messages.cpp does
// it for all of them: this halves the time that an actor takes to compile.
// clang-format off
#define POLAR_FLOW_INSPECT(prefix, type)                                                         \
  prefix template caf::error polar_flow::inspect(caf::serializer&, type&);                       \
  prefix template caf::error polar_flow::inspect(caf::deserializer&, type&);                     \
  prefix template void polar_flow::inspect(caf::detail::stringification_inspector&, type&);
// clang-format on
#define POLAR_FLOW_DECLARE_INSPECT(type) POLAR_FLOW_INSPECT(extern, type)
POLAR_FLOW_MESSAGES(POLAR_FLOW_DECLARE_INSPECT)
#undef POLAR_FLOW_DECLARE_INSPECT
