#define BOOST_TEST_DYN_LINK
#include "actors/sync_queue.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <map>
#include <random>
#include <string>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

constexpr instant now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h;

/// A user who was last synced that long ago, and read just as long ago.
user_record synced(const std::string& id, std::chrono::seconds age) {
  user_record record;
  record.id = user_id{id};
  record.has_token = true;
  record.last_synced_at = now - age;
  return record;
}

user_record active(user_record record) {
  record.last_read_at = now - 1h;
  return record;
}

user_record dormant(user_record record) {
  record.last_new_data_at = now - days{15};
  return record;
}

std::string next_id(sync_queue& queue, instant at,
                    sync_queue::choice which = sync_queue::choice::all) {
  const auto next = queue.next(at, which);
  return next ? next->record.id.value : "";
}

/// The ids in the order in which they would be synced at `at`.
std::string drain(sync_queue& queue, instant at) {
  std::string order;
  while (const auto next = queue.next(at, sync_queue::choice::all)) {
    order += next->record.id.value;
    queue.remove(next->record.id);
  }
  return order;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sync_queue_rules)

BOOST_AUTO_TEST_CASE(a_user_is_due_one_interval_after_the_last_attempt) {
  sync_queue queue{60min};
  queue.put(synced("a", 59min), now);
  BOOST_TEST(next_id(queue, now) == "");
  BOOST_TEST(next_id(queue, now + 59s) == "");
  BOOST_TEST(next_id(queue, now + 1min) == "a");
}

BOOST_AUTO_TEST_CASE(levels_are_those_of_the_table) {
  const auto level = [](const user_record& record) {
    return level_of(record, now);
  };
  auto never = synced("a", 1h);
  never.last_synced_at.reset();
  BOOST_TEST((level(never) == sync_priority::critical));
  BOOST_TEST((level(synced("a", 48h)) == sync_priority::critical));
  auto expiring = synced("a", 2h);
  expiring.token_expires_at = now + 24h;
  BOOST_TEST((level(expiring) == sync_priority::critical));
  expiring.token_expires_at = now + 24h + 1s;
  BOOST_TEST((level(expiring) == sync_priority::low));
  BOOST_TEST((level(active(synced("a", 12h))) == sync_priority::high));
  BOOST_TEST((level(active(synced("a", 12h - 1s))) == sync_priority::low));
  BOOST_TEST((level(synced("a", 12h)) == sync_priority::low));
  BOOST_TEST((level(synced("a", 24h)) == sync_priority::normal));
  BOOST_TEST((level(synced("a", 24h - 1s)) == sync_priority::low));
  BOOST_TEST((level(dormant(synced("a", 30h))) == sync_priority::low));
  BOOST_TEST((level(dormant(synced("a", 48h))) == sync_priority::critical));
}

BOOST_AUTO_TEST_CASE(the_more_urgent_level_comes_first) {
  sync_queue queue{60min};
  queue.put(synced("l", 2h), now);
  // Due for 23.5 h, so waiting has not raised it yet.
  queue.put(synced("n", 24h + 30min), now);
  queue.put(active(synced("h", 13h)), now);
  queue.put(synced("c", 49h), now);
  BOOST_TEST(drain(queue, now) == "chnl");
}

BOOST_AUTO_TEST_CASE(within_a_level_the_longest_waiting_come_first) {
  sync_queue queue{60min};
  queue.put(synced("b", 3h), now);
  queue.put(synced("a", 2h), now);
  queue.put(synced("c", 4h), now);
  BOOST_TEST(drain(queue, now) == "cba");
}

BOOST_AUTO_TEST_CASE(a_near_loss_goes_before_longer_waiting) {
  const auto losing = [](const std::string& id, std::chrono::seconds age,
                         std::chrono::seconds left) {
    auto record = synced(id, age);
    record.next_loss_at = now + left;
    return record;
  };
  sync_queue queue{60min};
  queue.put(losing("c", 14h, days{20}), now);
  queue.put(losing("b", 13h, days{3}), now);
  queue.put(losing("a", 12h, days{1}), now);
  queue.put(synced("d", 13h + 30min), now);
  BOOST_TEST(drain(queue, now) == "abcd");
}

BOOST_AUTO_TEST_CASE(a_loss_that_comes_near_changes_the_order) {
  sync_queue queue{60min};
  auto losing = synced("l", 13h);
  losing.next_loss_at = now + days{3} + 1h;
  queue.put(losing, now);
  queue.put(synced("w", 14h), now);
  BOOST_TEST(next_id(queue, now + 1h - 1s) == "w");
  BOOST_TEST(next_id(queue, now + 1h) == "l");
  // The same among the critical, whose level does not change any more.
  sync_queue late{60min};
  losing.last_synced_at = now - 49h;
  late.put(losing, now);
  late.put(synced("w", 50h), now);
  BOOST_TEST(next_id(late, now + 1h - 1s) == "w");
  BOOST_TEST(next_id(late, now + 1h) == "l");
}

