#include "http/answers.hpp"
#include "http/handlers.hpp"
#include "http/json_writer.hpp"

namespace polar_flow::http {

using boost::asio::awaitable;

/// GET /api/v1/users/{user_id}/status
awaitable<response> get_user_status(services& available, const call& asked) {
  const auto state = co_await available.behind.get_sync_state(asked.user);
  if (!state)
    co_return answer_failure(asked, state.error());
  const auto key = co_await available.behind.find_key(asked.user, own_key(asked));
  if (!key)
    co_return answer_failure(asked, key.error());
  const auto& last_sync = state->record.last_synced_at;
  json_writer out;
  out.begin_object();
  out.member("polar_user_id", asked.user.value);
  out.member("is_active", state->record.has_token);
  out.member("last_synced_at",
             last_sync ? std::optional{format_instant(*last_sync)} : std::nullopt);
  out.member("has_api_key", key->has_value());
  out.member("api_key_prefix", *key ? std::optional{(*key)->prefix} : std::nullopt);
  out.end_object();
  co_return make_response(200, out.take());
}

/// DELETE /api/v1/users/{user_id}
awaitable<response> erase_user(services& available, const call& asked) {
  // What an app was given for reading must not be able to destroy years of data.
  if (asked.who.kind == caller_kind::user)
    co_return make_status_response(403, "Only a service key or the master key may erase a user");
  const auto erased = co_await available.behind.erase_user(asked.user);
  if (!erased)
    co_return answer_failure(asked, erased.error());
  json_writer out;
  out.begin_object();
  out.member("message", "User erased");
  out.member("user_id", asked.user.value);
  out.end_object();
  co_return make_response(200, out.take());
}

} // namespace polar_flow::http
