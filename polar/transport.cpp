#include "polar/transport.hpp"

#include "domain/version.hpp"
#include "polar/endpoint.hpp"
#include "telemetry/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <cctype>
#include <deque>
#include <map>
#include <optional>
#include <thread>

// How a request travels. Everything but `send` runs on the one thread of the transport.
//
//   send ──post──▶ host.waiting ──▶ lane (one coroutine, at most one connection)
//                                    │  take the next request, or wait for one, or end
//                                    ▼
//                       kept connection? ──no──▶ resolve, connect, TLS handshake
//                                    │yes                     │
//                                    ▼                        ▼
//                              write, read the answer ──▶ done(answer)
//
// A host has at most `connections_max` lanes. A watchdog per lane ends what takes too long: it
// answers the caller at once and closes the connection, upon which the coroutine unwinds.

namespace polar_flow::polar {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using error_code = boost::system::error_code;

namespace {

/// Requests that may wait for a connection to one host. A sync makes some twenty; this is room for
/// fifty syncs at once, and beyond it a caller had better know than wait.
constexpr std::size_t waiting_max = 1024;

/// Head of an answer. Polar's have less than 2 KB.
constexpr std::uint32_t head_bytes_max = 64 * 1024;

/// An unused connection is closed by us before a load balancer does it (usually after 60 s).
constexpr std::chrono::seconds idle_time{30};

/// Interim answers (1xx) that are skipped before the real one.
constexpr int interim_answers_max = 8;

using connection = asio::ssl::stream<tcp::socket>;

/// A request and its caller, who is answered exactly once.
struct job {
  http_request request;
  request_address address;
  transport::completion done;

  void finish(result<http_response> answer) {
    if (auto callback = std::exchange(done, nullptr))
      callback(std::move(answer));
  }
};

using job_pointer = std::shared_ptr<job>;

struct lane;

/// The requests to one endpoint and the lanes that serve them.
struct host {
  endpoint where;
  std::deque<job_pointer> waiting;
  std::vector<std::shared_ptr<lane>> lanes;
  /// What went wrong last, until an answer comes.
  std::string problem;
};

/// One connection, open or not, and what it is used for.
struct lane {
  lane(asio::io_context& context, host& owner)
      : owner{owner}, resolver{context}, watchdog{context}, wake{context} {
    wake.expires_at(asio::steady_timer::time_point::max());
  }

  host& owner;
  tcp::resolver resolver;
  std::optional<connection> stream;
  /// Ends a connection attempt or an exchange that takes too long.
  asio::steady_timer watchdog;
  /// Runs while the lane is idle; cancelled to give it work.
  asio::steady_timer wake;
  bool is_idle = false;
  /// Set when the watchdog has answered the caller.
  bool is_timed_out = false;
  job_pointer current;

