#include "domain/api_keys.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace polar_flow {

namespace {

/// As the server whose API we serve: keys are counted per hour.
constexpr std::uint32_t window_seconds = 3600;

constexpr std::int64_t never_used_us = std::numeric_limits<std::int64_t>::min();

/// The two halves of the atomic word.
struct window {
  std::uint32_t ends_at_s = 0;
  std::uint32_t slots_left = 0;
};

std::uint64_t pack(window parts) {
  return (std::uint64_t{parts.ends_at_s} << 32) | parts.slots_left;
}

window unpack(std::uint64_t word) {
  return {static_cast<std::uint32_t>(word >> 32), static_cast<std::uint32_t>(word)};
}

/// Whole seconds since the epoch, clamped to what the word holds (until the year 2106, less a
/// window, so that adding one cannot wrap).
std::uint32_t to_epoch_seconds(instant moment) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
  constexpr std::int64_t seconds_max = std::numeric_limits<std::uint32_t>::max() - window_seconds;
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(static_cast<std::int64_t>(seconds), 0, seconds_max));
}

std::uint32_t limit_of(const api_key_record& record) {
  return static_cast<std::uint32_t>(std::max(record.rate_limit_requests, 0));
}

window initial_window(const api_key_record& record) {
  if (!record.rate_limit_reset_at)
    return {0, limit_of(record)};
  // The limit may have been lowered since the counter was stored.
  const auto stored = static_cast<std::uint32_t>(std::max(record.rate_limit_remaining, 0));
  return {to_epoch_seconds(*record.rate_limit_reset_at), std::min(stored, limit_of(record))};
}

std::int64_t initial_last_used_us(const api_key_record& record) {
  return record.last_used_at ? record.last_used_at->time_since_epoch().count() : never_used_us;
}

rate_limit_state to_state(const api_key_record& record, window current, bool allowed) {
  return {.limit = static_cast<std::int32_t>(limit_of(record)),
          .remaining = static_cast<std::int32_t>(current.slots_left),
          .reset_at = instant{std::chrono::seconds{current.ends_at_s}},
          .allowed = allowed};
}

} // namespace

key_entry::key_entry(api_key_record record)
    : window_{pack(initial_window(record))}, last_used_us_{initial_last_used_us(record)},
      record_{std::move(record)} {
  // nop
}

rate_limit_state key_entry::take(instant now) {
  const auto now_s = to_epoch_seconds(now);
  std::uint64_t seen = window_.load(std::memory_order_relaxed);
  window next;
  bool allowed = false;
  do {
    next = unpack(seen);
    if (next.ends_at_s <= now_s)
      next = {now_s + window_seconds, limit_of(record_)};
    allowed = next.slots_left > 0;
    if (allowed)
      --next.slots_left;
  } while (!window_.compare_exchange_weak(seen, pack(next), std::memory_order_relaxed));
  last_used_us_.store(now.time_since_epoch().count(), std::memory_order_relaxed);
  // Last, and released: whoever sees the mark also sees what it stands for.
  dirty_.store(true, std::memory_order_release);
  return to_state(record_, next, allowed);
}

rate_limit_state key_entry::peek(instant now) const {
  auto current = unpack(window_.load(std::memory_order_relaxed));
  // A window that is over keeps its end, so that storing it does not begin a new one.
  if (current.ends_at_s <= to_epoch_seconds(now))
    current.slots_left = limit_of(record_);
  return to_state(record_, current, current.slots_left > 0);
}

bool key_entry::fetch_dirty() {
  return dirty_.exchange(false, std::memory_order_acquire);
}

std::optional<instant> key_entry::last_used_at() const {
  const auto microseconds = last_used_us_.load(std::memory_order_relaxed);
  if (microseconds == never_used_us)
    return std::nullopt;
  return instant{std::chrono::microseconds{microseconds}};
}

} // namespace polar_flow
