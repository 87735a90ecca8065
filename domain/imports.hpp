#pragma once

#include "domain/errc.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Zips with a user's past that a client uploads.
namespace polar_flow {

/// `polar_flow` is Polar's own account export, `takeout` is ours.
enum class import_kind : std::uint8_t { polar_flow, takeout };
inline constexpr std::array all_import_kinds{import_kind::polar_flow, import_kind::takeout};
std::string_view to_string(import_kind kind);

enum class import_status : std::uint8_t { queued, running, finished, failed };
inline constexpr std::array all_import_statuses{import_status::queued, import_status::running,
                                                import_status::finished, import_status::failed};
std::string_view to_string(import_status status);

/// What became of one file of the zip.
enum class file_outcome : std::uint8_t {
  /// Something in it was new.
  taken,
  /// Everything in it was stored already.
  known,
  /// It holds nothing that we keep.
  ignored,
  /// It could not be read; `reason` says why.
  refused
};
inline constexpr std::array all_file_outcomes{file_outcome::taken, file_outcome::known,
                                              file_outcome::ignored, file_outcome::refused};
std::string_view to_string(file_outcome outcome);

struct imported_file {
  std::string name;
  file_outcome outcome = file_outcome::ignored;
  /// Records that the file holds, new or not.
  std::int64_t records = 0;
  /// Rows inserted or really changed.
  std::int64_t rows_changed = 0;
  /// A sentence for the user; empty when there is nothing to explain.
  std::string reason;

  bool operator==(const imported_file&) const = default;
};

/// One import, from its arrival to its end.
struct import_report {
  job_id job;
  user_id user;
  import_kind kind{};
  import_status status = import_status::queued;
  std::int64_t zip_bytes = 0;
  instant received_at;
  std::optional<instant> completed_at;
  /// Files of the zip; unknown until it was opened.
  std::optional<std::int64_t> files_total;
  std::int64_t files_done = 0;
  std::int64_t files_taken = 0;
  std::int64_t files_known = 0;
  std::int64_t files_ignored = 0;
  std::int64_t files_refused = 0;
  std::int64_t rows_changed = 0;
  /// In the order of the zip, as many as are listed; the counts above are about all of them.
  std::vector<imported_file> files;
  /// Why the import as a whole failed.
  std::optional<error> failure;

  bool operator==(const import_report&) const = default;
};

} // namespace polar_flow