  void close() {
    resolver.cancel();
    if (stream) {
      error_code ignored;
      stream->lowest_layer().close(ignored);
    }
  }
};

using lane_pointer = std::shared_ptr<lane>;

/// How one attempt at an exchange ended.
struct attempt {
  result<http_response> answer;
  /// The connection can carry another request.
  bool is_reusable = false;
  /// The connection was lost before any byte of the answer came.
  bool is_stale = false;
};

std::string lower_case(std::string_view text) {
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

http_response to_response(http::response<http::string_body>&& message) {
  http_response response;
  response.status = static_cast<int>(message.result_int());
  for (const auto& field : message) {
    const auto name = field.name_string();
    const auto value = field.value();
    response.headers.emplace_back(lower_case({name.data(), name.size()}),
                                  std::string{value.data(), value.size()});
  }
  response.body = std::move(message.body());
  return response;
}

http::request<http::string_body> to_message(const job& task) {
  http::request<http::string_body> message;
  message.version(11);
  message.method(http::string_to_verb(task.request.method));
  message.target(task.address.target);
  message.set(http::field::host, task.address.authority);
  message.set(http::field::user_agent, std::string{"polar-flow-server/"} + server_version);
  for (const auto& [name, value] : task.request.headers)
    message.set(name, value);
  message.body() = task.request.body;
  message.prepare_payload();
  return message;
}

std::unexpected<error> unreachable(const endpoint& where, std::string_view step,
                                   const error_code& failure) {
  return fail(errc::polar_unavailable, where.host + " could not be reached (" + std::string{step}
                                           + "): " + failure.message());
}

std::unexpected<error> unread(const endpoint& where, const error_code& failure) {
  if (failure == http::error::body_limit || failure == http::error::header_limit
      || failure == http::error::buffer_overflow)
    return fail(errc::polar_answer_too_large, "the answer of " + where.host + " is too large");
  const bool is_cut =
      failure == http::error::partial_message || failure == http::error::end_of_stream;
  if (!is_cut && failure.category() == make_error_code(http::error::bad_version).category())
    return fail(errc::polar_unreadable, "the answer of " + where.host + " is not HTTP");
  return fail(errc::polar_unavailable,
              "the connection to " + where.host + " was lost: " + failure.message());
}

/// What the caller is told, who may be anybody. What exactly happened is for the operator, once
/// until it is something else.
error in_plain_words(host& target, const error& problem) {
  if (std::exchange(target.problem, problem.message) != problem.message)
    telemetry::log_warning("Polar could not be asked", {{"reason", problem.message}});
  if (problem.code == errc::polar_unavailable)
    return {problem.code, "the connection to Polar failed"};
  if (problem.code == errc::polar_timeout)
    return {problem.code, "Polar did not answer in time"};
  if (problem.code == errc::polar_answer_too_large)
    return {problem.code, "Polar's answer is larger than this server accepts"};
  if (problem.code == errc::polar_unreadable)
    return {problem.code, "Polar's answer cannot be read"};
  return problem;
}

class beast_transport final : public transport {
public:
  explicit beast_transport(const polar_settings& settings)
      : settings_{settings}, work_{asio::make_work_guard(context_)} {
    prepare_tls();
    thread_ = std::thread{[this] {
      context_.run();
    }};
  }

  ~beast_transport() override {
    asio::post(context_, [this] { stop(); });
    thread_.join();
  }

  void send(http_request request, completion done) override {
    auto task = std::make_shared<job>();
    task->request = std::move(request);
    task->done = std::move(done);
    asio::post(context_, [this, task] { enqueue(task); });
  }

private:
  // -- queue and lanes ------------------------------------------------------------------------

  void enqueue(const job_pointer& task) {
    if (is_stopping_)
      return task->finish(stopped());
    if (const auto checked = check_request(task->request); !checked)
      return task->finish(std::unexpected{checked.error()});
    auto address = parse_address(task->request.url);
    if (!address)
      return task->finish(std::unexpected{std::move(address.error())});
    task->address = std::move(*address);

    auto& target = hosts_[task->address.where];
    target.where = task->address.where;
    if (target.waiting.size() >= waiting_max)
      return task->finish(
          fail(errc::overloaded, "too many requests wait for " + target.where.host));
    target.waiting.push_back(task);
    assign_lane(target);
  }

  /// Wakes the lane that became idle last, else starts one if there may be more.
  void assign_lane(host& target) {
    const auto idle = std::ranges::find_if(target.lanes.rbegin(), target.lanes.rend(),
                                           [](const auto& line) { return line->is_idle; });
    if (idle != target.lanes.rend()) {
      (*idle)->is_idle = false;
      (*idle)->wake.cancel();
    } else if (target.lanes.size() < std::max<std::size_t>(settings_.connections_max, 1)) {
      start_lane(target);
    }
  }

  void start_lane(host& target) {
    auto line = std::make_shared<lane>(context_, target);
    target.lanes.push_back(line);
    asio::co_spawn(context_, serve(line),
                   [this, line](std::exception_ptr defect) { end_lane(line, defect != nullptr); });
  }

  void end_lane(const lane_pointer& line, bool is_defect) {
    line->close();
    disarm(*line);
    if (is_defect && line->current)
      line->current->finish(fail(errc::internal, "a request to Polar failed by a defect"));
    auto& target = line->owner;
    std::erase(target.lanes, line);
    if (!target.waiting.empty() && !is_stopping_)
      assign_lane(target);
  }

  asio::awaitable<void> serve(lane_pointer line) {
    while (!is_stopping_) {
      auto& waiting = line->owner.waiting;
      if (waiting.empty()) {
        const bool has_work = co_await wait_for_work(line);
        if (!has_work)
          co_return;
        continue;
      }
      line->current = waiting.front();
      waiting.pop_front();
      co_await run(line, line->current);
      line->current.reset();
    }
  }

  /// False when nothing came for a while and the lane should end.
  asio::awaitable<bool> wait_for_work(lane_pointer line) {
    if (!line->stream)
      co_return false;
    line->is_idle = true;
    line->wake.expires_after(idle_time);
    error_code cancelled;
    co_await line->wake.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    line->is_idle = false;
    co_return cancelled || !line->owner.waiting.empty();
  }

  // -- one request ----------------------------------------------------------------------------

  /// A kept connection may have been closed by the other side a moment ago. For a GET that is
  /// found out by trying, and tried again once on a new connection; everything else, which might
  /// then have been done twice, gets a new connection at once.
  asio::awaitable<void> run(lane_pointer line, job_pointer task) {
    const auto deadline = std::chrono::steady_clock::now() + settings_.request_timeout;
    line->is_timed_out = false;
    if (task->request.method != "GET")
      line->stream.reset();
    for (bool is_kept = line->stream.has_value();; is_kept = false) {
      if (!is_kept) {
        result<void> connected = co_await open(line, task, deadline);
        if (!connected) {
          conclude(*line, *task, std::unexpected{std::move(connected.error())}, false);
          co_return;
        }
      }
      arm(line, task, deadline, "did not answer in time");
      attempt outcome = co_await exchange(line, task);
      if (is_kept && outcome.is_stale && !line->is_timed_out && !is_stopping_) {
        line->stream.reset();
        continue;
      }
      conclude(*line, *task, std::move(outcome.answer), outcome.is_reusable);
      co_return;
    }
  }

  void conclude(lane& line, job& task, result<http_response> answer, bool keep) {
    disarm(line);
    if (!keep || line.is_timed_out || is_stopping_) {
      line.close();
      line.stream.reset();
    }
    if (answer)
      line.owner.problem.clear();
    else if (task.done)
      answer = std::unexpected{in_plain_words(line.owner, answer.error())};
    task.finish(std::move(answer));
  }

  asio::awaitable<result<void>> open(lane_pointer line, job_pointer task,
                                     std::chrono::steady_clock::time_point deadline) {
    const auto& where = line->owner.where;
    const auto connect_deadline = std::chrono::steady_clock::now() + settings_.connect_timeout;
    arm(line, task, std::min(deadline, connect_deadline), "could not be reached in time");
    line->stream.emplace(context_, tls_);
    error_code failure;
    const std::string port = std::to_string(where.port);
    const tcp::resolver::results_type addresses = co_await line->resolver.async_resolve(
        where.host, port, asio::redirect_error(asio::use_awaitable, failure));
    if (failure || line->is_timed_out || is_stopping_)
      co_return unreachable(where, "resolve", failure);
    co_await asio::async_connect(line->stream->next_layer(), addresses,
                                 asio::redirect_error(asio::use_awaitable, failure));
    if (failure)
      co_return unreachable(where, "connect", failure);
    error_code ignored;
    line->stream->next_layer().set_option(tcp::no_delay{true}, ignored);
    if (!where.is_encrypted)
      co_return result<void>{};
    if (!expect_host(*line->stream, where.host))
      co_return fail(errc::internal, "TLS could not be set up");
    co_await line->stream->async_handshake(connection::client,
                                           asio::redirect_error(asio::use_awaitable, failure));
    if (failure)
      co_return unreachable(where, "TLS", failure);
    co_return result<void>{};
  }

  asio::awaitable<attempt> exchange(lane_pointer line, job_pointer task) {
    if (line->owner.where.is_encrypted)
      return exchange_over(*line->stream, task, settings_.answer_bytes_max);
    return exchange_over(line->stream->next_layer(), task, settings_.answer_bytes_max);
  }

  template <class Stream>
  static asio::awaitable<attempt> exchange_over(Stream& stream, job_pointer task,
                                                std::size_t answer_bytes_max) {
    const auto& where = task->address.where;
    http::request<http::string_body> message = to_message(*task);
    error_code failure;
    co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, failure));
    if (failure)
      co_return attempt{.answer = unread(where, failure), .is_stale = true};

    boost::beast::flat_buffer buffer{head_bytes_max + answer_bytes_max};
    for (int answers = 0; answers < interim_answers_max; ++answers) {
      http::response_parser<http::string_body> parser;
      parser.header_limit(head_bytes_max);
      parser.body_limit(answer_bytes_max);
      co_await http::async_read(stream, buffer, parser,
                                asio::redirect_error(asio::use_awaitable, failure));
      if (failure)
        co_return attempt{.answer = unread(where, failure),
                          .is_stale = answers == 0 && !parser.got_some() && buffer.size() == 0};
      if (parser.get().result_int() < 200)
        continue;
      // What follows the answer belongs to no request of ours.
      const bool keep = parser.get().keep_alive() && buffer.size() == 0;
      co_return attempt{.answer = to_response(parser.release()), .is_reusable = keep};
    }
    co_return attempt{.answer =
                          fail(errc::polar_unreadable, where.host + " does not get to an answer")};
  }

