#include "http/gateway.hpp"

#include "actors/interfaces.hpp"
#include "actors/messages.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <caf/actor_companion.hpp>
#include <caf/all.hpp>

#include <array>
#include <cstdint>
#include <deque>
#include <mutex>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace polar_flow::http {
namespace {

namespace asio = boost::asio;
using actors::from_caf;
using actors::to_caf;
using steady_clock = std::chrono::steady_clock;

/// Deadlines are seconds, so looking this often is exact enough and costs nothing.
constexpr std::chrono::milliseconds sweep_interval{100};

/// Questions of one class have about the same timeout, so the oldest expires first.
enum class timeout_class : std::size_t { read, sync, wait, oauth, stream, page };
constexpr std::size_t timeout_classes = 6;

/// What a question to an actor comes back with.
template <class Answer>
using reply = asio::awaitable<std::tuple<caf::error, Answer>>;

/// A question whose answer has not come.
struct pending_question {
  virtual ~pending_question() = default;
  virtual void answer(caf::type_erased_tuple& content) = 0;
  virtual void fail_with(const caf::error& problem) = 0;
};

template <class Answer, class Handler>
class typed_question final : public pending_question {
public:
  typed_question(Handler handler, asio::io_context& io)
      : handler_{std::move(handler)},
        work_{asio::get_associated_executor(handler_, io.get_executor())} {
    // nop
  }

  void answer(caf::type_erased_tuple& content) override {
    if (content.match_elements<Answer>())
      complete(caf::error{}, content.get_as<Answer>(0));
    else if (content.match_elements<caf::error>())
      complete(content.get_as<caf::error>(0), Answer{});
    else
      complete(caf::make_error(caf::sec::unexpected_response), Answer{});
  }

  void fail_with(const caf::error& problem) override {
    complete(problem, Answer{});
  }

private:
  void complete(caf::error problem, Answer value) {
    asio::dispatch(
        work_.get_executor(),
        [handler = std::move(handler_), problem = std::move(problem),
         value = std::move(value)]() mutable { handler(std::move(problem), std::move(value)); });
  }

  Handler handler_;
  asio::executor_work_guard<asio::associated_executor_t<Handler, asio::io_context::executor_type>>
      work_;
};

/// Sends native CAF requests from an io_context and receives the answers there. Faster than
/// CAF's own requests from a helper actor: nothing but a lock and one post per burst of answers.
class companion_port : public std::enable_shared_from_this<companion_port> {
public:
  companion_port(asio::io_context& io, caf::actor_system& system)
      : io_{io},
        timer_{io},
        handle_{system.spawn<caf::actor_companion, caf::hidden>()},
        companion_{
            static_cast<caf::actor_companion*>(caf::actor_cast<caf::abstract_actor*>(handle_))} {
    // nop
  }

  void start() {
    companion_->on_enqueue([weak = weak_from_this()](caf::mailbox_element_ptr item) {
      if (const auto self = weak.lock())
        self->receive(std::move(item));
    });
    arm_timer();
  }

  void stop() {
    is_stopped_ = true;
    companion_->on_enqueue({});
    timer_.cancel();
    auto open = std::exchange(pending_, {});
    for (auto& [id, question] : open)
      question->fail_with(stopping());
    caf::anon_send_exit(handle_, caf::exit_reason::user_shutdown);
  }

  /// Gives up all questions of one class.
  void give_up(timeout_class kind) {
    for (const auto& [deadline, id] :
         std::exchange(deadlines_[static_cast<std::size_t>(kind)], {}))
      if (const auto question = take(id))
        question->fail_with(stopping());
  }

