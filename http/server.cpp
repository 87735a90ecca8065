#include "http/server.hpp"

#include "crypto/random.hpp"
#include "http/dispatcher.hpp"
#include "http/session.hpp"
#include "http/trusted_proxies.hpp"
#include "http/upload.hpp"
#include "telemetry/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace polar_flow::http {

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

/// How exactly timeouts are kept. They are seconds long; comparing times four times a second
/// costs nothing even with ten thousand connections.
constexpr std::chrono::milliseconds sweep_interval{250};

/// Waiting before the next accept after one failed (usually: no file descriptors left).
constexpr std::chrono::milliseconds accept_pause{100};

/// Connections above the limit that get a 503 instead of just being closed. A few are enough to
/// tell people what is wrong; more would defeat the limit.
constexpr std::size_t refusals_max = 64;

/// Random bytes that tell threads and starts apart in request ids.
constexpr std::size_t request_id_bytes = 3;

std::size_t thread_count(std::uint32_t configured) {
  if (configured > 0)
    return configured;
  return std::max(1u, std::thread::hardware_concurrency() / 2);
}

/// Connections of all threads; whoever stops the server waits for the last one.
class connection_count {
public:
  std::size_t add() {
    const std::lock_guard guard{mutex_};
    return ++open_;
  }

  void remove() {
    const std::lock_guard guard{mutex_};
    if (--open_ == 0)
      none_left_.notify_all();
  }

  void wait_for_none(std::chrono::milliseconds grace) {
    std::unique_lock guard{mutex_};
    none_left_.wait_for(guard, grace, [this] { return open_ == 0; });
  }

private:
  std::mutex mutex_;
  std::condition_variable none_left_;
  std::size_t open_ = 0;
};

// -- one thread -------------------------------------------------------------------------------

class worker {
public:
  worker(const front_end_options& options, const backend_factory& make_backend,
         std::size_t cache_bytes, std::string request_id_prefix, const trusted_proxies& proxies,
         connection_count& connections)
      : context_{std::make_unique<asio::io_context>(1)},
        sweep_timer_{std::make_unique<asio::steady_timer>(*context_)},
        backend_{make_backend(*context_)},
        dispatcher_{options, *backend_, cache_bytes, std::move(request_id_prefix)},
        sessions_{options.http, dispatcher_, proxies, [&connections] {
                    connections.remove();
                  }} {
    schedule_sweep();
  }

  ~worker() {
    tear_down();
  }

  asio::io_context& context() {
    return *context_;
  }

  session_group& sessions() {
    return sessions_;
  }

  void run() {
    thread_ = std::thread{[this] {
      context_->run();
      tear_down();
    }};
  }

  /// Thread-safe. Connections that are left are cut.
  void stop() {
    asio::post(*context_, [this] {
      sessions_.close_all();
      context_->stop();
    });
  }

  /// On its own thread.
  void drain() {
    sessions_.drain();
    backend_->stop_waiting();
  }

  void join() {
    if (thread_.joinable())
      thread_.join();
  }

private:
  void schedule_sweep() {
    sweep_timer_->expires_after(sweep_interval);
    sweep_timer_->async_wait([this](const error_code& problem) {
      if (problem)
        return;
      sessions_.sweep(std::chrono::steady_clock::now());
      schedule_sweep();
    });
  }

  /// The order matters: the backend may hold handlers that live in the context, and destroying
  /// the context destroys suspended connections, which look into `sessions_` and `dispatcher_`.
  void tear_down() {
    sweep_timer_.reset();
    backend_.reset();
    context_.reset();
  }

  std::unique_ptr<asio::io_context> context_;
  std::unique_ptr<asio::steady_timer> sweep_timer_;
  std::shared_ptr<backend> backend_;
  dispatcher dispatcher_;
  session_group sessions_;
  std::thread thread_;
};

} // namespace

// -- the server -------------------------------------------------------------------------------

class server::implementation {
public:
  implementation(const front_end_options& options, const backend_factory& make_backend)
      : proxies_{options.server.trusted_proxies}, connections_max_{options.http.max_connections} {
    remove_unfinished_uploads(options.upload_folder);
    const auto random = crypto::make_system_random();
    const std::size_t count = thread_count(options.http.threads);
    for (std::size_t i = 0; i < count; ++i)
      workers_.push_back(std::make_unique<worker>(
          options, make_backend, options.http.render_cache_bytes / count,
          crypto::random_hex(*random, request_id_bytes), proxies_, connections_));
    acceptor_ = std::make_unique<tcp::acceptor>(workers_.front()->context());
  }

