#include "storage/store_impl.hpp"

namespace polar_flow::storage {

namespace {

/// Anybody may start an authorization, so what strangers can make us keep has an end. A person
/// needs minutes for the consent page; ten thousand at once are more than any server of ours sees.
constexpr std::int64_t oauth_states_max = 10'000;

} // namespace

result<void> store::put_oauth_state(const oauth_state_record& state) {
  return impl_->db.write([&](transaction& tx) -> result<void> {
    tx.run(statements::insert_oauth_state,
           parameters::of(state.state_hash, state.callback_url, state.redirect_uri, state.client_id,
                          state.browser_hash, state.expires_at));
    tx.run(statements::trim_oauth_states, parameters::of(oauth_states_max));
    return {};
  });
}

result<oauth_state_record> store::take_oauth_state(const std::string& state_hash,
                                                   const std::string& browser_hash, instant now) {
  using outcome = result<std::optional<oauth_state_record>>;
  // An absent or expired state is no reason to roll back: the row must go in any case.
  auto taken = impl_->db.write([&](transaction& tx) -> outcome {
    const auto rows =
        tx.run(statements::take_oauth_state, parameters::of(state_hash, browser_hash));
    if (rows.empty())
      return std::nullopt;
    oauth_state_record state;
    const auto row = rows.front();
    row_reader{row} >> state.state_hash >> state.callback_url >> state.redirect_uri
        >> state.client_id >> state.browser_hash >> state.expires_at;
    return state;
  });
  if (!taken)
    return std::unexpected{std::move(taken.error())};
  if (!*taken || (*taken)->expires_at <= now)
    return fail(errc::invalid_oauth_state,
                "the authorization is unknown, used, expired or another browser's");
  return std::move(**taken);
}

result<void> store::put_temporary_code(const temporary_code_record& code) {
  return impl_->db.write([&](transaction& tx) -> result<void> {
    tx.run(statements::insert_temporary_code,
           parameters::of(code.code_hash, code.user, code.client_id, code.expires_at));
    tx.run(statements::trim_temporary_codes, parameters::of(code.expires_at));
    return {};
  });
}

result<temporary_code_record>
store::take_temporary_code(const std::string& code_hash,
                           const std::optional<std::string>& client_id, instant now) {
  return impl_->db.write([&](transaction& tx) -> result<temporary_code_record> {
    const auto rows =
        tx.run(statements::take_temporary_code, parameters::of(code_hash, client_id, now));
    if (rows.empty())
      return fail(errc::invalid_temporary_code, "the code is unknown, used or expired");
    temporary_code_record code;
    const auto row = rows.front();
    row_reader{row} >> code.code_hash >> code.user >> code.client_id >> code.expires_at;
    return code;
  });
}

} // namespace polar_flow::storage
