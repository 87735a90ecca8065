#include "storage/embedded_cluster.hpp"

#include "storage/cluster_files.hpp"
#include "storage/cluster_keeper.hpp"
#include "storage/cluster_layout.hpp"
#include "storage/process.hpp"
#include "storage/session.hpp"
#include "storage/statements.hpp"
#include "telemetry/log.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace polar_flow::storage {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

/// Half a second on a good disk; an SD card that has to sync takes its time.
constexpr std::chrono::seconds initdb_timeout = 5min;

/// Normally a moment. After a crash the log of changes is replayed first, at most `max_wal_size`.
constexpr std::chrono::seconds start_timeout = 10min;

/// A fast shutdown ends with writing all changed pages.
constexpr std::chrono::seconds stop_timeout = 60s;

/// An immediate shutdown writes nothing.
constexpr std::chrono::seconds immediate_stop_timeout = 10s;

constexpr std::chrono::milliseconds poll_interval = 20ms;

/// A server holds the lock for good, who looks whether one runs for a moment, and a command that
/// makes the database or works on it for some seconds.
constexpr std::chrono::seconds lock_patience = 10s;

/// A server that calls itself ready and takes no connection is about to end; each try is logged.
constexpr std::chrono::milliseconds connect_pause = 200ms;

/// A start that takes longer is told to the person who waits.
constexpr std::chrono::seconds patience_before_word = 5s;

/// PostgreSQL's messages about itself; a year of them is less.
constexpr std::uintmax_t log_bytes_max = 10u << 20;

/// Connections besides the pools: migrations, sub-commands, a person with psql.
constexpr std::uint32_t spare_connections = 20;

/// A start may meet an orphan that is just stopping, another that was just starting, or the last
/// children of a killed one, which notice within a second, or within ten on a machine that has
/// other things to do. Until they are gone PostgreSQL refuses to start.
constexpr std::chrono::seconds bring_up_patience = 20s;
constexpr std::chrono::milliseconds bring_up_pause = 300ms;

constexpr auto half_made_prefix = "postgresql.new";

std::unexpected<error> broken_off() {
  return fail(errc::shutting_down, "the start of PostgreSQL was broken off");
}

result<file_lock> lock_data_dir(const fs::path& data_dir,
                                const embedded_cluster::unwanted& is_unwanted) {
  const auto give_up_at = std::chrono::steady_clock::now() + lock_patience;
  bool is_said = false;
  for (;;) {
    auto lock = file_lock::try_lock(lock_file_in(data_dir));
    if (!lock)
      return std::unexpected{std::move(lock.error())};
    if (*lock)
      return std::move(**lock);
    if (is_unwanted())
      return broken_off();
    if (!std::exchange(is_said, true))
      telemetry::log_info("waiting for another polar-flow-server, which uses the data directory",
                          {{"directory", data_dir.string()}});
    if (std::chrono::steady_clock::now() >= give_up_at)
      return fail(errc::storage_failed,
                  "another polar-flow-server uses the data directory " + data_dir.string());
    std::this_thread::sleep_for(poll_interval);
  }
}

/// What a person can do about a program that could not begin.
std::optional<std::string> explain_exit(int code, const fs::path& data_dir) {
  switch (code) {
  case exit_code_no_directory:
    return "the user that runs PostgreSQL cannot enter " + data_dir.string()
           + ": choose another DATA_DIR, or let everybody pass through the folders above it";
  case exit_code_no_program:
    return "PostgreSQL's programs cannot be run";
  case exit_code_no_user:
    return "this process may not change its user to the one that runs PostgreSQL";
  default:
    return std::nullopt;
  }
}

} // namespace

struct embedded_cluster::impl {
  impl(const storage_settings& settings, durability how, unwanted question, file_lock held)
      : options{settings},
        kind{how},
        is_unwanted{std::move(question)},
        lock{std::move(held)},
        data_dir{settings.data_dir},
        cluster_dir{cluster_dir_in(data_dir)},
        log_file{data_dir / "postgresql.log"} {
    // nop
  }

  result<void> bring_up();
  void keep_running();
  result<void> stop();

private:
  enum class progress { ready, gone };

