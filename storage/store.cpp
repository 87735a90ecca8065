#include "storage/store.hpp"

#include "storage/store_impl.hpp"

#include <functional>

namespace polar_flow::storage {

store::store(std::unique_ptr<impl> implementation) : impl_{std::move(implementation)} {
  // nop
}

store::~store() = default;

result<std::unique_ptr<store>> store::open(const connect_options& options) {
  auto implementation = std::make_unique<impl>(options);
  if (auto opened = implementation->db.open(); !opened)
    return std::unexpected{std::move(opened.error())};
  return std::unique_ptr<store>{new store{std::move(implementation)}};
}

result<std::vector<std::int64_t>> store::take_all_shards(const std::string& node, instant now) {
  using epochs = std::vector<std::int64_t>;
  return impl_->db.write([&](transaction& tx) -> result<epochs> {
    epochs list;
    for (const auto& row : tx.run(statements::take_all_shards, parameters::of(node, now)))
      row_reader{row} >> list.emplace_back();
    if (list.size() != static_cast<std::size_t>(shard_count))
      return fail(errc::storage_failed, "shard_leases does not hold one row per shard");
    return list;
  });
}

result<void> store::check_shards(const std::vector<std::int64_t>& epochs) {
  return impl_->db.read([&](transaction& tx) -> result<void> {
    const auto rows = tx.run(statements::count_lost_shards,
                             parameters::of(column(epochs, std::identity{})));
    const auto row = rows.front();
    if (row_reader{row}.next<std::int64_t>() != 0)
      return fail(errc::stale_epoch, "another server has taken over this database");
    return {};
  });
}

result<shard_claim> store::current_claim(const user_id& user) {
  return impl_->db.read([&](transaction& tx) -> result<shard_claim> {
    const auto rows = tx.run(statements::find_claim, parameters::of(shard_of(user)));
    if (rows.empty())
      return fail(errc::storage_failed, "shard_leases does not hold one row per shard");
    shard_claim claim;
    const auto row = rows.front();
    row_reader{row} >> claim.shard >> claim.epoch;
    return claim;
  });
}

} // namespace polar_flow::storage
