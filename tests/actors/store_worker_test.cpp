#define BOOST_TEST_DYN_LINK
#include "actors/errors.hpp"
#include "actors/store_worker.hpp"
#include "tests/support/postgres.hpp"

#include <boost/test/unit_test.hpp>
#include <caf/all.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

constexpr instant now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};

struct worker_config : caf::actor_system_config {
  worker_config() {
    add_message_types<caf::id_block::polar_flow_actors>();
  }
};

/// A real worker on a thread of its own.
struct worker_fixture {
  worker_config config;
  caf::actor_system system{config};

  store_actor make(const storage::connect_options& options) {
    return system.spawn<caf::detached>(store_worker, options);
  }

  template <class Answer, class Request>
  result<Answer> get(const store_actor& worker, Request request) {
    caf::scoped_actor self{system};
    result<Answer> outcome = fail(errc::internal);
    self->request(worker, 60s, std::move(request))
        .receive([&](Answer& answer) { outcome = std::move(answer); },
                 [&](caf::error& problem) { outcome = std::unexpected{from_caf(problem)}; });
    return outcome;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(store_worker_rules, worker_fixture)

BOOST_AUTO_TEST_CASE(without_a_database_every_question_gets_the_reason) {
  const auto worker = make({"host=/nonexistent dbname=none", 2s, 2s});
  BOOST_TEST((get<done>(worker, check_shards{}).error().code == errc::storage_unavailable));
  BOOST_TEST((get<user_record>(worker, find_user{user_id{"1"}}).error().code
              == errc::storage_unavailable));
  caf::anon_send_exit(worker, caf::exit_reason::user_shutdown);
}

BOOST_AUTO_TEST_CASE(every_message_reaches_its_statement) {
  const auto worker =
      make(polar_flow::testing::test_postgres::instance().create_migrated_database());
  const user_id user{"1001"};
  const auto taken = get<shard_epochs>(worker, take_all_shards{"node", now});
  BOOST_REQUIRE(taken);
  const auto shard = shard_of(user);
  const shard_claim claim{shard, taken->epochs.at(static_cast<std::size_t>(shard))};
  BOOST_TEST(get<done>(worker, check_shards{taken->epochs}).has_value());
  BOOST_TEST((get<user_record>(worker, find_user{user}).error().code == errc::unknown_user));
  BOOST_TEST(
      get<user_record>(worker, upsert_user{claim, user, "sealed", now + 24h, now})->has_token);
  BOOST_TEST(get<sealed_token>(worker, find_sealed_token{user})->text == "sealed");
  BOOST_TEST(get<user_list>(worker, list_users{})->users->size() == 1u);
  BOOST_TEST(get<done>(worker, note_read{claim, user, now}).has_value());

  sync_report report;
  report.job = job_id{"6f1c6a52-5a3a-4b0e-9d3a-6a2b8f4c1d10"};
  report.user = user;
  report.started_at = now;
  const auto shared = std::make_shared<const sync_report>(report);
  BOOST_TEST(get<done>(worker, open_sync_log{claim, shared}).has_value());
  night last;
  last.day = std::chrono::floor<std::chrono::days>(now);
  const auto reply = std::make_shared<const fetched_reply>(
      fetched_reply{{stream::sleep, "/v3/users/sleep", 200, now, "{}"}, std::vector<night>{last}});
  BOOST_TEST(get<storage::store_outcome>(worker, store_reply{claim, user, reply})->rows_changed
             == 1);
  BOOST_TEST(get<storage::store_outcome>(worker, store_reply{claim, user, reply})->was_known);
  BOOST_TEST(get<loaded_analytics_input>(worker, load_analytics_input{user})
                 ->input->window.recorded_days.size()
             == 1u);
  BOOST_TEST(get<interrupted_users>(worker, close_interrupted_syncs{now})->users.size() == 1u);
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const auto list = get<loaded_list>(worker, load_list{user, list_kind::sleep, {today, today}});
  BOOST_REQUIRE(list);
  BOOST_TEST(std::get<std::vector<sleep_summary>>(*list->rows).size() == 1u);
  BOOST_TEST(get<key_list>(worker, list_keys{})->keys.empty());
  // A former owner is refused.
  BOOST_TEST(get<shard_epochs>(worker, take_all_shards{"other", now}).has_value());
  BOOST_TEST(
      (get<done>(worker, note_read{claim, user, now + 2h}).error().code == errc::stale_epoch));
  caf::anon_send_exit(worker, caf::exit_reason::user_shutdown);
}

BOOST_AUTO_TEST_SUITE_END()