  result<void> find_programs();
  void remove_half_made();
  result<void> create_cluster();
  result<void> run_initdb(const fs::path& directory);
  result<void> start_or_adopt();
  result<void> launch();
  std::vector<std::string> server_arguments() const;
  result<progress> wait_until_ready();
  /// A server that has just been told to stop, or killed, may still call itself ready.
  bool can_connect(const fs::path& directory) const;
  connect_options maintenance_options(const fs::path& directory) const;
  result<void> ensure_database();
  error not_started(std::optional<int> exit_code) const;
  /// The running PostgreSQL of this directory, whoever started it.
  std::optional<postmaster_file> find_running() const;
  bool wait_until_gone(pid_t pid, std::chrono::seconds patience);
  bool has_ended();

public:
  storage_settings options;
  durability kind;
  unwanted is_unwanted;
  /// Released last, when PostgreSQL has ended.
  file_lock lock;
  fs::path data_dir;
  fs::path cluster_dir;
  fs::path log_file;
  fs::path bin_dir;
  fs::path socket_dir;
  std::optional<process_owner> owner;
  /// 0 when it was adopted.
  pid_t child = 0;
  std::string url;
  /// While it is there, only its thread uses what of the above can change.
  std::optional<cluster_keeper> keeper;
};

// -- public ----------------------------------------------------------------------------------

embedded_cluster::embedded_cluster(std::unique_ptr<impl> implementation)
    : impl_{std::move(implementation)} {
  // nop
}

embedded_cluster::~embedded_cluster() {
  if (auto stopped = stop(); !stopped)
    telemetry::log_error("the embedded PostgreSQL did not stop",
                         {{"reason", stopped.error().message}});
}

result<std::unique_ptr<embedded_cluster>>
embedded_cluster::start(const storage_settings& settings, durability kind, unwanted is_unwanted) {
  auto absolute = settings;
  std::error_code problem;
  absolute.data_dir = absolute_data_dir(settings);
  fs::create_directories(absolute.data_dir, problem);
  if (problem)
    return fail(errc::storage_failed, "cannot create the data directory "
                                          + absolute.data_dir.string() + ": " + problem.message());
  auto lock = lock_data_dir(absolute.data_dir, is_unwanted);
  if (!lock)
    return std::unexpected{std::move(lock.error())};
  std::unique_ptr<embedded_cluster> cluster{new embedded_cluster{
      std::make_unique<impl>(absolute, kind, std::move(is_unwanted), std::move(*lock))}};
  if (auto running = cluster->impl_->bring_up(); !running)
    return std::unexpected{std::move(running.error())};
  return cluster;
}

const std::string& embedded_cluster::database_url() const {
  return impl_->url;
}

void embedded_cluster::keep_running() {
  impl_->keep_running();
}

result<void> embedded_cluster::stop() {
  return impl_->stop();
}

// -- first start -----------------------------------------------------------------------------

result<void> embedded_cluster::impl::bring_up() {
  remove_half_made();
  if (auto found = find_programs(); !found)
    return found;
  if (!read_cluster_version(cluster_dir))
    if (auto created = create_cluster(); !created)
      return created;
  if (auto started = start_or_adopt(); !started)
    return started;
  return ensure_database();
}

result<void> embedded_cluster::impl::find_programs() {
  auto chosen = choose_owner(cluster_dir);
  if (!chosen)
    return std::unexpected{std::move(chosen.error())};
  owner = *chosen;
  auto found = find_bin_dir(options.postgresql_bin_dir, read_cluster_version(cluster_dir));
  if (!found)
    return std::unexpected{std::move(found.error())};
  bin_dir = std::move(*found);
  return {};
}

void embedded_cluster::impl::remove_half_made() {
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator{data_dir, problem})
    if (entry.path().filename().string().starts_with(half_made_prefix))
      fs::remove_all(entry.path(), problem);
}

result<void> embedded_cluster::impl::create_cluster() {
  std::error_code problem;
  if (fs::exists(cluster_dir, problem) && !fs::is_empty(cluster_dir, problem))
    return fail(errc::storage_failed,
                cluster_dir.string() + " holds something that is no PostgreSQL cluster");
  telemetry::log_info("creating the database", {{"directory", cluster_dir.string()}});
  // A name of its own each time: an initdb that survived a killed server may still be writing.
  auto name = (data_dir / half_made_prefix).string() + ".XXXXXX";
  if (mkdtemp(name.data()) == nullptr)
    return fail(errc::storage_failed, "cannot write in the data directory " + data_dir.string());
  if (owner && chown(name.c_str(), owner->user, owner->group) != 0)
    return fail(errc::storage_failed, "cannot give away " + name);
  if (auto made = run_initdb(name); !made) {
    fs::remove_all(name, problem);
    return made;
  }
  fs::rename(name, cluster_dir, problem);
  if (problem)
    return fail(errc::storage_failed, "cannot rename " + name + ": " + problem.message());
  return {};
}

