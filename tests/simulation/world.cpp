#include "tests/simulation/world.hpp"

#include "actors/limits.hpp"

#include <algorithm>
#include <cmath>

namespace polar_flow::simulation {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr instant first_moment = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};

/// Users before the start were synced within so much time.
constexpr std::chrono::seconds first_spread = hours{1};

// How people are: three in four send every day, one in seven now and then, the rest not any more.
constexpr double share_daily = 0.75;
constexpr double share_now_and_then = 0.15;
constexpr double share_of_readers = 0.40;
/// Watches lie in their drawers for up to so many days when the simulation begins.
constexpr int drawer_days_max = 40;

/// Of the users, per day: who joins, who revokes; half of those who revoked come back within a day.
constexpr double joins_per_day = 0.005;
constexpr double revocations_per_day = 0.002;
constexpr double returns_per_day = 0.5;

/// Webhook events of a daily user: a night, an activity, an exercise every second day.
constexpr double events_per_day = 2.5;

/// Watches send an exercise that is not known yet with every second day of data.
constexpr double exercises_per_day = 0.5;

constexpr double deaths_per_day = 2;

} // namespace

world::world(const scenario& what, const plan_costs& costs)
    : what_{what}, costs_{costs}, random_{what.seed}, now_{first_moment} {
  node_settings settings;
  settings.parallel_syncs = what.parallel_syncs;
  for (std::size_t i = 0; i < what.nodes; ++i) {
    nodes_.push_back(std::make_unique<node>(settings, *this, ledger_, polar_));
    turns_.push_back(nodes_.back().get());
  }
  people_.reserve(static_cast<std::size_t>(what.users + what.users / 8));
  for (std::int32_t i = 0; i < what.users; ++i)
    add_person(now_, false);
  polar_.on_window_end = [this](const model_window& window) {
    end_window(window);
  };
  if (what.has_outages)
    plan_outages();
}

node& world::home_of(std::uint32_t index) {
  return *nodes_[index % nodes_.size()];
}

/// How often something happens in this second that happens so often a day.
std::int32_t world::happens(double per_day) {
  return std::poisson_distribution<std::int32_t>{per_day / 86400}(random_);
}

std::uint32_t world::anybody() {
  return static_cast<std::uint32_t>(random_() % people_.size());
}

// -- people ----------------------------------------------------------------------------------

void world::add_person(instant now, bool is_new) {
  const auto index = static_cast<std::uint32_t>(people_.size());
  auto& someone = people_.emplace_back();
  const auto draw = std::uniform_real_distribution<>{}(random_);
  someone.watch = draw < share_daily                        ? habit::daily
                  : draw < share_daily + share_now_and_then ? habit::now_and_then
                                                            : habit::drawer;
  someone.is_reader = std::bernoulli_distribution{share_of_readers}(random_);
  someone.rhythm = static_cast<std::int32_t>(someone.watch == habit::daily ? random_() % 24
                                                                           : 2 + random_() % 10);
  const auto today = std::chrono::floor<days>(now);
  someone.last_worn = today - days{static_cast<int>(random_() % drawer_days_max)};
  someone.waits_since = now;
  auto& record = someone.record;
  record.id = user_id{std::to_string(index)};
  record.has_token = true;
  ++registered_;
  someone.newest_known = newest_sent(someone);
  record.last_new_data_at = someone.newest_known + hours{20};
  if (someone.is_reader)
    record.last_read_at = now;
  if (is_new) {
    record.last_new_data_at.reset();
    home_of(index).queue.put_at_once(record, now);
    return;
  }
  record.last_synced_at =
      now - std::chrono::seconds{random_() % static_cast<std::uint64_t>(first_spread.count())};
  someone.last_success = record.last_synced_at;
  home_of(index).queue.put(record, now);
}

date world::newest_sent(const person& someone) const {
  const auto today = std::chrono::floor<days>(now_);
  switch (someone.watch) {
  case habit::daily:
    return now_ - today < hours{someone.rhythm} ? today - days{1} : today;
  case habit::now_and_then: {
    const auto number = today.time_since_epoch().count();
    return today - days{number % someone.rhythm};
  }
  case habit::drawer:
    return someone.last_worn;
  }
  return today;
}

// -- syncs -----------------------------------------------------------------------------------

