#include "commands/opened_store.hpp"

#include "storage/cluster_layout.hpp"

#include <filesystem>
#include <iostream>
#include <string>
#include <utility>

namespace polar_flow::commands {

result<opened_store> open_store(const settings& values) {
  auto database = open_beside_server(values.storage);
  if (!database)
    return std::unexpected{std::move(database.error())};
  auto store = storage::store::open(database->options);
  if (!store)
    return std::unexpected{std::move(store.error())};
  return opened_store{std::move(*database), std::move(*store)};
}

result<opened_store> open_existing_store(const settings& values) {
  if (!values.storage.database_url) {
    const auto data_dir = storage::absolute_data_dir(values.storage);
    const auto cluster = storage::cluster_dir_in(data_dir);
    // What we may not look into is no mistake; opening it will tell.
    std::error_code hidden;
    const bool is_missing = !std::filesystem::exists(cluster, hidden) && !hidden;
    if (is_missing || std::filesystem::is_empty(cluster, hidden))
      return fail(errc::not_found, "there is no database in " + data_dir.string()
                                       + "; DATA_DIR or --data-dir names another folder, "
                                         "DATABASE_URL another database");
  }
  return open_store(values);
}

int report(const error& problem) {
  std::cerr << "polar-flow-server: "
            << (problem.message.empty() ? std::string{to_string(problem.code)} : problem.message)
            << '\n';
  return 1;
}

} // namespace polar_flow::commands
