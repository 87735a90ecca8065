#include "domain/coverage.hpp"

#include <algorithm>
#include <array>

namespace polar_flow {

namespace {

using std::chrono::days;

constexpr std::array watch_streams{
    stream::activity, stream::activity_samples, stream::continuous_hr,   stream::sleep,
    stream::recharge, stream::skin_temperature, stream::body_temperature};

const stream_coverage* find(const std::vector<stream_coverage>& ledgers, stream kind) {
  const auto place = std::ranges::find(ledgers, kind, &stream_coverage::kind);
  return place == ledgers.end() ? nullptr : &*place;
}

stream_coverage& find_or_add(std::vector<stream_coverage>& ledgers, stream kind) {
  const auto place = std::ranges::find(ledgers, kind, &stream_coverage::kind);
  if (place != ledgers.end())
    return *place;
  stream_coverage ledger;
  ledger.kind = kind;
  return ledgers.emplace_back(std::move(ledger));
}

std::optional<date> later(std::optional<date> left, std::optional<date> right) {
  return std::max(left, right);
}

/// The last day that cannot change any more once `lag` has passed since it.
date last_certain_day(std::optional<date> watched, days lag, date today) {
  const auto forgotten = today - watch_memory_days;
  return watched ? std::max(*watched - lag, forgotten) : forgotten;
}

day_set common_days(const day_set& set, date_range within) {
  day_set common;
  common.add(within);
  for (const auto& gap : set.missing_in(within))
    common.remove(gap);
  return common;
}

void forget_failures(stream_coverage& ledger, date_range range) {
  for (auto& failure : ledger.failed)
    failure.days.remove(range);
  std::erase_if(ledger.failed, [](const failed_days& failure) { return failure.days.empty(); });
}

/// Why the last attempt at this day failed; null when it did not.
const error* failure_of(const stream_coverage& ledger, date day) {
  const auto place = std::ranges::find_if(
      ledger.failed, [day](const failed_days& failure) { return failure.days.contains(day); });
  return place == ledger.failed.end() ? nullptr : &place->reason;
}

/// What this attempt wanted to learn was not learnt, so its days are wanted again.
void note_failure(stream_coverage& ledger, const fetched_days& attempt) {
  forget_failures(ledger, attempt.days);
  const auto place = std::ranges::find(ledger.failed, *attempt.failure, &failed_days::reason);
  auto& failure = place == ledger.failed.end()
                      ? ledger.failed.emplace_back(failed_days{*attempt.failure, {}})
                      : *place;
  failure.days.add(attempt.days);
  if (is_mended_by_waiting(attempt.failure->code))
    ledger.settled.remove(attempt.days);
}

void note_success(stream_coverage& ledger, const fetched_days& attempt,
                  std::optional<date> watched, date today, instant now) {
  ledger.fetched_through = later(ledger.fetched_through, attempt.days.last);
  forget_failures(ledger, attempt.days);

  const auto reach = reach_of(ledger.kind);
  const auto until = [&](days lag) {
    return std::min(attempt.days.last, last_certain_day(watched, lag, today));
  };
  const auto certain =
      common_days(attempt.present, {attempt.days.first, until(reach.settles_after)});
  for (const auto& range : certain.ranges()) {
    ledger.settled.add(range);
    ledger.unconfirmed.remove(range);
  }
  const bool may_confirm =
      ledger.unconfirmed_at && now >= *ledger.unconfirmed_at + confirmation_wait;
  for (const auto& gap :
       attempt.present.missing_in({attempt.days.first, until(reach.settles_empty_after)})) {
    const auto confirmed = may_confirm ? common_days(ledger.unconfirmed, gap) : day_set{};
    for (const auto& range : confirmed.ranges()) {
      ledger.settled.add(range);
      ledger.unconfirmed.remove(range);
    }
    for (const auto& range : ledger.settled.missing_in(gap)) {
      const bool is_new = !ledger.unconfirmed.missing_in(range).empty();
      ledger.unconfirmed.add(range);
      ledger.unconfirmed_on = today;
      // Looking again too early must not put the confirmation off.
      if (is_new || !ledger.unconfirmed_at)
        ledger.unconfirmed_at = now;
    }
  }
  if (ledger.unconfirmed.empty()) {
    ledger.unconfirmed_on.reset();
    ledger.unconfirmed_at.reset();
  }
}

/// The newest day with data, of those that are not to come yet: a clock may be wrong.
std::optional<date> newest_day(const day_set& present, date today) {
  for (auto range = present.ranges().rbegin(); range != present.ranges().rend(); ++range)
    if (range->first <= today)
      return std::min(range->last, today);
  return std::nullopt;
}

/// What is out of reach cannot be mended any more, so it is no error either.
void forget_lost_failures(stream_coverage& ledger, date today) {
  forget_failures(ledger, {date::min(), today - reach_of(ledger.kind).kept});
}

/// Why a day that has data is not complete yet.
std::string what_may_change(stream kind) {
  return kind == stream::cardio_load ? "a session that arrives late may still change this day"
                                     : "the watch may still send more for this day";
}

day_coverage judge_day(const stream_coverage& ledger, bool is_present, date day, date today) {
  const auto kept_until = day + reach_of(ledger.kind).kept - days{1};
  const bool is_fetchable = kept_until >= today;
  day_coverage judged{day, coverage_state::complete, {}, {}};
  const auto* failure = failure_of(ledger, day);
  if (ledger.settled.contains(day))
    return is_present ? judged
                      : day_coverage{day, coverage_state::missing, "Polar has nothing for this day",
                                     {}};
  if (failure != nullptr && failure->code == errc::consent_missing && !is_present)
    judged = {day, coverage_state::not_available, failure->message, {}};
  else if (failure != nullptr)
    judged = {day, coverage_state::error, failure->message, {}};
  else if (is_present)
    judged = {day, coverage_state::partial,
              is_fetchable ? what_may_change(ledger.kind)
                           : "Polar does not keep this day any more, and there may have been more",
              {}};
  else if (!is_fetchable)
    judged = {day, coverage_state::not_available, "Polar does not keep this day any more", {}};
  else if (ledger.fetched_through && *ledger.fetched_through >= day)
    judged = {day, coverage_state::missing, "Polar has nothing for this day yet", {}};
  else
    judged = {day, coverage_state::missing, "not fetched yet", {}};
  if (is_fetchable && judged.state != coverage_state::complete)
    judged.fetchable_until = kept_until;
  return judged;
}

date local_day(instant time, std::optional<std::int32_t> utc_offset_minutes) {
  return local_date(time, std::chrono::minutes{utc_offset_minutes.value_or(0)});
}

/// The day of a record that has one of its own.
template <class Record>
std::optional<date> day_of(const Record& record) {
  return record.day;
}

/// A day without a step was not worn: Polar may make such a row by itself.
std::optional<date> day_of(const activity_day& record) {
  return record.steps.value_or(0) > 0 ? std::optional{record.day} : std::nullopt;
}

std::optional<date> day_of(const activity_sample_day& record) {
  return record.total_steps.value_or(0) > 0 ? std::optional{record.day} : std::nullopt;
}

std::optional<date> day_of(const heart_rate_day& record) {
  return record.samples.empty() ? std::nullopt : std::optional{record.day};
}

std::optional<date> day_of(const exercise& record) {
  return local_day(record.start_time, record.utc_offset_minutes);
}

std::optional<date> day_of(const alertness_period& record) {
  return local_day(record.period_start_time, record.utc_offset_minutes);
}

std::optional<date> day_of(const bedtime_period& record) {
  return local_day(record.period_start_time, record.utc_offset_minutes);
}

std::optional<date> day_of(const spo2_test& record) {
  return local_day(record.test_time, record.utc_offset_minutes);
}

std::optional<date> day_of(const ecg_test& record) {
  return local_day(record.test_time, record.utc_offset_minutes);
}

std::optional<date> day_of(const body_temperature_period& record) {
  return local_day(record.start_time, std::nullopt);
}

std::optional<date> day_of(const physical_info&) {
  return std::nullopt;
}

} // namespace

day_set measured_days(const stream_records& records) {
  return std::visit(
      [](const auto& list) {
        day_set days;
        if constexpr (!std::is_same_v<std::decay_t<decltype(list)>, std::monostate>)
          for (const auto& record : list)
            if (const auto day = day_of(record))
              days.add({*day, *day});
        return days;
      },
      records);
}

bool is_mended_by_waiting(errc code) {
  return code != errc::consent_missing && code != errc::polar_unreadable
         && code != errc::polar_rejected_request && code != errc::polar_answer_too_large;
}

stream_reach reach_of(stream kind) {
  switch (kind) {
  case stream::activity:
  case stream::activity_samples:
    // Polar refuses a day more than 365 days back; whose "today" it counts from is not known, so
    // this is a day less. Another watch may be synchronised at the end of the week.
    return {days{365}, days{7}, days{7}};
  case stream::cardio_load:
    // A session that arrives late changes the four weeks after it.
    return {days{180}, days{28}, days{28}};
  case stream::exercises:
    return {days{30}};
  case stream::physical_info:
    return {days{0}};
  case stream::sleep:
  case stream::recharge:
  case stream::sleepwise_alertness:
  case stream::sleepwise_bedtime:
  case stream::continuous_hr:
  case stream::spo2:
  case stream::ecg:
  case stream::body_temperature:
  case stream::skin_temperature:
    return {};
  }
  return {};
}

bool tells_of_wearer(stream kind) {
  return kind == stream::exercises
         || std::ranges::find(watch_streams, kind) != watch_streams.end();
}

std::optional<date> watch_day(const std::vector<stream_coverage>& ledgers) {
  std::optional<date> newest;
  for (const auto kind : watch_streams) {
    // Its days are those of UTC, which west of it begin too early.
    if (kind == stream::body_temperature)
      continue;
    if (const auto* ledger = find(ledgers, kind))
      newest = later(newest, ledger->newest_data);
  }
  return newest;
}

void note_attempts(std::vector<stream_coverage>& ledgers,
                   const std::vector<fetched_days>& attempts, date today, instant now) {
  for (const auto& attempt : attempts) {
    auto& ledger = find_or_add(ledgers, attempt.kind);
    ledger.updated_at = now;
    if (attempt.failure) {
      note_failure(ledger, attempt);
      continue;
    }
    ledger.newest_data = later(ledger.newest_data, newest_day(attempt.present, today));
    note_success(ledger, attempt, watch_day(ledgers), today, now);
  }
  for (auto& ledger : ledgers)
    forget_lost_failures(ledger, today);
}

std::vector<date_range> wanted_days(const std::vector<stream_coverage>& ledgers, stream kind,
                                    date today) {
  const auto reach = reach_of(kind);
  if (reach.kept == days{0})
    return {};
  const date_range kept{today - reach.kept + days{1}, today};
  const auto* ledger = find(ledgers, kind);
  if (ledger == nullptr)
    return {kept};
  auto known = ledger->settled;
  if (ledger->unconfirmed_on && *ledger->unconfirmed_on >= today)
    for (const auto& range : ledger->unconfirmed.ranges())
      known.add(range);
  // What failed since is wanted again, whatever was found there before.
  for (const auto& failure : ledger->failed)
    if (is_mended_by_waiting(failure.reason.code))
      for (const auto& range : failure.days.ranges())
        known.remove(range);
  return known.missing_in(kept);
}

std::optional<instant> next_loss(const std::vector<stream_coverage>& ledgers, date today) {
  std::optional<instant> next;
  if (ledgers.empty())
    return next;
  for (const auto kind : all_streams) {
    const auto kept = reach_of(kind).kept;
    if (kept == days{0})
      continue;
    day_set known;
    // Of a stream without a ledger nothing was fetched yet.
    if (const auto* ledger = find(ledgers, kind)) {
      known = ledger->settled;
      for (const auto& failure : ledger->failed)
        if (!is_mended_by_waiting(failure.reason.code))
          for (const auto& range : failure.days.ranges())
            known.add(range);
    }
    const auto open = known.missing_in({today - kept + days{1}, today});
    if (open.empty())
      continue;
    const instant lost_at = open.front().first + kept;
    next = next ? std::min(*next, lost_at) : lost_at;
  }
  return next;
}

std::string_view to_string(coverage_state state) {
  switch (state) {
  case coverage_state::complete:
    return "complete";
  case coverage_state::partial:
    return "partial";
  case coverage_state::missing:
    return "missing";
  case coverage_state::not_available:
    return "not_available";
  case coverage_state::error:
    return "error";
  }
  return "missing";
}

std::vector<day_coverage> judge_days(const stream_coverage& ledger, const day_set& present,
                                     date_range range, date today) {
  std::vector<day_coverage> judged;
  for (auto day = range.first; day <= range.last; day += days{1})
    judged.push_back(judge_day(ledger, present.contains(day), day, today));
  return judged;
}

} // namespace polar_flow
