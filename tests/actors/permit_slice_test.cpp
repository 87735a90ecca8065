// Goal: a node uses only what the shared budget granted it, and tells what became of every permit.
#define BOOST_TEST_DYN_LINK
#include "actors/limits.hpp"
#include "actors/permit_slice.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>
#include <random>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

constexpr instant start = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};
constexpr counts_by_priority nobody{};

/// A node that asks a budget of its own.
struct slice_fixture {
  polar_budget budget;
  permit_slice slice;
  instant now = start;

  void ask(const counts_by_priority& waiting) {
    const auto request = slice.make_request(waiting, 0, now);
    const auto grant = budget.exchange(request);
    slice.apply(request, grant, budget, now);
  }

  int hand_out_all(sync_priority priority) {
    int handed_out = 0;
    while (slice.hand_out(priority, now))
      ++handed_out;
    return handed_out;
  }

  void settle(std::int64_t used, std::chrono::seconds reset = 900s) {
    slice.settle(rate_headers{{used, 500, reset}, std::nullopt}, now);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(permit_slices, slice_fixture)

BOOST_AUTO_TEST_CASE(gets_what_is_waited_for) {
  BOOST_TEST(!slice.is_budget_known());
  BOOST_TEST(!slice.could_take(sync_priority::critical, now));
  ask({2, 0, 3, 0});
  BOOST_TEST(slice.is_budget_known());
  BOOST_TEST(slice.could_take(sync_priority::low, now));
  BOOST_TEST(hand_out_all(sync_priority::normal) == 3);
  BOOST_TEST(hand_out_all(sync_priority::critical) == 2);
  BOOST_TEST(slice.held() == 5);
  BOOST_TEST(budget.quarter_hour.used() == 5);
}

BOOST_AUTO_TEST_CASE(asks_for_a_limited_number) {
  const auto request = slice.make_request({limits::permits_per_request_max + 1, 0, 0, 0}, 0, now);
  BOOST_TEST(request.wanted[0] == limits::permits_per_request_max);
}

BOOST_AUTO_TEST_CASE(what_was_granted_to_the_urgent_is_not_for_others) {
  ask({1, 0, 0, 1});
  // The urgent may have both, the others only their own.
  BOOST_TEST(hand_out_all(sync_priority::low) == 1);
  ask({0, 0, 0, 1});
  BOOST_TEST(hand_out_all(sync_priority::critical) == 1);
}

BOOST_AUTO_TEST_CASE(what_those_who_wait_cannot_have_goes_back) {
  ask({4, 0, 0, 0});
  BOOST_TEST(hand_out_all(sync_priority::low) == 0);
  ask({0, 0, 0, 1});
  BOOST_TEST(hand_out_all(sync_priority::low) == 1);
  BOOST_TEST(budget.quarter_hour.used() == 1);
}

BOOST_AUTO_TEST_CASE(where_permits_are_scarce_nodes_take_turns) {
  BOOST_TEST(slice.is_plenty_for({1, 0, 0, 0}, now));
  ask(nobody);
  // 500 permits, of which low may have 100 at the start of a day, and high 450.
  BOOST_TEST(!slice.is_plenty_for(nobody, now));
  BOOST_TEST(slice.is_plenty_for({0, 0, 0, 50}, now));
  BOOST_TEST(!slice.is_plenty_for({0, 0, 0, 51}, now));
  BOOST_TEST(slice.is_plenty_for({0, 200, 0, 51}, now));
  BOOST_TEST(!slice.is_plenty_for({0, 226, 0, 1}, now));
  slice.close(1s, now);
  BOOST_TEST(!slice.is_plenty_for({1, 0, 0, 0}, now));
}

BOOST_AUTO_TEST_CASE(idle_permits_go_back) {
  ask({4, 0, 0, 0});
  BOOST_TEST(slice.hand_out(sync_priority::critical, now));
  now += limits::permit_idle_time - 1us;
  BOOST_TEST(!slice.has_news(now));
  now += 1us;
  BOOST_TEST(slice.has_news(now));
  ask(nobody);
  BOOST_TEST(budget.quarter_hour.used() == 1);
  BOOST_TEST(budget.day.used() == 1);
  BOOST_TEST(!slice.hand_out(sync_priority::critical, now));
}

BOOST_AUTO_TEST_CASE(a_permit_that_was_not_used_can_be_used_by_the_urgent) {
  ask({0, 0, 0, 1});
  BOOST_TEST(hand_out_all(sync_priority::low) == 1);
  slice.take_back();
  BOOST_TEST(!slice.hand_out(sync_priority::high, now));
  BOOST_TEST(slice.hand_out(sync_priority::critical, now));
}

BOOST_AUTO_TEST_CASE(permits_are_void_when_their_window_is_over) {
  ask({2, 0, 0, 0});
  BOOST_TEST(slice.hand_out(sync_priority::critical, now));
  now += 901s;
  BOOST_TEST(!slice.hand_out(sync_priority::critical, now));
  BOOST_TEST(slice.has_news(now));
  ask(nobody);
  // The one under way may reach Polar in the new window; the other counts in neither.
  BOOST_TEST(budget.quarter_hour.used() == 1);
  BOOST_TEST(budget.day.used() == 1);
}

BOOST_AUTO_TEST_CASE(answers_are_told) {
  ask({3, 0, 0, 0});
  BOOST_TEST(hand_out_all(sync_priority::critical) == 3);
  settle(41);
  settle(40);
  BOOST_TEST(slice.has_news(now));
  ask(nobody);
  BOOST_TEST(!slice.has_news(now));
  BOOST_TEST(budget.quarter_hour.open == 1);
  // Polar's 41 may hold the open one, so others have made between 38 and 39 calls; the fewer is
  // assumed until more is known.
  BOOST_TEST(budget.quarter_hour.used() == 41);
  settle(42);
  ask(nobody);
  BOOST_TEST(budget.quarter_hour.used() == 42);
}

BOOST_AUTO_TEST_CASE(calls_without_an_answer_stay_in_doubt_for_a_while) {
  ask({4, 0, 0, 0});
  BOOST_TEST(hand_out_all(sync_priority::critical) == 4);
  slice.settle(std::nullopt, now);
  slice.settle(std::nullopt, now);
  now += limits::silent_call_doubt - 1s;
  settle(1);
  ask(nobody);
  BOOST_TEST(budget.quarter_hour.used() == 4);
  now += 1s;
  settle(2);
  ask(nobody);
  // Polar has counted two of the four, and whatever it has not counted by now never arrived.
  BOOST_TEST(budget.quarter_hour.used() == 2);
}

BOOST_AUTO_TEST_CASE(a_429_closes_at_once_and_for_all) {
  ask({2, 0, 0, 0});
  slice.close(300s, now);
  BOOST_TEST(!slice.hand_out(sync_priority::critical, now));
  BOOST_TEST(!slice.could_take(sync_priority::critical, now));
  BOOST_TEST(slice.has_news(now));
  ask({2, 0, 0, 0});
  BOOST_TEST((budget.closed_until == start + 300s));
  BOOST_TEST(!slice.has_news(now));
  BOOST_TEST(slice.is_closed(now));
  now += 300s;
  ask({2, 0, 0, 0});
  BOOST_TEST(hand_out_all(sync_priority::critical) == 2);
}

BOOST_AUTO_TEST_CASE(a_request_that_failed_is_on_the_safe_side) {
  ask({5, 0, 0, 0});
  BOOST_TEST(slice.hand_out(sync_priority::critical, now));
  settle(7);
  // Perhaps it was carried out, perhaps not: nothing of it is told or used a second time.
  slice.make_request({3, 0, 0, 0}, 0, now);
  BOOST_TEST(hand_out_all(sync_priority::critical) == 0);
  ask(nobody);
  BOOST_TEST(budget.quarter_hour.used() == 7);
  BOOST_TEST(budget.quarter_hour.open == 5);
}

BOOST_AUTO_TEST_CASE(everything_goes_back_at_the_end) {
  ask({5, 0, 2, 0});
  BOOST_TEST(slice.hand_out(sync_priority::critical, now));
  settle(1);
  slice.retire();
  BOOST_TEST(slice.has_news(now));
  ask(nobody);
  BOOST_TEST(!slice.has_news(now));
  BOOST_TEST(budget.quarter_hour.used() == 1);
  BOOST_TEST(budget.quarter_hour.open == 0);
}

BOOST_AUTO_TEST_CASE(words_out_of_the_blue_do_no_harm) {
  slice.take_back();
  slice.settle(std::nullopt, now);
  settle(12);
  ask(nobody);
  BOOST_TEST(budget.quarter_hour.used() == 12);
  BOOST_TEST(slice.held() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

// -- several nodes ---------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(permit_slices_of_many_nodes)

BOOST_AUTO_TEST_CASE(never_hold_and_use_more_than_polar_allows) {
  const auto seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  struct node {
    permit_slice slice;
    /// What Polar told in the answers that are on their way.
    std::deque<rate_headers> answers;
  };
  polar_budget budget;
  std::vector<node> nodes(4);
  constexpr std::int64_t limit = 500;
  std::int64_t used = 0;
  std::int64_t calls = 0;
  std::optional<instant> reset;
  for (auto now = start; now < start + 6h; now += 1s) {
    auto& some = nodes[random() % nodes.size()];
    if (reset && now >= *reset) {
      reset.reset();
      used = 0;
    }
    while (!some.answers.empty() && random() % 4 != 0) {
      some.slice.settle(some.answers.front(), now);
      some.answers.pop_front();
    }
    counts_by_priority waiting{};
    waiting[random() % 4] = random() % 12;
    const auto request = some.slice.make_request(waiting, 0, now);
    // Some requests are carried out without the node hearing of it, some are not carried out.
    const auto fate = random() % 50;
    if (fate != 0) {
      const auto grant = budget.exchange(request);
      if (fate != 1)
        some.slice.apply(request, grant, budget, now);
    }
    BOOST_REQUIRE(budget.quarter_hour.used() <= budget.quarter_hour.limit);
    for (int level = 0; level < 4; ++level)
      while (random() % 8 != 0 && some.slice.hand_out(static_cast<sync_priority>(level), now)) {
        if (random() % 10 == 0) {
          some.slice.take_back();
          continue;
        }
        if (!reset)
          reset = now + 900s;
        BOOST_REQUIRE(++used <= limit);
        ++calls;
        const auto until_reset = std::chrono::ceil<std::chrono::seconds>(*reset - now);
        some.answers.push_back({{used, limit, until_reset}, std::nullopt});
      }
    if (random() % 2000 == 0)
      some = node{};
  }
  BOOST_TEST_MESSAGE("calls " << calls);
  // The day allows 5000; a quarter of it is gone, so a quarter hour ahead or behind, 1200.
  BOOST_TEST(calls > 1000);
}

BOOST_AUTO_TEST_SUITE_END()