std::int32_t world::begin_sync(std::uint32_t index, sync_priority priority, instant now) {
  auto& someone = people_[index];
  auto& record = someone.record;
  const auto since = record.last_synced_at.value_or(someone.waits_since);
  seen_.staleness[static_cast<std::size_t>(priority)].add(
      std::chrono::floor<std::chrono::seconds>(now - since));
  // The first answer is a 401.
  if (someone.is_revoked)
    return 1;
  if (!record.last_synced_at)
    return costs_.first;
  const auto sent = newest_sent(someone);
  const auto lag = static_cast<std::size_t>((std::chrono::floor<days>(now) - sent).count());
  auto calls = costs_.later[std::min(lag, lags - 1)];
  if (sent > someone.newest_known) {
    // Days that came at once: a heart rate for each, and the details of their exercises.
    const auto came = static_cast<std::int32_t>((sent - someone.newest_known).count());
    calls += came - 1;
    calls += std::binomial_distribution<std::int32_t>{came, exercises_per_day}(random_);
  }
  return calls;
}

void world::end_sync(const sync_run& run, instant now) {
  auto& someone = people_[run.person];
  if (run.is_news) {
    seen_.calls.news += run.calls_made;
    return;
  }
  ++seen_.syncs;
  auto& record = someone.record;
  if (record.last_synced_at) {
    seen_.calls.scheduled += run.calls_made;
  } else {
    seen_.calls.first += run.calls_made;
    ++seen_.first_syncs;
  }
  record.last_synced_at = now;
  if (someone.is_revoked) {
    record.state = connection_state::needs_reauthorization;
    revoked_.push_back(run.person);
  } else if (run.lost > 0) {
    ++seen_.failed_syncs;
    ++record.consecutive_failures;
    // As backoff_delay: doubled with every failure, up to half of it taken off.
    const auto doublings = std::min(record.consecutive_failures - 1, 10);
    const std::chrono::seconds longest = std::min<std::chrono::seconds>(
        actors::limits::backoff_first * (1 << doublings), actors::limits::backoff_max);
    const auto off =
        static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(longest.count() / 2));
    record.not_before = now + longest - std::chrono::seconds{off};
  } else {
    note_gap(someone, now);
    someone.last_success = now;
    record.consecutive_failures = 0;
    record.not_before.reset();
    const auto sent = newest_sent(someone);
    const auto today = std::chrono::floor<days>(now);
    if (sent > someone.newest_known || !record.last_new_data_at)
      record.last_new_data_at = now;
    someone.newest_known = sent;
    const auto lag = static_cast<std::size_t>((today - sent).count());
    record.next_loss_at = today + hours{costs_.hours_to_loss[std::min(lag, lags - 1)]};
  }
  if (someone.is_reader)
    record.last_read_at = now;
  home_of(run.person).queue.put(record, now);
}

void world::note_gap(const person& someone, instant until) {
  if (!someone.last_success) {
    seen_.first_waits.add(std::chrono::floor<std::chrono::seconds>(until - someone.waits_since));
    return;
  }
  const auto since = *someone.last_success;
  const auto gap = std::chrono::floor<std::chrono::seconds>(until - since);
  const bool met_outage = std::any_of(outages_.begin(), outages_.end(), [&](const outage& one) {
    return one.from < until && since < one.until;
  });
  // Who was dormant when the gap began or became so meanwhile is due once a day.
  const bool was_dormant = actors::is_dormant(someone.record, until);
  (was_dormant ? seen_.dormant_gaps : seen_.gaps).at(met_outage).add(gap);
}

// -- what happens ----------------------------------------------------------------------------

void world::plan_outages() {
  // One of each kind in every three days, one to four hours long.
  for (int day = 1; day < what_.days; day += 3)
    for (const auto sky : {weather::server_errors, weather::no_answer}) {
      const auto from = first_moment + days{day} + hours{random_() % 48};
      const auto length = std::chrono::minutes{60 + random_() % 180};
      outages_.push_back({from, from + length, sky});
      seen_.outage_max = std::max<std::chrono::seconds>(seen_.outage_max, length);
    }
}

void world::change_weather() {
  polar_.sky = weather::fine;
  for (const auto& one : outages_)
    if (one.from <= now_ && now_ < one.until)
      polar_.sky = one.sky;
}

void world::let_others_call() {
  outside_owed_ += what_.outside_share * static_cast<double>(polar_.day().limit) / 86400;
  for (; outside_owed_ >= 1; --outside_owed_)
    polar_.call(now_);
  // And once a day they take all that is left, in one second.
  const auto& day = polar_.day();
  if (day.used > 0 && now_ == day.began + day.length - closed_by_others)
    for (auto left = day.limit - day.used; left > 0; --left)
      polar_.call(now_);
}

