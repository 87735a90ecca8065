// Goal: nodes that share the budget never take more than Polar allows, nothing is counted twice,
// nothing is wasted, and what is routine keeps an even pace through the day.
#define BOOST_TEST_DYN_LINK
#include "domain/polar_budget.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace polar_flow;
using namespace std::chrono_literals;

namespace {

constexpr instant start = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};

budget_grant ask(polar_budget& budget, sync_priority priority, std::int64_t permits, instant now) {
  budget_request request;
  request.now = now;
  request.wanted[static_cast<std::size_t>(priority)] = permits;
  return budget.exchange(request);
}

std::int64_t take(polar_budget& budget, sync_priority priority, std::int64_t permits, instant now) {
  return ask(budget, priority, permits, now).permits[static_cast<std::size_t>(priority)];
}

std::int64_t take_all(polar_budget& budget, sync_priority priority, instant now) {
  std::int64_t taken = 0;
  while (const auto more = take(budget, priority, 1'000'000, now))
    taken += more;
  return taken;
}

window_numbers numbers(const polar_budget& budget) {
  return {budget.quarter_hour.number, budget.day.number};
}

budget_request answered(window_numbers granted_in, std::int64_t settled, std::int64_t used,
                        instant reset_at, instant now, std::int64_t limit = 500) {
  budget_request request;
  request.now = now;
  request.fates = {{granted_in, settled, 0}};
  request.quarter_hour = window_news{used, limit, reset_at};
  return request;
}

/// A budget whose day is no limit, for tests of the quarter of an hour.
polar_budget with_a_long_day() {
  polar_budget budget;
  budget.day.limit = 1'000'000'000;
  budget.day.is_limit_told = true;
  return budget;
}

} // namespace

BOOST_AUTO_TEST_SUITE(polar_budget_words)

BOOST_AUTO_TEST_CASE(a_log_keeps_what_was_left) {
  BOOST_TEST((quotas_of({{7, 520, 240s}, rate_window{70, 5100, 3600s}})
              == call_quotas{call_quota{520, 513}, call_quota{5100, 5030}}));
  // The long window may be missing, and others may have used more than there is.
  BOOST_TEST((quotas_of({{521, 520, 240s}, std::nullopt})
              == call_quotas{call_quota{520, 0}, std::nullopt}));
  const std::int64_t huge = 1'000'000'000'000;
  BOOST_TEST((quotas_of({{0, huge, 240s}, std::nullopt}).quarter_hour
              == call_quota{2'147'483'647, 2'147'483'647}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(polar_budget_grants)

BOOST_AUTO_TEST_CASE(the_limit_grows_with_the_users) {
  polar_budget budget;
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 500);
  budget_request ten;
  ten.now = start;
  ten.users = 10;
  ten.wanted[0] = 100;
  BOOST_TEST(budget.exchange(ten).permits[0] == 100); // half of 500 + 20 · 10 − 500
  BOOST_TEST(budget.day.limit == 6000);
}

BOOST_AUTO_TEST_CASE(a_turn_gets_half_of_what_is_left_at_most) {
  polar_budget budget;
  BOOST_TEST(take(budget, sync_priority::critical, 1000, start) == 250);
  BOOST_TEST(take(budget, sync_priority::critical, 1000, start) == 125);
  BOOST_TEST(take(budget, sync_priority::critical, 10, start) == 10);
}

BOOST_AUTO_TEST_CASE(the_less_important_leave_a_reserve) {
  // Shares of 500: 50 %, 75 %, 90 %, 100 %; counted from what those before took.
  auto budget = with_a_long_day();
  BOOST_TEST(take(budget, sync_priority::critical, 1, start) == 1);
  BOOST_TEST(take_all(budget, sync_priority::low, start) == 249);
  BOOST_TEST(take_all(budget, sync_priority::normal, start) == 125);
  BOOST_TEST(take_all(budget, sync_priority::high, start) == 75);
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 50);
}

BOOST_AUTO_TEST_CASE(the_more_important_are_served_first) {
  polar_budget budget;
  budget_request request;
  request.now = start;
  request.wanted = {10, 10, 10, 10};
  BOOST_TEST((budget.exchange(request).permits == counts_by_priority{10, 10, 10, 10}));
  polar_budget scarce;
  BOOST_TEST(take_all(scarce, sync_priority::high, start) == 450); // 90 % of 500
  request.wanted = {30, 30, 30, 30};
  // Of the last 50 nothing but the critical may have any.
  BOOST_TEST((scarce.exchange(request).permits == counts_by_priority{25, 0, 0, 0}));
}

BOOST_AUTO_TEST_CASE(reserves_shrink_to_nothing_at_the_reset) {
  auto budget = with_a_long_day();
  BOOST_TEST(take_all(budget, sync_priority::low, start) == 250);
  // Half of the window is over: half of the reserve is free, 25 % of 500.
  BOOST_TEST(take_all(budget, sync_priority::low, start + 450s) == 125);
  // One second before the end: 0.5 · 1/900 of 500 = 0.28 is still reserved, so 499 of 500.
  BOOST_TEST(take_all(budget, sync_priority::low, start + 899s) == 124);
  BOOST_TEST(take_all(budget, sync_priority::low, start + 900s) == 1);
}

BOOST_AUTO_TEST_CASE(a_new_window_starts_a_moment_after_the_reset) {
  polar_budget budget;
  const auto granted_in = ask(budget, sync_priority::critical, 1, start).granted_in;
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 499);
  budget.exchange(answered(granted_in, 500, 500, start + 900s, start + 1s));
  BOOST_TEST(take(budget, sync_priority::critical, 1, start + 900s) == 0);
  BOOST_TEST(take_all(budget, sync_priority::critical, start + 901s) == 500);
}

