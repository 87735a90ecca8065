#pragma once

#include "domain/time.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace polar_flow::http {

/// Slows down who tries keys. Every client may be wrong so many times at once, and so many times a
/// minute from then on; until the next time it is told to wait, and the master key, the only one
/// that a person may have chosen, is not compared. Generated keys are still looked up: 160 random
/// bits are not guessed, and other clients behind the same address must not suffer.
///
/// Shared by all threads; costs nothing while nobody is being slowed down.
class wrong_keys {
public:
  /// 0 slows down nobody.
  explicit wrong_keys(std::uint32_t attempts_per_minute);

  /// Addresses that are remembered, the newest; a megabyte.
  static constexpr std::size_t addresses_max = 10'000;

  /// Notes a wrong key from a client's address. How long the client has to wait when that was one
  /// too many, in whole seconds, at least 1.
  std::optional<std::chrono::seconds> note(std::string_view address, instant now);

  /// Whether the next wrong key of `address` would be one too many.
  bool is_blocked(std::string_view address, instant now) const;

private:
  struct entry {
    std::string address;
    /// When all attempts are there again: each wrong key moves it one interval further.
    instant recovered_at;
  };
  using entry_list = std::list<entry>;

  /// How long it takes until one attempt is there again.
  std::chrono::microseconds interval_;
  /// A client has to wait while its recovery is farther away than this.
  std::chrono::microseconds tolerated_debt_;
  mutable std::mutex mutex_;
  /// Newest first.
  entry_list entries_;
  std::unordered_map<std::string_view, entry_list::iterator> index_;
  /// Until then somebody may be blocked, in microseconds since the epoch.
  std::atomic<std::int64_t> blocked_until_us_{0};
};

/// Whom an address stands for: the address itself, or for IPv6 its /64 network, because whoever has
/// one of its addresses has them all.
std::string client_network(std::string_view address);

} // namespace polar_flow::http
