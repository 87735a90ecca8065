#include "actors/importer.hpp"

#include "actors/analyse_again.hpp"
#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "config/import_folder.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace polar_flow::actors {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view zip_extension = ".zip";

/// Makes sure that what was written to a file or a folder survives a power cut.
bool synchronise(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return false;
  const bool is_safe = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return is_safe;
}

/// Gives an uploaded file its lasting name.
result<void> keep_file(const fs::path& from, const fs::path& to) {
  std::error_code problem;
  if (!synchronise(from))
    return fail(errc::storage_unavailable, "the uploaded file cannot be read");
  fs::rename(from, to, problem);
  if (problem || !synchronise(to.parent_path()))
    return fail(errc::storage_unavailable, "the uploaded file cannot be kept");
  return {};
}

void remove_file(const fs::path& file) {
  std::error_code ignored;
  fs::remove(file, ignored);
}

/// Whether the same step may succeed later, with nothing changed but the database.
bool is_passing(const error& failure) {
  return failure.code == errc::storage_unavailable || failure.code == errc::stale_epoch;
}

} // namespace

fs::path importer_state::file_of(const job_id& import) const {
  std::string file{import.value};
  file += zip_extension;
  return import_folder(env->config.storage) / file;
}

result<storage::store*> importer_state::open_store() {
  if (!store) {
    auto opened = storage::store::open(database);
    if (!opened)
      return std::unexpected{std::move(opened.error())};
    store = std::move(*opened);
  }
  return store.get();
}

// -- what is queued --------------------------------------------------------------------------

/// Imports that an earlier run of the server has left.
result<void> importer_state::load() {
  const auto opened = open_store();
  if (!opened)
    return std::unexpected{opened.error()};
  const auto open = (*opened)->list_open_imports();
  if (!open)
    return std::unexpected{open.error()};
  for (const auto& report : *open) {
    std::error_code problem;
    // Another node has it.
    if (!fs::exists(file_of(report.job), problem))
      continue;
    if (std::ranges::find(queue, report.job, &import_report::job) == queue.end())
      queue.push_back(report);
  }
  remove_strays(*open);
  is_loaded = true;
  return {};
}

result<void> importer_state::open_row(const import_report& report, bool may_create_user) {
  const auto claim = store->current_claim(report.user);
  if (!claim)
    return std::unexpected{claim.error()};
  auto opened = store->open_import(*claim, report, may_create_user);
  if (opened || opened.error().code != errc::import_in_progress)
    return opened;
  const job_id in_the_way{opened.error().message};
  if (std::ranges::find(queue, in_the_way, &import_report::job) != queue.end())
    return opened;
  auto lost = store->find_import(report.user, in_the_way);
  if (!lost || !*lost || report.received_at - (*lost)->received_at < limits::import_lost_after)
    return opened;
  (*lost)->status = import_status::failed;
  (*lost)->failure = {errc::storage_unavailable, "The uploaded file was lost."};
  (*lost)->completed_at = report.received_at;
  (*lost)->files.clear();
  if (auto noted = store->note_import(*claim, **lost); !noted)
    return noted;
  return store->open_import(*claim, report, may_create_user);
}

void importer_state::load_again() {
  if (is_loaded && queue.empty())
    self->send(self, import_step{});
  is_loaded = false;
}

/// Zips of imports that have ended or that no row tells of, because the server died in between.
void importer_state::remove_strays(const std::vector<import_report>& open) {
  std::error_code problem;
  for (const auto& found : fs::directory_iterator{import_folder(env->config.storage), problem}) {
    const auto& file = found.path();
    const bool is_open = std::ranges::find(open, file.stem().string(), [](const auto& report) {
                           return report.job.value;
                         }) != open.end();
    if (file.extension() == zip_extension && !is_open)
      remove_file(file);
  }
}

caf::result<import_begun> importer_state::begin(const begin_import& command) {
  import_report report;
  report.job.value = crypto::random_uuid(*env->random);
  report.user = command.user;
  report.kind = command.kind;
  report.zip_bytes = command.zip_bytes;
  report.received_at = env->now();
  const auto uploaded = import_folder(env->config.storage) / command.file;
  const auto kept = file_of(report.job);
  const auto open = [&]() -> result<void> {
    if (auto moved = keep_file(uploaded, kept); !moved)
      return moved;
    const auto opened = open_store();
    if (!opened)
      return std::unexpected{opened.error()};
    return open_row(report, command.may_create_user);
  };
  if (auto opened = open(); !opened) {
    remove_file(uploaded);
    // Whether the row is there is not known when the connection broke. What is stored decides: the
    // import goes on, or its file is a stray.
    if (is_passing(opened.error()))
      load_again();
    else
      remove_file(kept);
    return to_caf(opened.error());
  }
  queue.push_back(report);
  if (queue.size() == 1)
    self->send(self, import_step{});
  return import_begun{report.job};
}