  /// Asks `actor`; completes with (caf::error, Answer) on the io_context's thread, at the latest
  /// after `timeout`.
  template <class Answer, class Handle, class Request>
  reply<Answer> ask(const Handle& actor, timeout_class kind, std::chrono::milliseconds timeout,
                    Request request) {
    static_assert(std::is_same_v<caf::response_type_t<typename Handle::signatures, Request>,
                                 caf::detail::type_list<Answer>>);
    const auto deadline = steady_clock::now() + timeout;
    return asio::async_initiate<const asio::use_awaitable_t<>, void(caf::error, Answer)>(
        [self = shared_from_this(), kind, deadline](auto handler, const Handle& to,
                                                    Request message) {
          self->send<Answer>(std::move(handler), to, kind, deadline, std::move(message));
        },
        asio::use_awaitable, actor, std::move(request));
  }

private:
  static caf::error stopping() {
    return to_caf(errc::shutting_down, "the server is stopping");
  }

  template <class Answer, class Handler, class Handle, class Request>
  void send(Handler handler, const Handle& to, timeout_class kind,
            steady_clock::time_point deadline, Request message) {
    auto question = std::make_unique<typed_question<Answer, Handler>>(std::move(handler), io_);
    if (is_stopped_ || !to) {
      // Completing inside the initiation would resume a coroutine that is not yet suspended.
      asio::post(io_, [question = std::move(question)] { question->fail_with(stopping()); });
      return;
    }
    const auto id = ++last_id_;
    pending_.emplace(id, std::move(question));
    note_deadline(kind, deadline, id);
    caf::actor_cast<caf::abstract_actor*>(to)->eq_impl(
        caf::make_message_id(id), caf::actor_cast<caf::strong_actor_ptr>(handle_), nullptr,
        std::move(message));
  }

  /// Deadlines of a class come in order, or nearly so: the place is at the end or close to it.
  void note_deadline(timeout_class kind, steady_clock::time_point deadline, std::uint64_t id) {
    auto& queue = deadlines_[static_cast<std::size_t>(kind)];
    auto place = queue.end();
    while (place != queue.begin() && deadline < std::prev(place)->first)
      --place;
    queue.emplace(place, deadline, id);
  }

  /// Any CAF thread: stores the answer, wakes the io_context once per burst.
  void receive(caf::mailbox_element_ptr item) {
    bool is_first = false;
    {
      const std::lock_guard guard{mutex_};
      is_first = incoming_.empty();
      incoming_.push_back(std::move(item));
    }
    if (is_first)
      asio::post(io_, [self = shared_from_this()] { self->drain(); });
  }

  void drain() {
    std::vector<caf::mailbox_element_ptr> batch;
    {
      const std::lock_guard guard{mutex_};
      batch.swap(incoming_);
    }
    for (auto& item : batch)
      if (auto question = take(item->mid.request_id().integer_value()))
        question->answer(item->content());
  }

  /// The question of this number; null when it has been answered or given up: a late answer.
  std::unique_ptr<pending_question> take(std::uint64_t id) {
    const auto place = pending_.find(id);
    if (place == pending_.end())
      return nullptr;
    auto question = std::move(place->second);
    pending_.erase(place);
    return question;
  }

  void arm_timer() {
    timer_.expires_after(sweep_interval);
    timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& problem) {
      const auto self = weak.lock();
      if (problem || !self || self->is_stopped_)
        return;
      self->sweep();
      self->arm_timer();
    });
  }

  void sweep() {
    const auto now = steady_clock::now();
    for (auto& queue : deadlines_)
      while (!queue.empty() && queue.front().first <= now) {
        const auto question = take(queue.front().second);
        queue.pop_front();
        if (question)
          question->fail_with(to_caf(errc::deadline_exceeded, "no answer in time"));
      }
  }

  asio::io_context& io_;
  asio::steady_timer timer_;
  caf::actor handle_;
  caf::actor_companion* companion_;
  bool is_stopped_ = false;
  std::uint64_t last_id_ = 0;
  std::unordered_map<std::uint64_t, std::unique_ptr<pending_question>> pending_;
  std::array<std::deque<std::pair<steady_clock::time_point, std::uint64_t>>, timeout_classes>
      deadlines_;
  std::mutex mutex_;
  std::vector<caf::mailbox_element_ptr> incoming_;
};

