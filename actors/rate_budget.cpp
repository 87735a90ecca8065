#include "actors/rate_budget.hpp"

#include <algorithm>

namespace polar_flow::actors {
namespace {

constexpr std::chrono::seconds quarter_hour_length = std::chrono::minutes{15};
constexpr std::chrono::seconds day_length = std::chrono::hours{24};

/// Two answers tell the reset of one window within seconds of each other; a reset that is later
/// than ours by more than this belongs to the next window.
constexpr std::chrono::seconds reset_tolerance{30};

std::int64_t quarter_hour_limit(std::size_t users) {
  return 500 + 20 * static_cast<std::int64_t>(users);
}

std::int64_t day_limit(std::size_t users) {
  return 5000 + 100 * static_cast<std::int64_t>(users);
}

} // namespace

double reserve_of(sync_priority priority) {
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

// -- one window ------------------------------------------------------------------------------

rate_window_account::rate_window_account(std::chrono::seconds length, std::int64_t limit)
    : length_{length}, limit_{limit} {
  // nop
}

std::int64_t rate_window_account::used() const {
  return told_ + settled_ + under_way_;
}

bool rate_window_account::allows(double reserve, instant now) const {
  double share_left = 1;
  if (reset_at_) {
    const std::chrono::duration<double> until_reset = *reset_at_ - now;
    const std::chrono::duration<double> length = length_;
    share_left = std::clamp(until_reset / length, 0.0, 1.0);
  }
  const auto usable = static_cast<double>(limit_) * (1 - reserve * share_left);
  return static_cast<double>(used() + 1) <= usable;
}

void rate_window_account::roll(instant now) {
  if (!reset_at_ || now < *reset_at_)
    return;
  // Requests still under way may count in the new window; their answers will tell.
  told_ = 0;
  settled_ = 0;
  under_way_ = 0;
  reset_at_.reset();
}

void rate_window_account::take(instant now) {
  if (!reset_at_)
    reset_at_ = now + length_;
  ++under_way_;
}

void rate_window_account::give_back() {
  // After a roll the permit belonged to the window before.
  under_way_ = std::max<std::int64_t>(0, under_way_ - 1);
}

void rate_window_account::settle() {
  give_back();
  ++settled_;
}

void rate_window_account::learn(const polar::rate_window& told, instant now) {
  // Nonsense must not close the budget for ever: a window is not longer than its length, and a
  // limit that permits nothing cannot be meant.
  const auto told_reset = now + std::min(told.until_reset, length_);
  const bool is_new_window = !reset_at_ || told_reset > *reset_at_ + reset_tolerance;
  // Answers overtake each other, so within a window the larger number is the newer one.
  told_ = is_new_window ? told.used : std::max(told_, told.used);
  settled_ = 0;
  if (told.limit > 0) {
    limit_ = told.limit;
    is_limit_told_ = true;
  }
  reset_at_ = told_reset;
}

void rate_window_account::set_expected_limit(std::int64_t limit) {
  // Polar knows better how many users it counts; our formula serves until it has told.
  if (!is_limit_told_)
    limit_ = limit;
}

// -- both windows ----------------------------------------------------------------------------

rate_budget::rate_budget(std::size_t users)
    : quarter_hour_{quarter_hour_length, quarter_hour_limit(users)},
      day_{day_length, day_limit(users)} {
  // nop
}

void rate_budget::set_users(std::size_t users) {
  quarter_hour_.set_expected_limit(quarter_hour_limit(users));
  day_.set_expected_limit(day_limit(users));
}

bool rate_budget::could_take(sync_priority priority, instant now) {
  if (closed_until_ && now < *closed_until_)
    return false;
  closed_until_.reset();
  quarter_hour_.roll(now);
  day_.roll(now);
  const auto reserve = reserve_of(priority);
  return quarter_hour_.allows(reserve, now) && day_.allows(reserve, now);
}

bool rate_budget::try_take(sync_priority priority, instant now) {
  if (!could_take(priority, now))
    return false;
  quarter_hour_.take(now);
  day_.take(now);
  return true;
}

void rate_budget::give_back() {
  quarter_hour_.give_back();
  day_.give_back();
}

void rate_budget::settle(const std::optional<polar::rate_headers>& headers, instant now) {
  quarter_hour_.settle();
  day_.settle();
  if (!headers)
    return;
  quarter_hour_.learn(headers->quarter_hour, now);
  if (headers->day)
    day_.learn(*headers->day, now);
}

void rate_budget::close(std::chrono::seconds wait, instant now) {
  const auto until = now + wait;
  if (!closed_until_ || *closed_until_ < until)
    closed_until_ = until;
}

} // namespace polar_flow::actors
