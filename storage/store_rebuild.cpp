#include "storage/compress.hpp"
#include "storage/store_impl.hpp"

namespace polar_flow::storage {

namespace {

/// Replies that are read from the archive at once: round trips then cost little beside the work.
constexpr std::int32_t batch_replies_max = 64;

/// Bytes of their bodies, so that many large ones do not fill the memory of a small machine. A body
/// that is larger is a batch of its own.
constexpr std::int64_t batch_bytes_max = 16 * 1024 * 1024;

/// Makes the rows of one user again.
class replay {
public:
  replay(transaction& tx, fill_statements& fills, const user_id& user,
         const store::reply_reader& read)
      : tx_{tx}, fills_{fills}, user_{user}, read_{read} {
    // nop
  }

  result<store::rebuild_outcome> run() {
    while (true) {
      const auto batch =
          tx_.run(statements::load_replies,
                  parameters::of(user_, last_reply_, batch_replies_max, batch_bytes_max));
      if (batch.empty())
        return outcome_;
      for (const auto& row : batch)
        if (auto done = repeat(row); !done)
          return std::unexpected{std::move(done.error())};
    }
  }

private:
  result<void> repeat(const pqxx::row& row) {
    archived_reply reply;
    row_reader in{row};
    in >> reply.reply_id >> reply.origin;
    const auto kind = parse_stream(in.next<std::string>());
    in >> reply.raw.request >> reply.raw.status >> reply.raw.fetched_at;
    const auto body_bytes = in.next<std::uint64_t>();
    const auto frame = in.next<byte_string>();
    const auto was_never_read = in.next<bool>();
    last_reply_ = reply.reply_id;
    ++outcome_.replies;
    // A newer version may have archived streams that this one does not know.
    if (!kind) {
      ++outcome_.unreadable;
      return {};
    }
    // Without this body its rows would be lost; with the error they stay as they are.
    auto body = decompress(frame.content, body_bytes);
    if (!body)
      return std::unexpected{std::move(body.error())};
    reply.raw.kind = *kind;
    reply.raw.body = std::move(*body);
    const auto parts = read_(reply);
    if (parts && !parts->empty()) {
      for (const auto& records : *parts)
        repeat(reply, records);
      return {};
    }
    // Rows that an earlier version made of it would be lost.
    if (!was_never_read)
      return fail(errc::polar_unreadable,
                  "reply " + std::to_string(reply.reply_id)
                      + " could be read before and cannot be read now; nothing was changed");
    ++outcome_.unreadable;
    return {};
  }

  void repeat(const archived_reply& reply, const stream_records& records) {
    if (reply.origin == accesslink_origin)
      upsert_records(tx_, user_, reply.raw.fetched_at, records);
    else
      fill_records(tx_, fills_, user_, reply.raw.fetched_at, reply.origin, records);
  }

  transaction& tx_;
  fill_statements& fills_;
  const user_id& user_;
  const store::reply_reader& read_;
  /// Ids begin at 1.
  std::int64_t last_reply_ = 0;
  store::rebuild_outcome outcome_;
};

} // namespace

result<store::rebuild_outcome> store::rebuild(const shard_claim& claim, const user_id& user,
                                              instant now, const reply_reader& read) {
  return impl_->db.write_for(claim, user, [&](transaction& tx) -> result<rebuild_outcome> {
    // Nothing can be archived or changed until this is committed.
    if (tx.run(statements::lock_user, parameters::of(user)).empty())
      return fail(errc::unknown_user, unknown_user_message);
    tx.run(statements::delete_stream_rows, parameters::of(user));
    auto outcome = replay{tx, impl_->fills, user, read}.run();
    if (outcome)
      tx.run(statements::note_data_change, parameters::of(user, now));
    return outcome;
  });
}

} // namespace polar_flow::storage
