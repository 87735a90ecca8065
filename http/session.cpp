#include "http/session.hpp"

#include "http/error_response.hpp"
#include "http/protocol.hpp"
#include "http/received_body.hpp"
#include "http/response_head.hpp"
#include "http/streamed_body.hpp"
#include "telemetry/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace polar_flow::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using steady_time = std::chrono::steady_clock::time_point;

/// Completes with (error, …) instead of throwing.
constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

/// How much is read at once. A request of ours is a few hundred bytes; more than this only
/// matters for bodies, which are limited anyway.
constexpr std::size_t read_bytes = 16 * 1024;

/// Answers wait for a common write only up to this many bytes, so that a slow reader of large
/// answers does not pin much memory.
constexpr std::size_t outbox_bytes_max = 256 * 1024;

/// A large body may take longer than `read_timeout`, but not for ever: slower than a bad mobile
/// connection it must not come.
constexpr std::uint64_t upload_bytes_per_second_min = 16 * 1024;

/// How long and how much we keep reading after the last answer to a client that is still
/// sending. Closing at once would make its kernel discard the answer.
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t linger_bytes_max = 4 * 1024 * 1024;

enum class part : std::uint8_t { head, body };

constexpr std::string_view line_end = "\r\n";

} // namespace

// -- one connection ---------------------------------------------------------------------------

/// Reads requests and answers them in order. While the client has sent ahead, answers to reads
/// are collected and go out in one gathered write, at most `pipelined_requests_max` of them.
///
///   idle ──first byte──▶ head ──▶ body ──▶ handling ──▶ writing ──▶ idle …
///     └── EOF, idle timeout, drain ──▶ end          error ──▶ writing ──▶ lingering ──▶ end
class session {
public:
  session(session_group& group, tcp::socket socket, admission how);
  ~session();

  awaitable<void> run();

  void sweep(steady_time now);
  void drain();
  void close();

private:
  using parser = beast::http::request_parser<received_body>;

  enum class wait : std::uint8_t { none, idle, input, output, linger };

  struct outgoing {
    std::size_t head_begin = 0;
    std::size_t head_bytes = 0;
    std::shared_ptr<const std::string> body;
  };

  awaitable<bool> serve_one();
  bool admit_body();
  awaitable<bool> read(part wanted);
  bool skip_empty_line();
  awaitable<bool> receive(part wanted);
  awaitable<bool> continue_expected();
  awaitable<response> answer(const request& message);
  awaitable<bool> flush();
  awaitable<bool> send_stream(const response& reply, bool sends_body);
  awaitable<bool> send(std::span<const asio::const_buffer> buffers);
  awaitable<void> linger();

  request view_request();
  connection_end end_after_answer() const;
  void refuse(const protocol_failure& failure);
  void enqueue(const response& reply, connection_end end, bool sends_body);
  void wait_for(wait what, steady_time deadline);

  session_group& group_;
  tcp::socket socket_;
  admission how_;
  std::string peer_;
  bool is_from_trusted_proxy_ = false;
  bool is_timed_out_ = false;
  bool lingers_ = false;
  wait waits_for_ = wait::none;
  steady_time deadline_ = steady_time::max();
  /// When the head or body being read must be complete; set by its first byte.
  std::optional<steady_time> part_deadline_;

  beast::flat_buffer buffer_;
  std::optional<parser> parser_;
  std::size_t head_bytes_ = 0;
  std::vector<header_view> headers_;
  /// Set for a request whose body is too large for memory.
  std::optional<admitted_upload> admitted_;

  /// Heads of the answers in `outbox_`, one after the other.
  std::string heads_;
  std::vector<outgoing> outbox_;
  std::size_t outbox_bytes_ = 0;
  std::vector<asio::const_buffer> gathered_;
};

session::session(session_group& group, tcp::socket socket, admission how)
    : group_{group},
      socket_{std::move(socket)},
      how_{how},
      buffer_{group.limits_.header_bytes_max + read_bytes} {
  group_.sessions_.insert(this);
}

session::~session() {
  group_.sessions_.erase(this);
  group_.on_end_();
}

awaitable<void> session::run() {
  error_code ignored;
  socket_.set_option(tcp::no_delay{true}, ignored);
  peer_ = socket_.remote_endpoint(ignored).address().to_string();
  is_from_trusted_proxy_ = group_.proxies_.contains(peer_);

  if (how_ == admission::refuse)
    refuse(too_many_connections);
  else
    while (co_await serve_one())
      continue;

  const bool is_written = co_await flush();
  if (is_written && lingers_)
    co_await linger();
}

