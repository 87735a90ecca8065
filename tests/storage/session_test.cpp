#define BOOST_TEST_DYN_LINK
#include "config/text_rules.hpp"
#include "storage/guard.hpp"
#include "storage/session.hpp"
#include "tests/storage/store_fixture.hpp"

#include <pqxx/except>

namespace polar_flow::storage {

namespace {

/// Statements of tests are texts of their own; their names must not meet.
constexpr statement sleep_statement{"test_sleep", "SELECT pg_sleep($1::float8)"};
constexpr statement timeout_statement{
    "test_timeout", "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'"};
constexpr statement wrong_statement{"test_wrong", "SELECT secret_value_4711 FROM nowhere"};
constexpr statement insert_statement{"test_insert",
                                     "INSERT INTO app_settings (polar_client_id, updated_at) "
                                     "VALUES ($1, now())"};

struct connection_fixture : store_fixture {
  /// Ends all other connections to this test's database, as a restart of PostgreSQL would.
  void kill_connections() const {
    query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
          "WHERE datname = current_database() AND pid <> pg_backend_pid()");
    // The connection is gone only when its process is.
    while (query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                 "AND pid <> pg_backend_pid()")
           != "0") {
      // nop
    }
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(connections, connection_fixture)

BOOST_AUTO_TEST_CASE(a_read_survives_a_lost_connection) {
  kill_connections();
  BOOST_TEST(code_of(db->find_user(user)) == errc::none);
  kill_connections();
  BOOST_TEST(code_of(db->list_users()) == errc::none);
}

BOOST_AUTO_TEST_CASE(a_write_survives_a_connection_lost_before_it_and_happens_once) {
  api_key_record key;
  key.hash = "h";
  key.created_at = now;
  kill_connections();
  BOOST_TEST(code_of(db->create_key(key, store::same_client::keep)) == errc::none);
  BOOST_TEST(query("SELECT count(*) FROM api_keys") == "1");
}

BOOST_AUTO_TEST_CASE(a_connection_lost_in_the_middle_rolls_back_and_is_repeated) {
  session link{options};
  int attempts = 0;
  const auto outcome = link.write([&](transaction& tx) -> result<void> {
    tx.run(insert_statement, parameters::of("x"));
    if (++attempts == 1)
      kill_connections();
    tx.run(sleep_statement, parameters::of(0.0));
    return {};
  });
  BOOST_TEST(code_of(outcome) == errc::none);
  BOOST_TEST(attempts == 2);
  BOOST_TEST(query("SELECT count(*) FROM app_settings") == "1");
}

BOOST_AUTO_TEST_CASE(a_connection_that_is_lost_again_and_again_is_an_error) {
  session link{options};
  const auto outcome = link.write([&](transaction& tx) -> result<void> {
    tx.run(insert_statement, parameters::of("x"));
    kill_connections();
    tx.run(sleep_statement, parameters::of(0.0));
    return {};
  });
  BOOST_TEST(code_of(outcome) == errc::storage_unavailable);
  BOOST_TEST(query("SELECT count(*) FROM app_settings") == "0");
  BOOST_TEST(code_of(link.open()) == errc::none);
}

BOOST_AUTO_TEST_CASE(a_connection_lost_during_a_rollback_is_replaced_by_a_configured_one) {
  session link{options};
  const auto refused = link.write([&](transaction& tx) -> result<void> {
    tx.run(insert_statement, parameters::of("x"));
    kill_connections();
    return fail(errc::not_found, "changed my mind");
  });
  BOOST_TEST(code_of(refused) == errc::not_found);
  // A command is not repeated, so it must not be the one that finds out.
  const auto timeout = link.command([](transaction& tx) -> result<std::string> {
    return tx.run(timeout_statement)[0][0].as<std::string>();
  });
  BOOST_TEST(require_value(timeout)
             == std::to_string(std::chrono::milliseconds{options.statement_timeout}.count()));
}

BOOST_AUTO_TEST_CASE(a_commit_in_doubt_is_not_repeated) {
  session link{options};
  int attempts = 0;
  const auto outcome = link.write([&](transaction& tx) -> result<void> {
    tx.run(insert_statement, parameters::of("x"));
    ++attempts;
    kill_connections();
    return {};
  });
  BOOST_TEST(code_of(outcome) == errc::storage_unavailable);
  BOOST_TEST(attempts == 1);
  BOOST_TEST(code_of(link.open()) == errc::none);
}

BOOST_AUTO_TEST_CASE(a_slow_statement_is_cut_off_and_the_connection_stays) {
  auto impatient = options;
  impatient.statement_timeout = 1s;
  session link{impatient};
  const auto outcome = link.read([](transaction& tx) -> result<void> {
    tx.run(sleep_statement, parameters::of(20.0));
    return {};
  });
  BOOST_TEST(code_of(outcome) == errc::storage_unavailable);
  BOOST_TEST(outcome.error().message.find("test_sleep") != std::string::npos);
  BOOST_TEST(code_of(link.open()) == errc::none);
}

BOOST_AUTO_TEST_CASE(a_refused_statement_is_named_and_nothing_of_it_told) {
  session link{options};
  const auto outcome = link.read([](transaction& tx) -> result<void> {
    tx.run(wrong_statement);
    return {};
  });
  BOOST_TEST(code_of(outcome) == errc::storage_failed);
  BOOST_TEST(outcome.error().message == "the database refused test_wrong");
  BOOST_TEST(code_of(link.open()) == errc::none);
}

BOOST_AUTO_TEST_CASE(an_error_of_the_work_rolls_back) {
  session link{options};
  const auto outcome = link.write([](transaction& tx) -> result<void> {
    tx.run(insert_statement, parameters::of("x"));
    return fail(errc::not_found, "changed my mind");
  });
  BOOST_TEST(code_of(outcome) == errc::not_found);
  BOOST_TEST(query("SELECT count(*) FROM app_settings") == "0");
}

BOOST_AUTO_TEST_CASE(the_session_does_not_depend_on_the_roles_defaults) {
  query("SELECT set_config('search_path', '', false)");
  pqxx::connection owner{options.database_url};
  pqxx::nontransaction tx{owner};
  const auto name = tx.exec1("SELECT current_database()")[0].as<std::string>();
  tx.exec("ALTER DATABASE " + name + " SET TimeZone = 'Asia/Tokyo'");
  tx.exec("ALTER DATABASE " + name + " SET DateStyle = 'SQL, DMY'");
  tx.exec("ALTER DATABASE " + name + " SET extra_float_digits = 0");
  auto fresh = require_value(store::open(options));
  require_value(fresh->note_read(claim(), user, now));
  BOOST_TEST((require_value(fresh->find_user(user)).last_read_at == now));
}

BOOST_AUTO_TEST_CASE(an_unreachable_database_is_unavailable) {
  connect_options nowhere{"host=/nonexistent dbname=x", 1s, 1s};
  const auto outcome = store::open(nowhere);
  BOOST_TEST(code_of(outcome) == errc::storage_unavailable);
  BOOST_TEST(outcome.error().message.find("/nonexistent") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_of_a_malformed_connection_string_is_told) {
  for (const auto* url :
       {"this is s3cr3t and not a connection string", "host=h password=two s3cr3t",
        "postgresql://u:s3cr3t%zz@h/d", "postgresql://u:s3cr3t/x@h/d", "host=h port=s3cr3t",
        "postgresql://u:p@[s3cr3t/d", "host=h sslmode=s3cr3t", "postgresql://h/d?s3cr3t=1"}) {
    const auto outcome = store::open({url, 1s, 1s});
    BOOST_TEST(code_of(outcome) == errc::storage_failed, url);
    if (!outcome)
      BOOST_TEST(outcome.error().message == "DATABASE_URL is not a valid connection string", url);
  }
}

BOOST_AUTO_TEST_CASE(a_host_that_is_not_found_is_not_quoted) {
  // Of a password with an @ that is not escaped, libpq takes the rest for the host.
  const auto outcome = guard(
      [] {
        throw pqxx::broken_connection{
            "could not translate host name \"s3cr3t@db\" to address: Name not known"};
      },
      connect_statement);
  BOOST_REQUIRE(outcome.has_value());
  BOOST_TEST(outcome->problem.code == errc::storage_unavailable);
  BOOST_TEST(outcome->problem.message.find("s3cr3t") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(connection_strings)

BOOST_AUTO_TEST_CASE(both_notations_get_our_options) {
  const auto text_for = [](std::string url) {
    return libpq_connection_string({std::move(url), 5s, 30s});
  };
  const std::string ours = "connect_timeout=5&client_encoding=UTF8&"
                           "fallback_application_name=polar-flow-server&tcp_user_timeout=35000";
  BOOST_TEST(text_for("postgresql://u:p@h/d") == "postgresql://u:p@h/d?" + ours);
  BOOST_TEST(text_for("postgres://h/d?sslmode=require")
             == "postgres://h/d?sslmode=require&" + ours);
  BOOST_TEST(text_for("postgresql+asyncpg://u:p@h:5432/d?ssl=require")
             == "postgresql://u:p@h:5432/d?sslmode=require&" + ours);
  // As the configuration lets it through.
  std::string configured = "postgresql+asyncpg://u:p@h:5432/d?ssl=require";
  BOOST_TEST(!text_rules::connection(configured).has_value());
  BOOST_TEST(text_for(configured) == "postgresql://u:p@h:5432/d?sslmode=require&" + ours);
  BOOST_TEST(text_for("host=h dbname=d")
             == "host=h dbname=d connect_timeout='5' client_encoding='UTF8' "
                "fallback_application_name='polar-flow-server' tcp_user_timeout='35000'");
}

BOOST_AUTO_TEST_CASE(a_uri_reaches_the_same_database) {
  const auto options = testing::test_postgres::instance().create_migrated_database();
  pqxx::connection connection{options.database_url};
  pqxx::nontransaction tx{connection};
  const auto row = tx.exec1("SELECT current_database(), "
                            "current_setting('unix_socket_directories')");
  std::string host;
  for (const char c : row[1].as<std::string>())
    host += c == '/' ? std::string{"%2F"} : std::string{c};
  const auto uri = "postgresql+asyncpg://polar_flow@" + host + "/" + row[0].as<std::string>();
  const auto db = require_value(store::open({uri, 5s, 30s}));
  BOOST_TEST(require_value(db->list_users()).empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