/// What an asker gets who also says which version it has.
template <class T>
result<versioned<T>> to_versioned(const caf::error& problem, const data_version& version,
                                  std::shared_ptr<const T> value) {
  if (problem)
    return std::unexpected{from_caf(problem)};
  return versioned<T>{version, std::move(value)};
}

class actor_gateway final : public gateway {
public:
  actor_gateway(asio::io_context& io, std::shared_ptr<const actors::directory> node,
                const gateway_timeouts& timeouts)
      : node_{std::move(node)},
        timeouts_{timeouts},
        port_{std::make_shared<companion_port>(io, node_->system())} {
    port_->start();
  }

  ~actor_gateway() override {
    stop();
  }

  void stop() override {
    port_->stop();
  }

  void stop_waiting() override {
    is_draining_ = true;
    port_->give_up(timeout_class::wait);
  }

  answer<versioned<insights>> get_insights(const user_id& user,
                                           std::optional<data_version> known) override {
    actors::get_insights question{user, known};
    auto [problem, found] = co_await ask<actors::insights_answer>(region(), std::move(question));
    co_return to_versioned(problem, found.version, std::move(found.value));
  }

  answer<versioned<std::vector<baseline>>>
  get_baselines(const user_id& user, std::optional<data_version> known) override {
    actors::get_baselines question{user, known};
    auto [problem, found] = co_await ask<actors::baselines_answer>(region(), std::move(question));
    co_return to_versioned(problem, found.version, std::move(found.value));
  }

  answer<versioned<std::vector<pattern_analysis>>>
  get_patterns(const user_id& user, std::optional<data_version> known) override {
    actors::get_patterns question{user, known};
    auto [problem, found] = co_await ask<actors::patterns_answer>(region(), std::move(question));
    co_return to_versioned(problem, found.version, std::move(found.value));
  }

  answer<versioned<std::vector<anomaly_summary>>>
  get_anomalies(const user_id& user, std::optional<data_version> known) override {
    actors::get_anomalies question{user, known};
    auto [problem, found] = co_await ask<actors::anomalies_answer>(region(), std::move(question));
    co_return to_versioned(problem, found.version, std::move(found.value));
  }

  answer<versioned<std::vector<prediction>>>
  get_predictions(const user_id& user, std::optional<data_version> known) override {
    actors::get_predictions question{user, known};
    auto [problem, found]
        = co_await ask<actors::predictions_answer>(region(), std::move(question));
    co_return to_versioned(problem, found.version, std::move(found.value));
  }

  answer<versioned<explanation>> get_explanation(const user_id& user,
                                                 explained subject) override {
    actors::get_explanation question{user, subject};
    auto [problem, found]
        = co_await ask<actors::explanation_answer>(region(), std::move(question));
    co_return to_versioned(problem, found.version, std::move(found.value));
  }

  answer<metric_check> check_value(const user_id& user, metric name, double value) override {
    actors::check_value question{user, name, value};
    auto [problem, found] = co_await ask<metric_check>(region(), std::move(question));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(found);
  }

  answer<analytics_status> get_analytics_status(const user_id& user) override {
    actors::get_analytics_status question{user};
    auto [problem, found] = co_await ask<analytics_status>(region(), std::move(question));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(found);
  }

  answer<versioned<list_rows>> get_list(const user_id& user, list_kind kind, std::int32_t days,
                                        std::optional<data_version> known) override {
    actors::get_list question{user, kind, days, known};
    auto [problem, found] = co_await ask<actors::list_answer>(region(), std::move(question));
    co_return to_versioned(problem, found.version, std::move(found.rows));
  }

  answer<std::shared_ptr<const record_detail>>
  get_detail(const user_id& user, detail_kind kind, const detail_key& key) override {
    actors::get_detail question{user, kind, key};
    auto [problem, found] = co_await ask<actors::detail_answer>(region(), std::move(question));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(found.detail);
  }

