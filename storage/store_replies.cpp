#include "crypto/hash.hpp"
#include "storage/compress.hpp"
#include "storage/record_columns.hpp"
#include "storage/store_impl.hpp"

namespace polar_flow::storage {

namespace {

/// What `raw_replies.origin` says of answers that a sync fetched.
constexpr auto accesslink_origin = "accesslink";

/// Whether the newest archived answer of the request is this one; if so it was seen again.
bool touch_known_reply(transaction& tx, const user_id& user, const raw_reply& raw,
                       const std::string& sha256) {
  return !tx.run(statements::touch_known_reply, parameters::of(user, accesslink_origin, raw.request,
                                                               raw.fetched_at, raw.status, sha256))
              .empty();
}

/// Archives an answer with its rows and returns how many of these changed.
result<std::int32_t> archive(transaction& tx, const user_id& user, const fetched_reply& reply,
                             const std::string& sha256) {
  const auto& raw = reply.raw;
  const auto body = compress(raw.body);
  if (!body)
    return std::unexpected{body.error()};
  tx.run(statements::archive_reply,
         parameters::of(user, accesslink_origin, raw.request, raw.fetched_at, raw.status, sha256,
                        to_string(raw.kind), raw.body.size(), sql_bytes(*body)));
  const auto rows_changed = upsert_records(tx, user, raw.fetched_at, reply.records);
  if (rows_changed > 0)
    tx.run(statements::note_data_change, parameters::of(user, raw.fetched_at));
  return rows_changed;
}

/// Writes down what is told about each exercise and whose details came, and returns those of a
/// list that lack them. An answer that is known says as much as a new one: the details may be
/// missing since an earlier attempt failed, or be the same although the list has changed.
std::vector<std::string> note_exercises(transaction& tx, const user_id& user,
                                        const std::vector<exercise>& answered) {
  std::vector<exercise> listed;
  std::vector<exercise> detailed;
  for (auto& record : storable_exercises(answered))
    (record.is_detailed ? detailed : listed).push_back(std::move(record));
  const auto note = [&](const statement& which, const std::vector<exercise>& records) {
    tx.run(which, parameters::of(user, column(records, &exercise::polar_exercise_id),
                                 column(records, summary_sha256)));
  };
  std::vector<std::string> without_details;
  if (!detailed.empty())
    note(statements::note_exercises_detailed, detailed);
  if (listed.empty())
    return without_details;
  note(statements::note_exercises_listed, listed);
  for (const auto& row : tx.run(statements::list_exercises_without_details,
                                parameters::of(user, column(listed, &exercise::polar_exercise_id))))
    row_reader{row} >> without_details.emplace_back();
  return without_details;
}

result<store_outcome> store_in(transaction& tx, const user_id& user, const fetched_reply& reply,
                               const std::string& sha256) {
  // Before anything is looked at: answers of one user that come at once, and a rebuild, take turns.
  if (tx.run(statements::lock_user, parameters::of(user)).empty())
    return fail(errc::unknown_user, unknown_user_message);
  store_outcome outcome;
  outcome.was_known = touch_known_reply(tx, user, reply.raw, sha256);
  if (!outcome.was_known) {
    const auto rows_changed = archive(tx, user, reply, sha256);
    if (!rows_changed)
      return std::unexpected{rows_changed.error()};
    outcome.rows_changed = *rows_changed;
  }
  if (const auto* exercises = std::get_if<std::vector<exercise>>(&reply.records))
    outcome.exercises_without_details = note_exercises(tx, user, *exercises);
  return outcome;
}

} // namespace

result<store_outcome> store::store_reply(const shard_claim& claim, const user_id& user,
                                         const fetched_reply& reply) {
  const auto sha256 = sql_bytes(std::span<const std::uint8_t>{crypto::sha256(reply.raw.body)});
  return impl_->db.write_for(claim, user,
                             [&](transaction& tx) { return store_in(tx, user, reply, sha256); });
}

} // namespace polar_flow::storage
