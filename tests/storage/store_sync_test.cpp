#define BOOST_TEST_DYN_LINK
#include "storage/statements.hpp"
#include "tests/storage/store_fixture.hpp"

#include <pqxx/result>

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
  ending.report.patterns_detected = true;
  ending.report.quotas = {call_quota{520, 513}, call_quota{5100, 5030}};
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
  BOOST_TEST(query("SELECT concat_ws('|', baselines_recalculated, patterns_detected, "
                   "rate_limit_remaining_15m, rate_limit_limit_15m, rate_limit_remaining_24h, "
                   "rate_limit_limit_24h) FROM sync_logs")
             == "t|t|513|520|5030|5100");
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
  // Nothing was told and nothing found.
  BOOST_TEST(query("SELECT num_nulls(rate_limit_remaining_15m, rate_limit_limit_15m, "
                   "rate_limit_remaining_24h, rate_limit_limit_24h) FROM sync_logs")
             == "4");
  BOOST_TEST(query("SELECT patterns_detected FROM sync_logs") == "f");
}

BOOST_AUTO_TEST_CASE(a_sync_of_one_piece_of_news_is_no_whole_sync) {
  query("UPDATE users SET last_synced_at = '2026-03-01 00:00:00Z' RETURNING 1");
  require_value(db->open_sync_log(claim(), report_of(first_job)));
  sync_ending ending;
  ending.report = report_of(first_job);
  ending.report.status = sync_status::success;
  ending.report.completed_at = now;
  ending.is_whole = false;
  const auto closed = require_value(db->close_sync(claim(), ending));
  BOOST_TEST((closed.last_synced_at == instant{day_of(2026, 3, 1)}));
}

BOOST_AUTO_TEST_CASE(closing_writes_the_ledgers_and_when_the_next_day_is_lost) {
  const auto day = day_of(2026, 3, 9);
  require_value(db->open_sync_log(claim(), report_of(first_job)));
  sync_ending ending;
  ending.report = report_of(first_job);
  ending.report.status = sync_status::success;
  ending.report.completed_at = now + 1s;
  stream_coverage ledger;
  ledger.kind = stream::sleep;
  ledger.fetched_through = day;
  ending.coverage = {ledger};
  ending.next_loss_at = instant{day} + std::chrono::days{28};
  const auto closed = require_value(db->close_sync(claim(), ending));
  BOOST_TEST((closed.next_loss_at == ending.next_loss_at));
  BOOST_TEST((require_value(db->find_user(user)) == closed));
  BOOST_TEST((require_value(db->list_users()) == std::vector{closed}));
  // The time of writing stands in where none was given.
  ledger.updated_at = now + 1s;
  BOOST_TEST((require_value(db->load_coverage(user)) == std::vector{ledger}));

  ending.next_loss_at.reset();
  ending.coverage.clear();
  BOOST_TEST(!require_value(db->close_sync(claim(), ending)).next_loss_at.has_value());
  BOOST_TEST((require_value(db->load_coverage(user)) == std::vector{ledger}));
}