void world::turn_over() {
  const auto users = static_cast<double>(people_.size());
  for (auto left = happens(joins_per_day * users); left > 0; --left)
    add_person(now_, true);
  for (auto left = happens(revocations_per_day * users); left > 0; --left) {
    auto& someone = people_[anybody()];
    if (!someone.is_revoked)
      --registered_;
    someone.is_revoked = true;
  }
  for (auto left = happens(returns_per_day * static_cast<double>(revoked_.size())); left > 0;
       --left) {
    const auto index = revoked_.back();
    revoked_.pop_back();
    auto& someone = people_[index];
    someone.is_revoked = false;
    someone.last_success.reset();
    someone.waits_since = now_;
    someone.record.state = connection_state::connected;
    ++registered_;
    home_of(index).queue.put_at_once(someone.record, now_);
  }
}

void world::announce_news() {
  const bool is_on = (now_ - first_moment) / hours{12} % 2 == 1;
  if (!is_on)
    return;
  const auto daily = share_daily * static_cast<double>(people_.size());
  for (auto left = happens(events_per_day * daily); left > 0; --left) {
    const auto index = anybody();
    const auto kind = random_() % 5;
    if (!people_[index].is_revoked)
      home_of(index).start_news(index, costs_.news[kind < 2 ? 0 : kind < 4 ? 1 : 2]);
  }
}

void world::let_die() {
  for (auto left = happens(deaths_per_day); left > 0; --left) {
    ++seen_.deaths;
    auto& dying = *nodes_[random_() % nodes_.size()];
    for (const auto index : dying.die())
      dying.queue.put_at_once(people_[index].record, now_);
  }
}

// -- time ------------------------------------------------------------------------------------

void world::tick() {
  change_weather();
  polar_.set_users(registered_);
  polar_.roll(now_);
  if (what_.outside_share > 0)
    let_others_call();
  if (what_.has_turnover)
    turn_over();
  if (what_.has_webhooks)
    announce_news();
  if (what_.has_deaths)
    let_die();
  const auto users = static_cast<std::size_t>(registered_) / nodes_.size();
  // Whose turn comes first is chance.
  std::shuffle(turns_.begin(), turns_.end(), random_);
  for (auto* one : turns_)
    one->tick(users, now_);
  watch_windows();
}

void world::watch_windows() {
  const bool is_somebody_due = std::any_of(
      nodes_.begin(), nodes_.end(), [](const auto& one) { return one->leaves_somebody_due(); });
  const bool is_slot_limited = std::any_of(nodes_.begin(), nodes_.end(),
                                           [](const auto& one) { return one->is_slot_limited(); });
  for (auto* window : {&quarter_hour_, &day_}) {
    ++window->ticks;
    window->ticks_due += is_somebody_due;
    window->ticks_fine += polar_.sky == weather::fine;
    window->is_due_at_end = is_somebody_due;
    window->is_slot_limited_at_end = is_slot_limited;
  }
}

void world::end_window(const model_window& window) {
  const bool is_day = window.length > quarter_hour_length;
  auto& record = is_day ? day_ : quarter_hour_;
  record.used = window.used;
  record.limit = window.limit;
  if (is_day) {
    seen_.days.push_back(record);
    census count;
    for (const auto& someone : people_)
      if (!someone.is_revoked) {
        ++count.connected;
        count.dormant += actors::is_dormant(someone.record, now_);
      }
    seen_.censuses.push_back(count);
  } else {
    const auto& day = polar_.day();
    record.day_used = day.used;
    // Routine may use 2 % of the day at once and the rest evenly.
    const std::chrono::duration<double> passed = window.began + window.length - day.began;
    const auto share = 0.02 + 0.98 * std::clamp(passed / day.length, 0.0, 1.0);
    record.day_share = share * static_cast<double>(day.limit);
    seen_.quarter_hours.push_back(record);
  }
  record = {};
}

void world::finish() {
  for (const auto& someone : people_)
    if (!someone.is_revoked)
      note_gap(someone, now_);
  for (const auto& one : nodes_)
    seen_.refusals += one->refusals();
}

statistics world::live() {
  const auto end = first_moment + days{what_.days} + std::chrono::minutes{1};
  for (; now_ < end; now_ += std::chrono::seconds{1})
    tick();
  finish();
  return std::move(seen_);
}

} // namespace polar_flow::simulation
