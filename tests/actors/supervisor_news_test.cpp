#define BOOST_TEST_DYN_LINK
#include "actors/limits.hpp"
#include "tests/actors/supervisor_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

struct news_fixture : testing::supervisor_fixture {
  const date today = std::chrono::floor<std::chrono::days>(testing::test_start);
  const polar_news night{stream::sleep, date_range{today, today}, std::nullopt};
  const polar_news steps{stream::activity, date_range{today, today}, std::nullopt};

  void announce(const std::string& id, const polar_news& piece) {
    tell(boss(), news_arrived{user_id{id}, pending_news{++last_number, piece}});
  }

  /// What the newest trigger names.
  std::vector<polar_news> fetched() const {
    std::vector<polar_news> pieces;
    for (const auto& piece : log->triggers.back().announced)
      pieces.push_back(piece.what);
    return pieces;
  }

  std::int64_t last_number = 0;

  std::size_t count(sync_trigger trigger) const {
    return static_cast<std::size_t>(
        std::ranges::count(log->triggers, trigger, &trigger_sync::trigger));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(supervisor_news, news_fixture)

BOOST_AUTO_TEST_CASE(news_is_fetched_at_once_at_high_priority) {
  add("a", 1min);
  BOOST_TEST(begin());
  announce("a", night);
  BOOST_REQUIRE(log->triggers.size() == 1u);
  const auto& trigger = log->triggers.front();
  BOOST_TEST((trigger.trigger == sync_trigger::webhook));
  BOOST_TEST((trigger.priority == sync_priority::high));
  BOOST_TEST((fetched() == std::vector{night}));
}

BOOST_AUTO_TEST_CASE(what_comes_during_a_sync_is_fetched_after_it_and_once) {
  add("a", 1min);
  BOOST_TEST(begin());
  announce("a", night);
  announce("a", steps);
  announce("a", steps);
  announce("a", night);
  BOOST_TEST(log->triggers.size() == 1u);
  end("a");
  BOOST_REQUIRE(log->triggers.size() == 2u);
  BOOST_TEST((fetched() == std::vector{steps, night}));
  end("a");
  BOOST_TEST(log->triggers.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_user_with_news_keeps_its_place_in_the_schedule) {
  add("a", 50min);
  BOOST_TEST(begin());
  announce("a", night);
  // News says nothing about when everything was fetched last.
  tell(boss(), sync_ended{data->users[user_id{"a"}]});
  advance(11min);
  BOOST_REQUIRE(log->triggers.size() == 2u);
  BOOST_TEST((log->triggers.back().trigger == sync_trigger::scheduler));
}

BOOST_AUTO_TEST_CASE(news_of_nobody_is_dropped) {
  BOOST_TEST(begin());
  log->refusal = error{errc::unknown_user, {}};
  announce("stranger", night);
  advance(1h);
  BOOST_TEST(log->triggers.size() == 1u);
}

BOOST_AUTO_TEST_CASE(news_that_meets_a_manual_sync_is_fetched_after_it) {
  add("a", 1min);
  BOOST_TEST(begin());
  log->refusal = error{errc::sync_in_progress, "manual job"};
  announce("a", night);
  log->refusal.reset();
  BOOST_TEST(log->triggers.size() == 1u);
  end("a");
  BOOST_REQUIRE(log->triggers.size() == 2u);
  BOOST_TEST((fetched() == std::vector{night}));
}

BOOST_AUTO_TEST_CASE(a_flood_of_news_starts_no_more_syncs_than_allowed) {
  add("user0", 1min);
  BOOST_TEST(begin());
  const auto users = limits::syncs_with_news_max + 10;
  for (std::size_t i = 0; i < users; ++i)
    announce("user" + std::to_string(i), night);
  BOOST_TEST(log->triggers.size() == limits::syncs_with_news_max);
  end("user0");
  BOOST_TEST(log->triggers.size() == limits::syncs_with_news_max + 1);
}

BOOST_AUTO_TEST_CASE(a_flood_of_news_does_not_keep_the_schedule_waiting) {
  for (const auto* id : {"a", "b", "c", "d", "e"})
    add(id, 59min + 50s);
  BOOST_TEST(begin());
  for (std::size_t i = 0; i < limits::syncs_with_news_max + 10; ++i)
    announce("user" + std::to_string(i), night);
  BOOST_TEST(count(sync_trigger::webhook) == limits::syncs_with_news_max);
  BOOST_TEST(count(sync_trigger::scheduler) == 0u);
  advance(10s);
  // All places of the schedule (sync.parallel_syncs) are taken by those who are due now.
  BOOST_TEST(count(sync_trigger::scheduler) == 4u);
  end(log->triggers.back().user.value);
  BOOST_TEST(count(sync_trigger::scheduler) == 5u);
  BOOST_TEST(count(sync_trigger::webhook) == limits::syncs_with_news_max);
}

BOOST_AUTO_TEST_CASE(a_busy_schedule_does_not_keep_news_waiting) {
  for (const auto* id : {"a", "b", "c", "d", "e"})
    add(id, 2h);
  BOOST_TEST(begin());
  BOOST_TEST(count(sync_trigger::scheduler) == 4u);
  for (std::size_t i = 0; i < limits::syncs_with_news_max; ++i)
    announce("user" + std::to_string(i), night);
  BOOST_TEST(count(sync_trigger::webhook) == limits::syncs_with_news_max);
}

BOOST_AUTO_TEST_CASE(syncs_by_hand_take_nobodys_place) {
  for (const auto* id : {"a", "b", "c", "d"})
    add(id, 59min + 50s);
  BOOST_TEST(begin());
  for (std::size_t i = 0; i < limits::syncs_with_news_max; ++i)
    tell(boss(), sync_started{user_id{"by hand " + std::to_string(i)}, job_id{"job"}});
  advance(10s);
  BOOST_TEST(count(sync_trigger::scheduler) == 4u);
  announce("other", night);
  BOOST_TEST(count(sync_trigger::webhook) == 1u);
}

BOOST_AUTO_TEST_CASE(news_after_news_does_not_keep_a_user_from_its_whole_sync) {
  add("a", 59min + 50s);
  BOOST_TEST(begin());
  announce("a", night);
  advance(10s);
  announce("a", steps);
  BOOST_TEST(count(sync_trigger::scheduler) == 0u);
  tell(boss(), sync_ended{data->users[user_id{"a"}]});
  BOOST_REQUIRE(log->triggers.size() == 2u);
  BOOST_TEST((log->triggers.back().trigger == sync_trigger::scheduler));
  end("a");
  BOOST_TEST((fetched() == std::vector{steps}));
}

BOOST_AUTO_TEST_CASE(news_that_a_dead_server_had_heard_is_fetched_after_the_start) {
  add("a", 1min);
  data->news = {{user_id{"a"}, {7, night}}, {user_id{"a"}, {8, steps}}};
  BOOST_TEST(begin());
  BOOST_REQUIRE(log->triggers.size() == 1u);
  BOOST_TEST((log->triggers.back().announced == std::vector{pending_news{7, night}}));
  end("a");
  BOOST_REQUIRE(log->triggers.size() == 2u);
  BOOST_TEST((log->triggers.back().announced == std::vector{pending_news{8, steps}}));
}

BOOST_AUTO_TEST_CASE(news_that_got_lost_on_the_way_is_found_again) {
  add("a", 1min);
  BOOST_TEST(begin());
  log->refusal = error{errc::storage_unavailable, "gone"};
  announce("a", night);
  log->refusal.reset();
  BOOST_TEST(log->triggers.size() == 1u);
  // The look itself may fail as well.
  data->news = {{user_id{"a"}, {1, night}}};
  data->failures["take_pending_news"] = {{errc::storage_unavailable, "gone"}};
  advance(limits::news_look_interval + 1s);
  BOOST_TEST(log->triggers.size() == 1u);
  advance(limits::news_look_interval + 1s);
  BOOST_TEST(log->triggers.size() == 2u);
  BOOST_TEST((fetched() == std::vector{night}));
}

BOOST_AUTO_TEST_CASE(what_is_announced_twice_is_fetched_under_its_newest_number) {
  add("a", 1min);
  BOOST_TEST(begin());
  announce("a", steps);
  announce("a", night);
  announce("a", night);
  end("a");
  BOOST_TEST((log->triggers.back().announced == std::vector{pending_news{3, night}}));
}

BOOST_AUTO_TEST_CASE(a_stopping_server_fetches_no_news) {
  add("a", 1min);
  BOOST_TEST(begin());
  ask<done>(boss(), stop_syncs{});
  announce("a", night);
  BOOST_TEST(log->triggers.empty());
}

BOOST_AUTO_TEST_SUITE_END()
