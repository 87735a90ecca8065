#define BOOST_TEST_DYN_LINK
#include "domain/coverage.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

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

/// Of every stream all that Polar keeps, with data on every day.
std::vector<stream_coverage> everything_fetched() {
  std::vector<stream_coverage> ledgers;
  for (const auto kind : all_streams)
    if (const auto kept = reach_of(kind).kept; kept > days{0})
      note_attempts(ledgers, {fetched(kind, last_days(static_cast<int>(kept.count())), today)},
                    today, now);
  return ledgers;
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

BOOST_AUTO_TEST_CASE(days_settle_some_days_before_the_last_one_that_the_watch_sent) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers,
                {fetched(stream::sleep, last_days(28), today),
                 fetched(stream::activity, last_days(365), today)},
                today, now);
  BOOST_TEST((wanted_days(ledgers, stream::sleep, today) == std::vector{last_days(2)}));
  // Another watch may be synchronised at the end of the week.
  BOOST_TEST((wanted_days(ledgers, stream::activity, today) == std::vector{last_days(7)}));
}

// A watch that is put on its charger for ten days and then synchronised tells of them all at once.
BOOST_AUTO_TEST_CASE(days_that_the_watch_may_still_send_stay_wanted) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers, {fetched(stream::activity, last_days(28), today - days{10})}, today, now);
  const auto wanted = wanted_days(ledgers, stream::activity, today);
  BOOST_REQUIRE(wanted.size() == 2u);
  BOOST_TEST((wanted.back() == last_days(17)));
}

BOOST_AUTO_TEST_CASE(one_stream_tells_of_the_watch_for_the_others) {
  std::vector<stream_coverage> ledgers;
  const std::vector attempts{fetched(stream::activity, last_days(28), today),
                             fetched(stream::continuous_hr, last_days(28), today - days{5})};
  note_attempts(ledgers, attempts, today, now);
  BOOST_TEST((wanted_days(ledgers, stream::continuous_hr, today).front() == last_days(2)));
  // What had no data is asked for once more, tomorrow.
  const auto tomorrow = today + days{1};
  BOOST_TEST((wanted_days(ledgers, stream::continuous_hr, tomorrow).front()
              == date_range{today - days{4}, tomorrow}));
  note_attempts(ledgers, attempts, tomorrow, now + days{1});
  BOOST_TEST((wanted_days(ledgers, stream::continuous_hr, tomorrow).front()
              == date_range{today - days{1}, tomorrow}));
}

// A run that was typed in, or came from a phone, says nothing of a watch that lies on its charger.
BOOST_AUTO_TEST_CASE(exercises_do_not_tell_of_the_watch) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers,
                {fetched(stream::exercises, last_days(30), today),
                 fetched(stream::activity, last_days(28), today - days{6})},
                today, now);
  BOOST_TEST((watch_day(ledgers) == today - days{6}));
  BOOST_TEST((wanted_days(ledgers, stream::activity, today).back() == last_days(13)));
  BOOST_TEST(tells_of_wearer(stream::exercises));
  BOOST_TEST(!tells_of_wearer(stream::cardio_load));
}

// Another watch may have been worn, and be synchronised at the end of the week.
BOOST_AUTO_TEST_CASE(activity_without_data_is_asked_for_during_a_week) {
  std::vector<stream_coverage> ledgers;
  auto with_gap = fetched(stream::activity, last_days(28), today);
  with_gap.present.remove({today - days{10}, today - days{3}});
  note_attempts(ledgers, {with_gap}, today, now);
  const auto& ledger = ledger_of(ledgers, stream::activity);
  BOOST_TEST((ledger.unconfirmed == day_set{{{today - days{10}, today - days{7}}}}));
  // What was found empty is not asked for twice on a day.
  BOOST_TEST((wanted_days(ledgers, stream::activity, today)
              == std::vector<date_range>{{today - days{364}, today - days{28}}, last_days(7)}));
}

// The watch is synchronised in the middle of a sync: activity was answered before, sleep after it.
BOOST_AUTO_TEST_CASE(a_day_is_judged_by_what_was_known_when_it_was_asked_for) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers,
                {fetched(stream::activity, last_days(28), today - days{3}),
                 fetched(stream::sleep, last_days(28), today)},
                today, now);
  BOOST_TEST((wanted_days(ledgers, stream::activity, today).back() == last_days(10)));
  BOOST_TEST((wanted_days(ledgers, stream::sleep, today).back() == last_days(2)));
}

