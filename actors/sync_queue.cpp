#include "actors/sync_queue.hpp"

#include <algorithm>
#include <initializer_list>

namespace polar_flow::actors {
namespace {

using std::chrono::days;
using std::chrono::hours;

// The numbers of the table in DESIGN section 4.
constexpr auto critical_age = hours{48};
constexpr auto high_age = hours{12};
constexpr auto normal_age = hours{24};
constexpr auto token_warning = hours{24};
constexpr auto active_for = days{3};
constexpr auto dormant_after = days{14};
constexpr auto dormant_interval = hours{24};
constexpr auto waiting_step = hours{24};
/// How long Polar keeps most data; what is older than the last sync plus this is lost.
constexpr auto kept_by_polar = days{28};

std::optional<instant> last_activity(const user_record& record) {
  return std::max(record.last_read_at, record.last_new_data_at);
}

/// When the first data that no sync has fetched vanishes at Polar.
instant loss_at(const user_record& record) {
  return record.last_synced_at ? *record.last_synced_at + kept_by_polar : instant::min();
}

bool can_be_scheduled(const user_record& record) {
  return record.has_token && record.state == connection_state::connected;
}

sync_priority raise(sync_priority level, std::int64_t steps) {
  const auto raised = std::max<std::int64_t>(0, static_cast<std::int64_t>(level) - steps);
  return static_cast<sync_priority>(raised);
}

/// The next moment after `now` at which the level of a due user may change.
std::optional<instant> next_level_change(const user_record& record, instant due_at, instant now) {
  std::optional<instant> next;
  const auto consider = [&](std::optional<instant> base, auto offset) {
    if (!base)
      return;
    const auto moment = *base + offset;
    if (moment > now && (!next || moment < *next))
      next = moment;
  };
  consider(record.token_expires_at, -token_warning);
  for (const auto age : {high_age, normal_age, critical_age})
    consider(record.last_synced_at, age);
  consider(last_activity(record), active_for);
  consider(last_activity(record), dormant_after);
  const auto steps = (now - due_at) / waiting_step;
  consider(due_at, waiting_step * (steps + 1));
  return next;
}

} // namespace

bool is_active(const user_record& record, instant now) {
  const auto activity = last_activity(record);
  return activity && now < *activity + active_for;
}

bool is_dormant(const user_record& record, instant now) {
  const auto activity = last_activity(record);
  return activity && now >= *activity + dormant_after;
}

instant due_time(const user_record& record, std::chrono::seconds interval, instant now) {
  auto due = now;
  if (record.last_synced_at)
    due = *record.last_synced_at
          + (is_dormant(record, now) ? std::max<std::chrono::seconds>(dormant_interval, interval)
                                     : interval);
  return record.not_before ? std::max(due, *record.not_before) : due;
}

sync_priority level_of(const user_record& record, instant now) {
  if (!record.last_synced_at || now >= *record.last_synced_at + critical_age)
    return sync_priority::critical;
  if (record.token_expires_at && now >= *record.token_expires_at - token_warning)
    return sync_priority::critical;
  if (is_dormant(record, now))
    return sync_priority::low;
  if (is_active(record, now) && now >= *record.last_synced_at + high_age)
    return sync_priority::high;
  if (now >= *record.last_synced_at + normal_age)
    return sync_priority::normal;
  return sync_priority::low;
}

// -- order -----------------------------------------------------------------------------------

bool sync_queue::by_value::operator()(const due_key& left, const due_key& right) const {
  const auto& [left_loss, left_due, left_id] = left;
  const auto& [right_loss, right_due, right_id] = right;
  if (left_loss != right_loss)
    return left_loss < right_loss;
  if (left_due != right_due)
    return left_due < right_due;
  return *left_id < *right_id;
}

bool sync_queue::by_value::operator()(const change_key& left, const change_key& right) const {
  const auto& [left_time, left_id] = left;
  const auto& [right_time, right_id] = right;
  return left_time != right_time ? left_time < right_time : *left_id < *right_id;
}

// -- queue -----------------------------------------------------------------------------------

sync_queue::sync_queue(std::chrono::seconds interval) : interval_{interval} {
  // nop
}

void sync_queue::put(const user_record& record, instant now) {
  const auto known = entries_.find(record.id);
  const bool is_first = !record.last_synced_at;
  if (known != entries_.end() && known->second.is_exempt) {
    // News about a user who is due at once does not make it less urgent.
    insert(record, known->second.due_at, true, now);
    return;
  }
  insert(record, due_time(record, interval_, now), is_first, now);
}

void sync_queue::put_at_once(const user_record& record, instant now) {
  insert(record, now, true, now);
}

void sync_queue::insert(const user_record& record, instant due_at, bool is_exempt, instant now) {
  if (!can_be_scheduled(record)) {
    remove(record.id);
    return;
  }
  auto [item, is_new] = entries_.try_emplace(record.id);
  if (!is_new)
    unplace(*item);
  item->second = entry{record, due_at, is_exempt, {}, {}};
  place(*item, now);
}

std::optional<user_record> sync_queue::remove(const user_id& user) {
  const auto item = entries_.find(user);
  if (item == entries_.end())
    return std::nullopt;
  unplace(*item);
  auto record = std::move(item->second.record);
  entries_.erase(item);
  return record;
}

sync_queue::due_set& sync_queue::set_of(const entry& item) {
  return item.is_exempt ? exempt_ : due_[static_cast<std::size_t>(*item.level)];
}

void sync_queue::place(node& item, instant now) {
  auto& [user, entry] = item;
  if (now < entry.due_at) {
    entry.level.reset();
    entry.next_change = entry.due_at;
  } else {
    const auto steps = (now - entry.due_at) / waiting_step;
    entry.level = raise(level_of(entry.record, now), steps);
    set_of(entry).emplace(loss_at(entry.record), entry.due_at, &user);
    // Nothing is more urgent than critical, so time changes nothing any more.
    entry.next_change = *entry.level == sync_priority::critical
                            ? std::nullopt
                            : next_level_change(entry.record, entry.due_at, now);
  }
  if (entry.next_change)
    changes_.emplace(*entry.next_change, &user);
}

void sync_queue::unplace(node& item) {
  auto& [user, entry] = item;
  if (entry.next_change)
    changes_.erase({*entry.next_change, &user});
  if (entry.level)
    set_of(entry).erase({loss_at(entry.record), entry.due_at, &user});
}

void sync_queue::wake(instant now) {
  while (!changes_.empty() && std::get<instant>(*changes_.begin()) <= now) {
    auto& item = *entries_.find(*std::get<const user_id*>(*changes_.begin()));
    unplace(item);
    place(item, now);
  }
}

due_user sync_queue::first_of(const due_set& set) const {
  const auto& entry = entries_.at(*std::get<const user_id*>(*set.begin()));
  return {entry.record, *entry.level, entry.is_exempt};
}

std::optional<due_user> sync_queue::next(instant now, choice which) {
  wake(now);
  if (!exempt_.empty())
    return first_of(exempt_);
  if (which == choice::exempt_only)
    return std::nullopt;
  for (const auto& level : due_)
    if (!level.empty())
      return first_of(level);
  return std::nullopt;
}

} // namespace polar_flow::actors