  // -- time -----------------------------------------------------------------------------------

  void arm(const lane_pointer& line, const job_pointer& task,
           std::chrono::steady_clock::time_point deadline, std::string_view complaint) {
    line->watchdog.expires_at(deadline);
    line->watchdog.async_wait([line, task, complaint](const error_code& failure) {
      // The watchdog may have been armed anew after this call was put into the queue.
      if (failure || std::chrono::steady_clock::now() < line->watchdog.expiry())
        return;
      line->is_timed_out = true;
      line->close();
      const error problem{errc::polar_timeout,
                          task->address.where.host + " " + std::string{complaint}};
      task->finish(std::unexpected{in_plain_words(line->owner, problem)});
    });
  }

  static void disarm(lane& line) {
    line.watchdog.expires_at(asio::steady_timer::time_point::max());
  }

  // -- TLS ------------------------------------------------------------------------------------

  void prepare_tls() {
    error_code failure;
    tls_.set_verify_mode(asio::ssl::verify_peer);
    if (settings_.ca_file)
      tls_.load_verify_file(settings_.ca_file->string(), failure);
    else
      tls_.set_default_verify_paths(failure);
    // Without authorities every handshake fails, which is safe, and this line says why.
    if (failure)
      telemetry::log_error("certificate authorities could not be read",
                           {{"reason", failure.message()}});
    SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
  }

