#include "http/answers.hpp"
#include "http/handlers.hpp"
#include "http/json_writer.hpp"

#include <utility>

namespace polar_flow::http {

std::optional<api_key_id> own_key(const call& asked) {
  return asked.who.kind == caller_kind::user ? std::optional{asked.who.key->record().id}
                                             : std::nullopt;
}

namespace {

using boost::asio::awaitable;

/// Nobody has a key for a user who is not there, and then that is what has to be said.
awaitable<response> answer_without_key(services& available, const call& asked) {
  const auto state = co_await available.behind.get_sync_state(asked.user);
  if (!state)
    co_return answer_failure(asked, state.error());
  const error no_key{errc::not_found, "No active API key found for user " + asked.user.value};
  co_return answer_failure(asked, no_key);
}

std::optional<std::string> instant_text(const std::optional<instant>& moment) {
  return moment ? std::optional{format_instant(*moment)} : std::nullopt;
}

std::string to_json(const api_key_record& key) {
  json_writer out;
  out.begin_object();
  out.member("key_prefix", key.prefix);
  out.member("user_id", key.user ? key.user->value : std::string{});
  out.member("is_active", key.is_active);
  out.member("rate_limit_requests", key.rate_limit_requests);
  out.member("rate_limit_remaining", key.rate_limit_remaining);
  out.member("created_at", format_instant(key.created_at));
  out.member("last_used_at", instant_text(key.last_used_at));
  out.end_object();
  return out.take();
}

} // namespace

/// GET /api/v1/users/{user_id}/api-key/info
awaitable<response> get_key_info(services& available, const call& asked) {
  const auto found = co_await available.behind.find_key(asked.user, own_key(asked));
  if (!found)
    co_return answer_failure(asked, found.error());
  if (*found)
    co_return make_response(200, to_json(**found));
  const auto state = co_await available.behind.get_sync_state(asked.user);
  if (!state)
    co_return answer_failure(asked, state.error());
  co_return make_response(200, "null");
}

/// POST /api/v1/users/{user_id}/api-key/regenerate
awaitable<response> regenerate_key(services& available, const call& asked) {
  const auto issued = co_await available.behind.regenerate_key(asked.user, own_key(asked));
  if (!issued && issued.error().code == errc::not_found)
    co_return co_await answer_without_key(available, asked);
  if (!issued)
    co_return answer_failure(asked, issued.error());
  json_writer out;
  out.begin_object();
  out.member("api_key", issued->api_key);
  out.member("message", "Key regenerated successfully. Old key is now invalid.");
  out.end_object();
  co_return make_response(200, out.take());
}

/// POST /api/v1/users/{user_id}/api-key/revoke
awaitable<response> revoke_key(services& available, const call& asked) {
  const auto revoked = co_await available.behind.revoke_key(asked.user, own_key(asked));
  if (!revoked && revoked.error().code == errc::not_found)
    co_return co_await answer_without_key(available, asked);
  if (!revoked)
    co_return answer_failure(asked, revoked.error());
  json_writer out;
  out.begin_object();
  out.member("message", "API key revoked successfully");
  out.member("user_id", asked.user.value);
  out.end_object();
  co_return make_response(200, out.take());
}

} // namespace polar_flow::http
