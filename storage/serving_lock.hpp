#pragma once

#include "storage/session.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace polar_flow::storage {

/// The right to be the one server of a database, held for as long as this lives and its connection
/// does. A second server would take the shards of the first, whose writes were refused from then
/// on.
class serving_lock {
public:
  /// Asked again and again while another server is waited for; true breaks off.
  using unwanted = std::function<bool()>;

  /// How long it takes PostgreSQL to notice that a vanished machine holds the lock, and some more.
  static constexpr std::chrono::seconds default_patience{45};

  /// Waits up to `patience` for a server that is ending. The database must be migrated. Errors:
  /// storage_failed, with a sentence that names the other server; shutting_down; those of any
  /// statement.
  static result<serving_lock> take(const connect_options& options, std::chrono::seconds patience,
                                   const unwanted& is_unwanted);

private:
  explicit serving_lock(std::unique_ptr<session> holder) : holder_{std::move(holder)} {
    // nop
  }

  std::unique_ptr<session> holder_;
};

} // namespace polar_flow::storage
