#pragma once

#include "domain/ids.hpp"
#include "domain/summaries.hpp"

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace polar_flow::http {

struct route;

/// The body of an answer and which state of the data it shows.
struct rendering {
  data_version version;
  std::shared_ptr<const std::string> body;
  std::string entity_tag;
  /// The body as gzip, once somebody has asked for it.
  std::shared_ptr<const std::string> packed_body;
};

/// Finished bodies, so that a hot answer is rendered once per version. Least recently used ones
/// go first when the bytes run out. One per thread, so it needs no lock.
class render_cache {
public:
  /// What is rendered for whom; `days` is 0 where there is no such parameter.
  struct key_view {
    std::string_view user;
    const route* asked = nullptr;
    std::int32_t days = 0;
  };

  explicit render_cache(std::size_t bytes_max);

  std::optional<rendering> find(const key_view& key);

  /// A body larger than the whole cache is not kept.
  void store(const key_view& key, rendering fresh);

  void erase(const key_view& key);

  std::size_t bytes() const {
    return bytes_;
  }

private:
  struct entry {
    std::string user;
    const route* asked = nullptr;
    std::int32_t days = 0;
    rendering content;
    std::size_t bytes = 0;

    key_view key() const {
      return {user, asked, days};
    }
  };
  struct key_hash {
    std::size_t operator()(const key_view& key) const;
  };
  struct key_equal {
    bool operator()(const key_view& left, const key_view& right) const;
  };
  using entry_list = std::list<entry>;

  void drop(entry_list::iterator position);

  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  /// Most recently used first. The keys of `index_` look into these entries.
  entry_list entries_;
  std::unordered_map<key_view, entry_list::iterator, key_hash, key_equal> index_;
};

} // namespace polar_flow::http
