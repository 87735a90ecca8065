#include "storage/store_impl.hpp"

#include <array>

namespace polar_flow::storage {

namespace {

constexpr std::array all_states{connection_state::connected,
                                connection_state::needs_reauthorization,
                                connection_state::disconnected};

} // namespace

user_record read_user(const pqxx::row& row) {
  user_record user;
  std::string state;
  row_reader{row} >> user.id >> state >> user.token_expires_at >> user.last_synced_at
      >> user.last_read_at >> user.last_new_data_at >> user.consecutive_failures >> user.not_before
      >> user.utc_offset_minutes >> user.next_loss_at >> user.changes >> user.has_token
      >> user.created_at;
  user.state = enumerator_of(all_states, state);
  return user;
}

result<user_record> store::find_user(const user_id& user) {
  return impl_->db.read([&](transaction& tx) -> result<user_record> {
    const auto rows = tx.run(statements::find_user, parameters::of(user));
    if (rows.empty())
      return fail(errc::unknown_user, unknown_user_message);
    return read_user(rows.front());
  });
}

result<std::vector<user_record>> store::list_users() {
  return impl_->db.read([](transaction& tx) -> result<std::vector<user_record>> {
    std::vector<user_record> users;
    for (const auto& row : tx.run(statements::list_users))
      users.push_back(read_user(row));
    return users;
  });
}

result<user_record> store::upsert_user(const shard_claim& claim, const user_id& user,
                                       const std::optional<std::string>& sealed_token,
                                       std::optional<instant> token_expires_at, instant now) {
  return impl_->db.write_for(claim, user, [&](transaction& tx) -> result<user_record> {
    const auto rows =
        tx.run(statements::upsert_user, parameters::of(user, sealed_token, token_expires_at, now));
    return read_user(rows.front());
  });
}

result<user_record> store::disconnect_user(const shard_claim& claim, const user_id& user,
                                           instant now) {
  return impl_->db.write_for(claim, user, [&](transaction& tx) -> result<user_record> {
    const auto rows = tx.run(statements::disconnect_user, parameters::of(user, now));
    if (rows.empty())
      return fail(errc::unknown_user, unknown_user_message);
    return read_user(rows.front());
  });
}

result<void> store::erase_user(const shard_claim& claim, const user_id& user) {
  return impl_->db.write_for(claim, user, [&](transaction& tx) -> result<void> {
    // Whoever writes something of the user takes turns by this lock.
    if (tx.run(statements::lock_user, parameters::of(user)).empty())
      return fail(errc::unknown_user, unknown_user_message);
    tx.run(statements::erase_user, parameters::of(user));
    return {};
  });
}

result<std::string> store::find_sealed_token(const user_id& user) {
  return impl_->db.read([&](transaction& tx) -> result<std::string> {
    const auto rows = tx.run(statements::find_sealed_token, parameters::of(user));
    if (rows.empty())
      return fail(errc::unknown_user, unknown_user_message);
    auto token = row_reader{rows.front()}.next<std::optional<std::string>>();
    if (!token)
      return fail(errc::no_polar_token, "no Polar token is stored for this user");
    return std::move(*token);
  });
}

result<void> store::note_read(const shard_claim& claim, const user_id& user, instant now) {
  return impl_->db.write_for(claim, user, [&](transaction& tx) -> result<void> {
    if (tx.run(statements::note_read, parameters::of(user, now)).affected_rows() == 0)
      return fail(errc::unknown_user, unknown_user_message);
    return {};
  });
}

} // namespace polar_flow::storage
