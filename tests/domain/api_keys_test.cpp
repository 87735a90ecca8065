// Goal: a key gets exactly its requests per hour, on any number of threads, and its counter
// survives being stored. Expected numbers follow from the fixed window in domain/api_keys.hpp.
#define BOOST_TEST_DYN_LINK
#include "domain/api_keys.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <limits>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(key_counters)

using namespace polar_flow;
using namespace std::chrono_literals;

namespace {

const instant start = parse_offset_time("2026-11-22T12:00:00Z")->moment;

api_key_record record_with_limit(std::int32_t limit) {
  api_key_record record;
  record.rate_limit_requests = limit;
  record.rate_limit_remaining = limit;
  return record;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_first_request_opens_an_hour) {
  key_entry key{record_with_limit(3)};
  const auto first = key.take(start);
  BOOST_TEST(first.allowed);
  BOOST_TEST(first.limit == 3);
  BOOST_TEST(first.remaining == 2);
  BOOST_TEST((first.reset_at == start + 1h));
  BOOST_TEST(key.take(start + 10min).remaining == 1);
  const auto last = key.take(start + 20min);
  BOOST_TEST(last.allowed);
  BOOST_TEST(last.remaining == 0);
  BOOST_TEST((last.reset_at == start + 1h));
}

BOOST_AUTO_TEST_CASE(a_spent_window_refuses_until_it_ends) {
  key_entry key{record_with_limit(1)};
  BOOST_TEST(key.take(start).allowed);
  for (const auto wait : {1s, 1800s, 3599s}) {
    const auto refused = key.take(start + wait);
    BOOST_TEST(!refused.allowed);
    BOOST_TEST(refused.remaining == 0);
    BOOST_TEST((refused.reset_at == start + 1h));
  }
  const auto next = key.take(start + 1h);
  BOOST_TEST(next.allowed);
  BOOST_TEST((next.reset_at == start + 2h));
}

BOOST_AUTO_TEST_CASE(the_next_window_begins_with_a_request) {
  key_entry key{record_with_limit(5)};
  key.take(start);
  const auto later = key.take(start + 5h + 7min);
  BOOST_TEST(later.remaining == 4);
  BOOST_TEST((later.reset_at == start + 6h + 7min));
}

BOOST_AUTO_TEST_CASE(a_stored_counter_goes_on) {
  auto record = record_with_limit(10);
  record.rate_limit_remaining = 4;
  record.rate_limit_reset_at = start + 30min;
  BOOST_TEST(key_entry{record}.take(start).remaining == 3);
  BOOST_TEST((key_entry{record}.take(start).reset_at == start + 30min));
  // The window is over: full again.
  BOOST_TEST(key_entry{record}.take(start + 30min).remaining == 9);
  record.rate_limit_remaining = 0;
  record.rate_limit_reset_at = start - 1s;
  BOOST_TEST(key_entry{record}.take(start).remaining == 9);
}

BOOST_AUTO_TEST_CASE(strange_records_do_no_harm) {
  auto record = record_with_limit(10);
  record.rate_limit_reset_at = start + 30min;
  record.rate_limit_remaining = -5;
  BOOST_TEST(!key_entry{record}.take(start).allowed);
  BOOST_TEST(key_entry{record}.take(start).remaining == 0);
  // The limit was lowered after the counter was stored.
  record.rate_limit_remaining = 900;
  BOOST_TEST(key_entry{record}.take(start).remaining == 9);
  BOOST_TEST(!key_entry{record_with_limit(0)}.take(start).allowed);
  BOOST_TEST(!key_entry{record_with_limit(-1)}.take(start).allowed);
  constexpr auto most = std::numeric_limits<std::int32_t>::max();
  BOOST_TEST(key_entry{record_with_limit(most)}.take(start).remaining == most - 1);
  // Beyond what the word can hold: the window ends at the last moment it can.
  const auto far = parse_offset_time("2300-01-01T00:00:00Z")->moment;
  BOOST_TEST(key_entry{record_with_limit(2)}.take(far).remaining == 1);
}

BOOST_AUTO_TEST_CASE(peeking_takes_nothing) {
  key_entry key{record_with_limit(2)};
  BOOST_TEST(key.peek(start).remaining == 2);
  key.take(start);
  BOOST_TEST(key.peek(start).remaining == 1);
  BOOST_TEST(key.peek(start).remaining == 1);
  BOOST_TEST((key.peek(start).reset_at == start + 1h));
  // Storing the counter of a window that is over opens no new one.
  const auto over = key.peek(start + 2h);
  BOOST_TEST(over.remaining == 2);
  BOOST_TEST((over.reset_at == start + 1h));
  BOOST_TEST((key.take(start + 2h).reset_at == start + 3h));
}

BOOST_AUTO_TEST_CASE(use_is_marked_once) {
  auto record = record_with_limit(1);
  record.last_used_at = start - 24h;
  key_entry key{record};
  BOOST_TEST(!key.fetch_dirty());
  BOOST_TEST((key.last_used_at() == start - 24h));
  key.take(start);
  key.take(start + 1s);
  BOOST_TEST(key.fetch_dirty());
  BOOST_TEST(!key.fetch_dirty());
  BOOST_TEST((key.last_used_at() == start + 1s));
  BOOST_TEST(!key_entry{record_with_limit(1)}.last_used_at().has_value());
}

BOOST_AUTO_TEST_CASE(threads_share_the_slots_exactly) {
  constexpr int limit = 5000;
  constexpr int per_thread = 2000;
  key_entry key{record_with_limit(limit)};
  std::atomic<int> allowed{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int k = 0; k < per_thread; ++k)
        if (key.take(start + std::chrono::seconds{k % 60}).allowed)
          ++allowed;
    });
  threads.clear();
  // 8000 requests for 5000 slots of one window.
  BOOST_TEST(allowed == limit);
  BOOST_TEST(key.peek(start + 1min).remaining == 0);
}

BOOST_AUTO_TEST_CASE(threads_open_one_window) {
  constexpr int limit = 1000;
  key_entry key{record_with_limit(limit)};
  for (int hour = 0; hour < 20; ++hour) {
    std::atomic<int> allowed{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        for (int k = 0; k < 300; ++k)
          if (key.take(start + std::chrono::hours{hour}).allowed)
            ++allowed;
      });
    threads.clear();
    // 1200 requests in each hour; two threads that both opened the window would give more.
    BOOST_TEST(allowed == limit);
  }
}

BOOST_AUTO_TEST_CASE(tables_are_published_whole) {
  published_keys keys;
  BOOST_TEST(keys.load()->empty());
  auto table = std::make_shared<key_table>();
  table->emplace("hash", std::make_shared<key_entry>(record_with_limit(1)));
  const auto before = keys.load();
  keys.store(table);
  BOOST_TEST(before->empty());
  BOOST_TEST(keys.load()->contains("hash"));
}

BOOST_AUTO_TEST_SUITE_END()
