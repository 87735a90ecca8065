#define BOOST_TEST_DYN_LINK
#include "domain/coverage.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using std::chrono::days;

namespace {

constexpr date today{std::chrono::year{2026} / 3 / 1};
const instant now = std::chrono::sys_days{today} + std::chrono::hours{12};

date_range last_days(int count) {
  return {today - days{count - 1}, today};
}

/// With data on every day until `newest`.
fetched_days fetched(stream kind, date_range range, std::optional<date> newest) {
  day_set present;
  if (newest)
    present.add({range.first, *newest});
  return {kind, range, present, std::nullopt};
}

fetched_days failed(stream kind, date_range range, errc code) {
  return {kind, range, {}, error{code, "a sentence"}};
}

const stream_coverage& ledger_of(const std::vector<stream_coverage>& ledgers, stream kind) {
  for (const auto& ledger : ledgers)
    if (ledger.kind == kind)
      return ledger;
  throw std::logic_error{"no such ledger"};
}

} // namespace

BOOST_AUTO_TEST_SUITE(coverage)

BOOST_AUTO_TEST_CASE(a_stream_without_a_ledger_wants_all_that_polar_keeps) {
  const auto wanted = wanted_days({}, stream::activity, today);
  BOOST_REQUIRE(wanted.size() == 1u);
  BOOST_TEST((wanted.front() == last_days(365)));
  BOOST_TEST(wanted_days({}, stream::physical_info, today).empty());
}

BOOST_AUTO_TEST_CASE(days_settle_two_days_before_the_last_one_that_the_watch_sent) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers, {fetched(stream::activity, last_days(365), today)}, today, now);
  const auto wanted = wanted_days(ledgers, stream::activity, today);
  BOOST_REQUIRE(wanted.size() == 1u);
  BOOST_TEST((wanted.front() == last_days(2)));
}

// A watch that is put on its charger for ten days and then synchronised tells of them all at once.
BOOST_AUTO_TEST_CASE(days_that_the_watch_may_still_send_stay_wanted) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers, {fetched(stream::activity, last_days(28), today - days{10})}, today, now);
  const auto wanted = wanted_days(ledgers, stream::activity, today);
  BOOST_REQUIRE(wanted.size() == 2u);
  BOOST_TEST((wanted.back() == last_days(12)));
}

BOOST_AUTO_TEST_CASE(one_stream_tells_of_the_watch_for_the_others) {
  std::vector<stream_coverage> ledgers;
  const std::vector attempts{fetched(stream::continuous_hr, last_days(28), today - days{5}),
                             fetched(stream::activity, last_days(28), today)};
  note_attempts(ledgers, attempts, today, now);
  // What had no data is asked for once more.
  BOOST_TEST((wanted_days(ledgers, stream::continuous_hr, today).front() == last_days(5)));
  note_attempts(ledgers, attempts, today, now);
  BOOST_TEST((wanted_days(ledgers, stream::continuous_hr, today).front() == last_days(2)));
}

BOOST_AUTO_TEST_CASE(cardio_load_has_rows_without_a_watch) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers, {fetched(stream::cardio_load, last_days(180), today)}, today, now);
  BOOST_TEST(!watch_day(ledgers).has_value());
  BOOST_TEST((wanted_days(ledgers, stream::cardio_load, today).front() == last_days(180)));
}

BOOST_AUTO_TEST_CASE(what_failed_stays_wanted_and_says_why) {
  std::vector<stream_coverage> ledgers;
  const date_range old{today - days{55}, today - days{28}};
  note_attempts(ledgers,
                {fetched(stream::activity, last_days(28), today),
                 failed(stream::activity, old, errc::polar_unavailable)},
                today, now);
  BOOST_TEST(wanted_days(ledgers, stream::activity, today).size() == 2u);
  BOOST_TEST(ledger_of(ledgers, stream::activity).failure->message == "a sentence");
  note_attempts(ledgers, {fetched(stream::activity, old, old.last)}, today, now);
  BOOST_TEST(!ledger_of(ledgers, stream::activity).failure.has_value());
  BOOST_TEST((wanted_days(ledgers, stream::activity, today).back() == last_days(2)));
}

BOOST_AUTO_TEST_CASE(the_next_loss_is_that_of_the_oldest_open_day) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers, {fetched(stream::sleep, last_days(28), today)}, today, now);
  // The oldest open day is yesterday; it can be asked for on 28 days, itself included.
  BOOST_TEST((next_loss(ledgers, today) == instant{today - days{1} + days{28}}));
  note_attempts(ledgers,
                {failed(stream::spo2, last_days(28), errc::polar_unavailable)}, today, now);
  BOOST_TEST((next_loss(ledgers, today) == instant{today + days{1}}));
}