BOOST_AUTO_TEST_CASE(a_loss_that_a_sync_did_not_avert_does_not_hurry_again_at_once) {
  // The watch has not sent the day: asking every hour would only take the turns of others.
  sync_queue queue{60min};
  auto stuck = synced("s", 2h);
  stuck.next_loss_at = now + 1h;
  queue.put(stuck, now);
  queue.put(synced("w", 3h), now);
  BOOST_TEST(next_id(queue, now) == "w");
  BOOST_TEST(next_id(queue, now + 10h - 1s) == "w");
  BOOST_TEST(next_id(queue, now + 10h) == "s");
}

BOOST_AUTO_TEST_CASE(dormant_users_are_due_once_a_day) {
  sync_queue queue{60min};
  queue.put(dormant(synced("d", 23h)), now);
  BOOST_TEST(next_id(queue, now) == "");
  BOOST_TEST(next_id(queue, now + 1h) == "d");
  // A failed attempt was none.
  auto failed = dormant(synced("f", 2h));
  failed.consecutive_failures = 1;
  failed.not_before = now + 5min;
  queue.put(failed, now);
  BOOST_TEST(next_id(queue, now + 5min) == "f");
}

BOOST_AUTO_TEST_CASE(backing_off_is_respected) {
  sync_queue queue{60min};
  auto record = synced("a", 50h);
  record.not_before = now + 10min;
  queue.put(record, now);
  BOOST_TEST(next_id(queue, now + 9min) == "");
  BOOST_TEST(next_id(queue, now + 10min) == "a");
}

BOOST_AUTO_TEST_CASE(who_cannot_be_synced_is_not_queued) {
  sync_queue queue{60min};
  auto record = synced("a", 50h);
  queue.put(record, now);
  BOOST_TEST(queue.size() == 1u);
  record.state = connection_state::needs_reauthorization;
  queue.put(record, now);
  BOOST_TEST(queue.size() == 0u);
  record.state = connection_state::connected;
  record.has_token = false;
  queue.put(record, now);
  BOOST_TEST(queue.size() == 0u);
  record.has_token = true;
  record.state = connection_state::disconnected;
  queue.put_at_once(record, now);
  BOOST_TEST(queue.size() == 0u);
}

BOOST_AUTO_TEST_CASE(first_and_interrupted_syncs_are_exempt_and_come_first) {
  sync_queue queue{60min};
  queue.put(synced("c", 49h), now);
  queue.put_at_once(synced("i", 1min), now);
  auto first = synced("f", 0s);
  first.last_synced_at.reset();
  queue.put(first, now);
  BOOST_TEST(next_id(queue, now, sync_queue::choice::exempt_only) == "f");
  queue.remove(user_id{"f"});
  BOOST_TEST(next_id(queue, now, sync_queue::choice::exempt_only) == "i");
  // News about the user, such as a read, does not make it wait again.
  queue.put(active(synced("i", 1min)), now);
  BOOST_TEST(next_id(queue, now, sync_queue::choice::exempt_only) == "i");
  queue.remove(user_id{"i"});
  BOOST_TEST(next_id(queue, now, sync_queue::choice::exempt_only) == "");
  BOOST_TEST(next_id(queue, now) == "c");
}

BOOST_AUTO_TEST_CASE(the_most_urgent_can_be_asked_for_alone) {
  sync_queue queue{60min};
  queue.put(synced("l", 2h), now);
  queue.put(synced("n", 25h), now);
  BOOST_TEST(next_id(queue, now, sync_queue::choice::most_urgent) == "");
  queue.put(synced("c", 49h), now);
  BOOST_TEST(next_id(queue, now, sync_queue::choice::most_urgent) == "c");
}