result<void> embedded_cluster::impl::run_initdb(const fs::path& directory) {
  // No one but the owner of the socket's directory, and root, can reach the socket at all; that is
  // what `trust` relies on.
  program initdb{.executable = bin_dir / "initdb",
                 .arguments = {"-D", directory.string(), "-U", "polar_flow", "--auth-local=trust",
                               "--auth-host=reject", "--encoding=UTF8", "--locale=C"},
                 .owner = owner,
                 .working_directory = data_dir,
                 .log_file = log_file,
                 .ends = lifetime::ends_with_parent};
  if (kind == durability::disposable)
    initdb.arguments.push_back("--no-sync");
  const auto started = start_program(initdb);
  if (!started)
    return std::unexpected{started.error()};
  const auto code = wait_for_exit(*started, initdb_timeout);
  if (!code)
    return fail(errc::storage_failed, "initdb did not end in time");
  if (*code != 0)
    return std::unexpected{not_started(*code)};
  return {};
}

// -- every start -----------------------------------------------------------------------------

std::optional<postmaster_file> embedded_cluster::impl::find_running() const {
  auto file = read_postmaster_file(cluster_dir);
  if (file && is_postmaster_of(file->pid, cluster_dir))
    return file;
  return std::nullopt;
}

result<void> embedded_cluster::impl::start_or_adopt() {
  const auto give_up_at = std::chrono::steady_clock::now() + bring_up_patience;
  while (std::chrono::steady_clock::now() < give_up_at) {
    if (is_unwanted())
      return broken_off();
    if (const auto running = find_running()) {
      child = 0;
      telemetry::log_info("adopting the PostgreSQL of an earlier run", {{"pid", running->pid}});
    } else if (auto launched = launch(); !launched) {
      return launched;
    }
    const auto outcome = wait_until_ready();
    if (!outcome)
      return std::unexpected{outcome.error()};
    if (*outcome == progress::ready)
      return {};
    std::this_thread::sleep_for(bring_up_pause);
  }
  return std::unexpected{not_started(std::nullopt)};
}

result<void> embedded_cluster::impl::launch() {
  auto directory = make_socket_dir(data_dir, owner);
  if (!directory)
    return std::unexpected{std::move(directory.error())};
  socket_dir = std::move(*directory);
  disown_postmaster_file(cluster_dir);
  std::error_code problem;
  if (fs::file_size(log_file, problem) > log_bytes_max && !problem)
    fs::rename(log_file, log_file.string() + ".1", problem);
  const auto started =
      start_program({.executable = bin_dir / "postgres",
                     .arguments = server_arguments(),
                     .owner = owner,
                     .working_directory = data_dir,
                     .log_file = log_file,
                     .ends = kind == durability::disposable ? lifetime::ends_with_parent
                                                            : lifetime::independent});
  if (!started)
    return std::unexpected{started.error()};
  child = *started;
  return {};
}

std::vector<std::string> embedded_cluster::impl::server_arguments() const {
  const auto connections = options.read_connections + options.write_connections + spare_connections;
  std::vector<std::string> settings{
      "listen_addresses=", "port=5432", "unix_socket_directories=" + socket_dir.string(),
      "unix_socket_permissions=0700", "max_connections=" + std::to_string(connections),
      // For a machine with one gigabyte; the system's file cache does the rest.
      "shared_buffers=64MB", "max_wal_size=256MB", "min_wal_size=32MB",
      // Our statements are short: starting workers or a compiler costs more than it saves.
      "max_parallel_workers_per_gather=0", "jit=off",
      // Statements and their values are health data, which has no place in a log.
      "log_min_error_statement=panic", "log_error_verbosity=terse", "log_statement=none",
      "log_destination=stderr", "logging_collector=off", "timezone=UTC", "log_timezone=UTC"};
  if (kind == durability::disposable)
    for (const auto* const saving : {"fsync=off", "synchronous_commit=off", "full_page_writes=off"})
      settings.emplace_back(saving);
  std::vector<std::string> arguments{"-D", cluster_dir.string()};
  for (auto& setting : settings) {
    arguments.emplace_back("-c");
    arguments.push_back(std::move(setting));
  }
  return arguments;
}

