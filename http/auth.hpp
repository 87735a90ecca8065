#pragma once

#include "domain/api_keys.hpp"
#include "domain/clock.hpp"
#include "domain/errc.hpp"
#include "http/message.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace polar_flow::http {

enum class caller_kind : std::uint8_t { anybody, master, service, user };

/// Who asks, and what is left of the key's window after this request.
struct caller {
  caller_kind kind = caller_kind::anybody;
  /// Absent for the master key and for open endpoints.
  std::shared_ptr<const key_entry> key;
  std::optional<rate_limit_state> rate_limit;

  /// Whether the key may be used for `user`.
  bool may_access(std::string_view user) const;
};

/// Whether the key that `who` once showed is still good: streams outlive the check of their
/// request.
bool is_still_valid(const caller& who, const published_keys& keys);

/// The key that a request brings: X-API-Key, or, when that is absent or empty,
/// `Authorization: Bearer`. The scheme's spelling and its one blank are taken literally.
std::optional<std::string_view> presented_key(const request& message);

/// Whether a client has sent too many wrong keys of late.
enum class guessing : std::uint8_t { no, yes };

/// Tells whose key a request brings, without a message to any actor, and takes its slot of the
/// rate limit. One per thread.
class authenticator {
public:
  authenticator(std::optional<std::string> master_key, std::shared_ptr<const published_keys> keys,
                std::shared_ptr<const wall_clock> clock);

  /// Errors: missing_api_key, invalid_api_key. A used-up limit is no error here: the caller is
  /// known, and `rate_limit->allowed` is false. Who is guessing cannot find the master key.
  result<caller> identify(const request& message, guessing suspicion = guessing::no);

private:
  std::shared_ptr<key_entry> find_entry(std::string_view key);

  struct remembered_key {
    std::string text;
    std::shared_ptr<key_entry> entry;
  };

  /// Slots for the keys seen last, chosen by the text's hash: SHA-256 costs 1.4 µs, a tenth of a
  /// request. 64, because an integrator uses a handful of keys and a self-hoster one or two.
  static constexpr std::size_t remembered_keys_max = 64;

  std::optional<std::string> master_key_;
  std::shared_ptr<const published_keys> keys_;
  std::shared_ptr<const wall_clock> clock_;
  /// The table that `remembered_` was looked up in. Holding it makes sure that a newer table
  /// never gets its address, so comparing addresses notices every revocation.
  std::shared_ptr<const key_table> table_;
  std::array<remembered_key, remembered_keys_max> remembered_;
};

} // namespace polar_flow::http
