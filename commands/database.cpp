#include "commands/database.hpp"

#include "storage/migrate.hpp"

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

} // namespace

result<opened_database> open_for_serving(const storage_settings& settings) {
  if (settings.database_url)
    return migrated({nullptr, connect_options_for(settings, *settings.database_url)});
  auto cluster = storage::embedded_cluster::start(settings);
  if (!cluster)
    return std::unexpected{std::move(cluster.error())};
  auto options = connect_options_for(settings, (*cluster)->database_url());
  return migrated({std::move(*cluster), std::move(options)});
}

result<opened_database> open_beside_server(const storage_settings& settings) {
  if (!settings.database_url)
    if (auto url = storage::find_served_database(settings))
      return migrated({nullptr, connect_options_for(settings, std::move(*url))});
  return open_for_serving(settings);
}

} // namespace polar_flow::commands