result<embedded_cluster::impl::progress> embedded_cluster::impl::wait_until_ready() {
  using clock = std::chrono::steady_clock;
  const auto began = clock::now();
  auto next_word = began + patience_before_word;
  while (clock::now() < began + start_timeout) {
    if (is_unwanted())
      return broken_off();
    if (child != 0) {
      if (const auto code = reap(child)) {
        child = 0;
        if (explain_exit(*code, data_dir))
          return std::unexpected{not_started(*code)};
        return progress::gone;
      }
    }
    const auto running = find_running();
    if (running && running->is_ready) {
      if (can_connect(running->socket_dir)) {
        socket_dir = running->socket_dir;
        return progress::ready;
      }
      std::this_thread::sleep_for(connect_pause);
    }
    if (!running && child == 0)
      return progress::gone;
    if (clock::now() > next_word) {
      telemetry::log_info("waiting for PostgreSQL, which recovers after a crash or stops");
      next_word += patience_before_word;
    }
    std::this_thread::sleep_for(poll_interval);
  }
  return fail(errc::storage_unavailable,
              "PostgreSQL did not get ready in time; its messages are in " + log_file.string());
}

bool embedded_cluster::impl::can_connect(const fs::path& directory) const {
  return session{maintenance_options(directory)}.open().has_value();
}

connect_options embedded_cluster::impl::maintenance_options(const fs::path& directory) const {
  return {connection_string(directory, "postgres"), options.connect_timeout,
          options.statement_timeout};
}

result<void> embedded_cluster::impl::ensure_database() {
  session maintenance{maintenance_options(socket_dir)};
  const auto found = maintenance.read(
      [](transaction& tx) -> result<bool> { return !tx.run(statements::find_database).empty(); });
  if (!found)
    return std::unexpected{found.error()};
  if (!*found) {
    const auto created = maintenance.command([](transaction& tx) -> result<void> {
      tx.run_script(statements::create_database.name, statements::create_database.text);
      return {};
    });
    if (!created)
      return created;
  }
  url = connection_string(socket_dir, "polar_flow");
  return {};
}

error embedded_cluster::impl::not_started(std::optional<int> exit_code) const {
  if (exit_code)
    if (auto explanation = explain_exit(*exit_code, data_dir))
      return {errc::storage_failed, std::move(*explanation)};
  return {errc::storage_failed,
          "PostgreSQL does not start; its messages are in " + log_file.string()};
}

// -- keeping it running ----------------------------------------------------------------------

void embedded_cluster::impl::keep_running() {
  keeper.emplace(cluster_keeper::duties{
      // A server that is told to stop stops PostgreSQL as well.
      .has_ended = [this] { return !is_unwanted() && has_ended(); },
      .start =
          [this, asked = is_unwanted](const std::stop_token& stopping) {
            is_unwanted = [&] {
              return stopping.stop_requested() || asked();
            };
            auto started = start_or_adopt();
            is_unwanted = asked;
            return started;
          }});
}

bool embedded_cluster::impl::has_ended() {
  if (child != 0 && reap(child))
    child = 0;
  return child == 0 && !find_running();
}

// -- the end ---------------------------------------------------------------------------------

bool embedded_cluster::impl::wait_until_gone(pid_t pid, std::chrono::seconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < deadline) {
    const bool is_gone = pid == child ? reap(pid).has_value() : !is_postmaster_of(pid, cluster_dir);
    if (is_gone)
      return true;
    std::this_thread::sleep_for(poll_interval);
  }
  return false;
}

result<void> embedded_cluster::impl::stop() {
  // Before PostgreSQL, which the keeper would start again.
  keeper.reset();
  const auto running = find_running();
  const pid_t pid = running ? running->pid : child;
  if (pid == 0)
    return {};
  // "Fast": ends sessions, rolls their transactions back, writes everything, stops.
  kill(pid, SIGINT);
  bool is_gone = wait_until_gone(pid, stop_timeout);
  if (!is_gone) {
    telemetry::log_warning("PostgreSQL stops too slowly, so it will recover at the next start");
    kill(pid, SIGQUIT);
    is_gone = wait_until_gone(pid, immediate_stop_timeout);
  }
  if (!is_gone)
    return fail(errc::storage_failed, "PostgreSQL does not stop");
  child = 0;
  if (socket_dir.parent_path() != data_dir) {
    std::error_code ignored;
    fs::remove(socket_dir, ignored);
  }
  return {};
}

} // namespace polar_flow::storage
