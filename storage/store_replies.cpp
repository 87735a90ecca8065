#include "crypto/hash.hpp"
#include "storage/compress.hpp"
#include "storage/record_columns.hpp"
#include "storage/store_impl.hpp"

namespace polar_flow::storage {

namespace {

bool can_be_read(const fetched_reply& reply) {
  return !std::holds_alternative<std::monostate>(reply.records);
}

enum class familiarity : std::uint8_t { unknown, known, known_but_never_read };

/// Whether the newest archived answer of the request is this one; if so it was seen again.
familiarity touch_known_reply(transaction& tx, const user_id& user, const fetched_reply& reply,
                              const std::string& sha256) {
  const auto& raw = reply.raw;
  const auto rows
      = tx.run(statements::touch_known_reply,
               parameters::of(user, accesslink_origin, raw.request, raw.fetched_at, raw.status,
                              sha256, can_be_read(reply)));
  if (rows.empty())
    return familiarity::unknown;
  const auto row = rows.front();
  return row_reader{row}.next<bool>() ? familiarity::known_but_never_read : familiarity::known;
}

/// Makes the rows of an answer and returns how many of them changed.
std::int32_t store_records(transaction& tx, const user_id& user, const fetched_reply& reply) {
  const auto rows_changed = upsert_records(tx, user, reply.raw.fetched_at, reply.records);
  if (rows_changed > 0)
    tx.run(statements::note_data_change, parameters::of(user, reply.raw.fetched_at));
  if (rows_changed > 0 && std::holds_alternative<std::vector<activity_day>>(reply.records))
    tx.run(statements::reopen_days_of_activity, parameters::of(user, reply.raw.fetched_at));
  return rows_changed;
}

result<void> archive(transaction& tx, const user_id& user, const fetched_reply& reply,
                     const std::string& sha256) {
  const auto& raw = reply.raw;
  const auto body = compress(raw.body);
  if (!body)
    return std::unexpected{body.error()};
  tx.run(statements::archive_reply,
         parameters::of(user, accesslink_origin, raw.request, raw.fetched_at, raw.status, sha256,
                        to_string(raw.kind), raw.body.size(), sql_bytes(*body),
                        !can_be_read(reply)));
  return {};
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
  const auto seen = touch_known_reply(tx, user, reply, sha256);
  outcome.was_known = seen != familiarity::unknown;
  if (!outcome.was_known)
    if (auto archived = archive(tx, user, reply, sha256); !archived)
      return std::unexpected{std::move(archived.error())};
  if (seen != familiarity::known)
    outcome.rows_changed = store_records(tx, user, reply);
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
