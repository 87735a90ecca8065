#include "tests/integration/database.hpp"

#include "tests/support/server_fixture.hpp"

#include <pqxx/pqxx>

#include <stdexcept>

namespace polar_flow::testing {

namespace {

std::string connection_string_below(const std::filesystem::path& folder) {
  const auto found = find_embedded_database(folder);
  if (!found)
    throw std::runtime_error{"no PostgreSQL works below " + folder.string()};
  return found->connection_string;
}

} // namespace

struct database::impl {
  std::string connection_string;
  pqxx::connection connection;

  explicit impl(std::string text)
      : connection_string{std::move(text)}, connection{connection_string} {
    // nop
  }

  pqxx::result run(const std::string& statement, const std::string& user) {
    // One round trip: a test that watches a sync looks often.
    pqxx::nontransaction direct{connection};
    return direct.exec_params(statement, user);
  }
};

database::database(const std::filesystem::path& folder)
    : impl_{std::make_unique<impl>(connection_string_below(folder))} {
  // nop
}

database::~database() = default;

std::int64_t database::count(const std::string& statement, const std::string& user) {
  return impl_->run(statement, user)[0][0].as<std::int64_t>();
}

std::vector<std::string> database::column(const std::string& statement, const std::string& user) {
  std::vector<std::string> values;
  for (const auto& row : impl_->run(statement, user))
    values.emplace_back(row[0].is_null() ? "" : row[0].c_str());
  return values;
}

const std::string& database::connection_string() const {
  return impl_->connection_string;
}

void database::trust_the_system_cache() {
  pqxx::nontransaction direct{impl_->connection};
  direct.exec("ALTER SYSTEM SET fsync = off");
  direct.exec("SELECT pg_reload_conf()");
}

} // namespace polar_flow::testing
