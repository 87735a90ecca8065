#pragma once

#include "domain/sync.hpp"

#include <cstdint>
#include <deque>
#include <vector>

namespace polar_flow::actors {

/// The newest events of one user's syncs, for clients that watch. Pure.
class event_log {
public:
  /// Numbers the event and keeps it; the oldest one may go.
  void add(sync_event event);

  /// The events after the number `after`, oldest first. A number that was never given out comes
  /// from before a restart: then everything that is kept.
  std::vector<sync_event> after(std::uint64_t number) const;

  /// The events of the sync that the newest event is about.
  std::vector<sync_event> of_newest_sync() const;

  std::uint64_t last_number() const {
    return last_number_;
  }

private:
  std::deque<sync_event> events_;
  std::uint64_t last_number_ = 0;
};

/// A first sync makes about 120 requests, each of them an event; a client that lost its connection
/// for that long sees how it ended.
inline constexpr std::size_t events_kept_max = 256;

} // namespace polar_flow::actors