BOOST_AUTO_TEST_CASE(a_sync_that_cannot_be_closed_leaves_no_ledger) {
  sync_ending ending;
  ending.report = report_of(first_job);
  ending.coverage.emplace_back();
  BOOST_TEST(code_of(db->close_sync(claim(), ending)) == errc::not_found);
  BOOST_TEST(require_value(db->load_coverage(user)).empty());
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

// Perhaps it is this user's data that bring the server down.
BOOST_AUTO_TEST_CASE(whose_syncs_are_cut_short_again_and_again_backs_off) {
  const std::array<std::string_view, 6> pauses{"", "", "", "00:15:00", "00:30:00", "01:00:00"};
  for (std::size_t round = 0; round < pauses.size(); ++round) {
    const auto job = "00000000-0000-4000-8000-00000000001" + std::to_string(round);
    require_value(db->open_sync_log(claim(), report_of(job_id{job})));
    require_value(db->close_interrupted_syncs(now));
    BOOST_TEST(query("SELECT coalesce((not_before - '" + format_instant(now)
                     + "')::text, '') || '|' || consecutive_failures FROM users")
               == std::string{pauses.at(round)} + "|" + std::to_string(round + 1));
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(sync_reports, sync_fixture)

BOOST_AUTO_TEST_CASE(a_log_comes_back_as_it_was_written) {
  auto report = report_of(first_job);
  report.trigger = sync_trigger::first_connection;
  report.priority = sync_priority::critical;
  require_value(db->open_sync_log(claim(), report));
  BOOST_TEST((require_value(db->list_sync_reports(user, 10)) == std::vector{report}));

  report.status = sync_status::partial;
  report.completed_at = now + 1500ms;
  report.calls = 7;
  report.analytics_done = true;
  report.patterns_detected = true;
  // Polar does not always tell of the long window.
  report.quotas.quarter_hour = call_quota{520, 513};
  report.streams = {{.kind = stream::sleep, .records = 28, .calls = 1, .failure = std::nullopt},
                    {.kind = stream::ecg,
                     .records = 0,
                     .calls = 2,
                     .failure = error{errc::polar_timeout, "odd, \"text\" {of} \\ Polar"}},
                    {.kind = stream::spo2, .records = 1, .calls = 1, .failure = std::nullopt}};
  sync_ending ending;
  ending.report = report;
  require_value(db->close_sync(claim(), ending));
  BOOST_TEST((require_value(db->list_sync_reports(user, 10)) == std::vector{report}));
}

BOOST_AUTO_TEST_CASE(the_newest_logs_come_first_and_no_more_than_asked_for) {
  for (int i = 0; i < 5; ++i) {
    sync_ending ending;
    ending.report = report_of({"00000000-0000-4000-8000-00000000000" + std::to_string(i)});
    ending.report.started_at = now + std::chrono::minutes{i};
    require_value(db->open_sync_log(claim(), ending.report));
    ending.report.status = sync_status::success;
    ending.report.completed_at = ending.report.started_at + 1s;
    require_value(db->close_sync(claim(), ending));
  }
  const auto reports = require_value(db->list_sync_reports(user, 2));
  BOOST_REQUIRE_EQUAL(reports.size(), 2u);
  BOOST_TEST((reports[0].started_at == now + 4min));
  BOOST_TEST((reports[1].started_at == now + 3min));
  BOOST_TEST(require_value(db->list_sync_reports({"67890"}, 10)).empty());
}

BOOST_AUTO_TEST_CASE(names_of_another_version_do_not_hide_the_log) {
  require_value(db->open_sync_log(claim(), report_of(first_job)));
  query("UPDATE sync_logs SET streams = '[{\"stream\": \"dreams\", \"records\": 1, \"calls\": 1},"
        "{\"stream\": \"sleep\", \"records\": 2, \"calls\": 3, \"error_type\": \"odd\"}]' "
        "RETURNING 1");
  const auto reports = require_value(db->list_sync_reports(user, 1));
  BOOST_REQUIRE_EQUAL(reports.size(), 1u);
  BOOST_TEST((
      reports[0].streams
      == std::vector{stream_outcome{
          .kind = stream::sleep, .records = 2, .calls = 3, .failure = error{errc::internal, ""}}}));
}

BOOST_AUTO_TEST_CASE(the_logs_of_one_user_are_found_by_an_index) {
  // A thousand users with twenty logs each, as a table that is worth an index.
  query("WITH made AS (INSERT INTO sync_logs (user_id, job_id, started_at, status, trigger, "
        "priority) SELECT 'u' || i % 1000, md5(i::text)::uuid, "
        "timestamptz '2026-01-01' + i * interval '1 minute', 'success', 'scheduler', 'normal' "
        "FROM generate_series(1, 20000) AS i RETURNING 1) SELECT count(*) FROM made");
  query("ANALYZE sync_logs; SELECT 1");
  pqxx::connection connection{options.database_url};
  pqxx::nontransaction tx{connection};
  tx.exec("SET search_path = polar_flow");
  tx.exec(std::string{"PREPARE list AS "} + statements::list_sync_reports.text);
  std::string plan;
  for (const auto& line : tx.exec("EXPLAIN EXECUTE list('u7', 10)"))
    plan += std::string{line[0].c_str()} + '\n';
  BOOST_TEST(plan.find("Index Scan using sync_logs_newest") != std::string::npos, plan);
  BOOST_TEST(plan.find("Seq Scan") == std::string::npos, plan);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
