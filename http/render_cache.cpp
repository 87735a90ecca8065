#include "http/render_cache.hpp"

#include <functional>
#include <utility>

namespace polar_flow::http {

namespace {

/// What an entry costs besides its text: list node, index node, string headers, shared block.
/// Measured with glibc's allocator it is a little over 250 bytes.
constexpr std::size_t entry_overhead_bytes = 256;

} // namespace

render_cache::render_cache(std::size_t bytes_max) : bytes_max_{bytes_max} {
  // nop
}

std::optional<rendering> render_cache::find(const key_view& key) {
  const auto found = index_.find(key);
  if (found == index_.end())
    return std::nullopt;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->content;
}

void render_cache::store(const key_view& key, rendering fresh) {
  const std::size_t packed_bytes = fresh.packed_body ? fresh.packed_body->size() : 0;
  const std::size_t bytes
      = fresh.body->size() + packed_bytes + key.user.size() + entry_overhead_bytes;
  erase(key);
  if (bytes > bytes_max_)
    return;
  while (bytes_ + bytes > bytes_max_)
    drop(std::prev(entries_.end()));
  entries_.push_front(entry{std::string{key.user}, key.asked, key.days, std::move(fresh), bytes});
  index_.emplace(entries_.front().key(), entries_.begin());
  bytes_ += bytes;
}

void render_cache::erase(const key_view& key) {
  const auto found = index_.find(key);
  if (found != index_.end())
    drop(found->second);
}

void render_cache::drop(entry_list::iterator position) {
  bytes_ -= position->bytes;
  index_.erase(position->key());
  entries_.erase(position);
}

std::size_t render_cache::key_hash::operator()(const key_view& key) const {
  // 2^64 divided by the golden ratio, the usual multiplier to spread small numbers.
  constexpr std::size_t spread = 0x9E3779B97F4A7C15u;
  std::size_t hash = std::hash<std::string_view>{}(key.user);
  hash = (hash ^ std::hash<const route*>{}(key.asked)) * spread;
  return (hash ^ static_cast<std::size_t>(key.days)) * spread;
}

bool render_cache::key_equal::operator()(const key_view& left, const key_view& right) const {
  return left.days == right.days && left.asked == right.asked && left.user == right.user;
}

} // namespace polar_flow::http
