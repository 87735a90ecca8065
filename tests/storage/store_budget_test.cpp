// Goal: the budget that all nodes share survives as it is, and nodes take turns with it.
#define BOOST_TEST_DYN_LINK
#include "tests/storage/store_fixture.hpp"

#include <thread>

namespace polar_flow::storage {

namespace {

polar_budget read(store& db) {
  polar_budget copy;
  require_value(db.change_budget([&](polar_budget& budget) { copy = budget; }));
  return copy;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(shared_budget, store_fixture)

BOOST_AUTO_TEST_CASE(it_begins_empty) {
  BOOST_TEST((read(*db) == polar_budget{}));
}

BOOST_AUTO_TEST_CASE(every_field_comes_back_as_it_was_left) {
  // Each number differs from all others, so that no two columns can be mixed up.
  polar_budget written;
  written.quarter_hour = {.length = quarter_hour_length,
                          .number = 1,
                          .limit = 2,
                          .is_limit_told = true,
                          .reset_at = now + 3s,
                          .is_reset_told = false,
                          .previous_reset_at = now + 4s,
                          .taken = 5,
                          .open = 6,
                          .late = 7,
                          .told = 8,
                          .drift = -9};
  written.day = {.length = day_length,
                 .number = 11,
                 .limit = 12,
                 .is_limit_told = false,
                 .reset_at = now + 13us,
                 .is_reset_told = true,
                 .previous_reset_at = std::nullopt,
                 .taken = 15,
                 .open = 16,
                 .late = 17,
                 .told = 18,
                 .drift = 19};
  written.closed_until = now + 20s;
  written.paced_since = now + 21s;
  written.paced_from = 22;
  require_value(db->change_budget([&](polar_budget& budget) { budget = written; }));
  BOOST_TEST((read(*db) == written));
  std::swap(written.quarter_hour, written.day);
  std::swap(written.quarter_hour.length, written.day.length);
  written.closed_until.reset();
  require_value(db->change_budget([&](polar_budget& budget) { budget = written; }));
  const auto other = require_value(store::open(options));
  BOOST_TEST((read(*other) == written));
}

BOOST_AUTO_TEST_CASE(what_was_used_before_a_restart_stays_used) {
  budget_request request;
  request.now = now;
  request.users = 1;
  // Half of what is left at each turn; 520 is the limit of one user.
  request.wanted[0] = 520;
  budget_grant grant;
  const auto take = [&](store& node) {
    require_value(
        node.change_budget([&](polar_budget& budget) { grant = budget.exchange(request); }));
    return grant.permits[0];
  };
  std::int64_t taken = 0;
  for (int turn = 0; turn < 5; ++turn)
    taken += take(*db);
  db = require_value(store::open(options));
  request.now += 10min;
  while (const auto more = take(*db))
    taken += more;
  BOOST_TEST(taken == 520);
}

BOOST_AUTO_TEST_CASE(nodes_never_take_more_than_there_is) {
  // Four nodes at once take single permits of the 500 of a server without users.
  constexpr int nodes = 4;
  constexpr int turns = 150;
  std::array<std::int64_t, nodes> taken{};
  std::vector<std::thread> threads;
  for (auto& mine : taken)
    threads.emplace_back([&] {
      auto node = store::open(options);
      budget_request request;
      request.now = now;
      request.wanted[0] = 1;
      for (int turn = 0; node && turn < turns; ++turn) {
        std::int64_t got = 0;
        if ((*node)->change_budget(
                [&](polar_budget& budget) { got = budget.exchange(request).permits[0]; }))
          mine += got;
      }
    });
  for (auto& thread : threads)
    thread.join();
  std::int64_t sum = 0;
  for (const auto mine : taken)
    sum += mine;
  BOOST_TEST(sum == 500);
  BOOST_TEST(read(*db).quarter_hour.open == 500);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
