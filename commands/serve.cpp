#include "commands/serve.hpp"

#include "actors/limits.hpp"
#include "actors/system.hpp"
#include "commands/database.hpp"
#include "commands/port_file.hpp"
#include "commands/secrets.hpp"
#include "commands/stop_signals.hpp"
#include "config/import_folder.hpp"
#include "crypto/random.hpp"
#include "crypto/secret_box.hpp"
#include "domain/api_keys.hpp"
#include "domain/clock.hpp"
#include "domain/version.hpp"
#include "http/gateway.hpp"
#include "http/server.hpp"
#include "polar/transport.hpp"
#include "storage/served_cluster.hpp"
#include "storage/serving_lock.hpp"
#include "telemetry/log.hpp"

#include <boost/asio/io_context.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace polar_flow::commands {

namespace {

using telemetry::log_error;
using telemetry::log_info;
using telemetry::log_warning;

constexpr int exit_failed = 1;

/// A stop that has come to its end only has idle threads left to join. One that hangs, in a name
/// lookup or in a statement, ends with the process.
constexpr std::chrono::seconds join_patience{1};

/// Names this process in the database, for people who look there.
std::string node_name() {
  char host[256] = "unknown";
  gethostname(host, sizeof host - 1);
  return std::string{host} + "/" + std::to_string(getpid());
}

/// Calls `give_up` on a thread of its own unless it is destroyed within `patience`. What may hang
/// is done beside it, on the thread that made it: CAF's system must go where it came from.
class watchdog {
public:
  watchdog(std::chrono::milliseconds patience, std::function<void()> give_up)
      : thread_{[this, patience, give_up = std::move(give_up)] {
          std::unique_lock guard{mutex_};
          if (!over_.wait_for(guard, patience, [this] { return is_over_; }))
            give_up();
        }} {
    // nop
  }

  ~watchdog() {
    {
      const std::lock_guard guard{mutex_};
      is_over_ = true;
    }
    over_.notify_all();
    thread_.join();
  }

  watchdog(const watchdog&) = delete;
  watchdog& operator=(const watchdog&) = delete;

private:
  std::mutex mutex_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::thread thread_;
};

std::string describe(const stop_reason& reason) {
  if (reason.is_failure())
    return "something that is needed has failed";
  return *reason.signal == SIGINT ? "SIGINT" : "SIGTERM";
}

/// For whoever cannot wait. What PostgreSQL has not written is repeated or recovered.
[[noreturn]] void end_at_once(const settings& values) {
  log_warning("ending at once, as a second signal asks");
  if (!values.storage.database_url)
    storage::stop_child_cluster(values.storage);
  std::_Exit(exit_failed);
}

/// The parts in the order in which they start.
class running_server {
public:
  running_server(const settings& values, stop_signals& signals)
      : values_{values}, signals_{signals} {
    // nop
  }

  /// Breaks off with `shutting_down` when the end is asked for meanwhile.
  result<void> start();

  /// Ends the process with `exit_code` when something hangs.
  void stop(int exit_code);

private:
  result<void> open_database();
  result<void> open_secrets();
  result<void> start_actors();
  result<void> start_http();
  void stop_database();

