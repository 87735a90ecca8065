#include "actors/permit_slice.hpp"

#include "actors/limits.hpp"

#include <algorithm>
#include <numeric>

namespace polar_flow::actors {
namespace {

std::int64_t sum(const counts_by_priority& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

} // namespace

bool permit_slice::is_void(const batch& some, instant now) const {
  return budget_
         && (some.granted_in.quarter_hour != budget_->quarter_hour.number
             || budget_->quarter_hour.is_over({}, now));
}

bool permit_slice::is_idle(instant now) const {
  return !last_use_ || now >= *last_use_ + limits::permit_idle_time;
}

permit_slice::batch* permit_slice::oldest_under_way() {
  const auto place = std::find_if(batches_.begin(), batches_.end(),
                                  [](const batch& some) { return some.under_way > 0; });
  return place == batches_.end() ? nullptr : &*place;
}

void permit_slice::return_ready(batch& some) {
  some.returned += sum(some.ready);
  some.ready = {};
}

// -- permits ---------------------------------------------------------------------------------

bool permit_slice::hand_out(sync_priority priority, instant now) {
  if (is_closed(now))
    return false;
  for (auto& some : batches_) {
    if (is_void(some, now))
      continue;
    // What was granted to the least urgent goes first: it is of use to the fewest.
    for (auto level = priority_count; level-- > static_cast<std::size_t>(priority);)
      if (some.ready[level] > 0) {
        --some.ready[level];
        ++some.under_way;
        last_use_ = now;
        return true;
      }
  }
  return false;
}

void permit_slice::take_back() {
  auto* some = oldest_under_way();
  if (some == nullptr)
    return;
  --some->under_way;
  // Whose it was is not known any more, so only the most urgent may have it without asking.
  ++some->ready[static_cast<std::size_t>(sync_priority::critical)];
}

void permit_slice::settle(const std::optional<rate_headers>& headers, instant now) {
  auto* some = oldest_under_way();
  if (some != nullptr) {
    --some->under_way;
    ++(headers ? some->settled : some->silent);
  }
  if (!headers) {
    last_silence_ = now;
    return;
  }
  merge_news(quarter_hour_news_, news_of(headers->quarter_hour, quarter_hour_length, now),
             quarter_hour_length);
  if (headers->day)
    merge_news(day_news_, news_of(*headers->day, day_length, now), day_length);
  // If Polar ever counted those that ended in silence, it had by the time it gave this answer.
  if (last_silence_ && now >= *last_silence_ + limits::silent_call_doubt)
    for (auto& other : batches_) {
      other.settled += other.silent;
      other.silent = 0;
    }
}

void permit_slice::close(std::chrono::seconds wait, instant now) {
  const auto until = now + wait;
  closed_until_ = std::max(closed_until_.value_or(until), until);
}

bool permit_slice::is_closed(instant now) const {
  return (closed_until_ && now < *closed_until_)
         || (budget_ && budget_->closed_until && now < *budget_->closed_until);
}

std::int64_t permit_slice::held() const {
  std::int64_t count = 0;
  for (const auto& some : batches_)
    count += sum(some.ready) + some.under_way;
  return count;
}

// -- the shared budget -----------------------------------------------------------------------

budget_request permit_slice::make_request(const counts_by_priority& waiting, std::size_t users,
                                          instant now) {
  budget_request request;
  request.now = now;
  request.users = users;
  for (std::size_t level = 0; level < priority_count; ++level)
    request.wanted[level] =
        is_closed(now) ? 0 : std::min(waiting[level], limits::permits_per_request_max);
  for (auto& some : batches_) {
    // Those who wait could not have what is ready, and it may be good for others.
    if (is_void(some, now) || is_idle(now) || sum(waiting) > 0)
      return_ready(some);
    if (some.settled > 0 || some.returned > 0)
      request.fates.push_back({some.granted_in, some.settled, some.returned});
    some.settled = 0;
    some.returned = 0;
  }
  std::erase_if(batches_, [this](const batch& some) {
    // After two windows the budget has given up what it has not heard of.
    const bool is_forgotten =
        budget_ && some.granted_in.quarter_hour + 1 < budget_->quarter_hour.number;
    return is_forgotten || (sum(some.ready) == 0 && some.under_way == 0 && some.silent == 0);
  });
  request.quarter_hour = quarter_hour_news_;
  request.day = day_news_;
  request.closed_until = closed_until_;
  return request;
}

void permit_slice::apply(const budget_request& request, const budget_grant& grant,
                         const polar_budget& left, instant now) {
  budget_ = left;
  if (quarter_hour_news_ == request.quarter_hour)
    quarter_hour_news_.reset();
  if (day_news_ == request.day)
    day_news_.reset();
  if (closed_until_ == request.closed_until)
    closed_until_.reset();
  if (sum(grant.permits) == 0)
    return;
  last_use_ = now;
  if (batches_.empty() || batches_.back().granted_in != grant.granted_in)
    batches_.push_back({grant.granted_in, {}});
  for (std::size_t level = 0; level < priority_count; ++level)
    batches_.back().ready[level] += grant.permits[level];
}

bool permit_slice::has_news(instant now) const {
  if (quarter_hour_news_ || day_news_ || (closed_until_ && now < *closed_until_))
    return true;
  return std::any_of(batches_.begin(), batches_.end(), [&](const batch& some) {
    return some.settled > 0 || some.returned > 0
           || (sum(some.ready) > 0 && (is_void(some, now) || is_idle(now)));
  });
}

void permit_slice::retire() {
  for (auto& some : batches_)
    return_ready(some);
}

bool permit_slice::is_plenty_for(const counts_by_priority& waiting, instant now) const {
  if (is_closed(now))
    return false;
  std::int64_t before = 0;
  for (std::size_t level = 0; level < priority_count; ++level) {
    if (waiting[level] == 0)
      continue;
    before += waiting[level];
    // A turn gets half of what is left at most.
    if (!budget_ || budget_->room_for(static_cast<sync_priority>(level), now) >= 2 * before)
      return true;
  }
  return false;
}

bool permit_slice::could_take(sync_priority priority, instant now) const {
  return !is_closed(now) && budget_ && budget_->room_for(priority, now) > 0;
}

} // namespace polar_flow::actors
