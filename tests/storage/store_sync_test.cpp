#define BOOST_TEST_DYN_LINK
#include "storage/compress.hpp"
#include "tests/storage/store_fixture.hpp"
#include "tests/support/table_hash.hpp"

namespace polar_flow::storage {

namespace {

const job_id first_job{"00000000-0000-4000-8000-000000000001"};
const job_id second_job{"00000000-0000-4000-8000-000000000002"};

struct sync_fixture : store_fixture {
  sync_report report_of(const job_id& job) const {
    sync_report report;
    report.job = job;
    report.user = user;
    report.trigger = sync_trigger::manual;
    report.priority = sync_priority::high;
    report.started_at = now;
    return report;
  }

  fetched_reply activity_reply(std::string body, std::int32_t steps) const {
    activity_day day;
    day.day = day_of(2026, 3, 9);
    day.steps = steps;
    return reply(stream::activity, std::move(body), std::vector{day});
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(sync_logs, sync_fixture)

BOOST_AUTO_TEST_CASE(one_sync_at_a_time) {
  require_value(db->open_sync_log(claim(), report_of(first_job)));
  const auto second = db->open_sync_log(claim(), report_of(second_job));
  BOOST_TEST(code_of(second) == errc::sync_in_progress);
  BOOST_TEST(second.error().message == first_job.value);
  // The first attempt's answer may have been lost.
  require_value(db->open_sync_log(claim(), report_of(first_job)));
  BOOST_TEST(query("SELECT count(*) FROM sync_logs") == "1");

  const user_id other{"67890"};
  auto of_other = report_of(second_job);
  of_other.user = other;
  require_value(db->open_sync_log(shards.claim_for(other), of_other));
}

BOOST_AUTO_TEST_CASE(closing_writes_the_log_and_the_user) {
  require_value(db->open_sync_log(claim(), report_of(first_job)));
  sync_ending ending;
  ending.report = report_of(first_job);
  ending.report.status = sync_status::partial;
  ending.report.completed_at = now + 1500ms;
  ending.report.calls = 7;
  ending.report.analytics_done = true;
  ending.report.streams = {
      {.kind = stream::sleep, .records = 28, .calls = 1, .failure = std::nullopt},
      {.kind = stream::recharge,
       .records = 0,
       .calls = 1,
       .failure = error{errc::consent_missing, "consent \"x\" is missing"}}};
  ending.consecutive_failures = 2;
  ending.not_before = now + 1h;
  ending.brought_new_data = true;
  const auto closed = require_value(db->close_sync(claim(), ending));
  BOOST_TEST((closed.last_synced_at == now + 1500ms));
  BOOST_TEST((closed.last_new_data_at == now + 1500ms));
  BOOST_TEST((closed.not_before == now + 1h));
  BOOST_TEST(closed.consecutive_failures == 2);
  BOOST_TEST((require_value(db->find_user(user)) == closed));

  BOOST_TEST(query("SELECT concat_ws('|', status, trigger, priority, duration_ms, api_calls_made, "
                   "records_total, error_type, error_message, insights_generated) FROM sync_logs")
             == "partial|manual|high|1500|7|28|consent_missing|"
                "recharge: consent \"x\" is missing|t");
  BOOST_TEST(query("SELECT streams -> 1 ->> 'error_type' FROM sync_logs") == "consent_missing");
  BOOST_TEST(query("SELECT streams -> 0 ->> 'records' FROM sync_logs") == "28");
  BOOST_TEST(query("SELECT streams -> 0 -> 'error_type' FROM sync_logs") == "null");

  // Again, as after a lost answer: the same.
  BOOST_TEST((require_value(db->close_sync(claim(), ending)) == closed));
  // The next sync may begin.
  require_value(db->open_sync_log(claim(), report_of(second_job)));
}

BOOST_AUTO_TEST_CASE(a_sync_without_news_keeps_the_time_of_the_last_news) {
  query("UPDATE users SET last_new_data_at = '2026-03-01 00:00:00Z' RETURNING 1");
  require_value(db->open_sync_log(claim(), report_of(first_job)));
  sync_ending ending;
  ending.report = report_of(first_job);
  ending.report.status = sync_status::failed;
  ending.report.completed_at = now;
  ending.state = connection_state::needs_reauthorization;
  const auto closed = require_value(db->close_sync(claim(), ending));
  BOOST_TEST((closed.last_new_data_at == instant{day_of(2026, 3, 1)}));
  BOOST_TEST((closed.state == connection_state::needs_reauthorization));
  BOOST_TEST(query("SELECT streams FROM sync_logs") == "[]");
}

BOOST_AUTO_TEST_CASE(a_sync_that_was_never_opened_cannot_be_closed) {
  sync_ending ending;
  ending.report = report_of(first_job);
  ending.report.completed_at = now;
  BOOST_TEST(code_of(db->close_sync(claim(), ending)) == errc::not_found);
  BOOST_TEST(!require_value(db->find_user(user)).last_synced_at.has_value());
}

BOOST_AUTO_TEST_CASE(a_crash_is_closed_at_the_next_start) {
  require_value(db->open_sync_log(claim(), report_of(first_job)));
  const auto users = require_value(db->close_interrupted_syncs(now + 60s));
  BOOST_TEST((users == std::vector{user}));
  BOOST_TEST(query("SELECT concat_ws('|', status, error_type, error_message, duration_ms) "
                   "FROM sync_logs")
             == "failed|internal|interrupted|60000");
  BOOST_TEST(require_value(db->close_interrupted_syncs(now)).empty());
  require_value(db->open_sync_log(claim(), report_of(second_job)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(archive, sync_fixture)

BOOST_AUTO_TEST_CASE(the_same_answer_twice_leaves_one_reply_and_the_same_tables) {
  const auto first = put(activity_reply("{\"a\":1}", 5000));
  BOOST_TEST(!first.was_known);
  BOOST_TEST(first.rows_changed == 1);
  const auto hashes =
      testing::hash_tables(options.database_url, user.value, testing::hashed_tables::with_archive);
  const auto stamp = query("SELECT updated_at FROM activity");

  now += 1h;
  const auto second = put(activity_reply("{\"a\":1}", 5000));
  BOOST_TEST(second.was_known);
  BOOST_TEST(second.rows_changed == 0);
  BOOST_TEST(
      testing::differences(hashes, testing::hash_tables(options.database_url, user.value,
                                                        testing::hashed_tables::with_archive))
          .empty());
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "1");
  BOOST_TEST(query("SELECT last_seen_at - fetched_at FROM raw_replies") == "01:00:00");
  BOOST_TEST(query("SELECT updated_at FROM activity") == stamp);
  BOOST_TEST(require_value(db->find_user(user)).changes == 1u);
}

BOOST_AUTO_TEST_CASE(a_known_body_touches_no_row) {
  put(activity_reply("{\"a\":1}", 5000));
  // Whatever the reader makes of it now, a known body is not stored again.
  BOOST_TEST(put(activity_reply("{\"a\":1}", 6000)).was_known);
  BOOST_TEST(query("SELECT steps FROM activity") == "5000");
}

BOOST_AUTO_TEST_CASE(only_the_newest_reply_counts_as_known) {
  put(activity_reply("A", 1));
  put(activity_reply("B", 2));
  const auto back = put(activity_reply("A", 1));
  BOOST_TEST(!back.was_known);
  BOOST_TEST(query("SELECT steps FROM activity") == "1");
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "3");
}

BOOST_AUTO_TEST_CASE(requests_users_and_statuses_are_told_apart) {
  auto answer = activity_reply("same", 1);
  put(answer);
  answer.raw.request += "?from=2026-03-01";
  BOOST_TEST(!put(answer).was_known);
  answer.raw.status = 404;
  BOOST_TEST(!put(answer).was_known);
  const user_id other{"67890"};
  const auto other_claim = shards.claim_for(other);
  require_value(db->upsert_user(other_claim, other, "t", std::nullopt, now));
  BOOST_TEST(!require_value(db->store_reply(other_claim, other, answer)).was_known);
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "4");
}

BOOST_AUTO_TEST_CASE(another_body_with_equal_records_changes_no_row) {
  put(activity_reply("{\"a\":1}", 5000));
  const auto stamp = query("SELECT updated_at FROM activity");
  now += 1h;
  const auto outcome = put(activity_reply("{ \"a\": 1 }", 5000));
  BOOST_TEST(!outcome.was_known);
  BOOST_TEST(outcome.rows_changed == 0);
  BOOST_TEST(query("SELECT updated_at FROM activity") == stamp);
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "2");
  BOOST_TEST(require_value(db->find_user(user)).changes == 1u);
}

BOOST_AUTO_TEST_CASE(an_answer_that_was_not_read_is_archived_as_it_came) {
  // Bytes that are no text, as an interrupted transfer may leave.
  const std::string body{"{\"x\":\0\xFF\x80 cut", 12};
  auto answer = reply(stream::ecg, body, std::monostate{});
  answer.raw.status = 502;
  BOOST_TEST(put(answer).rows_changed == 0);
  BOOST_TEST(query("SELECT concat_ws('|', origin, stream, request, status, body_bytes) "
                   "FROM raw_replies")
             == "accesslink|ecg|/v3/users/ecg|502|12");
  const auto hex = query("SELECT encode(body_zstd, 'hex') FROM raw_replies");
  std::string frame;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    frame += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  BOOST_TEST((decompress(frame, 1000) == body));
}

BOOST_AUTO_TEST_CASE(a_large_body_is_archived) {
  // The largest answer that polar/ takes is of this order.
  const std::string body(10'000'000, 'x');
  put(reply(stream::continuous_hr, body, std::monostate{}));
  BOOST_TEST(query("SELECT body_bytes FROM raw_replies") == "10000000");
  BOOST_TEST(put(reply(stream::continuous_hr, body, std::monostate{})).was_known);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