  ~implementation() {
    stop(std::chrono::milliseconds{0});
  }

  result<void> listen(const std::string& host, std::uint16_t port) {
    error_code problem;
    tcp::resolver resolver{workers_.front()->context()};
    const auto found =
        resolver.resolve(host, std::to_string(port), tcp::resolver::passive, problem);
    if (!problem && !found.empty()) {
      const tcp::endpoint address = found.begin()->endpoint();
      acceptor_->open(address.protocol(), problem);
      if (!problem)
        acceptor_->set_option(tcp::acceptor::reuse_address{true}, problem);
      if (!problem)
        acceptor_->bind(address, problem);
      if (!problem)
        acceptor_->listen(asio::socket_base::max_listen_connections, problem);
      if (!problem)
        port_ = acceptor_->local_endpoint(problem).port();
    }
    if (problem)
      return fail(errc::invalid_argument, "cannot listen on " + host + " port "
                                              + std::to_string(port) + ": " + problem.message());
    return {};
  }

  void run() {
    asio::co_spawn(workers_.front()->context(), accept(), asio::detached);
    for (const auto& thread : workers_)
      thread->run();
    is_running_ = true;
  }

  std::uint16_t port() const {
    return port_;
  }

  void drain() {
    const std::lock_guard guard{mutex_};
    if (!is_running_ || std::exchange(is_draining_, true))
      return;
    asio::post(workers_.front()->context(), [this] { acceptor_.reset(); });
    for (const auto& thread : workers_)
      asio::post(thread->context(), [&worker = *thread] { worker.drain(); });
  }

  void stop(std::chrono::milliseconds grace) {
    drain();
    {
      const std::lock_guard guard{mutex_};
      if (!std::exchange(is_running_, false))
        return;
    }
    connections_.wait_for_none(grace);
    for (const auto& thread : workers_)
      thread->stop();
    for (const auto& thread : workers_)
      thread->join();
  }

private:
  /// Runs on the first thread; each connection lives on the thread whose turn it is.
  awaitable<void> accept() {
    asio::steady_timer pause{workers_.front()->context()};
    for (std::size_t turn = 0; acceptor_; ++turn) {
      auto& next = *workers_[turn % workers_.size()];
      auto [problem, socket] = co_await acceptor_->async_accept(next.context(), as_values);
      if (!acceptor_)
        co_return;
      if (problem) {
        telemetry::log_warning("cannot accept a connection", {{"reason", problem.message()}});
        pause.expires_after(accept_pause);
        co_await pause.async_wait(as_values);
        continue;
      }
      admit(next, std::move(socket));
    }
  }

  void admit(worker& next, tcp::socket socket) {
    const std::size_t open = connections_.add();
    if (open > connections_max_ + refusals_max) {
      connections_.remove();
      return;
    }
    const auto how = open > connections_max_ ? admission::refuse : admission::serve;
    asio::post(next.context(), [&next, how, socket = std::move(socket)]() mutable {
      next.sessions().start(std::move(socket), how);
    });
  }

  trusted_proxies proxies_;
  std::size_t connections_max_;
  connection_count connections_;
  std::vector<std::unique_ptr<worker>> workers_;
  /// On the first thread's context; must go before it.
  std::unique_ptr<tcp::acceptor> acceptor_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  bool is_running_ = false;
  bool is_draining_ = false;
};

result<std::unique_ptr<server>> server::start(const front_end_options& options,
                                              const backend_factory& make_backend) {
  auto inside = std::make_unique<implementation>(options, make_backend);
  const auto listening = inside->listen(options.server.host, options.server.port);
  if (!listening)
    return std::unexpected{listening.error()};
  inside->run();
  return std::unique_ptr<server>{new server{std::move(inside)}};
}

server::server(std::unique_ptr<implementation> inside) : inside_{std::move(inside)} {
  // nop
}

server::~server() = default;

std::uint16_t server::port() const {
  return inside_->port();
}

void server::drain() {
  inside_->drain();
}

void server::stop(std::chrono::milliseconds grace) {
  inside_->stop(grace);
}

} // namespace polar_flow::http
