#include "storage/migrate.hpp"

#include "crypto/hash.hpp"
#include "storage/decode.hpp"
#include "storage/migration_list.hpp"
#include "storage/session.hpp"
#include "storage/statements.hpp"
#include "telemetry/log.hpp"

#include <algorithm>

namespace polar_flow::storage {

namespace {

/// A migration may rewrite a large table, and a node may have to wait for another that does.
constexpr std::chrono::minutes migration_timeout{30};

struct applied_migration {
  std::int32_t version = 0;
  std::string name;
  std::string sha256;
};

/// Refuses a database that is not ours to touch, and makes the table that counts migrations.
result<void> prepare_database(transaction& tx) {
  const auto row = tx.run(statements::inspect_database).front();
  row_reader in{row};
  const bool is_utf8 = in.next<bool>();
  const bool has_python_tables = in.next<bool>();
  const bool has_schema = in.next<bool>();
  const bool has_migration_table = in.next<bool>();
  if (has_python_tables)
    return fail(errc::storage_failed,
                "this database belongs to a Python polar-flow-server (it has a table "
                "alembic_version) and is left alone; give this server an empty database and run "
                "`polar-flow-server migrate-from` to bring the data over");
  if (!is_utf8)
    return fail(errc::storage_failed, "the database's encoding must be UTF8");
  if (!has_schema)
    tx.run_script(statements::create_schema.name, statements::create_schema.text);
  if (!has_migration_table)
    tx.run_script(statements::create_migration_table.name, statements::create_migration_table.text);
  return {};
}

std::vector<applied_migration> load_applied(transaction& tx) {
  std::vector<applied_migration> list;
  for (const auto& row : tx.run(statements::list_migrations)) {
    auto& applied = list.emplace_back();
    row_reader{row} >> applied.version >> applied.name >> applied.sha256;
  }
  return list;
}

/// Whether what was applied is the beginning of `list`.
result<void> compare(const std::vector<applied_migration>& applied,
                     std::span<const migration> list) {
  if (applied.size() > list.size())
    return fail(errc::storage_failed, "the database is newer than this server: it has migration "
                                          + applied.back().name
                                          + ", which this server does not know");
  for (std::size_t i = 0; i < applied.size(); ++i) {
    const auto& ours = list[i];
    if (applied[i].version != ours.version || applied[i].sha256 != crypto::sha256_hex(ours.text))
      return fail(errc::storage_failed, "migration " + applied[i].name
                                            + " of the database differs from this server's "
                                            + ours.name);
  }
  return {};
}

/// Applies the first migration that the database lacks, and returns its name; none when it has
/// all. One transaction, so that a kill at any moment leaves the last whole version.
result<std::optional<std::string>> apply_next(transaction& tx, std::span<const migration> list) {
  tx.run(statements::lock_migrations);
  if (auto prepared = prepare_database(tx); !prepared)
    return std::unexpected{std::move(prepared.error())};
  const auto applied = load_applied(tx);
  if (auto same = compare(applied, list); !same)
    return std::unexpected{std::move(same.error())};
  if (applied.size() == list.size())
    return std::nullopt;
  const auto& next = list[applied.size()];
  tx.run_script(next.name, next.text);
  tx.run(statements::record_migration,
         parameters::of(next.version, next.name, crypto::sha256_hex(next.text)));
  return next.name;
}

} // namespace

result<void> migrate_to(const connect_options& options, std::span<const migration> list) {
  auto patient = options;
  patient.statement_timeout =
      std::max<std::chrono::seconds>(options.statement_timeout, migration_timeout);
  session db{patient};
  while (true) {
    const auto applied = db.write([&](transaction& tx) { return apply_next(tx, list); });
    if (!applied)
      return std::unexpected{applied.error()};
    if (!*applied)
      return {};
    telemetry::log_info("migration applied", {{"migration", **applied}});
  }
}

result<void> migrate(const connect_options& options) {
  return migrate_to(options, all_migrations());
}

} // namespace polar_flow::storage
