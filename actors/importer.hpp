#pragma once

#include "actors/environment.hpp"
#include "actors/import_job.hpp"
#include "storage/store.hpp"

#include <caf/stateful_actor.hpp>

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>

namespace polar_flow::actors {

/// Zips with a user's past, one after the other.
///
///   zip arrives ─▶ file and row are safe ─▶ queue ─▶ a file ─▶ a file ─▶ … ─▶ analysed ─▶ report
///                                             ▲         │ database away
///                                             └─ pause ◀┘
///
/// It has a thread and a connection of its own, for a step takes as long as a file. A restart goes
/// on with the files that were not done.
struct importer_state {
  explicit importer_state(importer_actor::pointer owner) : self{owner} {
    // nop
  }

  importer_actor::pointer self;
  environment_ptr env;
  storage::connect_options database;
  std::unique_ptr<storage::store> store;
  bool is_loaded = false;
  /// Oldest first, as the database has them; the first one is under way.
  std::deque<import_report> queue;
  std::optional<import_job> job;

  caf::result<import_begun> begin(const begin_import& command);
  void step();

  result<void> load();
  result<void> run_step();
  result<void> finish(std::optional<error> failure);
  result<storage::store*> open_store();
  /// Makes the row of an import, after ending one that was lost, if that is in the way.
  result<void> open_row(const import_report& report, bool may_create_user);
  void load_again();
  void note_given_up(const error& failure);
  void remove_strays(const std::vector<import_report>& open);

  std::filesystem::path file_of(const job_id& import) const;

  static inline const char* name = "importer";
};

/// Imports what is uploaded to `import_folder`.
importer_actor::behavior_type
importer(importer_actor::stateful_pointer<importer_state> self, environment_ptr env,
         storage::connect_options database);

} // namespace polar_flow::actors
