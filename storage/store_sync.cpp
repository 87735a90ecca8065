#include "storage/store_impl.hpp"

#include <array>

namespace polar_flow::storage {

namespace {

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

void add_quota(parameters& values, const std::optional<call_quota>& told) {
  values.add(told ? std::optional{told->limit} : std::nullopt)
      .add(told ? std::optional{told->remaining} : std::nullopt);
}

parameters closing_parameters(const sync_report& report, instant completed_at) {
  const auto stream_name = [](const stream_outcome& outcome) {
    return to_string(outcome.kind);
  };
  auto values = parameters::of(report.user, report.job, completed_at, to_string(report.status),
                               first_failure(report), summary_of_failures(report), report.calls,
                               report.analytics_done, column(report.streams, stream_name),
                               column(report.streams, &stream_outcome::records),
                               column(report.streams, &stream_outcome::calls),
                               column(report.streams, failure_type<stream_outcome>),
                               column(report.streams, failure_message<stream_outcome>));
  values.add(report.patterns_detected);
  add_quota(values, report.quotas.quarter_hour);
  add_quota(values, report.quotas.day);
  return values;
}

// -- reading the log -------------------------------------------------------------------------

constexpr std::array all_triggers{sync_trigger::manual, sync_trigger::scheduler,
                                  sync_trigger::webhook, sync_trigger::first_connection};
constexpr std::array all_priorities{sync_priority::critical, sync_priority::high,
                                    sync_priority::normal, sync_priority::low};
constexpr std::array all_statuses{sync_status::started, sync_status::success, sync_status::partial,
                                  sync_status::failed, sync_status::skipped};

/// A stream that this version does not know is left out.
std::vector<stream_outcome> read_outcomes(row_reader& in) {
  const auto names = in.next<std::vector<std::string>>();
  const auto records = in.next<std::vector<std::int32_t>>();
  const auto calls = in.next<std::vector<std::int32_t>>();
  const auto error_types = in.next<std::vector<std::optional<std::string>>>();
  const auto error_messages = in.next<std::vector<std::optional<std::string>>>();
  std::vector<stream_outcome> outcomes;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (const auto kind = parse_stream(names[i]))
      outcomes.push_back({.kind = *kind,
                          .records = records.at(i),
                          .calls = calls.at(i),
                          .failure = failure_of(error_types.at(i), error_messages.at(i))});
  return outcomes;
}

std::optional<call_quota> read_quota(row_reader& in) {
  const auto limit = in.next<std::optional<std::int32_t>>();
  const auto remaining = in.next<std::optional<std::int32_t>>();
  if (!limit || !remaining)
    return std::nullopt;
  return call_quota{*limit, *remaining};
}

sync_report read_report(const user_id& user, const pqxx::row& row) {
  sync_report report;
  report.user = user;
  row_reader in{row};
  in >> report.job.value;
  report.trigger = enumerator_of(all_triggers, in.next<std::string>());
  report.priority = enumerator_of(all_priorities, in.next<std::string>());
  report.status = enumerator_of(all_statuses, in.next<std::string>());
  in >> report.started_at >> report.completed_at >> report.calls >> report.analytics_done;
  in >> report.patterns_detected;
  report.quotas.quarter_hour = read_quota(in);
  report.quotas.day = read_quota(in);
  report.streams = read_outcomes(in);
  return report;
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
                                            ending.brought_new_data, ending.next_loss_at,
                                            ending.is_whole));
    if (rows.empty())
      return fail(errc::unknown_user, unknown_user_message);
    upsert_coverage(tx, report.user, ending.coverage, completed_at);
    if (!ending.fetched_news.empty())
      tx.run(statements::settle_news,
             parameters::of(report.user, column(ending.fetched_news, std::identity{})));
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

result<std::vector<sync_report>> store::list_sync_reports(const user_id& user, std::int32_t limit) {
  return impl_->db.read([&](transaction& tx) -> result<std::vector<sync_report>> {
    std::vector<sync_report> reports;
    for (const auto& row : tx.run(statements::list_sync_reports, parameters::of(user, limit)))
      reports.push_back(read_report(user, row));
    return reports;
  });
}

} // namespace polar_flow::storage
