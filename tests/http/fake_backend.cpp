#include "tests/http/fake_backend.hpp"

#include <boost/asio/use_awaitable.hpp>

#include <stdexcept>
#include <utility>

namespace polar_flow::testing {

fake_backend::fake_backend(backend_script& script, std::function<void()> on_end)
    : script_{script}, on_end_{std::move(on_end)} {
  // nop
}

fake_backend::~fake_backend() {
  on_end_();
}

void fake_backend::note(const user_id& user, std::optional<data_version> known) {
  ++script_.questions;
  script_.asked_user = user.value;
  script_.asked_known = known;
}

template <class T>
http::answer<T> fake_backend::give(T value) {
  if (script_.gate != nullptr) {
    try {
      co_await script_.gate->async_wait(boost::asio::use_awaitable);
    } catch (const boost::system::system_error&) {
      // Cancelled: the gate is open.
    }
  }
  if (script_.throws)
    throw std::runtime_error{"a defect with a secret in its text"};
  if (script_.failure)
    co_return std::unexpected{*script_.failure};
  co_return value;
}

template <class T>
http::answer<http::versioned<T>> fake_backend::give_versioned(T value,
                                                              std::optional<data_version> known) {
  http::versioned<T> answer;
  answer.version = script_.version;
  if (known != script_.version)
    answer.value = std::make_shared<const T>(std::move(value));
  co_return co_await give(answer);
}

http::answer<http::versioned<insights>>
fake_backend::get_insights(const user_id& user, std::optional<data_version> known) {
  note(user, known);
  co_return co_await give_versioned(script_.today, known);
}

http::answer<http::versioned<std::vector<baseline>>>
fake_backend::get_baselines(const user_id& user, std::optional<data_version> known) {
  note(user, known);
  co_return co_await give_versioned(script_.baselines, known);
}

http::answer<http::versioned<std::vector<pattern_analysis>>>
fake_backend::get_patterns(const user_id& user, std::optional<data_version> known) {
  note(user, known);
  co_return co_await give_versioned(script_.patterns, known);
}

http::answer<http::versioned<std::vector<anomaly_summary>>>
fake_backend::get_anomalies(const user_id& user, std::optional<data_version> known) {
  note(user, known);
  co_return co_await give_versioned(script_.anomalies, known);
}

http::answer<http::versioned<std::vector<prediction>>>
fake_backend::get_predictions(const user_id& user, std::optional<data_version> known) {
  note(user, known);
  co_return co_await give_versioned(script_.predictions, known);
}

http::answer<http::versioned<explanation>> fake_backend::get_explanation(const user_id& user,
                                                                         explained subject) {
  note(user, {});
  script_.asked_subject = subject;
  co_return co_await give_versioned(script_.explained_figure, {});
}

http::answer<metric_check> fake_backend::check_value(const user_id& user, metric name,
                                                     double value) {
  note(user, {});
  script_.asked_metric = name;
  script_.asked_value = value;
  co_return co_await give(script_.checked);
}

http::answer<analytics_status> fake_backend::get_analytics_status(const user_id& user) {
  note(user, {});
  co_return co_await give(script_.data_status);
}

http::answer<http::versioned<list_rows>> fake_backend::get_list(const user_id& user, list_kind kind,
                                                                std::int32_t days,
                                                                std::optional<data_version> known) {
  note(user, known);
  script_.asked_kind = kind;
  script_.asked_days = days;
  co_return co_await give_versioned(script_.rows, known);
}

http::answer<std::shared_ptr<const record_detail>>
fake_backend::get_detail(const user_id& user, detail_kind kind, const detail_key& key) {
  note(user, std::nullopt);
  script_.asked_detail = kind;
  script_.asked_key = key;
  co_return co_await give(script_.detail);
}

http::answer<std::shared_ptr<const takeout_page>>
fake_backend::get_takeout_page(const user_id& user, std::optional<std::string> from) {
  note(user, std::nullopt);
  script_.asked_takeout = from;
  co_return co_await give(script_.takeout);
}

http::answer<job_id> fake_backend::begin_import(const user_id& user,
                                                const http::zip_upload& upload) {
  note(user, std::nullopt);
  script_.asked_import = upload;
  co_return co_await give(script_.import_begun);
}

http::answer<std::shared_ptr<const import_report>>
fake_backend::get_import(const user_id& user, std::optional<job_id> job) {
  note(user, std::nullopt);
  script_.asked_import_job = job;
  co_return co_await give(script_.import);
}

http::answer<http::sync_progress> fake_backend::trigger_sync(const user_id& user,
                                                             const http::sync_request& request) {
  note(user, std::nullopt);
  script_.asked_sync = request;
  co_return co_await give(script_.progress);
}

http::answer<std::shared_ptr<const coverage_report>> fake_backend::get_coverage(const user_id& user,
                                                                                std::int32_t days) {
  note(user, std::nullopt);
  script_.asked_days = days;
  auto report = std::make_shared<const coverage_report>(script_.coverage);
  co_return co_await give(report);
}

http::answer<http::sync_state> fake_backend::get_sync_state(const user_id& user) {
  note(user, std::nullopt);
  co_return co_await give(script_.state);
}

http::answer<std::shared_ptr<const std::vector<sync_report>>>
fake_backend::get_sync_logs(const user_id& user, std::int32_t limit) {
  note(user, std::nullopt);
  script_.asked_limit = limit;
  auto logs = std::make_shared<const std::vector<sync_report>>(script_.logs);
  co_return co_await give(logs);
}

http::answer<http::sync_events> fake_backend::await_sync_events(const user_id& user,
                                                                std::optional<std::uint64_t> after,
                                                                std::chrono::milliseconds) {
  note(user, std::nullopt);
  script_.asked_after = after;
  if (!script_.next_events)
    co_return co_await give(http::sync_events{});
  auto events = script_.next_events();
  if (!events)
    co_return std::unexpected{events.error()};
  co_return co_await give(*events);
}

http::answer<user_record> fake_backend::disconnect_user(const user_id& user) {
  note(user, std::nullopt);
  co_return co_await give(script_.disconnected);
}

http::answer<std::monostate> fake_backend::erase_user(const user_id& user) {
  note(user, std::nullopt);
  co_return co_await give(std::monostate{});
}

http::answer<std::monostate> fake_backend::receive_webhook(const http::webhook_delivery& delivery) {
  ++script_.questions;
  script_.asked_delivery = delivery;
  co_return co_await give(std::monostate{});
}

http::answer<std::string> fake_backend::start_oauth(const http::oauth_start_request& request) {
  ++script_.questions;
  script_.asked_start = request;
  co_return co_await give(script_.location);
}

http::answer<std::string> fake_backend::finish_oauth(const http::oauth_callback_request& request) {
  ++script_.questions;
  script_.asked_callback = request;
  co_return co_await give(script_.location);
}

http::answer<http::issued_key>
fake_backend::exchange_code(const http::oauth_exchange_request& request) {
  ++script_.questions;
  script_.asked_exchange = request;
  co_return co_await give(script_.issued);
}

template <class T>
http::answer<T> fake_backend::give_for_key(T value, std::optional<api_key_id> own) {
  ++script_.questions;
  script_.asked_own_key = own;
  auto given = co_await give(std::move(value));
  if (given && !script_.key)
    co_return fail(errc::not_found);
  co_return given;
}

http::answer<std::optional<api_key_record>>
fake_backend::find_key(const user_id& user, std::optional<api_key_id> own) {
  note(user, {});
  script_.asked_own_key = own;
  co_return co_await give(script_.key);
}

http::answer<http::issued_key> fake_backend::regenerate_key(const user_id&,
                                                            std::optional<api_key_id> own) {
  co_return co_await give_for_key(script_.issued, own);
}

http::answer<std::monostate> fake_backend::revoke_key(const user_id&,
                                                      std::optional<api_key_id> own) {
  co_return co_await give_for_key(std::monostate{}, own);
}

http::answer<http::readiness> fake_backend::get_readiness() {
  ++script_.questions;
  co_return co_await give(script_.ready);
}

void fake_backend::stop_waiting() {
  script_.was_told_to_stop_waiting = true;
}

} // namespace polar_flow::testing
