#include "http/api_types.hpp"
#include "http/error_response.hpp"
#include "http/handlers.hpp"
#include "http/json_writer.hpp"
#include "http/streamed_body.hpp"
#include "http/sync_types.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

namespace polar_flow::http {

namespace {

/// What can be a token at all: it travels in a header of our request to Polar, so nothing but
/// visible ASCII, and Polar's own client has always refused fewer than ten characters.
bool is_possible_token(std::string_view text) {
  constexpr std::size_t length_min = 10;
  return text.size() >= length_min
         && std::ranges::all_of(text, [](char c) { return c >= '!' && c <= '~'; });
}

response answer_running(const job_id& job) {
  constexpr std::uint16_t accepted = 202;
  json_writer out;
  out.begin_object();
  out.member("status", "running");
  out.member("job_id", job.value);
  out.end_object();
  return make_response(accepted, out.take());
}

response answer_failure(const call& asked, const error& failure) {
  return make_error_response(failure, {asked.user.value, asked.target.path});
}

/// What changes from second to second is not worth keeping, not even for the asker.
response answer_fresh(std::string body) {
  return make_response(200, std::move(body));
}

/// How long one question for events may take: a server that stops waits for it.
constexpr std::chrono::milliseconds event_patience{2000};

/// A comment line after so much silence keeps proxies from closing the connection.
constexpr std::chrono::seconds heartbeat_interval{15};

/// The events of one user's syncs in the form of server-sent events.
class event_stream final : public streamed_body {
public:
  event_stream(services& available, const call& asked, std::optional<std::uint64_t> after,
               sync_events first)
      : behind_{available.behind},
        keys_{available.keys},
        who_{asked.who},
        user_{asked.user},
        after_{after},
        pending_{std::move(first)} {
    // nop
  }

  boost::asio::awaitable<std::optional<std::string>> next_part() override {
    if (pending_.events.empty() && has_begun_) {
      const auto asked_at = std::chrono::steady_clock::now();
      auto found = co_await behind_.await_sync_events(user_, after_, event_patience);
      if (!found)
        co_return std::nullopt;
      pending_ = std::move(*found);
      silence_ += std::chrono::duration_cast<std::chrono::milliseconds>(
          std::chrono::steady_clock::now() - asked_at);
    }
    // Whoever revokes a key means what is open already, too.
    if (!is_still_valid(who_, keys_))
      co_return std::nullopt;
    auto part = take_pending();
    if (part.empty() && silence_ >= heartbeat_interval)
      part = ": nothing new\n\n";
    if (!part.empty())
      silence_ = std::chrono::milliseconds{0};
    co_return part;
  }

private:
  std::string take_pending() {
    std::string part;
    if (!has_begun_) {
      part = "retry: 3000\n\n";
      has_begun_ = true;
    }
    for (const auto& event : pending_.events) {
      part += "id: " + std::to_string(event.number) + "\nevent: ";
      part += to_string(event.what);
      part += "\ndata: " + to_json(event) + "\n\n";
    }
    after_ = pending_.last_number;
    pending_.events.clear();
    return part;
  }

  backend& behind_;
  const published_keys& keys_;
  caller who_;
  user_id user_;
  std::optional<std::uint64_t> after_;
  sync_events pending_;
  /// For so long nothing was sent.
  std::chrono::milliseconds silence_{0};
  bool has_begun_ = false;
};

/// Where a client that was connected before wants to go on; nullopt for any other text.
std::optional<std::uint64_t> last_event_seen(const request& message) {
  const auto text = message.header("Last-Event-ID");
  if (!text)
    return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (problem != std::errc{} || end != text->data() + text->size())
    return std::nullopt;
  return number;
}

} // namespace

/// POST /api/v1/users/{user_id}/sync/trigger
boost::asio::awaitable<response> trigger_sync(services& available, const call& asked) {
  const auto days = read_integer(asked.message, days_of_sync);
  if (!days)
    co_return days.error();
  const auto token = asked.message.header(polar_token.name);
  if (token && !is_possible_token(*token)) {
    const validation_problem problem{"Expected `str` matching regex '^[!-~]{10,}$'",
                                     polar_token.name, "header"};
    co_return make_validation_response(asked.message, problem);
  }

  sync_request wanted;
  wanted.days = *days;
  if (token)
    wanted.polar_token = std::string{*token};
  wanted.any_user_allowed = asked.who.kind != caller_kind::user;
  const auto progress = co_await available.behind.trigger_sync(asked.user, wanted);

  if (!progress)
    co_return answer_failure(asked, progress.error());
  if (!progress->report)
    co_return answer_running(progress->job);
  co_return make_response(200, to_json(*progress->report));
}

/// GET /api/v1/users/{user_id}/sync/status
boost::asio::awaitable<response> get_sync_status(services& available, const call& asked) {
  const auto state = co_await available.behind.get_sync_state(asked.user);
  if (!state)
    co_return answer_failure(asked, state.error());
  co_return answer_fresh(to_json(*state));
}

/// GET /api/v1/users/{user_id}/sync/logs
boost::asio::awaitable<response> get_sync_logs(services& available, const call& asked) {
  const auto limit = read_integer(asked.message, limit_of_logs);
  if (!limit)
    co_return limit.error();
  const auto logs
      = co_await available.behind.get_sync_logs(asked.user, limit->value_or(limit_of_logs.max));
  if (!logs)
    co_return answer_failure(asked, logs.error());
  co_return answer_fresh(to_json(**logs));
}

/// GET /api/v1/users/{user_id}/sync/events
boost::asio::awaitable<response> watch_sync(services& available, const call& asked) {
  const auto after = last_event_seen(asked.message);
  // The first question tells whether there is such a user while a status can still say it.
  auto first = co_await available.behind.await_sync_events(asked.user, after,
                                                           std::chrono::milliseconds{0});
  if (!first)
    co_return answer_failure(asked, first.error());
  response answer;
  answer.content_type = event_stream_content_type;
  answer.stream = std::make_shared<event_stream>(available, asked, after, std::move(*first));
  // A proxy that collects answers would collect this one for ever.
  answer.headers.emplace_back("X-Accel-Buffering", "no");
  co_return answer;
}

/// GET /api/v1/users/{user_id}/coverage
boost::asio::awaitable<response> get_coverage(services& available, const call& asked) {
  const auto days = read_integer(asked.message, days_of_list);
  if (!days)
    co_return days.error();
  const auto report
      = co_await available.behind.get_coverage(asked.user, days->value_or(days_of_list.max));
  if (!report)
    co_return answer_failure(asked, report.error());
  co_return answer_fresh(to_json(**report, asked.user));
}

/// POST /api/v1/users/{user_id}/disconnect
boost::asio::awaitable<response> disconnect_user(services& available, const call& asked) {
  const auto record = co_await available.behind.disconnect_user(asked.user);
  if (!record)
    co_return answer_failure(asked, record.error());
  co_return make_response(200, to_json(*record));
}

/// POST /webhooks/polar
boost::asio::awaitable<response> receive_webhook(services& available, const call& asked) {
  webhook_delivery delivery;
  delivery.body = std::string{asked.message.body};
  if (const auto signature = asked.message.header("Polar-Webhook-Signature"))
    delivery.signature = std::string{*signature};
  const auto taken = co_await available.behind.receive_webhook(delivery);
  if (!taken)
    co_return answer_failure(asked, taken.error());
  co_return make_response(200, R"({"status":"ok"})");
}

} // namespace polar_flow::http
