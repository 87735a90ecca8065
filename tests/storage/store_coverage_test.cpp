#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"

#include <algorithm>

namespace polar_flow::storage {

namespace {

struct coverage_fixture : records_fixture {
  /// The ledgers as a sync leaves them.
  void save(std::vector<stream_coverage> ledgers) {
    sync_ending ending;
    ending.report.job = {"00000000-0000-4000-8000-000000000001"};
    ending.report.user = user;
    ending.report.started_at = now;
    ending.coverage = std::move(ledgers);
    require_value(db->open_sync_log(claim(), ending.report));
    ending.report.status = sync_status::success;
    ending.report.completed_at = now;
    require_value(db->close_sync(claim(), ending));
    query("DELETE FROM sync_logs RETURNING 1");
  }

  /// The first days of the stream's ranges, as `YYYY-MM-DD..YYYY-MM-DD` joined by blanks.
  std::string days_of(stream kind, date_range within) {
    std::string text;
    for (const auto& [days, ledger] : require_value(db->load_present_days(user, within)))
      if (ledger.kind == kind)
        for (const auto& range : days.ranges())
          text +=
              (text.empty() ? "" : " ") + format_date(range.first) + ".." + format_date(range.last);
    return text;
  }
};

stream_coverage full_ledger(stream kind) {
  stream_coverage ledger;
  ledger.kind = kind;
  ledger.settled.add({day_of(2025, 12, 1), day_of(2026, 1, 31)});
  ledger.settled.add({day_of(2026, 2, 3), day_of(2026, 2, 3)});
  ledger.unconfirmed.add({day_of(2026, 2, 4), day_of(2026, 2, 9)});
  ledger.unconfirmed_on = day_of(2026, 3, 9);
  ledger.unconfirmed_at = instant{day_of(2026, 3, 9)} + 8h;
  ledger.fetched_through = day_of(2026, 3, 10);
  ledger.newest_data = day_of(2026, 3, 9);
  ledger.failed.push_back({error{errc::polar_timeout, "Polar did not answer, \"in time\""},
                           day_set{{{day_of(2026, 2, 1), day_of(2026, 2, 2)},
                                    {day_of(2026, 2, 11), day_of(2026, 2, 11)}}}});
  ledger.failed.push_back({error{errc::consent_missing, "{braces}, NULL and a back\\slash"},
                           day_set{{{day_of(2026, 2, 5), day_of(2026, 2, 6)}}}});
  ledger.updated_at = instant{day_of(2026, 3, 10)} + 7h + 1us;
  return ledger;
}

const date_range march{day_of(2026, 3, 1), day_of(2026, 3, 31)};

} // namespace

BOOST_FIXTURE_TEST_SUITE(ledgers, coverage_fixture)

BOOST_AUTO_TEST_CASE(ledgers_come_back_as_they_were_written) {
  BOOST_TEST(require_value(db->load_coverage(user)).empty());
  stream_coverage bare;
  bare.kind = stream::physical_info;
  bare.updated_at = now;
  save({bare, full_ledger(stream::sleep)});
  // In the order of the streams.
  BOOST_TEST(
      (require_value(db->load_coverage(user)) == std::vector{full_ledger(stream::sleep), bare}));
  BOOST_TEST(require_value(db->load_coverage({"67890"})).empty());
}

BOOST_AUTO_TEST_CASE(only_the_ledgers_that_are_named_change) {
  save({full_ledger(stream::sleep), full_ledger(stream::ecg)});
  auto mended = full_ledger(stream::ecg);
  mended.settled.add({day_of(2026, 2, 1), day_of(2026, 2, 2)});
  mended.failed = {};
  save({mended});
  BOOST_TEST(
      (require_value(db->load_coverage(user)) == std::vector{full_ledger(stream::sleep), mended}));
}

BOOST_AUTO_TEST_CASE(every_stream_can_have_a_ledger) {
  std::vector<stream_coverage> all;
  for (const auto kind : all_streams)
    all.push_back(full_ledger(kind));
  save(all);
  BOOST_TEST((require_value(db->load_coverage(user)) == all));
}

// Another watch is synchronised late, while the day counts as settled already.
BOOST_AUTO_TEST_CASE(a_change_of_activity_reopens_what_else_is_known_of_the_day) {
  const auto first = day_of(2026, 1, 20);
  const auto second = day_of(2026, 1, 21);
  save({full_ledger(stream::sleep), full_ledger(stream::activity_samples),
        full_ledger(stream::continuous_hr)});
  const auto load = [&] {
    return require_value(db->load_coverage(user));
  };
  store_all(stream::activity, std::vector{full_activity(first)});
  const auto during = load();
  for (const auto& ledger : during) {
    const bool is_reopened = ledger.kind != stream::sleep;
    BOOST_TEST(ledger.settled.contains(first) != is_reopened, to_string(ledger.kind));
    BOOST_TEST((ledger.reopened == std::vector<date>(is_reopened ? 1 : 0, first)));
  }
  // What changes while a sync is under way is not forgotten with its end.
  store_all(stream::activity, std::vector{full_activity(second)});
  save(during);
  for (const auto& ledger : load()) {
    const bool is_reopened = ledger.kind != stream::sleep;
    BOOST_TEST((ledger.reopened == std::vector<date>(is_reopened ? 1 : 0, second)));
    BOOST_TEST(ledger.settled.contains(first) != is_reopened);
    BOOST_TEST(ledger.settled.contains(second) != is_reopened);
  }
  save(load());
  for (const auto& ledger : load())
    BOOST_TEST(ledger.reopened.empty());
  // The same once more tells nothing new.
  store_all(stream::activity, std::vector{full_activity(first)});
  for (const auto& ledger : load())
    BOOST_TEST(ledger.reopened.empty());
}

BOOST_AUTO_TEST_CASE(a_ledger_of_another_version_is_left_out) {
  save({full_ledger(stream::sleep)});
  query("INSERT INTO stream_coverage SELECT user_id, 'dreams', settled_from, settled_to, "
        "unconfirmed_from, unconfirmed_to, fetched_through, newest_data, failed_from, failed_to, "
        "failed_type, failed_message, updated_at, unconfirmed_on, unconfirmed_at, reopened FROM "
        "stream_coverage RETURNING 1");
  query("UPDATE stream_coverage SET failed_type[1] = 'odd', failed_type[2] = 'odd' WHERE stream = "
        "'sleep' RETURNING 1");
  auto expected = full_ledger(stream::sleep);
  expected.failed.front().reason.code = errc::internal;
  BOOST_TEST((require_value(db->load_coverage(user)) == std::vector{expected}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(days_with_rows, coverage_fixture)

BOOST_AUTO_TEST_CASE(every_stream_with_days_has_its_day) {
  for (const auto& [kind, records] : one_of_each())
    store_all(kind, records);
  const auto present = require_value(db->load_present_days(user, march));
  BOOST_REQUIRE_EQUAL(present.size(), all_streams.size());
  for (std::size_t i = 0; i < present.size(); ++i) {
    const auto kind = present[i].ledger.kind;
    BOOST_TEST((kind == all_streams[i]));
    // What is known about a person has no days.
    const auto expected = kind == stream::physical_info ? 0u : 1u;
    BOOST_TEST(present[i].days.ranges().size() == expected, to_string(kind));
    if (expected != 0)
      BOOST_TEST(present[i].days.contains(day_of(2026, 3, 9)), to_string(kind));
  }
}

BOOST_AUTO_TEST_CASE(only_days_within_the_range_are_told) {
  std::vector<night> nights;
  for (const unsigned day : {1, 2, 3, 5, 9})
    nights.push_back(full_night(day_of(2026, 3, day)));
  store_all(stream::sleep, nights);
  BOOST_TEST(days_of(stream::sleep, {day_of(2026, 3, 2), day_of(2026, 3, 5)})
             == "2026-03-02..2026-03-03 2026-03-05..2026-03-05");
  BOOST_TEST(days_of(stream::sleep, {day_of(2026, 3, 6), day_of(2026, 3, 8)}) == "");
  BOOST_TEST(days_of(stream::sleep, {day_of(2026, 3, 8), day_of(2026, 3, 2)}) == "");
  for (const auto& [days, ledger] : require_value(db->load_present_days({"67890"}, march)))
    BOOST_TEST(days.empty());
}

BOOST_AUTO_TEST_CASE(the_ledgers_come_with_the_days) {
  stream_coverage ledger;
  ledger.kind = stream::ecg;
  ledger.settled.add(march);
  ledger.updated_at = now;
  save({ledger});
  const auto streams = require_value(db->load_present_days(user, march));
  BOOST_TEST((require_value(db->load_coverage(user)) == std::vector{ledger}));
  for (const auto& found : streams) {
    stream_coverage expected;
    expected.kind = found.ledger.kind;
    BOOST_TEST((found.ledger == (expected.kind == stream::ecg ? ledger : expected)),
               to_string(expected.kind));
  }
}

BOOST_AUTO_TEST_CASE(a_moment_is_on_the_day_of_its_own_clock) {
  // 23:30 in UTC is the next day two hours east, and the same day an hour west.
  const auto late = instant{day_of(2026, 3, 9)} + 23h + 30min;
  store_all(stream::spo2, std::vector{full_spo2(late)});
  BOOST_TEST(days_of(stream::spo2, march) == "2026-03-10..2026-03-10");
  store_all(stream::ecg, std::vector{full_ecg(late)});
  BOOST_TEST(days_of(stream::ecg, march) == "2026-03-09..2026-03-09");
  store_all(stream::sleepwise_alertness, std::vector{full_alertness(late)});
  BOOST_TEST(days_of(stream::sleepwise_alertness, march) == "2026-03-10..2026-03-10");
  auto bedtime = full_bedtime(instant{day_of(2026, 3, 9)} + 1h);
  store_all(stream::sleepwise_bedtime, std::vector{bedtime});
  BOOST_TEST(days_of(stream::sleepwise_bedtime, march) == "2026-03-08..2026-03-08");
  // 05:00 in UTC and 13 hours east of it.
  store_all(stream::exercises, std::vector{full_exercise()});
  BOOST_TEST(days_of(stream::exercises, march) == "2026-03-09..2026-03-09");
}

BOOST_AUTO_TEST_CASE(a_moment_without_a_clock_is_on_the_users) {
  const auto late = instant{day_of(2026, 3, 9)} + 23h + 30min;
  auto test = full_spo2(late);
  test.utc_offset_minutes.reset();
  store_all(stream::spo2, std::vector{test});
  store_all(stream::body_temperature, std::vector{full_body_temperature(late)});
  BOOST_TEST(days_of(stream::spo2, march) == "2026-03-09..2026-03-09");
  BOOST_TEST(days_of(stream::body_temperature, march) == "2026-03-09..2026-03-09");
  // A night tells the user's clock: an hour east.
  store_all(stream::sleep, std::vector{full_night(day_of(2026, 3, 9))});
  BOOST_TEST(days_of(stream::spo2, march) == "2026-03-10..2026-03-10");
  BOOST_TEST(days_of(stream::body_temperature, march) == "2026-03-10..2026-03-10");
}

BOOST_AUTO_TEST_CASE(the_farthest_clocks_are_still_found) {
  const date_range one_day{day_of(2026, 3, 9), day_of(2026, 3, 9)};
  auto east = full_spo2(instant{day_of(2026, 3, 8)} + 10h);
  east.utc_offset_minutes = 14 * 60;
  auto west = full_spo2(instant{day_of(2026, 3, 10)} + 14h - 1us);
  west.utc_offset_minutes = -14 * 60;
  store_all(stream::spo2, std::vector{east});
  BOOST_TEST(days_of(stream::spo2, one_day) == "2026-03-09..2026-03-09");
  query("DELETE FROM spo2 RETURNING 1");
  store_all(stream::spo2, std::vector{west});
  BOOST_TEST(days_of(stream::spo2, one_day) == "2026-03-09..2026-03-09");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
