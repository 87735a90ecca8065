#define BOOST_TEST_DYN_LINK
#include "domain/day_set.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <set>

using namespace polar_flow;
using std::chrono::days;

namespace {

constexpr date today{std::chrono::year{2026} / 3 / 1};

} // namespace

BOOST_AUTO_TEST_SUITE(day_sets)

BOOST_AUTO_TEST_CASE(ranges_that_touch_become_one) {
  day_set set;
  set.add({today, today + days{2}});
  set.add({today + days{6}, today + days{8}});
  BOOST_TEST(set.ranges().size() == 2u);
  set.add({today + days{3}, today + days{5}});
  BOOST_REQUIRE(set.ranges().size() == 1u);
  BOOST_TEST((set.ranges().front() == date_range{today, today + days{8}}));
}

BOOST_AUTO_TEST_CASE(an_empty_range_adds_nothing) {
  day_set set;
  set.add({today, today - days{1}});
  BOOST_TEST(set.empty());
}

// Goal: the ranges mean what a plain set of days means. Method: random operations on both.
BOOST_AUTO_TEST_CASE(it_agrees_with_a_set_of_single_days) {
  const auto seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  std::uniform_int_distribution place{0, 60};
  std::uniform_int_distribution length{0, 9};
  day_set set;
  std::set<date> plain;
  for (int round = 0; round < 2000; ++round) {
    const auto first = today + days{place(random)};
    const date_range range{first, first + days{length(random)} - days{1}};
    const bool adds = random() % 2 == 0;
    adds ? set.add(range) : set.remove(range);
    for (auto day = range.first; day <= range.last; day += days{1})
      adds ? void(plain.insert(day)) : void(plain.erase(day));
    const date_range all{today - days{2}, today + days{72}};
    std::set<date> missing;
    for (const auto& gap : set.missing_in(all))
      for (auto day = gap.first; day <= gap.last; day += days{1})
        missing.insert(day);
    for (auto day = all.first; day <= all.last; day += days{1}) {
      BOOST_REQUIRE(set.contains(day) == plain.contains(day));
      BOOST_REQUIRE(missing.contains(day) != plain.contains(day));
    }
    for (std::size_t i = 1; i < set.ranges().size(); ++i)
      BOOST_REQUIRE((set.ranges()[i - 1].last + days{1} < set.ranges()[i].first));
  }
}

BOOST_AUTO_TEST_SUITE_END()