BOOST_AUTO_TEST_CASE(a_day_to_come_tells_nothing) {
  std::vector<stream_coverage> ledgers;
  auto wrong_clock = fetched(stream::activity, last_days(28), today - days{9});
  wrong_clock.present.add({today + days{3000}, today + days{3000}});
  note_attempts(ledgers, {wrong_clock}, today, now);
  BOOST_TEST((watch_day(ledgers) == today - days{9}));
}

BOOST_AUTO_TEST_CASE(no_watch_keeps_days_for_ever) {
  std::vector<stream_coverage> ledgers;
  const auto nothing = fetched(stream::activity, last_days(365), std::nullopt);
  note_attempts(ledgers, {nothing}, today, now);
  BOOST_TEST((wanted_days(ledgers, stream::activity, today).front() == last_days(60)));
  note_attempts(ledgers, {nothing}, today + days{1}, now + days{1});
  BOOST_TEST(ledger_of(ledgers, stream::activity).settled.contains(today - days{60}));
  BOOST_TEST(!ledger_of(ledgers, stream::activity).settled.contains(today - days{59}));
}

BOOST_AUTO_TEST_CASE(a_settled_day_that_cannot_be_read_again_is_wanted_again) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers, {fetched(stream::activity, last_days(365), today)}, today, now);
  const date_range announced{today - days{9}, today - days{9}};
  note_attempts(ledgers, {failed(stream::activity, announced, errc::polar_unavailable)}, today,
                now);
  BOOST_TEST((wanted_days(ledgers, stream::activity, today).front() == announced));
  // Asking again does not help against this.
  const date_range refused{today - days{19}, today - days{19}};
  note_attempts(ledgers, {failed(stream::activity, refused, errc::consent_missing)}, today, now);
  BOOST_TEST((wanted_days(ledgers, stream::activity, today).front() == announced));
}

BOOST_AUTO_TEST_CASE(a_failure_ends_with_its_last_day_at_polar) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers, {failed(stream::sleep, last_days(28), errc::polar_unavailable)}, today,
                now);
  const auto tomorrow = today + days{1};
  note_attempts(ledgers, {fetched(stream::sleep, {tomorrow - days{27}, tomorrow}, tomorrow)},
                tomorrow, now + days{1});
  BOOST_TEST(ledger_of(ledgers, stream::sleep).failed.empty());
}

BOOST_AUTO_TEST_CASE(cardio_load_has_rows_without_a_watch) {
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers, {fetched(stream::cardio_load, last_days(180), today)}, today, now);
  BOOST_TEST(!watch_day(ledgers).has_value());
  BOOST_TEST((wanted_days(ledgers, stream::cardio_load, today).front() == last_days(60)));
}

BOOST_AUTO_TEST_CASE(what_failed_stays_wanted_and_says_why) {
  std::vector<stream_coverage> ledgers;
  const date_range old{today - days{55}, today - days{28}};
  note_attempts(ledgers,
                {fetched(stream::activity, last_days(28), today),
                 failed(stream::activity, old, errc::polar_unavailable)},
                today, now);
  BOOST_TEST(wanted_days(ledgers, stream::activity, today).size() == 2u);
  BOOST_TEST(ledger_of(ledgers, stream::activity).failed.front().reason.message == "a sentence");
  note_attempts(ledgers, {fetched(stream::activity, old, old.last)}, today, now);
  BOOST_TEST(ledger_of(ledgers, stream::activity).failed.empty());
  BOOST_TEST((wanted_days(ledgers, stream::activity, today).back() == last_days(7)));
}

BOOST_AUTO_TEST_CASE(the_next_loss_is_that_of_the_oldest_open_day) {
  auto ledgers = everything_fetched();
  // The oldest open day is yesterday; it can be asked for on 28 days, itself included.
  BOOST_TEST((next_loss(ledgers, today) == instant{today - days{1} + days{28}}));
  note_attempts(ledgers, {failed(stream::spo2, last_days(28), errc::polar_unavailable)}, today,
                now);
  BOOST_TEST((next_loss(ledgers, today) == instant{today + days{1}}));
}