/// Reads one request and answers it; false when it was the last of this connection.
awaitable<bool> session::serve_one() {
  parser_.emplace();
  head_bytes_ = 0;
  parser_->header_limit(static_cast<std::uint32_t>(group_.limits_.header_bytes_max));
  // Which limit it is depends on the head; until that is there, the parser gets the largest.
  parser_->body_limit(
      std::max(group_.limits_.import_bytes_max, group_.limits_.body_bytes_max));
  admitted_.reset();
  if (!co_await read(part::head))
    co_return false;
  if (const auto failure = check_head(parser_->get())) {
    refuse(*failure);
    co_return false;
  }
  if (!parser_->is_done()) {
    if (!admit_body())
      co_return false;
    if (!co_await continue_expected())
      co_return false;
    if (!co_await read(part::body))
      co_return false;
  }

  const request message = view_request();
  const bool is_read = message.method == http_method::get || message.method == http_method::head;
  // What changes something may take long; answers that are ready must not wait for it.
  if (!is_read) {
    if (!co_await flush())
      co_return false;
  }
  waits_for_ = wait::none;
  deadline_ = steady_time::max();
  const response reply = co_await answer(message);

  if (reply.stream)
    co_return co_await send_stream(reply, message.method != http_method::head);
  const auto end = end_after_answer();
  enqueue(reply, end, message.method != http_method::head);
  if (end == connection_end::close) {
    lingers_ = buffer_.size() > 0;
    co_return false;
  }
  const bool is_full =
      outbox_.size() >= group_.limits_.pipelined_requests_max || outbox_bytes_ >= outbox_bytes_max;
  if (is_full)
    co_return co_await flush();
  co_return true;
}

/// Decides what may come as a body. Who may not send a large one hears so before it has come.
bool session::admit_body() {
  const auto head = view_request();
  admitted_ = group_.answers_.admit(head);
  const auto limit = admitted_ ? group_.limits_.import_bytes_max : group_.limits_.body_bytes_max;
  if (admitted_ && admitted_->refusal) {
    enqueue(*admitted_->refusal, connection_end::close, true);
    lingers_ = true;
    return false;
  }
  if (parser_->content_length().value_or(0) > limit) {
    refuse(describe(beast::http::error::body_limit));
    return false;
  }
  parser_->body_limit(limit);
  if (admitted_)
    parser_->get().body().file = admitted_->file.get();
  return true;
}

/// Reads until head or body is complete, from what the client has sent ahead first.
awaitable<bool> session::read(part wanted) {
  parser_->eager(wanted == part::body);
  part_deadline_.reset();
  if (wanted == part::body || buffer_.size() > 0)
    part_deadline_ = std::chrono::steady_clock::now() + group_.limits_.read_timeout;
  bool has_begun = wanted == part::body;
  for (;;) {
    if (!has_begun)
      has_begun = skip_empty_line();
    if (has_begun && buffer_.size() > 0) {
      error_code problem;
      const auto bytes = parser_->put(buffer_.data(), problem);
      buffer_.consume(bytes);
      // The parser counts only what came before the last piece of a head.
      if (wanted == part::head && (head_bytes_ += bytes) > group_.limits_.header_bytes_max)
        problem = beast::http::error::header_limit;
      if (problem && problem != beast::http::error::need_more) {
        refuse(describe(problem));
        co_return false;
      }
      if (wanted == part::head ? parser_->is_header_done() : parser_->is_done())
        co_return true;
    }
    if (buffer_.size() == buffer_.max_size()) {
      refuse(describe(beast::http::error::buffer_overflow));
      co_return false;
    }
    if (!co_await flush())
      co_return false;
    if (!co_await receive(wanted))
      co_return false;
  }
}

/// Some clients end a body with a line end that is not counted in its length: one empty line
/// before a request is nothing (RFC 9112, section 2.2). False while too little has come to tell.
bool session::skip_empty_line() {
  const auto bytes = buffer_.cdata();
  const std::string_view text{static_cast<const char*>(bytes.data()), bytes.size()};
  if (!text.starts_with(line_end))
    return !line_end.starts_with(text);
  buffer_.consume(line_end.size());
  // What was read so far belonged to the request before.
  if (buffer_.size() == 0)
    part_deadline_.reset();
  return true;
}