  static bool expect_host(connection& stream, const std::string& name) {
    error_code is_name;
    asio::ip::make_address(name, is_name);
    // An address is no server name.
    if (is_name && SSL_set_tlsext_host_name(stream.native_handle(), name.c_str()) != 1)
      return false;
    error_code failure;
    stream.set_verify_callback(asio::ssl::host_name_verification(name), failure);
    return !failure;
  }

  // -- end ------------------------------------------------------------------------------------

  static std::unexpected<error> stopped() {
    return fail(errc::shutting_down, "the server is stopping");
  }

  /// Answers everybody and closes everything; `run` returns when the coroutines have unwound.
  void stop() {
    is_stopping_ = true;
    for (auto& [where, target] : hosts_) {
      for (const auto& task : std::exchange(target.waiting, {}))
        task->finish(stopped());
      for (const auto& line : target.lanes) {
        if (line->current)
          line->current->finish(stopped());
        line->close();
        disarm(*line);
        line->wake.cancel();
      }
    }
    work_.reset();
  }

  polar_settings settings_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::map<endpoint, host> hosts_;
  bool is_stopping_ = false;
  std::thread thread_;
};

} // namespace

const std::string* http_response::header(std::string_view lower_case_name) const {
  const auto found =
      std::ranges::find(headers, lower_case_name,
                        [](const auto& header) -> std::string_view { return header.first; });
  return found == headers.end() ? nullptr : &found->second;
}

std::unique_ptr<transport> make_transport(const polar_settings& settings) {
  return std::make_unique<beast_transport>(settings);
}

} // namespace polar_flow::polar
