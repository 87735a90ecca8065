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
/// How long Polar keeps most data; without a ledger, what is older than the last sync plus this
/// is lost.
constexpr auto kept_by_polar = days{28};
/// A loss that is further away than this need not be hurried: everybody is synced sooner.
constexpr auto loss_is_near = days{3};
/// A sync that left a day unfetched leaves it to the watch, which has not sent it yet. Asking again
/// much sooner would not save the day, but would take the turns of everybody else.
constexpr auto loss_retry = hours{12};

std::optional<instant> last_activity(const user_record& record) {
  return std::max(record.last_read_at, record.last_new_data_at);
}

/// Somebody who never measured anything is as quiet as somebody who stopped.
std::optional<instant> last_sign_of_life(const user_record& record) {
  return std::max(last_activity(record), record.created_at);
}

/// When the first data that no sync has fetched vanishes at Polar.
instant loss_at(const user_record& record) {
  if (!record.last_synced_at)
    return instant::min();
  return record.next_loss_at.value_or(*record.last_synced_at + kept_by_polar);
}

/// The same as far as it decides who comes first; equal for all who need not hurry.
instant pressing_loss(const user_record& record, instant now) {
  const auto loss = loss_at(record);
  const bool is_pressing =
      !record.last_synced_at
      || (now >= *record.last_synced_at + loss_retry && loss <= now + loss_is_near);
  return is_pressing ? loss : instant::max();
}

bool can_be_scheduled(const user_record& record) {
  return record.has_token && record.state == connection_state::connected;
}

sync_priority raise(sync_priority level, std::int64_t steps) {
  const auto raised = std::max<std::int64_t>(0, static_cast<std::int64_t>(level) - steps);
  return static_cast<sync_priority>(raised);
}

/// The next moment after `now` at which the place of a due user may change.
std::optional<instant> next_place_change(const user_record& record, sync_priority level,
                                         instant due_at, instant now) {
  std::optional<instant> next;
  const auto consider = [&](std::optional<instant> base, auto offset) {
    if (!base)
      return;
    const auto moment = *base + offset;
    if (moment > now && (!next || moment < *next))
      next = moment;
  };
  if (record.last_synced_at) {
    consider(loss_at(record), -loss_is_near);
    consider(record.last_synced_at, loss_retry);
  }
  consider(record.token_expires_at, hours{0});
  // Nothing is more urgent than critical.
  if (level == sync_priority::critical)
    return next;
  consider(record.token_expires_at, -token_warning);
  for (const auto age : {high_age, normal_age, critical_age})
    consider(record.last_synced_at, age);
  consider(last_activity(record), active_for);
  consider(last_sign_of_life(record), dormant_after);
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
  const auto sign = last_sign_of_life(record);
  return sign && now >= *sign + dormant_after;
}

instant due_time(const user_record& record, std::chrono::seconds interval, instant now) {
  auto due = now;
  // A failed attempt is made up for after its back-off, not a day later.
  const bool is_daily = is_dormant(record, now) && record.consecutive_failures == 0;
  if (record.last_synced_at)
    due = *record.last_synced_at
          + (is_daily ? std::max<std::chrono::seconds>(dormant_interval, interval) : interval);
  return record.not_before ? std::max(due, *record.not_before) : due;
}

sync_priority level_of(const user_record& record, instant now) {
  if (!record.last_synced_at || now >= *record.last_synced_at + critical_age)
    return sync_priority::critical;
  // Polar goes on taking tokens that have expired, so only the moment before is special.
  if (record.token_expires_at && now >= *record.token_expires_at - token_warning
      && now < *record.token_expires_at)
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
  item->second = entry{record, due_at, is_exempt, {}, {}, {}};
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
    entry.loss_at = pressing_loss(entry.record, now);
    set_of(entry).emplace(entry.loss_at, entry.due_at, &user);
    entry.next_change = next_place_change(entry.record, *entry.level, entry.due_at, now);
  }
  if (entry.next_change)
    changes_.emplace(*entry.next_change, &user);
}

void sync_queue::unplace(node& item) {
  auto& [user, entry] = item;
  if (entry.next_change)
    changes_.erase({*entry.next_change, &user});
  if (entry.level)
    set_of(entry).erase({entry.loss_at, entry.due_at, &user});
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
  // Whoever is due at once must not wait in the reserve of a level.
  const auto priority = entry.is_exempt ? sync_priority::critical : *entry.level;
  return {entry.record, priority, entry.is_exempt};
}

std::optional<due_user> sync_queue::next(instant now, choice which) {
  wake(now);
  if (!exempt_.empty())
    return first_of(exempt_);
  if (which == choice::exempt_only)
    return std::nullopt;
  for (const auto& level : due_) {
    if (!level.empty())
      return first_of(level);
    if (which == choice::most_urgent)
      break;
  }
  return std::nullopt;
}

} // namespace polar_flow::actors