/// Reads once from the socket.
awaitable<bool> session::receive(part wanted) {
  const bool is_idle = wanted == part::head && buffer_.size() == 0;
  if (is_idle && group_.is_draining_)
    co_return false;
  if (is_idle)
    wait_for(wait::idle, std::chrono::steady_clock::now() + group_.limits_.idle_timeout);
  else
    wait_for(wait::input, part_deadline_.value_or(steady_time::max()));
  const std::size_t room = std::min(read_bytes, buffer_.max_size() - buffer_.size());
  const auto [problem, bytes] = co_await socket_.async_read_some(buffer_.prepare(room), as_values);
  if (problem) {
    if (is_timed_out_ && !is_idle)
      refuse(too_slow);
    co_return false;
  }
  buffer_.commit(bytes);
  if (!part_deadline_)
    part_deadline_ = std::chrono::steady_clock::now() + group_.limits_.read_timeout;
  // Every piece of a large body earns the time for the next ones.
  if (admitted_ && wanted == part::body)
    *part_deadline_ += std::chrono::microseconds{1'000'000 * bytes / upload_bytes_per_second_min};
  co_return true;
}

/// Tells a client that waits for it to go on and send the body.
awaitable<bool> session::continue_expected() {
  const auto& fields = parser_->get();
  if (fields.version() < 11 || fields.find(beast::http::field::expect) == fields.end()
      || buffer_.size() > 0)
    co_return true;
  if (!co_await flush())
    co_return false;
  constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  wait_for(wait::output, std::chrono::steady_clock::now() + group_.limits_.write_timeout);
  const auto [problem, bytes] = co_await asio::async_write(socket_, asio::buffer(go_on), as_values);
  co_return !problem;
}

/// The answer, or a plain 500 when a handler threw.
awaitable<response> session::answer(const request& message) {
  std::optional<rate_limit_state> taken;
  try {
    co_return co_await group_.answers_.respond(message, &taken);
  } catch (const std::exception& problem) {
    telemetry::log_error("a handler failed", {{"reason", std::string{problem.what()}}});
  }
  const error failure{errc::internal, {}};
  response reply = make_error_response(failure, {});
  reply.rate_limit = taken;
  group_.answers_.decorate(reply, message);
  co_return reply;
}

awaitable<bool> session::flush() {
  if (outbox_.empty())
    co_return true;
  gathered_.clear();
  for (const auto& item : outbox_) {
    gathered_.emplace_back(heads_.data() + item.head_begin, item.head_bytes);
    if (item.body)
      gathered_.emplace_back(item.body->data(), item.body->size());
  }
  const bool is_sent = co_await send(gathered_);
  outbox_.clear();
  heads_.clear();
  outbox_bytes_ = 0;
  co_return is_sent;
}

awaitable<bool> session::send(std::span<const asio::const_buffer> buffers) {
  wait_for(wait::output, std::chrono::steady_clock::now() + group_.limits_.write_timeout);
  const auto [problem, bytes] = co_await asio::async_write(socket_, buffers, as_values);
  co_return !problem;
}

/// Sends a body part by part; true when the connection can go on. A server that stops ends the
/// stream between two parts.
awaitable<bool> session::send_stream(const response& reply, bool sends_body) {
  const bool is_chunked = parser_->get().version() >= 11;
  const auto end = is_chunked ? end_after_answer() : connection_end::close;
  const std::size_t head_begin = heads_.size();
  append_head(heads_, reply, end, is_chunked ? transfer::chunked : transfer::until_close);
  outbox_.push_back({head_begin, heads_.size() - head_begin, nullptr});
  if (!co_await flush())
    co_return false;
  const bool goes_on = end != connection_end::close;
  if (!sends_body)
    co_return goes_on;
  bool is_whole = reply.stream->may_end_early();
  while (!group_.is_draining_) {
    waits_for_ = wait::none;
    deadline_ = steady_time::max();
    const std::optional<std::string> part = co_await reply.stream->next_part();
    if (!part) {
      is_whole = true;
      break;
    }
    // In chunks it would be the end. Others get their turn, should it have come at once.
    if (part->empty()) {
      co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
      continue;
    }
    std::array<char, 24> size{};
    const auto size_end = std::to_chars(size.data(), size.data() + size.size(), part->size(), 16);
    const std::array<asio::const_buffer, 4> chunk{
        asio::const_buffer{size.data(), static_cast<std::size_t>(size_end.ptr - size.data())},
        asio::buffer(line_end), asio::buffer(*part), asio::buffer(line_end)};
    const std::span<const asio::const_buffer> buffers{chunk};
    if (!co_await send(is_chunked ? buffers : buffers.subspan(2, 1)))
      co_return false;
  }
  // Without its last chunk a body is a fragment.
  if (!is_chunked || !is_whole)
    co_return false;
  constexpr std::string_view last_chunk = "0\r\n\r\n";
  const std::array<asio::const_buffer, 1> ending{asio::buffer(last_chunk)};
  const bool is_sent = co_await send(ending);
  co_return is_sent && goes_on && !group_.is_draining_;
}

