#include "commands/database.hpp"

#include "storage/cluster_files.hpp"
#include "storage/cluster_layout.hpp"
#include "storage/migrate.hpp"
#include "storage/served_cluster.hpp"

#include <utility>

namespace polar_flow::commands {

namespace {

storage::connect_options connect_options_for(const storage_settings& settings, std::string url) {
  return {.database_url = std::move(url),
          .connect_timeout = settings.connect_timeout,
          .statement_timeout = settings.statement_timeout};
}

result<opened_database> migrated(opened_database database) {
  if (auto outcome = storage::migrate(database.options); !outcome)
    return std::unexpected{std::move(outcome.error())};
  return database;
}

/// Whether somebody else keeps the data directory, which must exist, for itself.
bool is_served(const storage_settings& settings) {
  const auto data_dir = storage::absolute_data_dir(settings);
  const auto lock = storage::file_lock::try_lock(storage::lock_file_in(data_dir));
  return lock && !*lock;
}

} // namespace

result<opened_database>
open_for_serving(const storage_settings& settings,
                 const storage::embedded_cluster::unwanted& is_unwanted) {
  if (settings.database_url)
    return migrated({nullptr, connect_options_for(settings, *settings.database_url)});
  using storage::embedded_cluster;
  auto cluster =
      embedded_cluster::start(settings, embedded_cluster::durability::full, is_unwanted);
  if (!cluster)
    return std::unexpected{std::move(cluster.error())};
  if (is_unwanted())
    return fail(errc::shutting_down, "the start was broken off");
  auto options = connect_options_for(settings, (*cluster)->database_url());
  return migrated({std::move(*cluster), std::move(options)});
}

result<opened_database> open_beside_server(const storage_settings& settings) {
  if (!settings.database_url)
    if (auto url = storage::find_served_database(settings))
      return migrated({nullptr, connect_options_for(settings, std::move(*url))});
  auto opened = open_for_serving(settings);
  if (opened || settings.database_url || !is_served(settings))
    return opened;
  const auto data_dir = storage::absolute_data_dir(settings);
  return fail(errc::storage_unavailable,
              "a polar-flow-server runs in " + data_dir.string()
                  + ", but its PostgreSQL does not: it is starting, stopping or has failed; "
                  + (data_dir / "postgresql.log").string() + " may say why");
}

} // namespace polar_flow::commands