BOOST_AUTO_TEST_CASE(the_day_is_a_limit_too) {
  polar_budget budget;
  std::int64_t taken = 0;
  for (auto now = start; now < start + 24h; now += 901s) {
    const auto more = take_all(budget, sync_priority::critical, now);
    taken += more;
    budget_request settled;
    settled.now = now;
    settled.fates = {{numbers(budget), more, 0}};
    budget.exchange(settled);
  }
  BOOST_TEST(taken == 5000);
  BOOST_TEST(take(budget, sync_priority::critical, 1, start + 24h + 1s) == 1);
}

BOOST_AUTO_TEST_CASE(a_429_closes_everything_until_its_reset) {
  polar_budget budget;
  budget_request refused;
  refused.now = start;
  refused.closed_until = start + 300s;
  refused.wanted[0] = 1;
  BOOST_TEST(budget.exchange(refused).permits[0] == 0);
  // A second 429 that asks for less does not open earlier.
  refused.closed_until = start + 10s;
  BOOST_TEST(budget.exchange(refused).permits[0] == 0);
  BOOST_TEST(take(budget, sync_priority::critical, 1, start + 299s) == 0);
  BOOST_TEST(take(budget, sync_priority::critical, 1, start + 300s) == 1);
}

BOOST_AUTO_TEST_CASE(a_higher_priority_is_never_refused_where_a_lower_one_passes) {
  const auto seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  polar_budget budget;
  auto now = start;
  for (int step = 0; step < 20'000; ++step) {
    now += std::chrono::milliseconds{random() % 10'000};
    bool lower_passed = false;
    for (int level = 3; level >= 0; --level) {
      const bool passes = budget.room_for(static_cast<sync_priority>(level), now) > 0;
      BOOST_REQUIRE(passes || !lower_passed);
      lower_passed = passes;
    }
    take(budget, static_cast<sync_priority>(random() % 4), random() % 5, now);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(polar_budget_counts)

BOOST_AUTO_TEST_CASE(others_than_us_are_seen_in_the_headers) {
  polar_budget budget;
  const auto granted_in = ask(budget, sync_priority::critical, 1, start).granted_in;
  // 590 of 600 are gone, though we took one.
  budget.exchange(answered(granted_in, 1, 590, start + 600s, start, 600));
  BOOST_TEST(budget.quarter_hour.used() == 590);
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 10);
  // The reset is Polar's.
  BOOST_TEST(take(budget, sync_priority::critical, 1, start + 600s) == 0);
  BOOST_TEST(take(budget, sync_priority::critical, 1, start + 601s) == 1);
}

BOOST_AUTO_TEST_CASE(calls_of_other_nodes_are_not_counted_twice) {
  polar_budget budget;
  const auto granted_in = ask(budget, sync_priority::critical, 40, start).granted_in;
  ask(budget, sync_priority::critical, 40, start);
  // Both nodes have made all their calls, but only one of them has told: Polar's 80 are the same
  // 80 that were granted.
  budget.exchange(answered(granted_in, 40, 80, start + 900s, start));
  BOOST_TEST(budget.quarter_hour.used() == 80);
  budget.exchange(answered(granted_in, 40, 79, start + 900s, start));
  BOOST_TEST(budget.quarter_hour.used() == 80);
  BOOST_TEST(budget.quarter_hour.open == 0);
}

BOOST_AUTO_TEST_CASE(answers_that_overtake_each_other_do_not_lower_the_count) {
  polar_budget budget;
  const auto granted_in = ask(budget, sync_priority::critical, 2, start).granted_in;
  budget.exchange(answered(granted_in, 1, 498, start + 600s, start));
  budget.exchange(answered(granted_in, 1, 497, start + 600s, start));
  BOOST_TEST(budget.quarter_hour.used() == 498);
}

BOOST_AUTO_TEST_CASE(calls_that_never_arrived_are_found_again) {
  polar_budget budget;
  const auto granted_in = ask(budget, sync_priority::critical, 100, start).granted_in;
  // 30 calls have ended, and Polar has seen 20: 10 never got there. 70 are still open.
  budget.exchange(answered(granted_in, 30, 20, start + 900s, start));
  BOOST_TEST(budget.quarter_hour.used() == 90);
  BOOST_TEST(budget.day.used() == 100);
}

BOOST_AUTO_TEST_CASE(returned_permits_can_be_taken_again) {
  polar_budget budget;
  const auto granted_in = ask(budget, sync_priority::critical, 1, start).granted_in;
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 499);
  budget_request giving;
  giving.now = start;
  giving.fates = {{granted_in, 0, 7}};
  budget.exchange(giving);
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 7);
  BOOST_TEST(budget.day.used() == 500);
}

