#pragma once

#include "domain/sync.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

namespace polar_flow::actors {

/// A user whose turn it is.
struct due_user {
  user_record record;
  sync_priority priority{};
  /// First syncs and syncs that a crash interrupted do not count against the cap per interval.
  bool is_exempt = false;

  bool operator==(const due_user&) const = default;
};

/// The users of a node in the order in which they should be synced: DESIGN section 4. Pure:
/// `now` is an argument. Every step is O(log n); between two syncs a user changes level a few
/// times at most, and each change is one such step.
///
///   put ──▶ waiting for its time ──▶ due (by level, then loss, then waiting) ──▶ take
///                                     └── changes level as time passes
class sync_queue {
public:
  explicit sync_queue(std::chrono::seconds interval);

  /// Puts the user where `record` belongs; takes it out if it cannot be synced by schedule
  /// (no token, needs re-authorization, disconnected). Whoever was never synced is exempt.
  void put(const user_record& record, instant now);

  /// As `put`, but the user is due at once and exempt from the cap.
  void put_at_once(const user_record& record, instant now);

  /// Takes the user out; answers what was known, if it was in the queue.
  std::optional<user_record> remove(const user_id& user);

  /// The most urgent user who is due, who stays in the queue; the exempt come first. With
  /// `exempt_only` no others are considered, with `most_urgent` only those of the highest level.
  enum class choice { all, most_urgent, exempt_only };
  std::optional<due_user> next(instant now, choice which);

  std::size_t size() const {
    return entries_.size();
  }

private:
  struct entry {
    user_record record;
    instant due_at;
    bool is_exempt = false;
    /// Absent while the user is not due.
    std::optional<sync_priority> level;
    /// As the place in the order says it: the end of time unless a loss is near.
    instant loss_at;
    /// When time alone next changes the place; absent when it never does.
    std::optional<instant> next_change;
  };
  using node = std::pair<const user_id, entry>;
  /// Nearest loss for ever first if it is near, then longest waiting; the id makes the order total.
  using due_key = std::tuple<instant, instant, const user_id*>;
  using change_key = std::tuple<instant, const user_id*>;
  struct by_value {
    bool operator()(const due_key& left, const due_key& right) const;
    bool operator()(const change_key& left, const change_key& right) const;
  };
  using due_set = std::set<due_key, by_value>;

  void insert(const user_record& record, instant due_at, bool is_exempt, instant now);
  void place(node& item, instant now);
  void unplace(node& item);
  void wake(instant now);
  due_set& set_of(const entry& item);
  due_user first_of(const due_set& set) const;

  std::chrono::seconds interval_;
  std::unordered_map<user_id, entry> entries_;
  std::set<change_key, by_value> changes_;
  std::array<due_set, 4> due_;
  due_set exempt_;
};

/// When a schedule would sync this user next; the record's `not_before` is respected.
instant due_time(const user_record& record, std::chrono::seconds interval, instant now);

/// The level of a due user, without what waiting adds.
sync_priority level_of(const user_record& record, instant now);

/// Whether anybody read the user's data, or anything new came, within 3 days.
bool is_active(const user_record& record, instant now);

/// Whether neither happened within 14 days, though it once did.
bool is_dormant(const user_record& record, instant now);

} // namespace polar_flow::actors
