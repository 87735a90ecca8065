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

namespace {

struct news_fixture : store_fixture {
  const polar_news night{stream::sleep, date_range{day_of(2026, 3, 9), day_of(2026, 3, 10)}, {}};
  const polar_news workout{stream::exercises, {}, "aQlC83"};
  const polar_news heart_rate{stream::continuous_hr, {}, {}};

  std::int64_t keep(const polar_news& announced) {
    return require_value(db->keep_news(user, announced, now)).value();
  }

  std::vector<news_of_user> take(instant when, store::news_age age = {}) {
    return require_value(db->take_pending_news(when, age));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(pending_news_rows, news_fixture)

BOOST_AUTO_TEST_CASE(news_comes_back_as_it_was_kept) {
  const std::vector<news_of_user> kept{{user, {keep(night), night}},
                                       {user, {keep(workout), workout}},
                                       {user, {keep(heart_rate), heart_rate}}};
  BOOST_TEST((take(now, store::news_age::any) == kept));
}

BOOST_AUTO_TEST_CASE(news_of_strangers_is_not_kept) {
  BOOST_TEST(!require_value(db->keep_news(user_id{"4711"}, night, now)).has_value());
  BOOST_TEST(take(now, store::news_age::any).empty());
}

BOOST_AUTO_TEST_CASE(announced_again_it_has_a_new_number_and_one_row) {
  const auto first = keep(night);
  BOOST_TEST(keep(night) > first);
  BOOST_TEST(query("SELECT count(*) FROM pending_news") == "1");
}

BOOST_AUTO_TEST_CASE(each_try_makes_the_next_wait_longer) {
  keep(night);
  BOOST_TEST(take(now + 5min - 1s).empty());
  BOOST_TEST(take(now + 5min).size() == 1u);
  BOOST_TEST(take(now + 14min).empty());
  BOOST_TEST(take(now + 15min).size() == 1u);
  BOOST_TEST(take(now + 34min).empty());
  BOOST_TEST(take(now + 35min).size() == 1u);
  query("UPDATE pending_news SET tries = 2000 RETURNING 1");
  BOOST_TEST(take(now + 48h).size() == 1u);
  BOOST_TEST(take(now + 71h).empty());
  BOOST_TEST(take(now + 72h).size() == 1u);
}

BOOST_AUTO_TEST_CASE(news_of_who_cannot_be_synced_waits) {
  keep(night);
  query("UPDATE users SET state = 'needs_reauthorization' RETURNING 1");
  BOOST_TEST(take(now, store::news_age::any).empty());
  query("UPDATE users SET state = 'connected' RETURNING 1");
  BOOST_TEST(take(now, store::news_age::any).size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_polar_has_forgotten_is_dropped) {
  keep(night);
  BOOST_TEST(take(now + 29 * 24h, store::news_age::any).empty());
  BOOST_TEST(query("SELECT count(*) FROM pending_news") == "0");
}

BOOST_AUTO_TEST_CASE(the_end_of_the_sync_that_fetched_it_removes_it) {
  sync_ending ending;
  ending.report.job = job_id{"00000000-0000-4000-8000-000000000001"};
  ending.report.user = user;
  ending.report.started_at = now;
  ending.report.status = sync_status::success;
  ending.report.completed_at = now + 1s;
  require_value(db->open_sync_log(claim(), ending.report));
  ending.fetched_news = {keep(night), keep(workout)};
  // Announced once more while it was fetched.
  const auto newer = keep(workout);
  require_value(db->close_sync(claim(), ending));
  BOOST_TEST(query("SELECT string_agg(number::text, ',') FROM pending_news")
             == std::to_string(newer));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