// -- one file after the other ----------------------------------------------------------------

void importer_state::step() {
  const auto done = is_loaded ? run_step() : load();
  // Before the queue is known there is nothing to give up.
  if (!done && (!is_loaded || is_passing(done.error()))) {
    // What is in memory may be ahead of what is stored.
    job.reset();
    self->delayed_send(self, limits::import_pause, import_step{});
    return;
  }
  if (!done) {
    // The user was erased meanwhile, for example. If not, nothing else would ever end this import,
    // and the user's next one would wait for it.
    note_given_up(done.error());
    telemetry::log_warning("an import was given up",
                         {{"import", queue.front().job.value},
                          {"error", std::string{to_string(done.error().code)}}});
    remove_file(file_of(queue.front().job));
    job.reset();
    queue.pop_front();
  }
  if (!queue.empty())
    self->send(self, import_step{});
}

result<void> importer_state::run_step() {
  if (queue.empty())
    return {};
  const auto opened = open_store();
  if (!opened)
    return std::unexpected{opened.error()};
  if (!job) {
    job.emplace(queue.front(), file_of(queue.front().job));
    job->report().status = import_status::running;
    if (auto readable = job->open(); !readable)
      return finish(std::move(readable.error()));
  }
  const auto claim = (*opened)->current_claim(queue.front().user);
  if (!claim)
    return std::unexpected{claim.error()};
  const auto taken = job->take_next(**opened, *claim, env->now());
  if (!taken && is_passing(taken.error()))
    return std::unexpected{taken.error()};
  if (!taken)
    return finish(taken.error());
  if (!*taken)
    return finish(std::nullopt);
  if (auto noted = (*opened)->note_import(*claim, job->report()); !noted)
    return noted;
  job->report().files.clear();
  queue.front() = job->report();
  return {};
}

/// What was imported counts from here on, be it all or a part.
result<void> importer_state::finish(std::optional<error> failure) {
  auto& report = job->report();
  const auto analysed
      = analyse_again(*store, report.user, env->now(), env->config.analytics);
  if (!analysed && is_passing(analysed.error()))
    return analysed;
  if (!analysed && !failure)
    failure = analysed.error();
  const auto claim = store->current_claim(report.user);
  if (!claim)
    return std::unexpected{claim.error()};
  report.status = failure ? import_status::failed : import_status::finished;
  report.failure = std::move(failure);
  report.completed_at = env->now();
  if (auto noted = store->note_import(*claim, report); !noted)
    return noted;
  if (const auto region = env->node->actors()->region)
    caf::anon_send(region, forget_data{report.user});
  telemetry::log_info("an import has ended",
                      {{"import", report.job.value},
                       {"status", std::string{to_string(report.status)}},
                       {"files", report.files_done},
                       {"rows_changed", report.rows_changed}});
  remove_file(file_of(report.job));
  job.reset();
  queue.pop_front();
  return {};
}

void importer_state::note_given_up(const error& failure) {
  auto report = queue.front();
  report.status = import_status::failed;
  report.failure = failure;
  report.completed_at = env->now();
  report.files.clear();
  if (!store)
    return;
  const auto claim = store->current_claim(report.user);
  if (const auto noted = claim ? store->note_import(*claim, report)
                               : result<void>{std::unexpected{claim.error()}};
      !noted && noted.error().code != errc::not_found)
    telemetry::log_warning("an import that was given up stays open",
                           {{"import", report.job.value},
                            {"error", std::string{to_string(noted.error().code)}}});
}

importer_actor::behavior_type
importer(importer_actor::stateful_pointer<importer_state> self, environment_ptr env,
         storage::connect_options database) {
  auto* state = &self->state;
  state->env = std::move(env);
  state->database = std::move(database);
  self->send(self, import_step{});
  return {
      [state](const begin_import& command) { return state->begin(command); },
      [state](const import_step&) { state->step(); },
  };
}

} // namespace polar_flow::actors
