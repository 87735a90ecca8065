// Goal: a week far above the usual is named while it lasts, if the nights show it. Method: NumPy's
// verdicts day by day, and weeks with known answers. How often it errs is measured by
// tests/simulation.
#define BOOST_TEST_DYN_LINK
#include "analytics/overload_watch.hpp"
#include "tests/analytics/golden.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

const date yesterday = today - days{1};

bool is_near(double value, double expected) {
  return std::abs(value - expected) <= 1e-9 * std::max(1.0, std::abs(expected));
}

bool is_near(const std::optional<double>& value, const std::string& expected) {
  if (!value || expected == "-")
    return !value && expected == "-";
  return is_near(*value, parse(expected));
}

void check_golden(const golden_line& line) {
  series loads;
  series strains;
  for (std::size_t word = 0; word < line.given.size(); word += 3) {
    const date day{days{static_cast<int>(parse(line.given[word]))}};
    loads.push_back({day, parse(line.given[word + 1])});
    if (line.given[word + 2] != "-")
      strains.push_back({day, parse(line.given[word + 2])});
  }
  overload_watch watch;
  const auto* expected = line.expected.data();
  for (const auto& day : training_days(loads, strains)) {
    watch.see(day);
    BOOST_TEST(to_string(watch.state()) == expected[0]);
    BOOST_TEST(is_near(watch.ratio(), expected[1]));
    BOOST_TEST(is_near(watch.deviation(), expected[2]));
    expected += 3;
  }
}

/// Hard, easy and rest days in turn until `yesterday`, the last `hard_days` of them harder.
series season(int count, int hard_days, double harder) {
  series loads;
  for (int age = count - 1; age >= 0; --age) {
    const double load = age % 3 == 0 ? 120.0 : age % 3 == 1 ? 60.0 : 20.0;
    loads.push_back({yesterday - days{age}, load * (age < hard_days ? harder : 1.0)});
  }
  return loads;
}

series strained(double strain) {
  return constant(today, 5, strain);
}

} // namespace

BOOST_AUTO_TEST_SUITE(overload)

BOOST_AUTO_TEST_CASE(equals_numpy) {
  const auto lines = golden_lines("alarm_vectors.txt", "overload");
  for (std::size_t index = 0; index < lines.size(); ++index)
    BOOST_TEST_CONTEXT("line " << index + 1)
  check_golden(lines[index]);
  BOOST_TEST(lines.size() == 12u);
}

BOOST_AUTO_TEST_CASE(a_usual_season_is_usual) {
  const auto standing = watch_overload(season(120, 0, 1), strained(3), today);
  BOOST_TEST((standing.as_of == yesterday));
  BOOST_TEST((standing.state == overload_state::usual));
  BOOST_TEST(std::abs(*standing.ratio - 1.0) < 0.15);
  BOOST_TEST(is_near(*standing.ratio, *standing.week_load / *standing.usual_load));
  BOOST_TEST(is_near(*standing.strain, 3.0));
}

BOOST_AUTO_TEST_CASE(twice_the_usual_is_an_overload_if_the_nights_show_it) {
  const auto hard = season(120, 6, 2);
  BOOST_TEST((watch_overload(hard, strained(1), today).state == overload_state::overload));
  BOOST_TEST((watch_overload(hard, strained(0.5), today).state == overload_state::usual));
}

BOOST_AUTO_TEST_CASE(without_nights_the_load_is_judged_more_strictly) {
  const auto state_at = [](double deviation, std::optional<double> strain) {
    overload_watch watch;
    date day = today - days{100};
    // ln(ratio) is 0.3 and −0.3 in turn, so 0.3 is the spread.
    for (int number = 0; number < 60; ++number)
      watch.see({.day = day += days{1},
                 .week = std::exp(number % 2 == 0 ? 0.3 : -0.3),
                 .usual = 1.0,
                 .strain = strain});
    watch.see({.day = day + days{1},
               .week = std::exp(deviation * 0.3),
               .usual = 1.0,
               .strain = strain});
    return watch.state();
  };
  BOOST_TEST((state_at(1.75, 1.0) == overload_state::overload));
  BOOST_TEST((state_at(1.75, 0.5) == overload_state::usual));
  BOOST_TEST((state_at(1.75, std::nullopt) == overload_state::usual));
  BOOST_TEST((state_at(2.25, std::nullopt) == overload_state::overload));
}

