#include "commands/serve.hpp"

#include "actors/system.hpp"
#include "commands/database.hpp"
#include "crypto/key_file.hpp"
#include "crypto/random.hpp"
#include "crypto/secret_box.hpp"
#include "domain/api_keys.hpp"
#include "domain/clock.hpp"
#include "domain/version.hpp"
#include "http/gateway.hpp"
#include "http/server.hpp"
#include "polar/transport.hpp"
#include "telemetry/log.hpp"

#include <boost/asio/io_context.hpp>

#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

namespace polar_flow::commands {

namespace {

using telemetry::log_error;
using telemetry::log_info;

constexpr int exit_failed = 1;

/// SIGTERM and SIGINT, taken out of the hands of every thread so that only `wait` sees them. Made
/// before the first thread, because threads inherit what is blocked.
class stop_signals {
public:
  stop_signals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    // A peer that goes away is an error value, not the end of the process.
    signal(SIGPIPE, SIG_IGN);
  }

  /// Blocks until somebody asks for the end; returns the signal.
  int wait() const {
    int received = 0;
    while (sigwait(&set_, &received) != 0)
      continue;
    return received;
  }

  /// Ends a `wait` from inside the process.
  static void raise() {
    kill(getpid(), SIGTERM);
  }

private:
  sigset_t set_{};
};

result<crypto::secret_box> open_secret_box(const security_settings& settings,
                                           const std::shared_ptr<crypto::random_source>& random) {
  if (settings.encryption_key)
    return crypto::secret_box::from_fernet_key(*settings.encryption_key, random);
  const auto key = crypto::load_or_create_key_file(settings.key_dir / "encryption.key", *random);
  if (!key)
    return std::unexpected{key.error()};
  return crypto::secret_box::from_fernet_key(*key, random);
}

std::shared_ptr<const wall_clock> choose_clock(const settings& values) {
#ifdef POLAR_FLOW_TEST_CLOCK
  if (values.clock_file)
    return make_file_clock(*values.clock_file);
#endif
  static_cast<void>(values);
  return make_system_clock();
}

/// Names this process in the database, for people who look there.
std::string node_name() {
  char host[256] = "unknown";
  gethostname(host, sizeof host - 1);
  return std::string{host} + "/" + std::to_string(getpid());
}

result<void> write_port_file(const std::filesystem::path& file, std::uint16_t port) {
  auto unfinished = file;
  unfinished += ".new";
  std::ofstream{unfinished} << port << '\n';
  std::error_code problem;
  std::filesystem::rename(unfinished, file, problem);
  if (problem)
    return fail(errc::invalid_argument, "cannot write the port file " + file.string() + ": "
                                            + problem.message());
  return {};
}

/// The parts in the order in which they start; they stop in the reverse order.
class running_server {
public:
  explicit running_server(const settings& values) : values_{values} {
    // nop
  }

  result<void> start();
  void stop();

private:
  result<void> start_actors();
  result<void> start_http();

  const settings& values_;
  std::shared_ptr<const wall_clock> clock_;
  std::shared_ptr<crypto::random_source> random_;
  std::shared_ptr<const crypto::secret_box> secrets_;
  std::shared_ptr<published_keys> keys_ = std::make_shared<published_keys>();
  std::optional<opened_database> database_;
  std::shared_ptr<polar::transport> transport_;
  std::unique_ptr<actors::actor_runtime> actors_;
  std::unique_ptr<http::server> http_;
};

result<void> running_server::start() {
  clock_ = choose_clock(values_);
  random_ = crypto::make_system_random();
  auto secrets = open_secret_box(values_.security, random_);
  if (!secrets)
    return std::unexpected{std::move(secrets.error())};
  secrets_ = std::make_shared<const crypto::secret_box>(std::move(*secrets));
  auto database = open_for_serving(values_.storage);
  if (!database)
    return std::unexpected{std::move(database.error())};
  database_ = std::move(*database);
  transport_ = polar::make_transport(values_.polar);
  if (auto started = start_actors(); !started)
    return started;
  return start_http();
}

result<void> running_server::start_actors() {
  actors_ = std::make_unique<actors::actor_runtime>(
      values_, actors::dependencies{.clock = clock_,
                                    .random = random_,
                                    .transport = transport_,
                                    .secrets = secrets_,
                                    .keys = keys_,
                                    .database = database_->options,
                                    .node_name = node_name(),
                                    .on_failure = [] { stop_signals::raise(); }});
  return actors_->start();
}

result<void> running_server::start_http() {
  const http::front_end_options options{.server = values_.server,
                                        .http = values_.http,
                                        .security = values_.security,
                                        .keys = keys_,
                                        .clock = clock_,
                                        .log = values_.log.level == log_level::debug
                                                   ? http::request_log::every_request
                                                   : http::request_log::failures_only};
  const auto make_backend = [this](boost::asio::io_context& context) {
    const http::gateway_timeouts timeouts{.read = values_.http.answer_timeout,
                                          .sync = values_.http.sync_wait,
                                          .oauth = values_.polar.request_timeout * 3};
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

void running_server::stop() {
  using std::chrono::steady_clock;
  const auto deadline = steady_clock::now() + values_.server.shutdown_timeout;
  const auto time_left = [&] {
    return std::max(std::chrono::seconds{0},
                    std::chrono::ceil<std::chrono::seconds>(deadline - steady_clock::now()));
  };
  // Nothing new comes in while the actors still answer what is under way.
  if (http_)
    http_->stop(time_left());
  if (actors_)
    actors_->stop(time_left());
  http_.reset();
  actors_.reset();
  transport_.reset();
  if (database_ && database_->cluster)
    if (auto stopped = database_->cluster->stop(); !stopped)
      log_error("the embedded PostgreSQL did not stop", {{"reason", stopped.error().message}});
  database_.reset();
}

} // namespace

int serve(const settings& values) {
  const stop_signals signals;
  log_info("starting", {{"version", std::string{server_version}}});
  running_server server{values};
  if (auto started = server.start(); !started) {
    log_error("cannot start", {{"error", std::string{to_string(started.error().code)}},
                               {"reason", started.error().message}});
    server.stop();
    return exit_failed;
  }
  log_info("ready");
  const int received = signals.wait();
  log_info("stopping", {{"signal", std::string{received == SIGINT ? "SIGINT" : "SIGTERM"}}});
  server.stop();
  log_info("stopped");
  return 0;
}

} // namespace polar_flow::commands