  const settings& values_;
  stop_signals& signals_;
  std::shared_ptr<const wall_clock> clock_;
  std::shared_ptr<crypto::random_source> random_;
  std::shared_ptr<const crypto::secret_box> secrets_;
  std::shared_ptr<published_keys> keys_ = std::make_shared<published_keys>();
  std::optional<opened_database> database_;
  /// A data directory has a lock of its own.
  std::optional<storage::serving_lock> serving_lock_;
  std::shared_ptr<polar::transport> transport_;
  std::unique_ptr<actors::actor_runtime> actors_;
  std::unique_ptr<http::server> http_;
};

result<void> running_server::start() {
  clock_ = choose_clock(values_);
  random_ = crypto::make_system_random();
  for (const auto step : {&running_server::open_database, &running_server::open_secrets,
                          &running_server::start_actors, &running_server::start_http}) {
    if (signals_.is_requested())
      return fail(errc::shutting_down, "the start was broken off");
    if (auto done = (this->*step)(); !done)
      return done;
  }
  return {};
}

result<void> running_server::open_database() {
  const auto is_unwanted = [this] {
    return signals_.is_requested();
  };
  auto database = open_for_serving(values_.storage, is_unwanted);
  if (!database)
    return std::unexpected{std::move(database.error())};
  database_ = std::move(*database);
  if (database_->cluster) {
    database_->cluster->keep_running();
    return {};
  }
  using storage::serving_lock;
  auto lock =
      serving_lock::take(database_->options, serving_lock::default_patience, is_unwanted);
  if (!lock)
    return std::unexpected{std::move(lock.error())};
  serving_lock_ = std::move(*lock);
  return {};
}

result<void> running_server::open_secrets() {
  auto secrets = open_secret_box(values_.security, database_->options, random_);
  if (!secrets)
    return std::unexpected{std::move(secrets.error())};
  secrets_ = std::make_shared<const crypto::secret_box>(std::move(*secrets));
  return {};
}

result<void> running_server::start_actors() {
  transport_ = polar::make_transport(values_.polar);
  actors_ = std::make_unique<actors::actor_runtime>(
      values_, actors::dependencies{.clock = clock_,
                                    .random = random_,
                                    .transport = transport_,
                                    .secrets = secrets_,
                                    .keys = keys_,
                                    .database = database_->options,
                                    .node_name = node_name(),
                                    .on_failure = [this] { signals_.fail(); }});
  return actors_->start();
}

result<void> running_server::start_http() {
  const http::front_end_options options{.server = values_.server,
                                        .http = values_.http,
                                        .security = values_.security,
                                        .keys = keys_,
                                        .clock = clock_,
                                        .guesses = std::make_shared<http::wrong_keys>(
                                            values_.security.wrong_keys_per_minute),
                                        .upload_folder = import_folder(values_.storage),
                                        .log = values_.log.level == log_level::debug
                                                   ? http::request_log::every_request
                                                   : http::request_log::failures_only};
  const auto make_backend = [this](boost::asio::io_context& context) {
    const http::gateway_timeouts timeouts{.read = values_.http.answer_timeout,
                                          .sync = values_.http.sync_wait,
                                          .oauth = values_.polar.request_timeout * 3,
                                          .page = actors::limits::store_answer(values_.storage)};
    auto bridge = http::make_gateway(context, actors_->node(), timeouts);
    // The server drops its backend on the context's thread, which is where a gateway stops.
    return std::shared_ptr<http::backend>{bridge.get(), [bridge](http::backend*) {
                                            bridge->stop();
                                          }};
  };
  auto started = http::server::start(options, make_backend);
  if (!started)
    return std::unexpected{std::move(started.error())};
  http_ = std::move(*started);
  if (values_.server.port_file)
    if (auto written = write_port_file(*values_.server.port_file, http_->port()); !written)
      return written;
  log_info("listening", {{"host", values_.server.host},
                         {"port", static_cast<std::int64_t>(http_->port())}});
  return {};
}

void running_server::stop(int exit_code) {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  const auto deadline = steady_clock::now() + values_.server.shutdown_timeout;
  const auto time_left = [deadline] {
    return std::max(milliseconds{0},
                    std::chrono::ceil<milliseconds>(deadline - steady_clock::now()));
  };
  // First of all, so that syncs come to their end while requests do; nothing new comes in while
  // the actors still answer what is under way.
  if (actors_)
    actors_->drain();
  if (http_)
    http_->stop(time_left());
  if (actors_)
    actors_->stop(time_left());
  http_.reset();
  const auto give_up = [this, exit_code] {
    stop_database();
    log_warning("stopped, leaving behind what hangs");
    std::_Exit(exit_code);
  };
  {
    const watchdog guard{std::max<milliseconds>(time_left(), join_patience), give_up};
    actors_.reset();
  }
  // Before the transport, whose thread may hang in a name lookup for longer than anybody waits.
  stop_database();
  const watchdog guard{join_patience, give_up};
  transport_.reset();
}

void running_server::stop_database() {
  serving_lock_.reset();
  if (database_ && database_->cluster)
    if (auto stopped = database_->cluster->stop(); !stopped)
      log_error("the embedded PostgreSQL did not stop", {{"reason", stopped.error().message}});
  database_.reset();
}

} // namespace

std::shared_ptr<const wall_clock> choose_clock(const settings& values) {
#ifdef POLAR_FLOW_TEST_CLOCK
  if (values.clock_file)
    return make_file_clock(*values.clock_file);
#endif
  static_cast<void>(values);
  return make_system_clock();
}

int serve(const settings& values) {
  stop_signals signals{[&values] {
    end_at_once(values);
  }};
  log_info("starting", {{"version", std::string{server_version}}});
  running_server server{values, signals};
  const auto started = server.start();
  const bool is_broken_off =
      !started && started.error().code == errc::shutting_down && signals.is_requested();
  bool is_failure = !started && !is_broken_off;
  if (is_failure) {
    log_error("cannot start", {{"error", std::string{to_string(started.error().code)}},
                               {"reason", started.error().message}});
  } else {
    if (started)
      log_info("ready");
    const auto reason = signals.wait();
    is_failure = reason.is_failure();
    log_info("stopping", {{"reason", describe(reason)}});
  }
  const int exit_code = is_failure ? exit_failed : 0;
  server.stop(exit_code);
  log_info("stopped");
  return exit_code;
}

} // namespace polar_flow::commands
