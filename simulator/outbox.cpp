#include "simulator/outbox.hpp"

#include "simulator/webhook_book.hpp"

#include <algorithm>

namespace polar_flow::simulator {

namespace {

/// A day of news of a hundred thousand athletes.
constexpr std::size_t waiting_max = 1'000'000;

constexpr std::chrono::seconds first_pause{2};
constexpr std::chrono::seconds longest_pause{3600};

std::chrono::seconds pause_after(int attempts) {
  // Eleven doublings of two seconds are more than an hour.
  const int doublings = std::min(attempts - 1, 11);
  return std::min(first_pause * (1 << doublings), longest_pause);
}

} // namespace

void outbox::add(notification what, instant now) {
  if (waiting_.size() >= waiting_max)
    waiting_.erase(waiting_.begin());
  waiting_.emplace(std::pair{now, ++queued_}, entry{std::move(what), now});
}

const notification* outbox::start(instant now) {
  if (under_way_ || waiting_.empty() || waiting_.begin()->first.first > now)
    return nullptr;
  under_way_ = *waiting_.begin();
  waiting_.erase(waiting_.begin());
  return &under_way_->second.what;
}

void outbox::settle(bool is_taken, instant now) {
  if (!under_way_)
    return;
  auto [where, tried] = *std::move(under_way_);
  under_way_.reset();
  ++(is_taken ? taken_ : refused_);
  if (is_taken || now - tried.queued >= webhook_patience)
    return;
  where.first = now + pause_after(++tried.attempts);
  waiting_.emplace(where, std::move(tried));
}

void outbox::clear() {
  waiting_.clear();
  under_way_.reset();
}

} // namespace polar_flow::simulator
