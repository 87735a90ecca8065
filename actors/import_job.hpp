#pragma once

#include "domain/imports.hpp"
#include "polar/flow_export.hpp"
#include "storage/store.hpp"
#include "zip/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace polar_flow::actors {

/// A zip that is imported, file by file. What is done twice changes nothing, so whoever loses this
/// object goes on with the last report that was stored.
class import_job {
public:
  import_job(import_report report, std::filesystem::path zip);

  /// Opens the zip, counts its files and passes over those that are done. Error: invalid_argument,
  /// when this is no zip that can be imported.
  result<void> open();

  /// Takes one more file; false when all are done. `report().files` gets it. Errors:
  /// invalid_argument when the import as a whole has failed, else those of the store, after which
  /// this object is of no use.
  result<bool> take_next(storage::store& store, const shard_claim& claim, instant now);

  import_report& report() {
    return report_;
  }

private:
  result<std::optional<zip::entry>> next_entry();
  result<void> check_pass() const;
  result<imported_file> take(storage::store& store, const shard_claim& claim,
                             instant now, const zip::entry& entry);
  result<imported_file> take_export_file(storage::store& store, const shard_claim& claim,
                                         instant now, const std::string& name);
  result<imported_file> take_takeout_file(storage::store& store,
                                          const shard_claim& claim, instant now,
                                          const std::string& name);
  result<imported_file> take_table(storage::store& store, const shard_claim& claim,
                                   instant now, const std::string& name);
  void count(imported_file file);

  import_report report_;
  std::filesystem::path zip_;
  std::optional<zip::reader> reader_;
  /// A zip is gone through as often as its kind has passes.
  int pass_ = 0;
  /// Files that are done already.
  std::int64_t to_skip_ = 0;
};

/// The name under which a file of Polar's account export is archived: its own without the random
/// part, which is another one in each export.
std::string request_of_export_file(std::string_view name);

/// The stream that the archive files a family under. Files of some families hold several streams.
stream stream_of(polar::export_family family);

} // namespace polar_flow::actors
