#define BOOST_TEST_DYN_LINK
#include "storage/migrate.hpp"
#include "storage/migration_list.hpp"
#include "storage/statements.hpp"
#include "tests/storage/store_fixture.hpp"

#include <array>
#include <thread>

namespace polar_flow::storage {

namespace {

struct empty_database {
  connect_options options = testing::test_postgres::instance().create_database();

  std::string query(const std::string& sql) const {
    pqxx::connection connection{options.database_url};
    pqxx::nontransaction tx{connection};
    const auto rows = tx.exec(sql);
    return rows.empty() || rows[0].size() == 0 ? "" : rows[0][0].c_str();
  }

  std::string applied() const {
    return query("SELECT string_agg(version::text, ',' ORDER BY version) "
                 "FROM polar_flow.schema_migrations");
  }
};

std::string all_versions() {
  std::string text;
  for (const auto& one : all_migrations())
    text += (text.empty() ? "" : ",") + std::to_string(one.version);
  return text;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(migrations, empty_database)

BOOST_AUTO_TEST_CASE(twice_is_as_good_as_once) {
  require_value(migrate(options));
  const auto first = query("SELECT max(applied_at) FROM polar_flow.schema_migrations");
  BOOST_TEST(applied() == all_versions());
  require_value(migrate(options));
  BOOST_TEST(query("SELECT max(applied_at) FROM polar_flow.schema_migrations") == first);
  BOOST_TEST(query("SELECT count(*) FROM polar_flow.shard_leases") == "256");
}

BOOST_AUTO_TEST_CASE(two_nodes_may_start_at_once) {
  std::array<result<void>, 2> outcomes;
  {
    std::array<std::jthread, 2> nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i)
      nodes[i] = std::jthread{[&, i] {
        outcomes[i] = migrate(options);
      }};
  }
  for (const auto& outcome : outcomes)
    BOOST_TEST(code_of(outcome) == errc::none);
  BOOST_TEST(applied() == all_versions());
}

BOOST_AUTO_TEST_CASE(every_table_of_user_data_has_the_user_first_in_its_key) {
  require_value(migrate(options));
  // Tables that are about nobody, or that are found by a secret.
  const std::string exempt = "('shard_leases', 'api_keys', 'oauth_states', 'temporary_codes', "
                             "'app_settings', 'polar_webhook', 'polar_budget', "
                             "'schema_migrations')";
  const auto offenders =
      query("SELECT string_agg(c.relname, ',') FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'polar_flow' "
            "LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary "
            "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] "
            "WHERE c.relkind = 'r' AND c.relname NOT IN "
            + exempt + " AND a.attname IS DISTINCT FROM 'user_id'");
  BOOST_TEST(offenders == "");
}

BOOST_AUTO_TEST_CASE(a_newer_database_is_refused) {
  require_value(migrate(options));
  const auto known = all_migrations();
  const auto outcome = migrate_to(options, known.first(known.size() - 1));
  BOOST_TEST(code_of(outcome) == errc::storage_failed);
  BOOST_TEST(outcome.error().message.find("newer than this server") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_edited_migration_is_refused) {
  require_value(migrate(options));
  std::vector<migration> edited{all_migrations().begin(), all_migrations().end()};
  edited[1].text = "SELECT 1";
  const auto outcome = migrate_to(options, edited);
  BOOST_TEST(code_of(outcome) == errc::storage_failed);
  BOOST_TEST(outcome.error().message.find(edited[1].name) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(tables_of_the_python_server_are_left_alone) {
  query("CREATE TABLE alembic_version (version_num varchar(32))");
  const auto outcome = migrate(options);
  BOOST_TEST(code_of(outcome) == errc::storage_failed);
  BOOST_TEST(outcome.error().message.find("migrate-from") != std::string::npos);
  BOOST_TEST(query("SELECT count(*) FROM pg_namespace WHERE nspname = 'polar_flow'") == "0");
}

BOOST_AUTO_TEST_CASE(a_failure_in_the_middle_leaves_the_last_whole_version) {
  std::vector<migration> list{all_migrations().begin(), all_migrations().end()};
  const auto broken = static_cast<std::int32_t>(list.size()) + 1;
  list.push_back({broken, "9999_broken",
                  "CREATE TABLE polar_flow.half (x integer);"
                  "INSERT INTO polar_flow.half VALUES (1); SELECT 1/0;"
                  "CREATE TABLE polar_flow.other (x integer)"});
  BOOST_TEST(code_of(migrate_to(options, list)) == errc::storage_failed);
  BOOST_TEST(applied() == all_versions());
  BOOST_TEST(query("SELECT to_regclass('polar_flow.half') IS NULL") == "t");

  list.back().text = "CREATE TABLE polar_flow.half (x integer)";
  require_value(migrate_to(options, list));
  BOOST_TEST(query("SELECT to_regclass('polar_flow.half') IS NULL") == "f");
}

BOOST_AUTO_TEST_CASE(a_lost_connection_in_the_middle_is_repaired_by_the_next_start) {
  std::vector<migration> list{all_migrations().begin(), all_migrations().end()};
  list.push_back({static_cast<std::int32_t>(list.size()) + 1, "9999_killed",
                  "CREATE TABLE polar_flow.half (x integer);"
                  "SELECT pg_terminate_backend(pg_backend_pid())"});
  BOOST_TEST(code_of(migrate_to(options, list)) == errc::storage_unavailable);
  BOOST_TEST(query("SELECT to_regclass('polar_flow.half') IS NULL") == "t");
  require_value(migrate(options));
  BOOST_TEST(applied() == all_versions());
}

BOOST_AUTO_TEST_CASE(an_unreachable_database_is_unavailable) {
  auto wrong = options;
  wrong.database_url = "host=/nonexistent dbname=x";
  const auto outcome = migrate(wrong);
  BOOST_TEST(code_of(outcome) == errc::storage_unavailable);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
