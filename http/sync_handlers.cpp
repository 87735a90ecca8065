#include "http/api_types.hpp"
#include "http/error_response.hpp"
#include "http/handlers.hpp"
#include "http/json_writer.hpp"

#include <algorithm>

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
    co_return make_error_response(progress.error(), {asked.user.value, asked.target.path});
  if (!progress->report)
    co_return answer_running(progress->job);
  co_return make_response(200, to_json(*progress->report));
}

} // namespace polar_flow::http
