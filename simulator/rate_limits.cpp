#include "simulator/rate_limits.hpp"

#include <string>

namespace polar_flow::simulator {

namespace {

std::string pair_text(std::uint64_t left, std::uint64_t right) {
  return std::to_string(left) + ", " + std::to_string(right);
}

std::uint64_t seconds_left(instant end, instant now) {
  const auto left = std::chrono::ceil<std::chrono::seconds>(end - now).count();
  return left > 0 ? static_cast<std::uint64_t>(left) : 0;
}

} // namespace

rate_limits::rate_limits(limit_overrides overrides) : overrides_(overrides) {
  // nop
}

bool rate_limits::take(instant now, std::uint64_t registered_users) {
  roll(short_, now);
  roll(long_, now);
  if (short_.used >= short_limit(registered_users) || long_.used >= long_limit(registered_users))
    return false;
  ++short_.used;
  ++long_.used;
  return true;
}

void rate_limits::append_headers(headers& list, instant now, std::uint64_t registered_users,
                                 distortion shown) {
  roll(short_, now);
  roll(long_, now);
  const auto limit = short_limit(registered_users);
  list.emplace_back("RateLimit-Usage",
                    pair_text(shown.is_exhausted ? limit : short_.used, long_.used));
  list.emplace_back("RateLimit-Limit", pair_text(limit, long_limit(registered_users)));
  const auto believed = now + shown.clock_skew;
  list.emplace_back("RateLimit-Reset",
                    pair_text(seconds_left(short_.start + short_.length, believed),
                              seconds_left(long_.start + long_.length, believed)));
}

void rate_limits::roll(window& which, instant now) const {
  // A clock that was turned back begins a new window too: virtual clocks may jump.
  if (which.used == 0 || now >= which.start + which.length || now < which.start) {
    which.start = now;
    which.used = 0;
  }
}

std::uint64_t rate_limits::short_limit(std::uint64_t registered_users) const {
  return overrides_.short_limit.value_or(short_limit_base
                                         + short_limit_per_user * registered_users);
}

std::uint64_t rate_limits::long_limit(std::uint64_t registered_users) const {
  return overrides_.long_limit.value_or(long_limit_base + long_limit_per_user * registered_users);
}

} // namespace polar_flow::simulator
