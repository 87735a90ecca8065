#define BOOST_TEST_DYN_LINK
#include "actors/system.hpp"
#include "tests/actors/fakes.hpp"
#include "tests/support/postgres.hpp"

#include <boost/test/unit_test.hpp>
#include <pqxx/connection>
#include <pqxx/transaction>

#include <memory>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

const std::string one_night = R"({"nights":[{"date":"2026-11-21","sleep_score":80}]})";

/// The whole runtime with its own threads; only Polar and the clock are not real.
struct runtime_fixture {
  std::shared_ptr<actors::testing::fake_transport> transport =
      std::make_shared<actors::testing::fake_transport>();
  std::shared_ptr<crypto::random_source> random = crypto::make_seeded_random(1);
  std::shared_ptr<const crypto::secret_box> secrets = std::make_shared<const crypto::secret_box>(
      *crypto::secret_box::from_fernet_key("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", random));
  std::shared_ptr<published_keys> keys = std::make_shared<published_keys>();
  settings config = make_settings();

  static settings make_settings() {
    auto values = actors::testing::test_settings();
    values.storage.read_connections = 2;
    values.storage.write_connections = 2;
    values.sync.enabled = false;
    return values;
  }

  std::unique_ptr<actor_runtime> make(const storage::connect_options& database) {
    return std::make_unique<actor_runtime>(
        config, dependencies{std::make_shared<actors::testing::fake_clock>(),
                             random,
                             transport,
                             secrets,
                             keys,
                             database,
                             "node",
                             {}});
  }

  template <class Answer, class Request>
  result<Answer> get(const actor_runtime& runtime, Request request) {
    caf::scoped_actor self{runtime.node()->system()};
    result<Answer> outcome = fail(errc::internal);
    self->request(runtime.node()->actors()->region, 60s, std::move(request))
        .receive([&](Answer& answer) { outcome = std::move(answer); },
                 [&](caf::error& problem) { outcome = std::unexpected{from_caf(problem)}; });
    return outcome;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(system_rules, runtime_fixture)

BOOST_AUTO_TEST_CASE(a_missing_database_is_named_and_the_runtime_ends) {
  const auto runtime = make({"host=/nonexistent dbname=none", 2s, 2s});
  const auto started = runtime->start();
  BOOST_REQUIRE(!started);
  BOOST_TEST((started.error().code == errc::storage_unavailable));
  runtime->stop(1s);
}

BOOST_AUTO_TEST_CASE(a_runtime_that_never_started_ends) {
  auto runtime = make({"host=/nonexistent dbname=none", 2s, 2s});
  BOOST_TEST(!runtime->node()->actors()->region);
  runtime.reset();
}

BOOST_AUTO_TEST_CASE(a_draining_runtime_starts_no_sync) {
  config.sync.enabled = true;
  const auto runtime =
      make(polar_flow::testing::test_postgres::instance().create_migrated_database());
  BOOST_REQUIRE(runtime->start());
  runtime->drain();
  const connect_user connect{user_id{"1001"}, secrets->seal("token", "token/1001"),
                             actors::testing::test_start + 1000h};
  BOOST_REQUIRE(get<user_record>(*runtime, connect));
  // Had a sync begun with the connection, this would wait for its end.
  BOOST_TEST(runtime->stop(10s));
  BOOST_TEST(transport->count("/v3/users/sleep") == 0u);
}

BOOST_AUTO_TEST_CASE(a_user_that_waits_for_the_database_does_not_hold_up_the_end) {
  const auto database = polar_flow::testing::test_postgres::instance().create_migrated_database();
  auto runtime = make(database);
  BOOST_REQUIRE(runtime->start());
  pqxx::connection other{database.database_url};
  auto lock = std::make_unique<pqxx::work>(other);
  lock->exec("LOCK TABLE polar_flow.users IN ACCESS EXCLUSIVE MODE");
  const connect_user connect{user_id{"1001"}, secrets->seal("token", "token/1001"),
                             actors::testing::test_start + 1000h};
  caf::anon_send(runtime->node()->actors()->region, connect);
  while (lock->exec("SELECT 1 FROM pg_locks WHERE NOT granted "
                    "AND relation = 'polar_flow.users'::regclass")
             .empty()) {
    // nop
  }
  BOOST_TEST(!runtime->stop(0s));
  // What is left ends as soon as the database answers.
  lock.reset();
  runtime.reset();
}

BOOST_AUTO_TEST_CASE(connects_syncs_and_keeps_it_over_a_restart) {
  const auto database = polar_flow::testing::test_postgres::instance().create_migrated_database();
  const user_id user{"1001"};
  transport->answer("/v3/users/sleep", 200, one_night);
  data_version version;
  {
    const auto runtime = make(database);
    BOOST_REQUIRE(runtime->start());
    const connect_user connect{user, secrets->seal("token", "token/1001"),
                               actors::testing::test_start + 1000h};
    BOOST_REQUIRE(get<user_record>(*runtime, connect));
    const trigger_sync trigger{user, {}, sync_priority::critical, {}, {}, false, {}};
    const auto started = get<sync_started>(*runtime, trigger);
    BOOST_REQUIRE(started);
    const auto finished = get<sync_finished>(*runtime, await_sync{user, started->job});
    BOOST_REQUIRE(finished);
    BOOST_TEST((finished->report->status == sync_status::success));
    version = get<insights_answer>(*runtime, get_insights{user, {}})->version;
    BOOST_TEST(version.changes > 0u);
    runtime->stop(5s);
  }
  const auto runtime = make(database);
  BOOST_REQUIRE(runtime->start());
  const auto insights = get<insights_answer>(*runtime, get_insights{user, {}});
  BOOST_REQUIRE(insights);
  BOOST_TEST((insights->version == version));
  BOOST_TEST(insights->value->data_days == 1);
  const get_list question{user, list_kind::sleep, 7, {}};
  const auto list = get<list_answer>(*runtime, question);
  BOOST_REQUIRE(list);
  BOOST_TEST(std::get<std::vector<sleep_summary>>(*list->rows).size() == 1u);
  // The destructor stops what nobody stopped.
}

BOOST_AUTO_TEST_SUITE_END()
