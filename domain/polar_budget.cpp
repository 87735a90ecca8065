#include "domain/polar_budget.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace polar_flow {
namespace {

/// Answers take time, so what they tell of one window's reset differs by as much. The next window's
/// is a whole length later: half of that tells them apart, however slow an answer was.
std::chrono::seconds reset_tolerance(std::chrono::seconds length) {
  return length / 2;
}

/// The clocks of two nodes, and ours and Polar's, differ a little; a window that ends a second
/// late costs a thousandth of it, one that ends early costs a 429.
constexpr std::chrono::seconds reset_slack{1};

/// The share of a quarter of an hour that a priority leaves free at the window's start.
double quarter_hour_reserve(sync_priority priority) {
  switch (priority) {
  case sync_priority::critical:
    return 0;
  case sync_priority::high:
    return 0.10;
  case sync_priority::normal:
    return 0.25;
  case sync_priority::low:
    return 0.50;
  }
  return 0.50;
}

/// The same for the day. A quarter of an hour holds a fifth of the day's permits, so what is due
/// by routine would burn any larger share in the day's first hour, and whoever is due later would
/// wait longer than others for the rest of the day. Routine therefore keeps an even pace, half an
/// hour ahead of the clock; the more urgent may be further ahead.
double day_reserve(sync_priority priority) {
  switch (priority) {
  case sync_priority::critical:
    return 0;
  case sync_priority::high:
    return 0.75;
  case sync_priority::normal:
    return 0.90;
  case sync_priority::low:
    return 0.98;
  }
  return 0.98;
}

/// What of `limit` may be used when `reserve` of it, shrinking linearly to nothing at the reset,
/// stays free.
double usable(std::int64_t limit, double reserve, double share_left) {
  return static_cast<double>(limit) * (1 - reserve * share_left);
}

/// A user who leaves lowers the limit at once, and we hear of it with the next answer. So the last
/// thousandth of a window is only for the critical.
double used_max(std::int64_t limit, sync_priority priority) {
  return static_cast<double>(priority == sync_priority::critical ? limit : limit - limit / 1000);
}

call_quota quota_of(const rate_window& told) {
  constexpr std::int64_t count_max = std::numeric_limits<std::int32_t>::max();
  const auto limit = std::clamp<std::int64_t>(told.limit, 0, count_max);
  const auto remaining = std::clamp<std::int64_t>(limit - told.used, 0, limit);
  return {static_cast<std::int32_t>(limit), static_cast<std::int32_t>(remaining)};
}

std::int64_t whole(double permits) {
  // A sum of fractions that is a whole number may come out a hair below it.
  constexpr double rounding = 1e-6;
  return static_cast<std::int64_t>(std::floor(permits + rounding));
}

} // namespace

std::int64_t quarter_hour_limit(std::size_t users) {
  return 500 + 20 * static_cast<std::int64_t>(users);
}

std::int64_t day_limit(std::size_t users) {
  return 5000 + 100 * static_cast<std::int64_t>(users);
}

// -- what Polar tells ------------------------------------------------------------------------

call_quotas quotas_of(const rate_headers& told) {
  call_quotas quotas;
  quotas.quarter_hour = quota_of(told.quarter_hour);
  if (told.day)
    quotas.day = quota_of(*told.day);
  return quotas;
}

window_news news_of(const rate_window& told, std::chrono::seconds length, instant now) {
  return {told.used, told.limit,
          now + std::clamp(told.until_reset, std::chrono::seconds{0}, length)};
}

void merge_news(std::optional<window_news>& known, const window_news& newer,
                std::chrono::seconds length) {
  const auto tolerance = reset_tolerance(length);
  if (!known || newer.reset_at > known->reset_at + tolerance) {
    known = newer;
    return;
  }
  if (newer.reset_at + tolerance < known->reset_at)
    return;
  known->used = std::max(known->used, newer.used);
  known->limit = newer.limit;
  known->reset_at = std::min(known->reset_at, newer.reset_at);
}

// -- one window ------------------------------------------------------------------------------

std::int64_t budget_window::used() const {
  return std::max<std::int64_t>(0, taken + drift);
}

double budget_window::share_left(instant now) const {
  if (!reset_at)
    return 1;
  const std::chrono::duration<double> until_reset = *reset_at - now;
  return std::clamp(until_reset / std::chrono::duration<double>{length}, 0.0, 1.0);
}

void budget_window::take(std::int64_t permits, instant now) {
  // Polar's window begins with the first call, so a little later than this; its answer will tell.
  if (!reset_at)
    reset_at = now + length;
  taken += permits;
  open += permits;
}

void budget_window::settle(std::int64_t granted_in, std::int64_t permits) {
  const bool is_late = granted_in + 1 == number;
  if (granted_in != number && !is_late)
    return;
  open -= std::min(open, permits);
  late = std::min(is_late ? late - std::min(late, permits) : late, open);
}

void budget_window::give_back(std::int64_t granted_in, std::int64_t permits) {
  const auto before = open;
  settle(granted_in, permits);
  taken -= before - open;
}

bool budget_window::is_over(const std::optional<window_news>& news, instant now) const {
  if (!reset_at)
    return false;
  if (now >= *reset_at + reset_slack)
    return true;
  return news && is_reset_told && news->reset_at > *reset_at + reset_tolerance(length);
}

