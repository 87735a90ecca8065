#include "storage/store_impl.hpp"

namespace polar_flow::storage {

namespace {

api_key_record read_key(const pqxx::row& row) {
  api_key_record key;
  row_reader{row} >> key.id.value >> key.hash >> key.prefix >> key.name >> key.user >> key.client_id
      >> key.is_active >> key.rate_limit_requests >> key.rate_limit_remaining
      >> key.rate_limit_reset_at >> key.created_at >> key.last_used_at;
  return key;
}

parameters insert_parameters(const api_key_record& key) {
  return parameters::of(key.hash, key.prefix, key.name, key.user, key.client_id, key.is_active,
                        key.rate_limit_requests, key.rate_limit_remaining, key.rate_limit_reset_at,
                        key.created_at, key.last_used_at);
}

result<api_key_record> create_in(transaction& tx, const api_key_record& record,
                                 store::same_client policy) {
  if (record.user && tx.run(statements::lock_user, parameters::of(*record.user)).empty())
    return fail(errc::unknown_user, "no user with this id is connected");
  if (record.user && policy == store::same_client::replace)
    tx.run(statements::deactivate_keys_of_client,
           parameters::of(*record.user, record.client_id, record.name));
  const auto rows = tx.run(statements::insert_key, insert_parameters(record));
  if (rows.empty())
    return fail(errc::invalid_argument, "this user has an active key for this client already");
  return read_key(rows.front());
}

} // namespace

result<std::vector<api_key_record>> store::list_keys() {
  return impl_->db.read([](transaction& tx) -> result<std::vector<api_key_record>> {
    std::vector<api_key_record> keys;
    for (const auto& row : tx.run(statements::list_keys))
      keys.push_back(read_key(row));
    return keys;
  });
}

result<api_key_record> store::create_key(const api_key_record& record, same_client policy) {
  return impl_->db.write([&](transaction& tx) { return create_in(tx, record, policy); });
}

result<api_key_record> store::regenerate_key(api_key_id id, const std::string& hash,
                                             const std::string& prefix, instant now) {
  return impl_->db.write([&](transaction& tx) -> result<api_key_record> {
    const auto rows
        = tx.run(statements::regenerate_key, parameters::of(id, hash, prefix, now));
    if (rows.empty())
      return fail(errc::not_found, "there is no such key");
    return read_key(rows.front());
  });
}

result<void> store::revoke_key(api_key_id id) {
  return impl_->db.write([&](transaction& tx) -> result<void> {
    if (tx.run(statements::revoke_key, parameters::of(id)).affected_rows() == 0)
      return fail(errc::not_found, "there is no such key");
    return {};
  });
}

result<void> store::flush_key_usage(const std::vector<key_usage>& usage) {
  if (usage.empty())
    return {};
  return impl_->db.write([&](transaction& tx) -> result<void> {
    tx.run(statements::flush_key_usage,
           parameters::of(column(usage, &key_usage::id), column(usage, &key_usage::remaining),
                          column(usage, &key_usage::reset_at),
                          column(usage, &key_usage::last_used_at)));
    return {};
  });
}

} // namespace polar_flow::storage
