#pragma once

#include "domain/api_keys.hpp"
#include "domain/coverage.hpp"
#include "domain/details.hpp"
#include "domain/errc.hpp"
#include "domain/imports.hpp"
#include "domain/ids.hpp"
#include "domain/explanation.hpp"
#include "domain/insights.hpp"
#include "domain/summaries.hpp"
#include "domain/sync.hpp"
#include "domain/takeout.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace polar_flow::http {

template <class T>
using answer = boost::asio::awaitable<result<T>>;

/// A value with the version of the data it shows. `value` is null when the asker already has
/// that version (it said so in `known`).
template <class T>
struct versioned {
  data_version version;
  std::shared_ptr<const T> value;
};

/// What POST …/sync/trigger asks for.
struct sync_request {
  /// Token brought in X-Polar-Token, used for this sync only and never stored.
  std::optional<std::string> polar_token;
  std::optional<std::int32_t> days;
  /// A master or service key may bring any token for any user; a user's own key only a token
  /// of that Polar user.
  bool any_user_allowed = false;
};

/// How a trigger ended: finished within the time a client waits, or still running.
struct sync_progress {
  job_id job;
  /// Absent while the sync goes on.
  std::optional<sync_report> report;
};

/// How a user's syncs stand.
struct sync_state {
  user_record record;
  /// The newest sync, running or not; null when there was none.
  std::shared_ptr<const sync_report> last;
};

/// Events of syncs, oldest first; none when nothing happened in time.
struct sync_events {
  std::vector<sync_event> events;
  std::uint64_t last_number = 0;
};

/// What Polar posts to us.
struct webhook_delivery {
  std::string body;
  std::optional<std::string> signature;
};

/// A zip that a client has sent.
struct zip_upload {
  import_kind kind{};
  /// Name of the file in the import folder.
  std::string file;
  std::int64_t zip_bytes = 0;
  /// A master or service key may bring the past of a user whom nobody knows yet.
  bool may_create_user = false;
};

struct oauth_start_request {
  std::string callback_url;
  std::optional<std::string> client_id;
  /// Our own public callback address, `{base}/oauth/callback`.
  std::string redirect_uri;
  /// The secret that this browser keeps in a cookie; only who brings it back may go on.
  std::string browser;
};

struct oauth_callback_request {
  std::optional<std::string> code;
  std::optional<std::string> state;
  std::optional<std::string> denial;
  /// The secret of the browser; absent when it brings none.
  std::optional<std::string> browser;
};

struct oauth_exchange_request {
  std::string code;
  std::optional<std::string> client_id;
};

struct issued_key {
  std::string api_key;
  user_id user;
};

struct readiness {
  bool database = false;
  bool migrations = false;
  bool region = false;
  /// No other server has taken the database over.
  bool shards = false;

  bool is_ready() const {
    return database && migrations && region && shards;
  }
};

/// All that handlers may ask of the rest of the server; http/ knows nothing else of it. One
/// function per question, one message behind each. Every answer comes within a deadline:
/// besides the errors named, any function may fail with deadline_exceeded, overloaded,
/// storage_unavailable or shutting_down.
class backend {
public:
  virtual ~backend() = default;

  /// Errors: unknown_user.
  virtual answer<versioned<insights>> get_insights(const user_id& user,
                                                   std::optional<data_version> known)
      = 0;

  /// Errors: unknown_user.
  virtual answer<versioned<std::vector<baseline>>>
  get_baselines(const user_id& user, std::optional<data_version> known)
      = 0;

  /// How metrics move and hang together, in the order of the API. Errors: unknown_user.
  virtual answer<versioned<std::vector<pattern_analysis>>>
  get_patterns(const user_id& user, std::optional<data_version> known)
      = 0;

  /// What is unusual today. Errors: unknown_user.
  virtual answer<versioned<std::vector<anomaly_summary>>>
  get_anomalies(const user_id& user, std::optional<data_version> known)
      = 0;

  /// What the next night will say, or why that is not said. Errors: unknown_user.
  virtual answer<versioned<std::vector<prediction>>>
  get_predictions(const user_id& user, std::optional<data_version> known)
      = 0;

  /// Why a figure is what it is; the value is never null. Errors: unknown_user.
  virtual answer<versioned<explanation>> get_explanation(const user_id& user, explained subject)
      = 0;

  /// How `value` would stand today. Errors: unknown_user.
  virtual answer<metric_check> check_value(const user_id& user, metric name, double value) = 0;