awaitable<void> session::linger() {
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  wait_for(wait::linger, std::chrono::steady_clock::now() + linger_time);
  std::size_t discarded = 0;
  while (discarded < linger_bytes_max) {
    buffer_.clear();
    const auto [problem, bytes] =
        co_await socket_.async_read_some(buffer_.prepare(read_bytes), as_values);
    if (problem)
      co_return;
    discarded += bytes;
  }
}

request session::view_request() {
  const auto& fields = parser_->get();
  headers_.clear();
  for (const auto& field : fields)
    headers_.push_back({as_std(field.name_string()), as_std(field.value())});
  request message;
  message.method = parse_method(as_std(fields.method_string()));
  message.target = as_std(fields.target());
  message.headers = headers_;
  message.body = fields.body().text;
  if (admitted_ && admitted_->file) {
    message.file = admitted_->file.get();
    message.admitted = &admitted_->who;
  }
  message.is_from_trusted_proxy = is_from_trusted_proxy_;
  message.client_address = peer_;
  if (is_from_trusted_proxy_)
    message.client_address
        = group_.proxies_.client_behind(peer_, message.last_header("X-Forwarded-For").value_or(""));
  return message;
}

connection_end session::end_after_answer() const {
  if (group_.is_draining_ || !parser_->get().keep_alive())
    return connection_end::close;
  return parser_->get().version() < 11 ? connection_end::keep_alive_http_1_0
                                       : connection_end::keep_alive;
}

/// Queues an error answer after which the connection ends.
void session::refuse(const protocol_failure& failure) {
  // Nothing more of a body is read that could go into its file.
  admitted_.reset();
  response reply = make_status_response(failure.status, failure.detail);
  reply.failure = failure.code;
  group_.answers_.decorate(reply, request{});
  enqueue(reply, connection_end::close, true);
  lingers_ = true;
}

void session::enqueue(const response& reply, connection_end end, bool sends_body) {
  outgoing item;
  item.head_begin = heads_.size();
  append_head(heads_, reply, end);
  item.head_bytes = heads_.size() - item.head_begin;
  if (sends_body)
    item.body = reply.body;
  outbox_bytes_ += item.head_bytes + (item.body ? item.body->size() : 0);
  outbox_.push_back(std::move(item));
}

void session::wait_for(wait what, steady_time deadline) {
  waits_for_ = what;
  deadline_ = deadline;
  is_timed_out_ = false;
}

void session::sweep(steady_time now) {
  if (now < deadline_)
    return;
  is_timed_out_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

void session::drain() {
  error_code ignored;
  if (waits_for_ == wait::idle)
    socket_.cancel(ignored);
}

void session::close() {
  error_code ignored;
  socket_.close(ignored);
}

// -- all connections of a thread --------------------------------------------------------------

namespace {

/// Owns the session while it runs.
awaitable<void> run_session(std::unique_ptr<session> owned) {
  try {
    co_await owned->run();
  } catch (const std::exception& problem) {
    telemetry::log_error("a connection failed", {{"reason", std::string{problem.what()}}});
  }
}

} // namespace

session_group::session_group(const http_settings& limits, dispatcher& answers,
                             const trusted_proxies& proxies, std::function<void()> on_end)
    : limits_{limits}, answers_{answers}, proxies_{proxies}, on_end_{std::move(on_end)} {
  // nop
}

session_group::~session_group() = default;

void session_group::start(tcp::socket socket, admission how) {
  const auto executor = socket.get_executor();
  auto owned = std::make_unique<session>(*this, std::move(socket), how);
  asio::co_spawn(executor, run_session(std::move(owned)), asio::detached);
}

void session_group::sweep(steady_time now) {
  for (auto* member : sessions_)
    member->sweep(now);
}

void session_group::drain() {
  is_draining_ = true;
  for (auto* member : sessions_)
    member->drain();
}

void session_group::close_all() {
  for (auto* member : sessions_)
    member->close();
}

} // namespace polar_flow::http
