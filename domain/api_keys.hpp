#pragma once

#include "domain/ids.hpp"
#include "domain/time.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace polar_flow {

/// The characters of a key that people recognise it by: `pfk_` and 8 more.
inline constexpr std::size_t api_key_prefix_length = 12;

/// An API key as stored; the key itself is known only to its holder.
struct api_key_record {
  api_key_id id;
  /// Lower-case hex SHA-256 of the whole key.
  std::string hash;
  /// The first `api_key_prefix_length` characters.
  std::string prefix;
  std::string name;
  /// Absent for a service key, which may read every user.
  std::optional<user_id> user;
  /// Which app the key was issued to through OAuth.
  std::optional<std::string> client_id;
  bool is_active = true;
  std::int32_t rate_limit_requests = 1000;
  std::int32_t rate_limit_remaining = 1000;
  std::optional<instant> rate_limit_reset_at;
  instant created_at;
  std::optional<instant> last_used_at;

  bool operator==(const api_key_record&) const = default;
};

/// State of a key's window after a request took its slot.
struct rate_limit_state {
  std::int32_t limit = 0;
  std::int32_t remaining = 0;
  instant reset_at;
  bool allowed = true;
};

/// One key and its counter. Requests on any thread take slots without a lock; `access` reads the
/// counters to store them. The window is fixed: an hour from the first request after the last
/// window ended.
class key_entry {
public:
  explicit key_entry(api_key_record record);

  const api_key_record& record() const {
    return record_;
  }

  /// Takes one slot of the window that `now` falls into, if there is one left.
  rate_limit_state take(instant now);

  /// The counter as it would be stored now.
  rate_limit_state peek(instant now) const;

  /// Since the last call of this function, has `take` been called?
  bool fetch_dirty();

  std::optional<instant> last_used_at() const;

private:
  /// Window end in seconds since the epoch (upper 32 bits) and slots left (lower 32 bits), in
  /// one word so that both change together.
  std::atomic<std::uint64_t> window_;
  std::atomic<std::int64_t> last_used_us_;
  std::atomic<bool> dirty_{false};
  api_key_record record_;
};

/// Hash of the key → entry. Immutable once published; the entries' counters are not.
using key_table = std::unordered_map<std::string, std::shared_ptr<key_entry>>;

/// Where `access` puts the newest table and where http/ reads it: one atomic pointer.
class published_keys {
public:
  std::shared_ptr<const key_table> load() const {
    return table_.load();
  }

  void store(std::shared_ptr<const key_table> table) {
    table_.store(std::move(table));
  }

private:
  std::atomic<std::shared_ptr<const key_table>> table_{std::make_shared<const key_table>()};
};

} // namespace polar_flow