// A first sync that was cut short has not even asked for some.
BOOST_AUTO_TEST_CASE(a_stream_that_was_never_fetched_is_about_to_be_lost) {
  BOOST_TEST(!next_loss({}, today).has_value());
  std::vector<stream_coverage> ledgers;
  note_attempts(ledgers, {fetched(stream::sleep, last_days(28), today)}, today, now);
  BOOST_TEST((next_loss(ledgers, today) == instant{today + days{1}}));
}

BOOST_AUTO_TEST_CASE(every_failed_day_has_its_own_reason) {
  auto ledgers = everything_fetched();
  const date_range first{today - days{26}, today - days{26}};
  const date_range second{today - days{3}, today - days{3}};
  note_attempts(ledgers,
                {failed(stream::continuous_hr, first, errc::polar_unavailable),
                 failed(stream::continuous_hr, second, errc::polar_unreadable)},
                today, now);
  // Only the one that passes is worth asking for before its day is lost.
  BOOST_TEST((next_loss(ledgers, today) == instant{today + days{2}}));
  const auto& failures = ledger_of(ledgers, stream::continuous_hr).failed;
  BOOST_TEST_REQUIRE(failures.size() == 2u);
  BOOST_TEST((failures[0].reason.code == errc::polar_unavailable
              && failures[0].days.contains(first.first)));
  BOOST_TEST((failures[1].reason.code == errc::polar_unreadable
              && failures[1].days.contains(second.first)));
  // The newest attempt speaks for its days alone.
  note_attempts(ledgers, {failed(stream::continuous_hr, first, errc::polar_unreadable)}, today,
                now);
  BOOST_TEST_REQUIRE(failures.size() == 1u);
  BOOST_TEST(failures[0].days.contains(first.first));
  BOOST_TEST(failures[0].days.contains(second.first));
}

// The user's zone becomes known, or midnight passes.
BOOST_AUTO_TEST_CASE(another_day_an_hour_later_confirms_nothing) {
  std::vector<stream_coverage> ledgers;
  const std::vector nothing{fetched(stream::activity, last_days(365), today),
                            fetched(stream::sleep, last_days(28), std::nullopt)};
  note_attempts(ledgers, nothing, today, now);
  const auto& ledger = ledger_of(ledgers, stream::sleep);
  for (const auto passed : {std::chrono::hours{1}, std::chrono::hours{19}}) {
    note_attempts(ledgers, nothing, today + days{1}, now + passed);
    BOOST_TEST(ledger.settled.empty());
  }
  note_attempts(ledgers, nothing, today + days{1}, now + confirmation_wait);
  BOOST_TEST(ledger.settled.contains(today - days{10}));
}

BOOST_AUTO_TEST_CASE(a_missing_consent_is_no_loss_that_hurry_prevents) {
  auto ledgers = everything_fetched();
  ledgers.erase(std::ranges::find(ledgers, stream::ecg, &stream_coverage::kind));
  note_attempts(ledgers, {failed(stream::ecg, last_days(28), errc::consent_missing)}, today, now);
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
  // Too old to be fetched and never stored; stored before it was settled, and then forgotten by
  // Polar; settled; settled without data.
  BOOST_TEST((on(45).state == coverage_state::not_available));
  BOOST_TEST((on(40).state == coverage_state::partial));
  BOOST_TEST(!on(40).fetchable_until.has_value());
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
  const std::vector nothing{fetched(stream::activity, last_days(365), today),
                            fetched(stream::sleep, last_days(28), std::nullopt)};
  note_attempts(ledgers, nothing, today, now);
  // Twice on the same day proves nothing, however often somebody asks.
  note_attempts(ledgers, nothing, today, now);
  BOOST_TEST(ledger_of(ledgers, stream::sleep).settled.empty());
  const auto tomorrow = today + days{1};
  BOOST_TEST((wanted_days(ledgers, stream::sleep, tomorrow).front()
              == date_range{today - days{26}, tomorrow}));
  // Now there is something after all.
  note_attempts(ledgers, {fetched(stream::sleep, last_days(28), today - days{10})}, tomorrow,
                now + days{1});
  const auto& ledger = ledger_of(ledgers, stream::sleep);
  BOOST_TEST(ledger.settled.contains(today - days{10}));
  // Empty in both answers.
  BOOST_TEST(ledger.settled.contains(today - days{9}));
  BOOST_TEST(ledger.unconfirmed.empty());
  BOOST_TEST((wanted_days(ledgers, stream::sleep, tomorrow).front()
              == date_range{today - days{1}, tomorrow}));
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
