#include "actors/import_job.hpp"

#include "storage/takeout_format.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>
#include <vector>

namespace polar_flow::actors {

namespace {

using storage::manifest_file;
using storage::replies_folder;
using storage::tables_folder;

/// A session with years of seconds has 8 MB. What is larger would, once it is understood, need
/// some ten times as much memory.
constexpr std::size_t file_bytes_max = std::size_t{64} << 20;

/// What a zip may cost. A takeout has a file per archived answer and whole tables in one, which are
/// read some lines at a time; ten years of hourly news are two million answers.
zip::limits limits_of(import_kind kind) {
  zip::limits bounds;
  if (kind == import_kind::takeout) {
    bounds.entries_max = 2'000'000;
    bounds.directory_bytes_max = std::uint64_t{512} << 20;
    bounds.entry_bytes_max = bounds.total_bytes_max;
  }
  return bounds;
}

/// Lines of a takeout that are put back at once; one line may be longer.
constexpr std::size_t piece_bytes = std::size_t{1} << 20;

/// Of a takeout first the manifest, which says whose it is, and the replies last, because the
/// tables announce them.
int pass_of(import_kind kind, std::string_view name) {
  if (kind == import_kind::polar_flow || name == manifest_file)
    return 0;
  return name.starts_with(replies_folder) ? 2 : 1;
}

int passes_of(import_kind kind) {
  return kind == import_kind::polar_flow ? 1 : 3;
}

/// Whether a file alone is to blame, so that the others can go on.
bool is_about_the_file(const error& failure) {
  return failure.code == errc::invalid_argument || failure.code == errc::polar_unreadable
         || failure.code == errc::storage_failed;
}

imported_file refused(const std::string& name, std::string reason) {
  return {.name = name, .outcome = file_outcome::refused, .reason = std::move(reason)};
}

imported_file ignored(const std::string& name, std::string_view reason) {
  return {.name = name, .outcome = file_outcome::ignored, .reason = std::string{reason}};
}

/// What the database says about a statement is for the log, not for the user.
std::string reason_of(const error& failure) {
  return failure.code == errc::storage_failed ? "It could not be stored." : failure.message;
}

imported_file stored(const std::string& name, std::int64_t records, std::int64_t rows_changed) {
  return {.name = name,
          .outcome = rows_changed > 0 ? file_outcome::taken : file_outcome::known,
          .records = records,
          .rows_changed = rows_changed,
          .reason = {}};
}

std::int64_t count_records(const stream_records& records) {
  return std::visit(
      [](const auto& list) -> std::int64_t {
        if constexpr (requires { list.size(); })
          return static_cast<std::int64_t>(list.size());
        else
          return 0;
      },
      records);
}

std::string left_out(std::size_t records) {
  std::string text = std::to_string(records);
  text += records == 1 ? " record was left out: it does" : " records were left out: they do";
  text += " not say when they were made.";
  return text;
}

} // namespace

std::string request_of_export_file(std::string_view name) {
  constexpr std::string_view extension = ".json";
  constexpr std::size_t uuid_bytes = 36;
  std::string_view stem = name.substr(name.rfind('/') + 1);
  if (!stem.ends_with(extension))
    return std::string{stem};
  stem.remove_suffix(extension.size());
  if (stem.size() <= uuid_bytes + 1)
    return std::string{name.substr(name.rfind('/') + 1)};
  const auto tail = stem.substr(stem.size() - uuid_bytes);
  const bool is_random = std::ranges::count(tail, '-') == 4
                         && tail.find_first_not_of("0123456789abcdefABCDEF-") == tail.npos;
  if (is_random)
    stem.remove_suffix(uuid_bytes + 1);
  std::string request{stem};
  request += extension;
  return request;
}

stream stream_of(polar::export_family family) {
  switch (family) {
  case polar::export_family::training_session:
    return stream::exercises;
  case polar::export_family::continuous_heart_rate:
    return stream::continuous_hr;
  case polar::export_family::sleep_result:
  case polar::export_family::sleep_score:
    return stream::sleep;
  case polar::export_family::nightly_recovery:
    return stream::recharge;
  case polar::export_family::calendar_items:
    return stream::physical_info;
  case polar::export_family::generic_period:
    return stream::ecg;
  case polar::export_family::activity:
  case polar::export_family::ignored:
  case polar::export_family::unknown:
    return stream::activity;
  }
  return stream::activity;
}

import_job::import_job(import_report report, std::filesystem::path zip)
    : report_{std::move(report)}, zip_{std::move(zip)} {
  // nop
}

result<void> import_job::open() {
  auto opened = zip::reader::open(zip_, limits_of(report_.kind));
  if (!opened)
    return std::unexpected{std::move(opened.error())};
  std::int64_t files = 0;
  while (true) {
    const auto entry = opened->next();
    if (!entry)
      return std::unexpected{entry.error()};
    if (!*entry)
      break;
    ++files;
  }
  report_.files_total = files;
  pass_ = -1;
  to_skip_ = report_.files_done;
  return {};
}

result<bool> import_job::take_next(storage::store& store, const shard_claim& claim,
                                   instant now) {
  const auto entry = next_entry();
  if (!entry)
    return std::unexpected{entry.error()};
  if (!*entry)
    return false;
  auto file = take(store, claim, now, **entry);
  if (!file) {
    const bool is_fatal = !is_about_the_file(file.error()) || (*entry)->name == manifest_file;
    if (is_fatal)
      return std::unexpected{std::move(file.error())};
    file = refused((*entry)->name, reason_of(file.error()));
  }
  count(std::move(*file));
  return true;
}

/// The next file that is not done, nullopt after the last pass.
result<std::optional<zip::entry>> import_job::next_entry() {
  while (true) {
    if (!reader_) {
      if (auto passed = check_pass(); !passed)
        return std::unexpected{std::move(passed.error())};
      if (++pass_ == passes_of(report_.kind))
        return std::nullopt;
      auto opened = zip::reader::open(zip_, limits_of(report_.kind));
      if (!opened)
        return std::unexpected{std::move(opened.error())};
      reader_.emplace(std::move(*opened));
    }
    auto entry = reader_->next();
    if (!entry)
      return entry;
    if (!*entry) {
      reader_.reset();
      continue;
    }
    if (pass_of(report_.kind, (*entry)->name) != pass_)
      continue;
    if (to_skip_ == 0)
      return entry;
    --to_skip_;
  }
}

/// What must be true at the end of a pass.
result<void> import_job::check_pass() const {
  if (report_.kind == import_kind::takeout && pass_ == 0 && report_.files_done == 0)
    return fail(errc::invalid_argument, "This is no takeout: it has no manifest.json.");
  const bool is_strange = report_.files_ignored == report_.files_done;
  if (report_.kind == import_kind::polar_flow && pass_ == 0 && is_strange)
    return fail(errc::invalid_argument,
                "This is no account export of Polar Flow: no file of it could be used.");
  return {};
}

result<imported_file> import_job::take(storage::store& store, const shard_claim& claim,
                                       instant now, const zip::entry& entry) {
  if (!entry.is_acceptable())
    return refused(entry.name, entry.objection);
  return report_.kind == import_kind::polar_flow
             ? take_export_file(store, claim, now, entry.name)
             : take_takeout_file(store, claim, now, entry.name);
}

result<imported_file> import_job::take_export_file(storage::store& store,
                                                   const shard_claim& claim, instant now,
                                                   const std::string& name) {
  const auto family = polar::family_of(name);
  if (family == polar::export_family::ignored)
    return ignored(name, polar::reason_to_ignore(name));
  auto content = reader_->read(file_bytes_max);
  if (!content)
    return std::unexpected{std::move(content.error())};
  raw_reply file{.kind = stream_of(family),
                 .request = request_of_export_file(name),
                 .status = 200,
                 .fetched_at = now,
                 .body = std::move(*content)};
  const auto read = polar::read_export_file(name, file.body);
  const bool is_known_family = family != polar::export_family::unknown;
  std::vector<stream_records> parts;
  std::int64_t records = 0;
  if (read)
    for (const auto& part : read->parts) {
      records += count_records(part.records);
      parts.push_back(part.records);
    }
  if (read && parts.empty())
    return ignored(name, is_known_family ? "There is nothing in it that is kept."
                                         : "This kind of file is not known.");
  // What cannot be read today may be understood by a later version.
  if (read || is_known_family) {
    if (read)
      file.kind = read->parts.front().kind;
    const auto outcome = store.store_export_file(claim, report_.user, file, parts);
    if (!outcome)
      return std::unexpected{outcome.error()};
    if (read) {
      auto taken = stored(name, records, outcome->rows_changed);
      if (read->skipped > 0)
        taken.reason = left_out(read->skipped);
      return taken;
    }
  }
  return std::unexpected{read.error()};
}

result<imported_file> import_job::take_takeout_file(storage::store& store,
                                                    const shard_claim& claim,
                                                    instant now, const std::string& name) {
  if (name.starts_with(tables_folder))
    return take_table(store, claim, now, name);
  const bool is_reply = name.starts_with(replies_folder);
  if (!is_reply && name != manifest_file)
    return ignored(name, "It is for people to read.");
  auto content = reader_->read(file_bytes_max);
  if (!content)
    return std::unexpected{std::move(content.error())};
  const auto added
      = store.put_takeout_piece(claim, report_.user, {name, std::move(*content)}, now);
  if (!added)
    return std::unexpected{added.error()};
  return stored(name, is_reply ? 1 : 0, *added);
}

/// A table may be larger than memory is for: some lines at a time. A line that is no row costs the
/// lines that came with it, and the others are put back all the same.
result<imported_file> import_job::take_table(storage::store& store,
                                             const shard_claim& claim, instant now,
                                             const std::string& name) {
  auto taken = stored(name, 0, 0);
  std::string reason;
  std::string lines;
  bool is_at_end = false;
  while (!is_at_end) {
    const auto some = reader_->read_some(piece_bytes);
    if (!some)
      return std::unexpected{some.error()};
    is_at_end = some->empty();
    // Only what is new is searched, or a long line would be searched again with every piece.
    const auto last_break = some->rfind('\n');
    const auto end = is_at_end                         ? lines.size()
                     : last_break == std::string::npos ? 0
                                                       : lines.size() + last_break + 1;
    lines += *some;
    if (lines.size() > file_bytes_max)
      return fail(errc::invalid_argument, "A line of it is too long.");
    if (end == 0)
      continue;
    takeout_piece piece{name, lines.substr(0, end)};
    lines.erase(0, end);
    const auto first_line = taken.records + 1;
    taken.records += std::ranges::count(piece.content, '\n');
    const auto added = store.put_takeout_piece(claim, report_.user, piece, now, first_line);
    if (added)
      taken.rows_changed += *added;
    else if (!is_about_the_file(added.error()))
      return std::unexpected{added.error()};
    else if (reason.empty())
      reason = reason_of(added.error());
  }
  taken.outcome = !reason.empty()            ? file_outcome::refused
                  : taken.rows_changed > 0 ? file_outcome::taken
                                           : file_outcome::known;
  taken.reason = std::move(reason);
  return taken;
}

void import_job::count(imported_file file) {
  ++report_.files_done;
  switch (file.outcome) {
  case file_outcome::taken:
    ++report_.files_taken;
    break;
  case file_outcome::known:
    ++report_.files_known;
    break;
  case file_outcome::ignored:
    ++report_.files_ignored;
    break;
  case file_outcome::refused:
    ++report_.files_refused;
    break;
  }
  report_.rows_changed += file.rows_changed;
  report_.files.push_back(std::move(file));
}

} // namespace polar_flow::actors