  answer<std::shared_ptr<const takeout_page>>
  get_takeout_page(const user_id& user, std::optional<std::string> from) override {
    const auto kind = from ? timeout_class::page : timeout_class::read;
    const auto patience = from ? timeouts_.page : timeouts_.read;
    actors::get_takeout_page question{user, std::move(from)};
    auto [problem, found] = co_await port_->ask<actors::takeout_page_answer>(
        region(), kind, patience, std::move(question));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(found.page);
  }

  answer<job_id> begin_import(const user_id& user, const zip_upload& upload) override {
    actors::begin_import command{user, upload.kind, upload.file, upload.zip_bytes,
                                 upload.may_create_user};
    auto [problem, begun]
        = co_await port_->ask<actors::import_begun>(node_->actors()->importer, timeout_class::page,
                                                    timeouts_.page, std::move(command));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(begun.job);
  }

  answer<std::shared_ptr<const import_report>> get_import(const user_id& user,
                                                          std::optional<job_id> job) override {
    actors::get_import question{user, std::move(job)};
    auto [problem, found] = co_await ask<actors::import_answer>(region(), std::move(question));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(found.report);
  }

  answer<sync_progress> trigger_sync(const user_id& user, const sync_request& request) override {
    const auto deadline = steady_clock::now() + timeouts_.sync;
    actors::trigger_sync command{
        user,         sync_trigger::manual,    sync_priority::critical, request.polar_token,
        request.days, request.any_user_allowed,
        {}};
    auto [problem, started] = co_await port_->ask<actors::sync_started>(
        region(), timeout_class::sync, std::max(timeouts_.sync, timeouts_.read),
        std::move(command));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    sync_progress progress{started.job, std::nullopt};
    const auto patience =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now());
    if (patience.count() <= 0 || is_draining_)
      co_return progress;
    actors::await_sync question{user, started.job};
    auto [wait_problem, finished] = co_await port_->ask<actors::sync_finished>(
        region(), timeout_class::wait, patience, std::move(question));
    if (wait_problem && !is_still_running(from_caf(wait_problem).code))
      co_return std::unexpected{from_caf(wait_problem)};
    // Without a report it goes on: it is slow, or waits for Polar's budget.
    if (finished.report)
      progress.report = *finished.report;
    co_return progress;
  }

  answer<std::shared_ptr<const coverage_report>> get_coverage(const user_id& user,
                                                              std::int32_t days) override {
    actors::get_coverage question{user, days};
    auto [problem, found] = co_await ask<actors::coverage_answer>(region(), std::move(question));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(found.report);
  }

  answer<sync_state> get_sync_state(const user_id& user) override {
    actors::get_sync_state question{user};
    auto [problem, found] = co_await ask<actors::sync_state_answer>(region(), std::move(question));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return sync_state{std::move(found.record), std::move(found.last)};
  }

  answer<std::shared_ptr<const std::vector<sync_report>>>
  get_sync_logs(const user_id& user, std::int32_t limit) override {
    actors::get_sync_logs question{user, limit};
    auto [problem, found] = co_await ask<actors::sync_report_list>(region(), std::move(question));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(found.reports);
  }

  answer<sync_events> await_sync_events(const user_id& user, std::optional<std::uint64_t> after,
                                        std::chrono::milliseconds patience) override {
    actors::await_events question{user, after, patience};
    // Silence for as long as the asker is patient is no failure to answer.
    auto [problem, found] = co_await port_->ask<actors::events_answer>(
        region(), timeout_class::stream, timeouts_.read + patience, std::move(question));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return sync_events{std::move(found.events), found.last_number};
  }

  answer<user_record> disconnect_user(const user_id& user) override {
    actors::disconnect_user command{user};
    auto [problem, record] = co_await port_->ask<user_record>(region(), timeout_class::sync,
                                                              timeouts_.sync, std::move(command));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(record);
  }

  answer<std::monostate> erase_user(const user_id& user) override {
    actors::erase_user command{user};
    auto [problem, erased] = co_await port_->ask<actors::done>(
        region(), timeout_class::sync, timeouts_.oauth, std::move(command));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::monostate{};
  }

  answer<std::monostate> receive_webhook(const webhook_delivery& delivery) override {
    actors::receive_webhook command{delivery.body, delivery.signature};
    auto [problem, taken]
        = co_await ask<actors::done>(node_->actors()->webhooks, std::move(command));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::monostate{};
  }

  answer<std::string> start_oauth(const oauth_start_request& request) override {
    actors::start_oauth command{request.callback_url, request.client_id, request.redirect_uri,
                                request.browser};
    auto [problem, found] = co_await ask_access<actors::redirect>(std::move(command));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(found.location);
  }

  answer<std::string> finish_oauth(const oauth_callback_request& request) override {
    actors::finish_oauth command{request.code, request.state, request.denial, request.browser};
    auto [problem, found] = co_await ask_access<actors::redirect>(std::move(command));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(found.location);
  }

  answer<issued_key> exchange_code(const oauth_exchange_request& request) override {
    actors::exchange_code command{request.code, request.client_id};
    auto [problem, issued] = co_await ask_access<actors::key_issued>(std::move(command));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return issued_key{std::move(issued.api_key), std::move(issued.user)};
  }

  answer<std::optional<api_key_record>> find_key(const user_id& user,
                                                 std::optional<api_key_id> own) override {
    actors::find_user_key question{user, own};
    auto [problem, found] = co_await ask_access<actors::found_user_key>(std::move(question));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::move(found.key);
  }

  answer<issued_key> regenerate_key(const user_id& user, std::optional<api_key_id> own) override {
    actors::regenerate_user_key command{user, own};
    auto [problem, issued] = co_await ask_access<actors::key_issued>(std::move(command));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return issued_key{std::move(issued.api_key), std::move(issued.user)};
  }

  answer<std::monostate> revoke_key(const user_id& user, std::optional<api_key_id> own) override {
    actors::revoke_user_key command{user, own};
    auto [problem, revoked] = co_await ask_access<actors::done>(std::move(command));
    if (problem)
      co_return std::unexpected{from_caf(problem)};
    co_return std::monostate{};
  }

  answer<readiness> get_readiness() override {
    // The actors only start on a migrated database, so their presence proves both.
    readiness ready;
    ready.region = static_cast<bool>(region());
    ready.migrations = ready.region;
    auto [problem, kept] =
        co_await ask<actors::done>(node_->actors()->lease, actors::check_lease{});
    ready.shards = !problem;
    ready.database = !problem || from_caf(problem).code == errc::stale_epoch;
    co_return ready;
  }

private:
  /// Whether a sync of which we did not see the end goes on: it outlasts the wait, or it ended
  /// and its user was passivated in between.
  static bool is_still_running(errc code) {
    return code == errc::deadline_exceeded || code == errc::not_found
           || code == errc::shutting_down;
  }

  actors::user_region_actor region() const {
    return node_->actors()->region;
  }

  template <class Answer, class Handle, class Request>
  reply<Answer> ask(const Handle& actor, Request request) {
    return port_->ask<Answer>(actor, timeout_class::read, timeouts_.read, std::move(request));
  }

  template <class Answer, class Request>
  reply<Answer> ask_access(Request request) {
    return port_->ask<Answer>(node_->actors()->access, timeout_class::oauth, timeouts_.oauth,
                              std::move(request));
  }

  std::shared_ptr<const actors::directory> node_;
  gateway_timeouts timeouts_;
  std::shared_ptr<companion_port> port_;
  bool is_draining_ = false;
};

} // namespace

std::shared_ptr<gateway> make_gateway(boost::asio::io_context& io,
                                      std::shared_ptr<const actors::directory> node,
                                      const gateway_timeouts& timeouts) {
  return std::make_shared<actor_gateway>(io, std::move(node), timeouts);
}

} // namespace polar_flow::http
