#define BOOST_TEST_DYN_LINK
#include "actors/rate_budget.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

constexpr instant start = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};

int take_all(rate_budget& budget, sync_priority priority, instant now) {
  int taken = 0;
  while (budget.try_take(priority, now))
    ++taken;
  return taken;
}

polar::rate_headers headers(std::int64_t used, std::int64_t limit, std::chrono::seconds reset) {
  return {{used, limit, reset}, std::nullopt};
}

} // namespace

BOOST_AUTO_TEST_SUITE(rate_budget_rules)

BOOST_AUTO_TEST_CASE(the_limit_grows_with_the_users) {
  rate_budget alone{0};
  BOOST_TEST(take_all(alone, sync_priority::critical, start) == 500);
  rate_budget ten{10};
  BOOST_TEST(take_all(ten, sync_priority::critical, start) == 700); // 500 + 20 · 10
  ten.set_users(20);
  BOOST_TEST(take_all(ten, sync_priority::critical, start) == 200); // 900 − 700
}

BOOST_AUTO_TEST_CASE(the_less_important_leave_a_reserve) {
  // Shares of 500: 50 %, 75 %, 90 %, 100 %; counted from what those before took.
  rate_budget budget;
  BOOST_TEST(budget.try_take(sync_priority::critical, start));
  BOOST_TEST(take_all(budget, sync_priority::low, start) == 249);
  BOOST_TEST(take_all(budget, sync_priority::normal, start) == 125);
  BOOST_TEST(take_all(budget, sync_priority::high, start) == 75);
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 50);
}

BOOST_AUTO_TEST_CASE(reserves_shrink_to_nothing_at_the_reset) {
  rate_budget budget;
  BOOST_TEST(take_all(budget, sync_priority::low, start) == 250);
  // Half of the window is over: half of the reserve is free, 25 % of 500.
  BOOST_TEST(take_all(budget, sync_priority::low, start + 450s) == 125);
  // One second before the end: 0.5 · 1/900 of 500 = 0.28 is still reserved, so 499 of 500.
  BOOST_TEST(take_all(budget, sync_priority::low, start + 899s) == 124);
}

BOOST_AUTO_TEST_CASE(a_new_window_starts_at_the_reset) {
  rate_budget budget;
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 500);
  BOOST_TEST(!budget.try_take(sync_priority::critical, start + 899s));
  BOOST_TEST(take_all(budget, sync_priority::critical, start + 900s) == 500);
}

BOOST_AUTO_TEST_CASE(the_day_is_a_limit_too) {
  rate_budget budget;
  int taken = 0;
  for (auto now = start; now < start + 24h; now += 900s)
    taken += take_all(budget, sync_priority::critical, now);
  BOOST_TEST(taken == 5000);
  BOOST_TEST(budget.try_take(sync_priority::critical, start + 24h));
}

BOOST_AUTO_TEST_CASE(headers_correct_our_count) {
  rate_budget budget;
  BOOST_TEST(budget.try_take(sync_priority::critical, start));
  // Somebody else spends the same budget: 590 of 600 are gone.
  budget.settle(headers(590, 600, 600s), start);
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 10);
  // The reset is Polar's, 600 s from the answer on.
  BOOST_TEST(!budget.try_take(sync_priority::critical, start + 599s));
  BOOST_TEST(budget.try_take(sync_priority::critical, start + 600s));
}

BOOST_AUTO_TEST_CASE(answers_that_overtake_each_other_do_not_lower_the_count) {
  rate_budget budget;
  BOOST_TEST(budget.try_take(sync_priority::critical, start));
  BOOST_TEST(budget.try_take(sync_priority::critical, start));
  budget.settle(headers(498, 500, 600s), start);
  budget.settle(headers(497, 500, 600s), start);
  BOOST_TEST(budget.quarter_hour().used() == 498);
}

BOOST_AUTO_TEST_CASE(a_new_window_of_polar_is_recognised) {
  rate_budget budget;
  BOOST_TEST(budget.try_take(sync_priority::critical, start));
  budget.settle(headers(500, 500, 5s), start);
  BOOST_TEST(!budget.could_take(sync_priority::critical, start + 1s));
  // The answer of a call that was under way tells of the window after the reset.
  budget.settle(headers(1, 500, 900s), start + 4s);
  BOOST_TEST(take_all(budget, sync_priority::critical, start + 4s) == 499);
}

BOOST_AUTO_TEST_CASE(requests_under_way_count) {
  rate_budget budget;
  for (int i = 0; i < 4; ++i)
    BOOST_TEST(budget.try_take(sync_priority::critical, start));
  // One of four is answered, and Polar has seen only that one.
  budget.settle(headers(1, 500, 900s), start);
  BOOST_TEST(budget.quarter_hour().used() == 4);
}

BOOST_AUTO_TEST_CASE(a_permit_can_be_returned) {
  rate_budget budget;
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 500);
  budget.give_back();
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 1);
}

BOOST_AUTO_TEST_CASE(a_429_closes_everything_until_its_reset) {
  rate_budget budget;
  budget.close(300s, start);
  BOOST_TEST(!budget.try_take(sync_priority::critical, start + 299s));
  // A second 429 that asks for less does not open earlier.
  budget.close(10s, start + 1s);
  BOOST_TEST(!budget.try_take(sync_priority::critical, start + 299s));
  BOOST_TEST(budget.try_take(sync_priority::critical, start + 300s));
}

BOOST_AUTO_TEST_CASE(nonsense_in_headers_does_not_close_for_ever) {
  rate_budget budget;
  BOOST_TEST(budget.try_take(sync_priority::critical, start));
  budget.settle(headers(0, 0, std::chrono::seconds{1'000'000'000}), start);
  BOOST_TEST(budget.try_take(sync_priority::critical, start));
  budget.settle(headers(1'000'000, 500, std::chrono::seconds{1'000'000'000}), start);
  BOOST_TEST(!budget.try_take(sync_priority::critical, start));
  BOOST_TEST(budget.try_take(sync_priority::critical, start + 15min));
}

BOOST_AUTO_TEST_CASE(never_more_than_the_limit_in_any_window) {
  const auto seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  for (int round = 0; round < 20; ++round) {
    rate_budget budget{random() % 50};
    const auto limit = budget.quarter_hour().limit();
    auto now = start;
    std::int64_t in_window = 0;
    auto reset = budget.quarter_hour().reset_at();
    for (int step = 0; step < 5000; ++step) {
      now += std::chrono::milliseconds{random() % 1500};
      const auto priority = static_cast<sync_priority>(random() % 4);
      const bool taken = budget.try_take(priority, now);
      if (budget.quarter_hour().reset_at() != reset) {
        reset = budget.quarter_hour().reset_at();
        in_window = 0;
      }
      in_window += taken;
      BOOST_REQUIRE(in_window <= limit);
      if (taken && random() % 3 == 0)
        budget.settle(std::nullopt, now);
      if (taken && random() % 50 == 0) {
        budget.give_back();
        --in_window;
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_higher_priority_is_never_refused_where_a_lower_one_passes) {
  const auto seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  rate_budget budget;
  auto now = start;
  for (int step = 0; step < 5000; ++step) {
    now += std::chrono::milliseconds{random() % 3000};
    bool lower_passed = false;
    for (int level = 3; level >= 0; --level) {
      const bool passes = budget.could_take(static_cast<sync_priority>(level), now);
      BOOST_REQUIRE(passes || !lower_passed);
      lower_passed = passes;
    }
    budget.try_take(static_cast<sync_priority>(random() % 4), now);
  }
}

BOOST_AUTO_TEST_SUITE_END()
