#define BOOST_TEST_DYN_LINK
#include "tests/storage/store_fixture.hpp"

namespace polar_flow::storage {

namespace {

using same_client = store::same_client;

struct key_fixture : store_fixture {
  api_key_record key(std::string hash, std::optional<std::string> client,
                     std::string name = "a key") const {
    api_key_record record;
    record.hash = std::move(hash);
    record.prefix = "pfk_12345678";
    record.name = std::move(name);
    record.user = user;
    record.client_id = std::move(client);
    record.created_at = now;
    return record;
  }

  /// Hashes of the active keys, in the order of their creation.
  std::string active() const {
    return query("SELECT coalesce(string_agg(key_hash, ',' ORDER BY key_id), '') FROM api_keys "
                 "WHERE is_active");
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(keys, key_fixture)

BOOST_AUTO_TEST_CASE(a_key_comes_back_as_it_was_stored) {
  auto record = key("h1", "app");
  record.rate_limit_requests = 50;
  record.rate_limit_remaining = 49;
  record.rate_limit_reset_at = now + 1h;
  record.last_used_at = now + 1min;
  const auto stored = require_value(db->create_key(record, same_client::keep));
  BOOST_TEST(stored.id.value > 0);
  record.id = stored.id;
  BOOST_TEST((stored == record));
  BOOST_TEST((require_value(db->list_keys()) == std::vector{record}));
}

BOOST_AUTO_TEST_CASE(a_service_key_belongs_to_no_user) {
  auto record = key("h1", std::nullopt);
  record.user.reset();
  const auto stored = require_value(db->create_key(record, same_client::keep));
  BOOST_TEST(!stored.user.has_value());
  record.hash = "h2";
  require_value(db->create_key(record, same_client::replace));
  BOOST_TEST(active() == "h1,h2");
}

BOOST_AUTO_TEST_CASE(a_key_needs_its_user) {
  auto record = key("h1", std::nullopt);
  record.user = user_id{"999"};
  BOOST_TEST(code_of(db->create_key(record, same_client::keep)) == errc::unknown_user);
}

BOOST_AUTO_TEST_CASE(exchanging_again_replaces_that_apps_key_only) {
  require_value(db->create_key(key("app1", "app"), same_client::replace));
  require_value(db->create_key(key("other", "other"), same_client::replace));
  require_value(db->create_key(key("cli", std::nullopt, "laptop"), same_client::keep));
  require_value(db->create_key(key("app2", "app"), same_client::replace));
  BOOST_TEST(active() == "other,cli,app2");
  // An app that gave no id is known by the key's name, so a key made by hand stays.
  require_value(db->create_key(key("none1", std::nullopt, "OAuth"), same_client::replace));
  require_value(db->create_key(key("none2", std::nullopt, "OAuth"), same_client::replace));
  BOOST_TEST(active() == "other,cli,app2,none2");
}

BOOST_AUTO_TEST_CASE(keeping_does_not_replace) {
  require_value(db->create_key(key("app1", "app"), same_client::keep));
  BOOST_TEST(code_of(db->create_key(key("app2", "app"), same_client::keep))
             == errc::invalid_argument);
  BOOST_TEST(active() == "app1");
}

BOOST_AUTO_TEST_CASE(a_failed_replacement_keeps_the_old_key) {
  require_value(db->create_key(key("app1", "app"), same_client::keep));
  require_value(db->create_key(key("taken", "other"), same_client::keep));
  BOOST_TEST(code_of(db->create_key(key("taken", "app"), same_client::replace))
             == errc::invalid_argument);
  BOOST_TEST(active() == "app1,taken");
}

BOOST_AUTO_TEST_CASE(a_regenerated_key_keeps_its_row_and_its_limit) {
  auto made = key("h1", "app");
  made.rate_limit_requests = 5;
  made.rate_limit_remaining = 2;
  made.rate_limit_reset_at = now + 1h;
  made.last_used_at = now;
  const auto stored = require_value(db->create_key(made, same_client::keep));
  const auto later = now + 1min;
  const auto changed = require_value(db->regenerate_key(stored.id, "h9", "pfk_new", later));
  auto expected = stored;
  expected.hash = "h9";
  expected.prefix = "pfk_new";
  expected.created_at = later;
  expected.last_used_at.reset();
  expected.rate_limit_remaining = 5;
  expected.rate_limit_reset_at.reset();
  BOOST_TEST((changed == expected));
  BOOST_TEST((require_value(db->list_keys()) == std::vector{expected}));
  require_value(db->revoke_key(stored.id));
  BOOST_TEST(code_of(db->regenerate_key(stored.id, "h10", "pfk_x", later)) == errc::not_found);
}

BOOST_AUTO_TEST_CASE(a_revoked_key_is_listed_as_inactive) {
  const auto stored = require_value(db->create_key(key("h1", "app"), same_client::keep));
  require_value(db->revoke_key(stored.id));
  require_value(db->revoke_key(stored.id));
  const auto keys = require_value(db->list_keys());
  BOOST_REQUIRE_EQUAL(keys.size(), 1u);
  BOOST_TEST(!keys[0].is_active);
  BOOST_TEST(code_of(db->revoke_key({stored.id.value + 1})) == errc::not_found);
  // The app may have a new one.
  require_value(db->create_key(key("h2", "app"), same_client::keep));
}

BOOST_AUTO_TEST_CASE(counters_are_flushed_together) {
  const auto one = require_value(db->create_key(key("h1", "a"), same_client::keep));
  const auto two = require_value(db->create_key(key("h2", "b"), same_client::keep));
  require_value(db->flush_key_usage({}));
  require_value(db->flush_key_usage(
      {{.id = one.id, .remaining = 10, .reset_at = now + 1h, .last_used_at = now},
       {.id = two.id, .remaining = 20, .reset_at = std::nullopt, .last_used_at = std::nullopt},
       {.id = {987654}, .remaining = 1, .reset_at = now, .last_used_at = now}}));
  require_value(db->flush_key_usage(
      {{.id = one.id, .remaining = 9, .reset_at = now + 1h, .last_used_at = now - 1min}}));
  const auto keys = require_value(db->list_keys());
  BOOST_REQUIRE_EQUAL(keys.size(), 2u);
  BOOST_TEST(keys[0].rate_limit_remaining == 9);
  BOOST_TEST((keys[0].rate_limit_reset_at == now + 1h));
  BOOST_TEST((keys[0].last_used_at == now));
  BOOST_TEST(keys[1].rate_limit_remaining == 20);
  BOOST_TEST(!keys[1].last_used_at.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
