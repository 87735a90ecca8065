#pragma once

#include "http/backend.hpp"

#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polar_flow::testing {

/// What the rest of the server shall answer, and what it was asked last.
struct backend_script {
  data_version version{1, date{std::chrono::days{20000}}};
  /// Given instead of any answer.
  std::optional<error> failure;
  /// Makes every question throw, as only a defect would.
  bool throws = false;
  /// Every question waits until this timer is cancelled.
  boost::asio::steady_timer* gate = nullptr;

  insights today;
  std::vector<baseline> baselines;
  std::vector<pattern_analysis> patterns;
  std::vector<anomaly_summary> anomalies;
  std::vector<prediction> predictions;
  explanation explained_figure;
  metric_check checked;
  analytics_status data_status;
  list_rows rows = std::vector<sleep_summary>{};
  /// Null when there is no such record.
  std::shared_ptr<const record_detail> detail;
  /// Null when there is nothing more.
  std::shared_ptr<const takeout_page> takeout;
  job_id import_begun;
  std::shared_ptr<const import_report> import;
  http::sync_progress progress;
  std::string location = "https://polar.example/consent";
  http::issued_key issued;
  /// The user's key; without one there is none to replace or to revoke.
  std::optional<api_key_record> key;
  http::readiness ready{true, true, true, true};
  coverage_report coverage;
  http::sync_state state;
  std::vector<sync_report> logs;
  user_record disconnected;
  /// Answers one question for events after the other; without it nothing ever happens.
  std::function<result<http::sync_events>()> next_events;

  int questions = 0;
  std::string asked_user;
  std::int32_t asked_days = 0;
  std::optional<list_kind> asked_kind;
  std::optional<detail_kind> asked_detail;
  detail_key asked_key;
  std::optional<data_version> asked_known;
  std::optional<metric> asked_metric;
  std::optional<explained> asked_subject;
  double asked_value = 0;
  std::optional<std::string> asked_takeout;
  http::zip_upload asked_import;
  std::optional<job_id> asked_import_job;
  http::sync_request asked_sync;
  http::oauth_start_request asked_start;
  http::oauth_callback_request asked_callback;
  http::oauth_exchange_request asked_exchange;
  std::int32_t asked_limit = 0;
  std::optional<std::uint64_t> asked_after;
  http::webhook_delivery asked_delivery;
  std::optional<api_key_id> asked_own_key;
  /// Whether those who wait were told that the server stops; every thread tells its backend.
  std::atomic<bool> was_told_to_stop_waiting = false;
};

/// Answers by a script, in the place of the gateway.
class fake_backend final : public http::backend {
public:
  explicit fake_backend(
      backend_script& script, std::function<void()> on_end = [] {});
  ~fake_backend() override;

  http::answer<http::versioned<insights>> get_insights(const user_id& user,
                                                       std::optional<data_version> known) override;
  http::answer<http::versioned<std::vector<baseline>>>
  get_baselines(const user_id& user, std::optional<data_version> known) override;
  http::answer<http::versioned<std::vector<pattern_analysis>>>
  get_patterns(const user_id& user, std::optional<data_version> known) override;
  http::answer<http::versioned<std::vector<anomaly_summary>>>
  get_anomalies(const user_id& user, std::optional<data_version> known) override;
  http::answer<http::versioned<std::vector<prediction>>>
  get_predictions(const user_id& user, std::optional<data_version> known) override;
  http::answer<http::versioned<explanation>> get_explanation(const user_id& user,
                                                             explained subject) override;
  http::answer<metric_check> check_value(const user_id& user, metric name, double value) override;
  http::answer<analytics_status> get_analytics_status(const user_id& user) override;
  http::answer<http::versioned<list_rows>> get_list(const user_id& user, list_kind kind,
                                                    std::int32_t days,
                                                    std::optional<data_version> known) override;
  http::answer<std::shared_ptr<const record_detail>>
  get_detail(const user_id& user, detail_kind kind, const detail_key& key) override;
  http::answer<std::shared_ptr<const takeout_page>>
  get_takeout_page(const user_id& user, std::optional<std::string> from) override;
  http::answer<job_id> begin_import(const user_id& user, const http::zip_upload& upload) override;
  http::answer<std::shared_ptr<const import_report>> get_import(const user_id& user,
                                                                std::optional<job_id> job) override;
  http::answer<http::sync_progress> trigger_sync(const user_id& user,
                                                 const http::sync_request& request) override;
  http::answer<std::shared_ptr<const coverage_report>> get_coverage(const user_id& user,
                                                                    std::int32_t days) override;
  http::answer<http::sync_state> get_sync_state(const user_id& user) override;
  http::answer<std::shared_ptr<const std::vector<sync_report>>>
  get_sync_logs(const user_id& user, std::int32_t limit) override;
  http::answer<http::sync_events> await_sync_events(const user_id& user,
                                                    std::optional<std::uint64_t> after,
                                                    std::chrono::milliseconds) override;
  http::answer<user_record> disconnect_user(const user_id& user) override;
  http::answer<std::monostate> erase_user(const user_id& user) override;
  http::answer<std::monostate> receive_webhook(const http::webhook_delivery& delivery) override;
  http::answer<std::string> start_oauth(const http::oauth_start_request& request) override;
  http::answer<std::string> finish_oauth(const http::oauth_callback_request& request) override;
  http::answer<http::issued_key>
  exchange_code(const http::oauth_exchange_request& request) override;
  http::answer<std::optional<api_key_record>> find_key(const user_id& user,
                                                       std::optional<api_key_id> own) override;
  http::answer<http::issued_key> regenerate_key(const user_id& user,
                                                std::optional<api_key_id> own) override;
  http::answer<std::monostate> revoke_key(const user_id& user,
                                          std::optional<api_key_id> own) override;
  http::answer<http::readiness> get_readiness() override;

  void stop_waiting() override;

private:
  void note(const user_id& user, std::optional<data_version> known);

  template <class T>
  http::answer<T> give(T value);

  /// As `give`, for what needs that there is a key.
  template <class T>
  http::answer<T> give_for_key(T value, std::optional<api_key_id> own);

  template <class T>
  http::answer<http::versioned<T>> give_versioned(T value, std::optional<data_version> known);

  backend_script& script_;
  std::function<void()> on_end_;
};

} // namespace polar_flow::testing