BOOST_AUTO_TEST_CASE(a_new_window_of_polar_is_recognised) {
  polar_budget budget;
  const auto granted_in = ask(budget, sync_priority::critical, 2, start).granted_in;
  budget.exchange(answered(granted_in, 1, 500, start + 5s, start));
  BOOST_TEST(take(budget, sync_priority::critical, 1, start + 1s) == 0);
  // The other call was under way over the reset and tells of the window after it.
  budget.exchange(answered(granted_in, 1, 1, start + 5s + 900s, start + 5s));
  BOOST_TEST(budget.quarter_hour.used() == 1);
  // What is still told of the old window says nothing any more.
  budget.exchange(answered(granted_in, 0, 500, start + 6s, start + 6s));
  BOOST_TEST(budget.quarter_hour.used() == 1);
}

BOOST_AUTO_TEST_CASE(calls_over_the_reset_count_in_the_new_window) {
  polar_budget budget;
  const auto old_window = ask(budget, sync_priority::critical, 10, start).granted_in;
  const auto later = start + 901s;
  const auto new_window = ask(budget, sync_priority::critical, 1, later).granted_in;
  BOOST_TEST(budget.quarter_hour.used() == 11);
  // Polar says that only 4 of the 10 came after its reset.
  auto news = answered(old_window, 10, 5, later + 900s, later);
  news.fates.push_back({new_window, 1, 0});
  budget.exchange(news);
  BOOST_TEST(budget.quarter_hour.used() == 5);
  BOOST_TEST(budget.day.used() == 11);
}