  /// What the data of the last 90 days are enough for. Errors: unknown_user.
  virtual answer<analytics_status> get_analytics_status(const user_id& user) = 0;

  /// `days` calendar days ending today in the user's zone, newest first. Errors: unknown_user.
  virtual answer<versioned<list_rows>> get_list(const user_id& user, list_kind kind,
                                                std::int32_t days,
                                                std::optional<data_version> known)
      = 0;

  /// One record with its series; null when there is none. Errors: unknown_user.
  virtual answer<std::shared_ptr<const record_detail>>
  get_detail(const user_id& user, detail_kind kind, const detail_key& key)
      = 0;

  /// A part of all that is stored about a user, from where the part before ended. Errors:
  /// unknown_user, invalid_argument.
  virtual answer<std::shared_ptr<const takeout_page>>
  get_takeout_page(const user_id& user, std::optional<std::string> from)
      = 0;

  /// Errors: unknown_user (and none may be created), import_in_progress (message = id).
  virtual answer<job_id> begin_import(const user_id& user, const zip_upload& upload) = 0;

  /// The import of this id, or the newest one; null when there is none. Errors: unknown_user.
  virtual answer<std::shared_ptr<const import_report>> get_import(const user_id& user,
                                                                  std::optional<job_id> job)
      = 0;

  /// Errors: unknown_user, sync_in_progress (message = job id), no_polar_token,
  /// foreign_polar_token, needs_reauthorization.
  virtual answer<sync_progress> trigger_sync(const user_id& user, const sync_request& request)
      = 0;

  /// What is known about each of the last `days` days of each stream. Errors: unknown_user.
  virtual answer<std::shared_ptr<const coverage_report>> get_coverage(const user_id& user,
                                                                      std::int32_t days)
      = 0;

  /// Errors: unknown_user.
  virtual answer<sync_state> get_sync_state(const user_id& user) = 0;

  /// The newest syncs, newest first. Errors: unknown_user.
  virtual answer<std::shared_ptr<const std::vector<sync_report>>>
  get_sync_logs(const user_id& user, std::int32_t limit)
      = 0;

  /// Events after the number `after`, or those of the newest sync; waits for one at most for
  /// `patience`. Errors: unknown_user.
  virtual answer<sync_events> await_sync_events(const user_id& user,
                                                std::optional<std::uint64_t> after,
                                                std::chrono::milliseconds patience)
      = 0;

  /// Ends the grant at Polar and forgets the token; the data stays. Errors: unknown_user,
  /// sync_in_progress, polar_unavailable.
  virtual answer<user_record> disconnect_user(const user_id& user) = 0;

  /// Ends the grant at Polar and leaves nothing of the user. Errors: unknown_user,
  /// sync_in_progress, polar_unavailable.
  virtual answer<std::monostate> erase_user(const user_id& user) = 0;

  /// Errors: invalid_argument (no event at all), invalid_webhook_signature.
  virtual answer<std::monostate> receive_webhook(const webhook_delivery& delivery) = 0;

  /// The address of Polar's consent page. Errors: callback_not_allowed,
  /// polar_client_not_configured, invalid_argument.
  virtual answer<std::string> start_oauth(const oauth_start_request& request) = 0;

  /// The address to send the browser to, with either a temporary code or an error in its query.
  /// Errors: invalid_oauth_state, authorization_denied (no known state to return to).
  virtual answer<std::string> finish_oauth(const oauth_callback_request& request) = 0;

  /// Errors: invalid_temporary_code.
  virtual answer<issued_key> exchange_code(const oauth_exchange_request& request) = 0;

  /// An active key of the user with its counter: `own`, when it is one of them, else the newest.
  /// Knows no users: one who is not there simply has none.
  virtual answer<std::optional<api_key_record>> find_key(const user_id& user,
                                                         std::optional<api_key_id> own)
      = 0;

  /// Puts a new key in the place of the one that `find_key` finds. Errors: not_found.
  virtual answer<issued_key> regenerate_key(const user_id& user, std::optional<api_key_id> own)
      = 0;

  /// Makes the key useless that `find_key` finds. Errors: not_found.
  virtual answer<std::monostate> revoke_key(const user_id& user, std::optional<api_key_id> own)
      = 0;

  virtual answer<readiness> get_readiness() = 0;

  /// The server is about to stop: whoever waits for the end of a sync is told now that it goes on.
  virtual void stop_waiting() = 0;
};

} // namespace polar_flow::http