BOOST_AUTO_TEST_CASE(it_ends_with_the_load) {
  auto loads = season(120, 6, 2);
  for (auto& load : loads)
    load.day -= days{7};
  const auto rest = constant(yesterday, 7, 20.0);
  const auto nights = constant(today, 20, 2.0);
  BOOST_TEST((watch_overload(loads, nights, today - days{7}).state == overload_state::overload));
  const auto standing = watch_overload(joined(loads, rest), nights, today);
  BOOST_TEST((standing.state == overload_state::usual));
  BOOST_TEST((*standing.since > today - days{7}));
}

BOOST_AUTO_TEST_CASE(too_little_is_learned_from_and_not_judged) {
  // 28 days to compare with, 7 to judge, and three weeks of ratios.
  BOOST_TEST((watch_overload(season(45, 6, 3), strained(2), today).state
              == overload_state::learning));
  auto loads = season(120, 6, 2);
  loads.erase(loads.end() - 3, loads.end() - 1);
  const auto standing = watch_overload(loads, strained(2), today);
  BOOST_TEST((standing.state == overload_state::learning));
  BOOST_TEST(!standing.ratio.has_value());
}

BOOST_AUTO_TEST_CASE(who_rests_for_weeks_has_no_ratio) {
  // A tenth is no sum of powers of two, so a sum that is carried along would never be zero again.
  auto loads = season(120, 0, 1.1);
  for (auto& load : loads) {
    load.day -= days{60};
    load.value += 0.1;
  }
  const auto standing = watch_overload(joined(loads, constant(yesterday, 60, 0.0)), {}, today);
  BOOST_TEST((standing.state == overload_state::learning));
  BOOST_TEST(!standing.ratio.has_value());
}

BOOST_AUTO_TEST_CASE(the_first_run_after_a_pause_is_no_overload) {
  auto loads = season(120, 0, 1);
  for (auto& load : loads)
    load.day -= days{60};
  auto rest = constant(yesterday, 60, 0.0);
  rest.back().value = 120.3;
  rest[40].value = 2.0;
  const auto standing = watch_overload(joined(loads, rest), {}, today);
  BOOST_TEST((standing.state == overload_state::learning));
  BOOST_TEST(!standing.usual_load.has_value());
}

BOOST_AUTO_TEST_CASE(today_is_not_over) {
  auto loads = season(120, 0, 1);
  const auto before = watch_overload(loads, strained(2), today);
  loads.push_back({today, 5000});
  BOOST_TEST((watch_overload(loads, strained(2), today) == before));
}

BOOST_AUTO_TEST_CASE(an_old_day_says_nothing) {
  const auto loads = season(120, 6, 2);
  BOOST_TEST((watch_overload(loads, {}, today + days{2}).as_of == yesterday));
  BOOST_TEST((watch_overload(loads, {}, today + days{3}) == overload_standing{}));
  BOOST_TEST((watch_overload({}, {}, today) == overload_standing{}));
}

BOOST_AUTO_TEST_CASE(another_unit_gives_the_same_verdict) {
  auto loads = season(120, 6, 2);
  const auto before = watch_overload(loads, strained(1), today);
  for (auto& load : loads)
    load.value *= 40;
  const auto after = watch_overload(loads, strained(1), today);
  BOOST_TEST((after.state == before.state));
  BOOST_TEST(is_near(*after.ratio, *before.ratio));
  BOOST_TEST(is_near(*after.deviation, *before.deviation));
}

BOOST_AUTO_TEST_SUITE_END()
