#include "domain/version.hpp"
#include "http/api_types.hpp"
#include "http/handlers.hpp"
#include "http/json_writer.hpp"

namespace polar_flow::http {

/// GET /health
boost::asio::awaitable<response> get_health(services&, const call&) {
  json_writer out;
  out.begin_object();
  out.member("status", "ok");
  out.member("version", server_version);
  out.end_object();
  co_return make_response(200, out.take());
}

/// GET /ready
boost::asio::awaitable<response> get_ready(services& available, const call&) {
  const auto answered = co_await available.behind.get_readiness();
  // Who gets no answer within the deadline is not ready either; nothing is known to be well.
  const readiness state = answered.value_or(readiness{});
  auto answer = make_response(state.is_ready() ? 200 : 503, to_json(state));
  if (!answered)
    answer.failure = answered.error().code;
  else if (!state.database)
    answer.failure = errc::storage_unavailable;
  else if (!state.is_ready())
    answer.failure = state.shards ? errc::internal : errc::stale_epoch;
  co_return answer;
}

} // namespace polar_flow::http
