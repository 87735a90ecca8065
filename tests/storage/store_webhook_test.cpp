#define BOOST_TEST_DYN_LINK
#include "tests/storage/store_fixture.hpp"

namespace polar_flow::storage {

BOOST_FIXTURE_TEST_SUITE(webhook, store_fixture)

BOOST_AUTO_TEST_CASE(there_is_one_at_most_and_it_can_be_forgotten) {
  BOOST_TEST(!require_value(db->find_webhook()).has_value());
  require_value(db->put_webhook(std::nullopt, now));

  const webhook_record first{.webhook_id = "aBc1",
                             .url = "https://me.example/webhooks/polar",
                             .sealed_secret = "sealed",
                             .created_at = now - 1h};
  require_value(db->put_webhook(first, now));
  auto found = require_value(db->find_webhook());
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->webhook_id == first.webhook_id);
  BOOST_TEST(found->url == first.url);
  BOOST_TEST(found->sealed_secret == first.sealed_secret);
  BOOST_TEST((found->created_at == first.created_at));

  auto second = first;
  second.webhook_id = "dEf2";
  second.sealed_secret = "other";
  second.created_at = now;
  require_value(db->put_webhook(second, now + 1h));
  found = require_value(db->find_webhook());
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->webhook_id == "dEf2");
  BOOST_TEST(found->sealed_secret == "other");
  BOOST_TEST((found->created_at == now));
  BOOST_TEST(query("SELECT count(*) || ' ' || max(updated_at) FROM polar_webhook")
             == "1 2026-03-10 09:00:00+00");

  require_value(db->put_webhook(std::nullopt, now));
  BOOST_TEST(!require_value(db->find_webhook()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
