#include "tests/support/postgres.hpp"

#include "storage/embedded_cluster.hpp"
#include "storage/migrate.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>

#include <atomic>
#include <stdexcept>
#include <stdlib.h>
#include <sys/stat.h>

#if defined(__SANITIZE_ADDRESS__)
/// libpqxx 6.4.5 forgets the last result of a connection that breaks while it waits for it: it
/// throws between taking the result from libpq and storing it. Tests break connections on purpose.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:PQmakeEmptyPGresult\n";
}
#endif

namespace polar_flow::testing {

namespace fs = std::filesystem;

namespace {

/// Much longer than any test needs, so that a slow machine fails no test.
constexpr std::chrono::seconds test_timeout{30};

template <class T>
T value_or_throw(result<T> outcome) {
  if (!outcome)
    throw std::runtime_error{outcome.error().message};
  return std::move(*outcome);
}

storage_settings cluster_settings(const fs::path& data_dir) {
  storage_settings settings;
  settings.data_dir = data_dir;
  settings.read_connections = 20;
  settings.write_connections = 20;
  settings.connect_timeout = test_timeout;
  settings.statement_timeout = test_timeout;
  return settings;
}

/// The same connection string with another database: of two options libpq takes the last.
storage::connect_options options_for(const std::string& url, const std::string& database) {
  return {url + " dbname=" + database, test_timeout, test_timeout};
}

} // namespace

temporary_dir::temporary_dir() {
  auto name = (fs::temp_directory_path() / "polar-flow-test.XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr)
    throw std::runtime_error{"no temporary directory"};
  // As root, PostgreSQL runs as another user, who must get through.
  chmod(name.c_str(), 0755);
  path_ = name;
}

temporary_dir::~temporary_dir() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

struct test_postgres::impl {
  temporary_dir folder;
  std::unique_ptr<storage::embedded_cluster> cluster = value_or_throw(
      storage::embedded_cluster::start(cluster_settings(folder.path() / "data"),
                                       storage::embedded_cluster::durability::disposable));
  std::atomic<int> databases{0};
  /// A database with the schema, which the others are copied from.
  std::string migrated;

  std::string create(const std::string& options) {
    const auto name = "test_" + std::to_string(++databases);
    pqxx::connection connection{cluster->database_url()};
    pqxx::nontransaction{connection}.exec("CREATE DATABASE " + name + options);
    return name;
  }
};

test_postgres& test_postgres::instance() {
  static test_postgres postgres;
  return postgres;
}

test_postgres::test_postgres() : impl_{std::make_unique<impl>()} {
  // nop
}

test_postgres::~test_postgres() = default;

storage::connect_options test_postgres::create_database() {
  return options_for(maintenance_url(), impl_->create(""));
}

storage::connect_options test_postgres::create_migrated_database() {
  if (impl_->migrated.empty()) {
    const auto name = impl_->create("");
    if (auto done = storage::migrate(options_for(maintenance_url(), name)); !done)
      throw std::runtime_error{done.error().message};
    impl_->migrated = name;
  }
  return options_for(maintenance_url(), impl_->create(" TEMPLATE " + impl_->migrated));
}

const std::string& test_postgres::maintenance_url() const {
  return impl_->cluster->database_url();
}

test_shards::test_shards(storage::store& store, instant now)
    : epochs_{value_or_throw(store.take_all_shards("test", now))} {
  // nop
}

shard_claim test_shards::claim_for(const user_id& user) const {
  const auto shard = shard_of(user);
  return {shard, epochs_.at(static_cast<std::size_t>(shard))};
}

} // namespace polar_flow::testing
