#include "crypto/hash.hpp"
#include "storage/compress.hpp"
#include "storage/store_impl.hpp"

namespace polar_flow::storage {

namespace {

/// What `raw_replies.origin` says of answers that a sync fetched.
constexpr auto accesslink_origin = "accesslink";

/// Long enough for a sentence per stream, short enough for a table on a page.
constexpr std::size_t error_message_bytes_max = 500;

/// `stream: message` of every failed stream, joined by "; ".
std::optional<std::string> summary_of_failures(const sync_report& report) {
  std::string text;
  for (const auto& outcome : report.streams)
    if (outcome.failure) {
      text += text.empty() ? "" : "; ";
      text += std::string{to_string(outcome.kind)} + ": " + outcome.failure->message;
    }
  if (text.empty())
    return std::nullopt;
  // A character that is cut in two becomes a replacement character when it is written.
  return text.substr(0, error_message_bytes_max);
}

std::optional<std::string_view> first_failure(const sync_report& report) {
  for (const auto& outcome : report.streams)
    if (outcome.failure)
      return to_string(outcome.failure->code);
  return std::nullopt;
}

std::optional<std::string_view> failure_type(const stream_outcome& outcome) {
  return outcome.failure ? std::optional{to_string(outcome.failure->code)} : std::nullopt;
}

std::optional<std::string_view> failure_message(const stream_outcome& outcome) {
  return outcome.failure ? std::optional{std::string_view{outcome.failure->message}} : std::nullopt;
}

parameters closing_parameters(const sync_report& report, instant completed_at) {
  const auto stream_name = [](const stream_outcome& outcome) {
    return to_string(outcome.kind);
  };
  return parameters::of(
      report.user, report.job, completed_at, to_string(report.status), first_failure(report),
      summary_of_failures(report), report.calls, report.analytics_done,
      column(report.streams, stream_name), column(report.streams, &stream_outcome::records),
      column(report.streams, &stream_outcome::calls), column(report.streams, failure_type),
      column(report.streams, failure_message));
}

/// Whether the newest archived answer of the request is this one; if so it was seen again.
bool touch_known_reply(transaction& tx, const user_id& user, const raw_reply& raw,
                       const std::string& sha256) {
  return !tx.run(statements::touch_known_reply, parameters::of(user, accesslink_origin, raw.request,
                                                               raw.fetched_at, raw.status, sha256))
              .empty();
}

result<store_outcome> store_in(transaction& tx, const user_id& user, const fetched_reply& reply,
                               const std::string& sha256) {
  const auto& raw = reply.raw;
  if (touch_known_reply(tx, user, raw, sha256))
    return store_outcome{.was_known = true};
  const auto body = compress(raw.body);
  if (!body)
    return std::unexpected{body.error()};
  tx.run(statements::archive_reply,
         parameters::of(user, accesslink_origin, raw.request, raw.fetched_at, raw.status, sha256,
                        to_string(raw.kind), raw.body.size(), sql_bytes(*body)));
  store_outcome outcome;
  outcome.rows_changed = upsert_records(tx, user, raw.fetched_at, reply.records);
  if (outcome.rows_changed > 0) {
    const auto noted = tx.run(statements::note_data_change, parameters::of(user, raw.fetched_at));
    if (noted.affected_rows() == 0)
      return fail(errc::unknown_user, "no user with this id is connected");
  }
  return outcome;
}

} // namespace

result<void> store::open_sync_log(const shard_claim& claim, const sync_report& report) {
  return impl_->db.write_for(claim, report.user, [&](transaction& tx) -> result<void> {
    const auto opened =
        tx.run(statements::open_sync_log,
               parameters::of(report.user, report.job, report.started_at, to_string(report.trigger),
                              to_string(report.priority)));
    if (!opened.empty())
      return {};
    const auto open = tx.run(statements::find_open_sync_log, parameters::of(report.user));
    if (open.empty())
      return fail(errc::storage_failed, "a sync ended while another one began");
    auto running = row_reader{open.front()}.next<std::string>();
    // The same job again means that the answer to the first attempt was lost.
    if (running == report.job.value)
      return {};
    return fail(errc::sync_in_progress, std::move(running));
  });
}

result<store_outcome> store::store_reply(const shard_claim& claim, const user_id& user,
                                         const fetched_reply& reply) {
  const auto sha256 = sql_bytes(std::span<const std::uint8_t>{crypto::sha256(reply.raw.body)});
  return impl_->db.write_for(claim, user,
                             [&](transaction& tx) { return store_in(tx, user, reply, sha256); });
}

result<user_record> store::close_sync(const shard_claim& claim, const sync_ending& ending) {
  const auto& report = ending.report;
  const auto completed_at = report.completed_at.value_or(report.started_at);
  return impl_->db.write_for(claim, report.user, [&](transaction& tx) -> result<user_record> {
    const auto closed =
        tx.run(statements::close_sync_log, closing_parameters(report, completed_at));
    if (closed.affected_rows() == 0)
      return fail(errc::not_found, "no log of this sync was opened");
    const auto rows = tx.run(statements::finish_sync_of_user,
                             parameters::of(report.user, completed_at, to_string(ending.state),
                                            ending.consecutive_failures, ending.not_before,
                                            ending.brought_new_data));
    if (rows.empty())
      return fail(errc::unknown_user, "no user with this id is connected");
    return read_user(rows.front());
  });
}

result<std::vector<user_id>> store::close_interrupted_syncs(instant now) {
  return impl_->db.write([&](transaction& tx) -> result<std::vector<user_id>> {
    std::vector<user_id> users;
    for (const auto& row : tx.run(statements::close_interrupted_syncs, parameters::of(now)))
      row_reader{row} >> users.emplace_back();
    return users;
  });
}

} // namespace polar_flow::storage
