#pragma once

#include "domain/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace polar_flow::simulator {

/// A message to the webhook. It is signed when it is sent, with the secret of that moment.
struct notification {
  std::string event;
  std::string body;
  bool has_wrong_signature = false;
};

/// Notifications on their way, delivered one after the other so that their order is the one they
/// were queued in. One that is not taken is tried again after pauses that double up to an hour,
/// for as long as the webhook is given.
class outbox {
public:
  /// When the outbox is full the oldest notification is lost.
  void add(notification what, instant now);

  /// The first one that is due; it is on its way until `settle`.
  const notification* start(instant now);

  /// What became of the one that is on its way.
  void settle(bool is_taken, instant now);

  void clear();

  /// How many are not delivered yet, the one on its way included.
  std::size_t waiting() const {
    return waiting_.size() + (under_way_ ? 1 : 0);
  }
  std::uint64_t taken() const {
    return taken_;
  }
  /// Attempts that failed.
  std::uint64_t refused() const {
    return refused_;
  }

private:
  struct entry {
    notification what;
    instant queued;
    int attempts = 0;
  };

  /// The moment at which it is due, then the order of queueing.
  using place = std::pair<instant, std::uint64_t>;

  std::map<place, entry> waiting_;
  std::optional<std::pair<place, entry>> under_way_;
  std::uint64_t queued_ = 0;
  std::uint64_t taken_ = 0;
  std::uint64_t refused_ = 0;
};

} // namespace polar_flow::simulator
