#include "crypto/hash.hpp"
#include "storage/compress.hpp"
#include "storage/store_impl.hpp"

#include <span>
#include <utility>

namespace polar_flow::storage {

namespace {

/// More would be a table that no page shows and no memory is for; the counts are about all files.
constexpr std::int64_t listed_files_max = 10'000;

import_report read_import(const pqxx::row& row) {
  import_report report;
  row_reader in{row};
  in >> report.user.value >> report.job.value;
  report.kind = enumerator_of(all_import_kinds, in.next<std::string>());
  report.status = enumerator_of(all_import_statuses, in.next<std::string>());
  in >> report.zip_bytes >> report.received_at >> report.completed_at >> report.files_total
      >> report.files_done >> report.files_taken >> report.files_known >> report.files_ignored
      >> report.files_refused >> report.rows_changed;
  const auto type = in.next<std::optional<std::string>>();
  const auto message = in.next<std::optional<std::string>>();
  report.failure = failure_of(type, message);
  return report;
}

imported_file read_file(const pqxx::row& row) {
  imported_file file;
  row_reader in{row};
  in >> file.name;
  file.outcome = enumerator_of(all_file_outcomes, in.next<std::string>());
  in >> file.records >> file.rows_changed >> file.reason;
  return file;
}

/// Archives a file unless it is archived already. True when records may be made of it: it is new,
/// or is understood for the first time.
result<bool> archive_file(transaction& tx, const user_id& user, const raw_reply& file,
                          bool can_be_read) {
  const auto sha256 = sql_bytes(std::span<const std::uint8_t>{crypto::sha256(file.body)});
  const auto known = tx.run(statements::touch_known_file,
                            parameters::of(user, flow_export_origin, file.request, file.fetched_at,
                                           sha256, can_be_read));
  if (!known.empty()) {
    const auto row = known.front();
    return row_reader{row}.next<bool>();
  }
  const auto body = compress(file.body);
  if (!body)
    return std::unexpected{body.error()};
  tx.run(statements::archive_reply,
         parameters::of(user, flow_export_origin, file.request, file.fetched_at, file.status,
                        sha256, to_string(file.kind), file.body.size(), sql_bytes(*body),
                        !can_be_read));
  return true;
}

} // namespace

result<store_outcome> store::store_export_file(const shard_claim& claim, const user_id& user,
                                               const raw_reply& file,
                                               const std::vector<stream_records>& parts) {
  return impl_->db.write_for(claim, user, [&](transaction& tx) -> result<store_outcome> {
    if (tx.run(statements::lock_user, parameters::of(user)).empty())
      return fail(errc::unknown_user, unknown_user_message);
    const auto is_news = archive_file(tx, user, file, !parts.empty());
    if (!is_news)
      return std::unexpected{is_news.error()};
    store_outcome outcome;
    outcome.was_known = !*is_news;
    if (*is_news)
      for (const auto& records : parts)
        outcome.rows_changed += fill_records(tx, impl_->fills, user, file.fetched_at,
                                             flow_export_origin, records);
    if (outcome.rows_changed > 0)
      tx.run(statements::note_data_change, parameters::of(user, file.fetched_at));
    return outcome;
  });
}

result<void> store::open_import(const shard_claim& claim, const import_report& report,
                                bool may_create_user) {
  return impl_->db.write_for(claim, report.user, [&](transaction& tx) -> result<void> {
    if (may_create_user)
      tx.run(statements::create_imported_user, parameters::of(report.user, report.received_at));
    if (tx.run(statements::lock_user, parameters::of(report.user)).empty())
      return fail(errc::unknown_user, unknown_user_message);
    const auto opened = tx.run(statements::open_import,
                               parameters::of(report.user, report.job, to_string(report.kind),
                                              report.zip_bytes, report.received_at));
    if (!opened.empty())
      return {};
    // The user is locked, so the one that is in the way cannot have ended in between.
    const auto open = tx.run(statements::find_open_import, parameters::of(report.user));
    const auto row = open.front();
    return fail(errc::import_in_progress, row_reader{row}.next<std::string>());
  });
}

result<void> store::note_import(const shard_claim& claim, const import_report& report) {
  return impl_->db.write_for(claim, report.user, [&](transaction& tx) -> result<void> {
    const auto noted
        = tx.run(statements::note_import,
                 parameters::of(report.user, report.job, to_string(report.status),
                                report.completed_at, report.files_total, report.files_done,
                                report.files_taken, report.files_known, report.files_ignored,
                                report.files_refused, report.rows_changed, failure_type(report),
                                failure_message(report)));
    if (noted.empty())
      return fail(errc::not_found, "there is no such import");
    const auto& files = report.files;
    if (files.empty())
      return {};
    const auto outcome = [](const imported_file& file) {
      return to_string(file.outcome);
    };
    tx.run(statements::add_import_files,
           parameters::of(report.user, report.job,
                          report.files_done - static_cast<std::int64_t>(files.size()),
                          column(files, &imported_file::name), column(files, outcome),
                          column(files, &imported_file::records),
                          column(files, &imported_file::rows_changed),
                          column(files, &imported_file::reason)));
    return {};
  });
}

result<std::optional<import_report>> store::find_import(const user_id& user,
                                                        const std::optional<job_id>& job) {
  return impl_->db.read([&](transaction& tx) -> result<std::optional<import_report>> {
    const auto rows = tx.run(statements::find_import, parameters::of(user, job));
    if (rows.empty())
      return std::nullopt;
    auto report = read_import(rows.front());
    for (const auto& row :
         tx.run(statements::list_import_files, parameters::of(user, report.job, listed_files_max)))
      report.files.push_back(read_file(row));
    return report;
  });
}

result<std::vector<import_report>> store::list_open_imports() {
  return impl_->db.read([&](transaction& tx) -> result<std::vector<import_report>> {
    std::vector<import_report> open;
    for (const auto& row : tx.run(statements::list_open_imports))
      open.push_back(read_import(row));
    return open;
  });
}

} // namespace polar_flow::storage