std::int64_t budget_window::begin_next() {
  const auto given_up = late;
  open -= given_up;
  // What is open may still be sent: then Polar counts it in the window that begins.
  late = open;
  taken = open;
  told = 0;
  drift = 0;
  previous_reset_at = is_reset_told ? reset_at : std::nullopt;
  reset_at.reset();
  is_reset_told = false;
  ++number;
  return given_up;
}

void budget_window::give_up(std::int64_t permits) {
  open -= std::min(open, permits);
  late = std::min(late, open);
}

void budget_window::learn(const window_news& news) {
  if (previous_reset_at && news.reset_at <= *previous_reset_at + reset_tolerance(length))
    return;
  // A limit that permits nothing cannot be meant.
  if (news.limit > 0) {
    limit = news.limit;
    is_limit_told = true;
  }
  reset_at = is_reset_told ? std::min(*reset_at, news.reset_at) : news.reset_at;
  is_reset_told = true;
  told = std::max(told, news.used);
  // Polar has counted every call that has been answered, and perhaps some that are open. That
  // bounds the difference from both sides; within the bounds there is no reason to change it.
  drift = std::clamp(drift, told - taken, told - taken + open);
}

// -- both windows ----------------------------------------------------------------------------

double polar_budget::paced_at(instant now) const {
  if (!paced_since || !day.reset_at || *paced_since >= *day.reset_at)
    return 0;
  const std::chrono::duration<double> passed = now - *paced_since;
  const std::chrono::duration<double> whole_time = *day.reset_at - *paced_since;
  const auto left = static_cast<double>(std::max<std::int64_t>(0, day.limit - paced_from));
  return static_cast<double>(paced_from) + left * std::clamp(passed / whole_time, 0.0, 1.0);
}

std::int64_t polar_budget::room_for(sync_priority priority, instant now) const {
  if (closed_until && now < *closed_until)
    return 0;
  if (quarter_hour.is_over({}, now) || day.is_over({}, now)) {
    auto later = *this;
    later.roll(now);
    return later.room_for(priority, now);
  }
  const auto in_quarter_hour = std::min(
      usable(quarter_hour.limit, quarter_hour_reserve(priority), quarter_hour.share_left(now)),
      used_max(quarter_hour.limit, priority));
  const auto in_day = std::min(
      std::max(usable(day.limit, day_reserve(priority), day.share_left(now)), paced_at(now)),
      used_max(day.limit, priority));
  const auto room =
      std::min(whole(in_quarter_hour) - quarter_hour.used(), whole(in_day) - day.used());
  return std::max<std::int64_t>(0, room);
}

void polar_budget::roll(instant now) {
  budget_request nothing_told;
  nothing_told.now = now;
  roll(nothing_told);
}

void polar_budget::roll(const budget_request& request) {
  // A node that lives has told by the end of the next quarter of an hour what became of a permit.
  if (quarter_hour.is_over(request.quarter_hour, request.now))
    day.give_up(quarter_hour.begin_next());
  if (day.is_over(request.day, request.now)) {
    day.begin_next();
    paced_since.reset();
    paced_from = 0;
  }
  if (closed_until && request.now >= *closed_until)
    closed_until.reset();
}

void polar_budget::apply(const permit_fates& fates) {
  // These were given up before, in both windows.
  if (fates.granted_in.quarter_hour + 1 < quarter_hour.number)
    return;
  quarter_hour.settle(fates.granted_in.quarter_hour, fates.settled);
  quarter_hour.give_back(fates.granted_in.quarter_hour, fates.returned);
  day.settle(fates.granted_in.day, fates.settled);
  day.give_back(fates.granted_in.day, fates.returned);
}

budget_grant polar_budget::exchange(const budget_request& request) {
  const auto now = request.now;
  roll(request);
  // Polar knows better how many users it counts; our formula serves until it has told.
  if (!quarter_hour.is_limit_told)
    quarter_hour.limit = quarter_hour_limit(request.users);
  if (!day.is_limit_told)
    day.limit = day_limit(request.users);
  for (const auto& fates : request.fates)
    apply(fates);
  if (request.quarter_hour)
    quarter_hour.learn(*request.quarter_hour);
  if (request.day)
    day.learn(*request.day);
  if (request.closed_until && *request.closed_until > now)
    closed_until = std::max(closed_until.value_or(*request.closed_until), *request.closed_until);

  budget_grant grant;
  grant.granted_in = {quarter_hour.number, day.number};
  for (std::size_t level = 0; level < priority_count; ++level) {
    // Half of what is left, so that another node's turn finds something.
    const auto room = room_for(static_cast<sync_priority>(level), now);
    const auto permits = std::min(request.wanted[level], (room + 1) / 2);
    if (permits <= 0)
      continue;
    quarter_hour.take(permits, now);
    day.take(permits, now);
    grant.permits[level] = permits;
  }
  const auto even_pace = usable(day.limit, day_reserve(sync_priority::low), day.share_left(now));
  if (static_cast<double>(day.used()) > std::max(even_pace, paced_at(now))) {
    paced_from = day.used();
    paced_since = now;
  }
  return grant;
}

} // namespace polar_flow
