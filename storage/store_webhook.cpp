#include "storage/store_impl.hpp"

namespace polar_flow::storage {

result<std::optional<webhook_record>> store::find_webhook() {
  return impl_->db.read([](transaction& tx) -> result<std::optional<webhook_record>> {
    const auto rows = tx.run(statements::find_webhook);
    if (rows.empty())
      return std::nullopt;
    webhook_record record;
    const auto row = rows.front();
    row_reader{row} >> record.webhook_id >> record.url >> record.sealed_secret >> record.created_at;
    return record;
  });
}

result<void> store::put_webhook(const std::optional<webhook_record>& record, instant now) {
  return impl_->db.write([&](transaction& tx) -> result<void> {
    if (record)
      tx.run(statements::upsert_webhook,
             parameters::of(record->webhook_id, record->url, record->sealed_secret,
                            record->created_at, now));
    else
      tx.run(statements::delete_webhook);
    return {};
  });
}

} // namespace polar_flow::storage