BOOST_AUTO_TEST_CASE(waiting_raises_a_level_every_day) {
  sync_queue queue{60min};
  // Due once a day as dormant, and low by itself until it is critical with 48 h.
  queue.put(dormant(synced("d", 24h)), now);
  BOOST_TEST((queue.next(now, sync_queue::choice::all)->priority == sync_priority::low));
  BOOST_TEST((queue.next(now + 24h - 1s, sync_queue::choice::all)->priority == sync_priority::low));
  BOOST_TEST((queue.next(now + 24h, sync_queue::choice::all)->priority
              == sync_priority::critical)); // 48 h since the last sync
  // With backing off the age is critical anyhow; a token far away and activity change nothing.
  auto late = synced("l", 2h);
  late.not_before = now;
  sync_queue other{60min};
  other.put(late, now);
  BOOST_TEST((other.next(now + 21h, sync_queue::choice::all)->priority == sync_priority::low));
  // 24 h since the last sync makes it normal, and having waited for 24 h raises that to high.
  BOOST_TEST((other.next(now + 22h, sync_queue::choice::all)->priority == sync_priority::normal));
  BOOST_TEST((other.next(now + 24h, sync_queue::choice::all)->priority == sync_priority::high));
}

BOOST_AUTO_TEST_CASE(an_expired_token_is_urgent_only_before_it_expires) {
  auto record = synced("a", 2h);
  record.token_expires_at = now + 1h;
  BOOST_TEST((level_of(record, now) == sync_priority::critical));
  BOOST_TEST((level_of(record, now + 1h) == sync_priority::low));
  sync_queue queue{60min};
  queue.put(record, now);
  BOOST_TEST((queue.next(now, sync_queue::choice::all)->priority == sync_priority::critical));
  BOOST_TEST((queue.next(now + 1h, sync_queue::choice::all)->priority == sync_priority::low));
}

BOOST_AUTO_TEST_CASE(who_never_measured_anything_becomes_dormant) {
  auto record = synced("a", 2h);
  record.created_at = now - 14 * 24h + 1h;
  BOOST_TEST(!is_dormant(record, now));
  BOOST_TEST(is_dormant(record, now + 1h));
  record.last_read_at = now;
  BOOST_TEST(!is_dormant(record, now + 1h));
}

BOOST_AUTO_TEST_CASE(order_follows_time_without_new_facts) {
  sync_queue queue{60min};
  queue.put(active(synced("a", 2h)), now);
  queue.put(synced("b", 3h), now);
  // Both are low: the older sync has waited longer.
  BOOST_TEST(next_id(queue, now) == "b");
  // After ten more hours the active one is high.
  BOOST_TEST(next_id(queue, now + 10h) == "a");
}

BOOST_AUTO_TEST_CASE(behaves_like_sorting_all_users) {
  const auto seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  sync_queue queue{60min};
  std::map<std::string, user_record> model;
  auto at = now;
  for (int step = 0; step < 3000; ++step) {
    at += std::chrono::seconds{random() % 600};
    const auto id = std::to_string(random() % 40);
    if (random() % 3 != 0) {
      auto record = synced(id, 0s);
      record.last_synced_at = at - std::chrono::seconds{random() % (60 * 3600)};
      if (random() % 2 == 0)
        record.last_read_at = at - std::chrono::seconds{random() % (20 * 24 * 3600)};
      if (random() % 4 == 0)
        record.token_expires_at = at + std::chrono::seconds{random() % (72 * 3600)};
      if (random() % 3 == 0)
        record.next_loss_at = at + std::chrono::seconds{random() % (6 * 24 * 3600)};
      queue.put(record, at);
      model[id] = record;
    }
    // The queue's choice must be due, and no due user may be on a more urgent level.
    const auto next = queue.next(at, sync_queue::choice::all);
    if (!next) {
      for (const auto& [name, record] : model)
        BOOST_REQUIRE((at < due_time(record, 60min, at) || is_dormant(record, at)));
      continue;
    }
    BOOST_REQUIRE(model.contains(next->record.id.value));
    BOOST_REQUIRE((level_of(next->record, at) >= next->priority));
    for (const auto& [name, record] : model)
      if (level_of(record, at) == sync_priority::critical && at >= due_time(record, 60min, at))
        BOOST_REQUIRE((next->priority == sync_priority::critical));
    if (random() % 2 == 0) {
      queue.remove(next->record.id);
      model.erase(next->record.id.value);
    }
  }
}

BOOST_AUTO_TEST_CASE(holds_a_hundred_thousand_users) {
  sync_queue queue{60min};
  constexpr int users = 100'000;
  for (int i = 0; i < users; ++i)
    queue.put(synced(std::to_string(i), std::chrono::seconds{7200 + i % 7919}), now);
  BOOST_TEST(queue.size() == static_cast<std::size_t>(users));
  for (int i = 0; i < 1000; ++i) {
    const auto next = queue.next(now + std::chrono::seconds{i}, sync_queue::choice::all);
    BOOST_REQUIRE(next);
    queue.remove(next->record.id);
  }
  BOOST_TEST(queue.size() == static_cast<std::size_t>(users - 1000));
}

BOOST_AUTO_TEST_SUITE_END()
