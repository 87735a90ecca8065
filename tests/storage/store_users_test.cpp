#define BOOST_TEST_DYN_LINK
#include "storage/statements.hpp"
#include "tests/storage/store_fixture.hpp"

#include <sstream>

namespace polar_flow::storage {

BOOST_FIXTURE_TEST_SUITE(users, store_fixture)

BOOST_AUTO_TEST_CASE(a_connected_user_is_found_and_listed) {
  const auto found = require_value(db->find_user(user));
  BOOST_TEST(found.id.value == "12345");
  BOOST_TEST((found.state == connection_state::connected));
  BOOST_TEST(found.has_token);
  BOOST_TEST(found.changes == 0u);
  BOOST_TEST(!found.last_synced_at.has_value());
  BOOST_TEST((require_value(db->list_users()) == std::vector{found}));
  BOOST_TEST(require_value(db->find_sealed_token(user)) == "sealed");
}

BOOST_AUTO_TEST_CASE(strangers_are_unknown) {
  const user_id stranger{"999"};
  BOOST_TEST(code_of(db->find_user(stranger)) == errc::unknown_user);
  BOOST_TEST(code_of(db->find_sealed_token(stranger)) == errc::unknown_user);
  BOOST_TEST(code_of(db->note_read(shards.claim_for(stranger), stranger, now))
             == errc::unknown_user);
  BOOST_TEST(code_of(db->disconnect_user(shards.claim_for(stranger), stranger, now))
             == errc::unknown_user);
  BOOST_TEST(code_of(db->load_analytics_input(stranger)) == errc::unknown_user);
  BOOST_TEST(code_of(db->store_snapshot(shards.claim_for(stranger), stranger, {}))
             == errc::unknown_user);
}

BOOST_AUTO_TEST_CASE(a_user_id_is_text_and_nothing_else) {
  const user_id odd{"x'; DROP TABLE polar_flow.users; --"};
  require_value(db->upsert_user(shards.claim_for(odd), odd, "t", std::nullopt, now));
  BOOST_TEST(require_value(db->find_user(odd)).id.value == odd.value);
  BOOST_TEST(require_value(db->list_users()).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_user_without_a_token_can_exist) {
  const user_id guest{"777"};
  const auto made =
      require_value(db->upsert_user(shards.claim_for(guest), guest, std::nullopt, now, now));
  BOOST_TEST(!made.has_token);
  BOOST_TEST(code_of(db->find_sealed_token(guest)) == errc::no_polar_token);
}

BOOST_AUTO_TEST_CASE(a_new_token_heals_and_none_changes_nothing) {
  query("UPDATE users SET state = 'needs_reauthorization', consecutive_failures = 4, "
        "not_before = '2026-03-11', token_expires_at = '2026-12-31' RETURNING 1");
  const auto before = require_value(db->find_user(user));

  const auto untouched =
      require_value(db->upsert_user(claim(), user, std::nullopt, std::nullopt, now + 1h));
  BOOST_TEST((untouched == before));
  BOOST_TEST(require_value(db->find_sealed_token(user)) == "sealed");

  const auto healed = require_value(db->upsert_user(claim(), user, "new", now + 24h, now + 2h));
  BOOST_TEST((healed.state == connection_state::connected));
  BOOST_TEST(healed.consecutive_failures == 0);
  BOOST_TEST(!healed.not_before.has_value());
  BOOST_TEST((healed.token_expires_at == now + 24h));
  BOOST_TEST(require_value(db->find_sealed_token(user)) == "new");
}

BOOST_AUTO_TEST_CASE(disconnecting_forgets_the_token_and_keeps_the_data) {
  require_value(db->upsert_user(claim(), user, "sealed", now + 24h, now));
  activity_day day;
  day.day = day_of(2026, 3, 9);
  put(reply(stream::activity, "{}", std::vector{day}));
  const auto gone = require_value(db->disconnect_user(claim(), user, now + 1h));
  BOOST_TEST((gone.state == connection_state::disconnected));
  BOOST_TEST(!gone.has_token);
  BOOST_TEST(!gone.token_expires_at.has_value());
  BOOST_TEST((require_value(db->find_user(user)) == gone));
  BOOST_TEST(code_of(db->find_sealed_token(user)) == errc::no_polar_token);
  BOOST_TEST(query("SELECT count(*) FROM activity") == "1");
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "1");

  const auto back = require_value(db->upsert_user(claim(), user, "new", std::nullopt, now + 2h));
  BOOST_TEST((back.state == connection_state::connected));
  BOOST_TEST(back.has_token);
}

BOOST_AUTO_TEST_CASE(reading_is_noted_and_never_goes_back) {
  require_value(db->note_read(claim(), user, now));
  require_value(db->note_read(claim(), user, now - 1h));
  BOOST_TEST((require_value(db->find_user(user)).last_read_at == now));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(shards, store_fixture)

BOOST_AUTO_TEST_CASE(taking_all_shards_raises_every_epoch) {
  const auto first = require_value(db->take_all_shards("a", now));
  const auto second = require_value(db->take_all_shards("b", now));
  BOOST_REQUIRE_EQUAL(first.size(), static_cast<std::size_t>(shard_count));
  for (std::size_t i = 0; i < first.size(); ++i)
    BOOST_TEST(second.at(i) == first[i] + 1);
  BOOST_TEST(query("SELECT string_agg(DISTINCT node, ',') FROM shard_leases") == "b");
}

BOOST_AUTO_TEST_CASE(an_owner_learns_that_another_took_its_shards) {
  auto epochs = require_value(db->take_all_shards("a", now));
  require_value(db->check_shards(epochs));
  require_value(db->take_all_shards("b", now));
  BOOST_TEST(code_of(db->check_shards(epochs)) == errc::stale_epoch);
  epochs = require_value(db->take_all_shards("a", now));
  require_value(db->check_shards(epochs));
  ++epochs.back();
  BOOST_TEST(code_of(db->check_shards(epochs)) == errc::stale_epoch);
}

BOOST_AUTO_TEST_CASE(a_former_owner_can_write_nothing) {
  sync_report report;
  report.job = {"00000000-0000-4000-8000-000000000001"};
  report.user = user;
  report.started_at = now;
  require_value(db->open_sync_log(claim(), report));
  const auto stale = claim();
  require_value(db->take_all_shards("other", now));
  const auto hash_before = query("SELECT md5(string_agg(u::text, '')) FROM users u");

  activity_day day;
  day.day = day_of(2026, 3, 9);
  const auto answer = reply(stream::activity, "{}", std::vector{day});
  BOOST_TEST(code_of(db->upsert_user(stale, user, "t", std::nullopt, now)) == errc::stale_epoch);
  BOOST_TEST(code_of(db->disconnect_user(stale, user, now)) == errc::stale_epoch);
  BOOST_TEST(code_of(db->note_read(stale, user, now)) == errc::stale_epoch);
  BOOST_TEST(code_of(db->open_sync_log(stale, report)) == errc::stale_epoch);
  BOOST_TEST(code_of(db->store_reply(stale, user, answer)) == errc::stale_epoch);
  sync_ending ending;
  ending.report = report;
  ending.coverage.emplace_back();
  BOOST_TEST(code_of(db->close_sync(stale, ending)) == errc::stale_epoch);
  BOOST_TEST(code_of(db->store_snapshot(stale, user, {})) == errc::stale_epoch);

  BOOST_TEST(query("SELECT md5(string_agg(u::text, '')) FROM users u") == hash_before);
  BOOST_TEST(query("SELECT count(*) FROM activity") == "0");
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "0");
  BOOST_TEST(query("SELECT count(*) FROM stream_coverage") == "0");
  BOOST_TEST(query("SELECT status FROM sync_logs") == "started");
}

BOOST_AUTO_TEST_CASE(erasing_leaves_no_row_in_any_table) {
  require_value(db->erase_user(claim(), user));
  BOOST_TEST(query("SELECT count(*) FROM users") == "0");
  BOOST_TEST(code_of(db->erase_user(claim(), user)) == errc::unknown_user);
  // A table that is added one day must be erased, too.
  const auto tables = query("SELECT string_agg(table_name, ' ') FROM information_schema.columns "
                            "JOIN information_schema.tables USING (table_schema, table_name) "
                            "WHERE table_schema = 'polar_flow' AND column_name = 'user_id' "
                            "AND table_type = 'BASE TABLE'");
  std::istringstream names{tables};
  const std::string_view statement = statements::erase_user.text;
  int count = 0;
  for (std::string name; names >> name; ++count) {
    const auto place = statement.find("DELETE FROM " + name);
    BOOST_TEST_REQUIRE((place != std::string_view::npos), name);
    // Not only a name that begins with this one.
    const auto behind = statement.at(place + std::string{"DELETE FROM " + name}.size());
    BOOST_TEST((behind == ' ' || behind == '\n'), name);
  }
  BOOST_TEST(count > 20);
}

BOOST_AUTO_TEST_CASE(the_claim_of_now_can_be_looked_up) {
  BOOST_TEST((require_value(db->current_claim(user)) == claim()));
  require_value(db->take_all_shards("other", now));
  const auto claimed = require_value(db->current_claim(user));
  BOOST_TEST(claimed.epoch == claim().epoch + 1);
  BOOST_TEST(code_of(db->note_read(claimed, user, now)) == errc::none);
}

BOOST_AUTO_TEST_CASE(a_claim_is_good_for_its_own_shard_only) {
  auto other = claim();
  other.shard = (other.shard + 1) % shard_count;
  BOOST_TEST(code_of(db->note_read(other, user, now)) == errc::stale_epoch);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
