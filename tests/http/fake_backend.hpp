#pragma once

#include "http/backend.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
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
  list_rows rows = std::vector<sleep_summary>{};
  http::sync_progress progress;
  std::string location = "https://polar.example/consent";
  http::issued_key issued;
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
  std::optional<data_version> asked_known;
  http::sync_request asked_sync;
  http::oauth_start_request asked_start;
  http::oauth_callback_request asked_callback;
  http::oauth_exchange_request asked_exchange;
  std::int32_t asked_limit = 0;
  std::optional<std::uint64_t> asked_after;
  http::webhook_delivery asked_delivery;
};

/// Answers by a script, in the place of the gateway.
class fake_backend final : public http::backend {
public:
  explicit fake_backend(backend_script& script, std::function<void()> on_end = [] {})
    : script_{script}, on_end_{std::move(on_end)} {
    // nop
  }

  ~fake_backend() override {
    on_end_();
  }

  http::answer<http::versioned<insights>>
  get_insights(const user_id& user, std::optional<data_version> known) override {
    note(user, known);
    co_return co_await give_versioned(script_.today, known);
  }

  http::answer<http::versioned<std::vector<baseline>>>
  get_baselines(const user_id& user, std::optional<data_version> known) override {
    note(user, known);
    co_return co_await give_versioned(script_.baselines, known);
  }

  http::answer<http::versioned<list_rows>> get_list(const user_id& user, list_kind kind,
                                                    std::int32_t days,
                                                    std::optional<data_version> known) override {
    note(user, known);
    script_.asked_kind = kind;
    script_.asked_days = days;
    co_return co_await give_versioned(script_.rows, known);
  }

  http::answer<http::sync_progress> trigger_sync(const user_id& user,
                                                 const http::sync_request& request) override {
    note(user, std::nullopt);
    script_.asked_sync = request;
    co_return co_await give(script_.progress);
  }

  http::answer<std::shared_ptr<const coverage_report>> get_coverage(const user_id& user,
                                                                    std::int32_t days) override {
    note(user, std::nullopt);
    script_.asked_days = days;
    auto report = std::make_shared<const coverage_report>(script_.coverage);
    co_return co_await give(report);
  }

  http::answer<http::sync_state> get_sync_state(const user_id& user) override {
    note(user, std::nullopt);
    co_return co_await give(script_.state);
  }

  http::answer<std::shared_ptr<const std::vector<sync_report>>>
  get_sync_logs(const user_id& user, std::int32_t limit) override {
    note(user, std::nullopt);
    script_.asked_limit = limit;
    auto logs = std::make_shared<const std::vector<sync_report>>(script_.logs);
    co_return co_await give(logs);
  }

  http::answer<http::sync_events> await_sync_events(const user_id& user,
                                                    std::optional<std::uint64_t> after,
                                                    std::chrono::milliseconds) override {
    note(user, std::nullopt);
    script_.asked_after = after;
    if (!script_.next_events)
      co_return co_await give(http::sync_events{});
    auto events = script_.next_events();
    if (!events)
      co_return std::unexpected{events.error()};
    co_return co_await give(*events);
  }

  http::answer<user_record> disconnect_user(const user_id& user) override {
    note(user, std::nullopt);
    co_return co_await give(script_.disconnected);
  }

  http::answer<std::monostate> receive_webhook(const http::webhook_delivery& delivery) override {
    ++script_.questions;
    script_.asked_delivery = delivery;
    co_return co_await give(std::monostate{});
  }

  http::answer<std::string> start_oauth(const http::oauth_start_request& request) override {
    ++script_.questions;
    script_.asked_start = request;
    co_return co_await give(script_.location);
  }

  http::answer<std::string> finish_oauth(const http::oauth_callback_request& request) override {
    ++script_.questions;
    script_.asked_callback = request;
    co_return co_await give(script_.location);
  }

  http::answer<http::issued_key>
  exchange_code(const http::oauth_exchange_request& request) override {
    ++script_.questions;
    script_.asked_exchange = request;
    co_return co_await give(script_.issued);
  }

  http::answer<http::readiness> get_readiness() override {
    ++script_.questions;
    co_return co_await give(script_.ready);
  }

private:
  void note(const user_id& user, std::optional<data_version> known) {
    ++script_.questions;
    script_.asked_user = user.value;
    script_.asked_known = known;
  }

  template <class T>
  http::answer<T> give(T value) {
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
  http::answer<http::versioned<T>> give_versioned(T value, std::optional<data_version> known) {
    http::versioned<T> answer;
    answer.version = script_.version;
    if (known != script_.version)
      answer.value = std::make_shared<const T>(std::move(value));
    co_return co_await give(answer);
  }

  backend_script& script_;
  std::function<void()> on_end_;
};

} // namespace polar_flow::testing