BOOST_AUTO_TEST_CASE(a_node_that_died_blocks_its_permits_for_two_windows_at_most) {
  polar_budget budget;
  const auto dead = ask(budget, sync_priority::critical, 100, start).granted_in;
  BOOST_TEST(take(budget, sync_priority::critical, 1, start + 901s) == 1);
  BOOST_TEST(budget.quarter_hour.used() == 101);
  const auto third = start + 2 * 901s;
  const auto granted = ask(budget, sync_priority::critical, 1, third);
  // The one of the second window is still in time to be told of.
  BOOST_TEST(budget.quarter_hour.used() == 2);
  BOOST_TEST(budget.day.used() == 102);
  // Whether the dead node's permits were used is seen when Polar tells of the day.
  budget_request news;
  news.now = third;
  news.fates = {{granted.granted_in, 1, 0}};
  news.day = window_news{60, 5000, start + 24h};
  budget.exchange(news);
  BOOST_TEST(budget.day.used() == 61); // 60 and the one that is open
  // A word from the dead does not disturb the count.
  news.fates = {{dead, 50, 50}};
  budget.exchange(news);
  BOOST_TEST(budget.day.used() == 61);
}

BOOST_AUTO_TEST_CASE(nonsense_in_headers_does_not_close_for_ever) {
  const auto nonsense =
      news_of({1'000'000, 0, std::chrono::seconds{1'000'000'000}}, quarter_hour_length, start);
  BOOST_TEST((nonsense == window_news{1'000'000, 0, start + 900s}));
  polar_budget budget;
  ask(budget, sync_priority::critical, 1, start);
  budget_request told;
  told.now = start;
  told.quarter_hour = nonsense;
  budget.exchange(told);
  BOOST_TEST(budget.quarter_hour.limit == 500);
  BOOST_TEST(take(budget, sync_priority::critical, 1, start) == 0);
  BOOST_TEST(take(budget, sync_priority::critical, 1, start + 901s) == 1);
}

BOOST_AUTO_TEST_CASE(news_of_a_window_are_merged) {
  std::optional<window_news> known;
  merge_news(known, {5, 500, start + 100s}, quarter_hour_length);
  merge_news(known, {4, 520, start + 99s}, quarter_hour_length);
  BOOST_TEST((known == window_news{5, 520, start + 99s}));
  // Of the window before: too late. Of the next: instead.
  merge_news(known, {490, 500, start - 800s}, quarter_hour_length);
  BOOST_TEST((known == window_news{5, 520, start + 99s}));
  merge_news(known, {1, 500, start + 1000s}, quarter_hour_length);
  BOOST_TEST((known == window_news{1, 500, start + 1000s}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(polar_budget_day)

BOOST_AUTO_TEST_CASE(routine_keeps_an_even_pace) {
  polar_budget budget;
  budget.quarter_hour.limit = 1'000'000;
  budget.quarter_hour.is_limit_told = true;
  // 2 % of 5000 at once, then 98 % spread over 24 hours: 204.17 an hour.
  BOOST_TEST(take_all(budget, sync_priority::low, start) == 100);
  BOOST_TEST(take_all(budget, sync_priority::low, start + 1h) == 204);
  // In the end all but the last thousandth: 5000 − 5 − 304.
  BOOST_TEST(take_all(budget, sync_priority::low, start + 24h) == 4691);
  BOOST_TEST(take_all(budget, sync_priority::critical, start + 24h) == 5);
}

BOOST_AUTO_TEST_CASE(the_more_urgent_may_be_ahead_of_the_pace) {
  polar_budget budget;
  budget.quarter_hour.limit = 1'000'000;
  budget.quarter_hour.is_limit_told = true;
  // Shares of 5000: 2 %, 10 %, 25 %, 100 %; counted from what those before took.
  BOOST_TEST(take(budget, sync_priority::critical, 1, start) == 1);
  BOOST_TEST(take_all(budget, sync_priority::low, start) == 99);
  BOOST_TEST(take_all(budget, sync_priority::normal, start) == 400);
  BOOST_TEST(take_all(budget, sync_priority::high, start) == 750);
  BOOST_TEST(take_all(budget, sync_priority::critical, start) == 3750);
}

BOOST_AUTO_TEST_CASE(what_is_urgent_does_not_stop_routine) {
  polar_budget budget;
  budget.quarter_hour.limit = 1'000'000;
  budget.quarter_hour.is_limit_told = true;
  BOOST_TEST(take(budget, sync_priority::critical, 2600, start) == 2500);
  BOOST_TEST(take_all(budget, sync_priority::low, start) == 0);
  // The 2500 that are left are spread over the 24 hours that are left: 104.17 an hour.
  BOOST_TEST(take_all(budget, sync_priority::low, start + 1h) == 104);
  BOOST_TEST(take_all(budget, sync_priority::low, start + 2h) == 104);
  BOOST_TEST(take_all(budget, sync_priority::low, start + 24h) == 2287);
}

BOOST_AUTO_TEST_CASE(what_a_pause_left_is_made_up_for) {
  polar_budget budget;
  budget.quarter_hour.limit = 1'000'000;
  budget.quarter_hour.is_limit_told = true;
  BOOST_TEST(take_all(budget, sync_priority::low, start) == 100);
  // Half of the day nothing was taken: 1 − 0.98 · 0.5 of 5000 is 2550.
  BOOST_TEST(take_all(budget, sync_priority::low, start + 12h) == 2450);
}

BOOST_AUTO_TEST_SUITE_END()

// -- against a model of Polar ----------------------------------------------------------------

namespace {

/// Polar's quarter of an hour as Polar sees it.
struct model_of_polar {
  std::int64_t limit = 500;
  instant began{};
  std::int64_t used = 0;

  bool call(instant now) {
    if (used == 0 || now >= began + quarter_hour_length) {
      began = now;
      used = 0;
    }
    if (used >= limit)
      return false;
    ++used;
    return true;
  }
};

/// One call: granted, sent a while later, answered another while later.
struct model_call {
  instant sent_at;
  instant told_at;
  window_numbers granted_in;
  window_news news{};
  bool is_sent = false;
};

} // namespace

BOOST_AUTO_TEST_SUITE(polar_budget_model)

BOOST_AUTO_TEST_CASE(polar_never_refuses_what_was_permitted) {
  const auto seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  for (int round = 0; round < 20; ++round) {
    auto budget = with_a_long_day();
    model_of_polar polar;
    std::vector<model_call> calls;
    std::int64_t made = 0;
    const auto greed = 3 + random() % 40;
    for (auto now = start; now < start + 3h; now += 1s) {
      for (auto& call : calls)
        if (!call.is_sent && call.sent_at <= now) {
          call.is_sent = true;
          BOOST_REQUIRE(polar.call(now));
          ++made;
          call.news = {polar.used, polar.limit, polar.began + quarter_hour_length};
        }
      std::erase_if(calls, [&](const model_call& call) {
        if (!call.is_sent || call.told_at > now)
          return false;
        budget_request request;
        request.now = now;
        request.fates = {{call.granted_in, 1, 0}};
        request.quarter_hour = call.news;
        // Some nodes die with what they know.
        if (random() % 500 != 0)
          budget.exchange(request);
        return true;
      });
      const auto priority = static_cast<sync_priority>(random() % 4);
      const auto grant = ask(budget, priority, static_cast<std::int64_t>(random() % greed), now);
      for (std::int64_t i = 0; i < grant.permits[static_cast<std::size_t>(priority)]; ++i) {
        const auto sent_at = now + std::chrono::seconds{random() % 5};
        calls.push_back({sent_at, sent_at + std::chrono::seconds{random() % 20}, grant.granted_in});
      }
    }
    BOOST_TEST_MESSAGE("greed " << greed << ", calls " << made);
    // Twelve windows of 500; a single call a second would be enough to use them up.
    BOOST_TEST(made > 11 * 500);
  }
}

BOOST_AUTO_TEST_SUITE_END()