BOOST_AUTO_TEST_CASE(a_missing_consent_is_no_loss_that_hurry_prevents) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers,
                {fetched(stream::sleep, last_days(28), today),
                 failed(stream::ecg, last_days(28), errc::consent_missing)},
                today, now);
  BOOST_TEST((next_loss(ledgers, today) == instant{today - days{1} + days{28}}));
}

BOOST_AUTO_TEST_CASE(every_state_has_its_reason) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers, {fetched(stream::sleep, last_days(28), today)}, today, now);
  const auto& ledger = ledger_of(ledgers, stream::sleep);
  day_set present;
  present.add({today - days{40}, today - days{5}});
  present.add({today, today});
  const auto judged = judge_days(ledger, present, {today - days{45}, today}, today);
  const auto on = [&](int days_ago) {
    return judged.at(static_cast<std::size_t>(45 - days_ago));
  };
  // Too old to be fetched and never stored; stored long ago; settled; settled without data.
  BOOST_TEST((on(45).state == coverage_state::not_available));
  BOOST_TEST((on(40).state == coverage_state::complete));
  BOOST_TEST((on(20).state == coverage_state::complete));
  BOOST_TEST(on(20).reason.empty());
  BOOST_TEST((on(4).state == coverage_state::missing));
  BOOST_TEST(on(4).reason == "Polar has nothing for this day");
  BOOST_TEST(!on(4).fetchable_until.has_value());
  BOOST_TEST((on(1).state == coverage_state::missing));
  BOOST_TEST((on(1).fetchable_until == today - days{1} + days{27}));
  BOOST_TEST((on(0).state == coverage_state::partial));
}

BOOST_AUTO_TEST_CASE(a_failure_is_an_error_and_a_missing_consent_is_not_available) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers,
                {failed(stream::sleep, last_days(3), errc::polar_timeout),
                 failed(stream::ecg, last_days(3), errc::consent_missing)},
                today, now);
  const auto sleep = judge_days(ledger_of(ledgers, stream::sleep), {}, last_days(1), today);
  BOOST_TEST((sleep.front().state == coverage_state::error));
  BOOST_TEST(sleep.front().reason == "a sentence");
  const auto ecg = judge_days(ledger_of(ledgers, stream::ecg), {}, last_days(1), today);
  BOOST_TEST((ecg.front().state == coverage_state::not_available));
}

BOOST_AUTO_TEST_CASE(an_empty_answer_may_be_a_fault_and_is_asked_for_once_more) {
  std::vector<stream_coverage> ledgers;
  const std::vector nothing{fetched(stream::sleep, last_days(28), std::nullopt),
                            fetched(stream::activity, last_days(365), today)};
  note_attempts(ledgers, nothing, today, now);
  BOOST_TEST((wanted_days(ledgers, stream::sleep, today).front() == last_days(28)));
  // Now there is something after all.
  note_attempts(ledgers, {fetched(stream::sleep, last_days(28), today - days{10})}, today, now);
  const auto& ledger = ledger_of(ledgers, stream::sleep);
  BOOST_TEST(ledger.settled.contains(today - days{10}));
  // Empty in both answers.
  BOOST_TEST(ledger.settled.contains(today - days{9}));
  BOOST_TEST(ledger.unconfirmed.empty());
  BOOST_TEST((wanted_days(ledgers, stream::sleep, today).front() == last_days(2)));
}

BOOST_AUTO_TEST_CASE(only_days_on_which_something_was_measured_count) {
  activity_day worn;
  worn.day = today - days{3};
  worn.steps = 4000;
  activity_day not_worn;
  not_worn.day = today;
  BOOST_TEST((measured_days(std::vector{worn, not_worn})
              == day_set{{{today - days{3}, today - days{3}}}}));
  BOOST_TEST(measured_days(std::vector{not_worn}).empty());
  BOOST_TEST(measured_days(std::monostate{}).empty());
  BOOST_TEST(measured_days(std::vector{physical_info{}}).empty());
  // Half past midnight in UTC+2 is the evening before in UTC.
  exercise late;
  late.start_time = std::chrono::sys_days{today} - std::chrono::minutes{90};
  late.utc_offset_minutes = 120;
  BOOST_TEST((measured_days(std::vector{late}).last() == today));
}

BOOST_AUTO_TEST_SUITE_END()
