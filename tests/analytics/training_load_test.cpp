// Goal: fitness, fatigue, form, monotony and strain are those of the known days, and are shown only
// when enough days are known. Method: series with known answers, NumPy's figures with every weight
// written out, and properties of means.
#define BOOST_TEST_DYN_LINK
#include "analytics/training_load.hpp"
#include "simulator/training.hpp"
#include "tests/analytics/golden.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

constexpr unsigned seed = 20261102;

const date yesterday = today - days{1};

/// Relative above 1, so that a sum of loads is not asked for more digits than a double has.
bool is_near(double value, double expected) {
  return std::abs(value - expected) <= 1e-9 * std::max(1.0, std::abs(expected));
}

bool is_near(const std::optional<double>& value, const std::string& expected) {
  if (!value || expected == "-")
    return !value && expected == "-";
  return is_near(*value, parse(expected));
}

series loads_of(const std::vector<std::string>& words) {
  series loads;
  date day = yesterday - days{static_cast<int>(words.size())};
  for (const auto& word : words) {
    day += days{1};
    if (word != "-")
      loads.push_back({day, parse(word)});
  }
  return loads;
}

void check_mean(const series& loads, double time_constant, const std::string& value,
                const std::string& coverage) {
  const auto mean = fade(loads, time_constant);
  BOOST_TEST(is_near(mean.value, parse(value)));
  BOOST_TEST(is_near(mean.coverage, parse(coverage)));
}

void check_golden(const golden_line& line) {
  const series loads = loads_of(line.given);
  const auto& expected = line.expected;
  check_mean(loads, ctl_days, expected[0], expected[1]);
  check_mean(loads, atl_days, expected[2], expected[3]);
  const auto week = assess_load(loads, {}, today).week;
  BOOST_TEST(is_near(week ? std::optional{week->total} : std::nullopt, expected[4]));
  BOOST_TEST(is_near(week ? week->monotony : std::nullopt, expected[5]));
  BOOST_TEST(is_near(week ? week->strain : std::nullopt, expected[6]));
}

/// A hard day, an easy one and a rest day in turn.
std::vector<double> training_days(std::size_t count) {
  std::vector<double> loads(count);
  for (std::size_t day = 0; day < count; ++day)
    loads[day] = day % 3 == 0 ? 150.0 : day % 3 == 1 ? 60.0 : 0.0;
  return loads;
}

load_standing assess(const series& daily) {
  return assess_load(daily, {}, today);
}

/// By how many percent the fading mean of the last `known` days misses that of three years, on
/// average over athletes of the simulator.
double percent_missed(int known, double time_constant) {
  double sum = 0;
  constexpr int athletes = 20;
  for (int number = 0; number < athletes; ++number) {
    const auto who = simulator::make_athlete(seed, simulator::first_athlete_id + number);
    series loads;
    for (int age = 3 * 365; age > 0; --age)
      loads.push_back({today - days{age}, simulator::load_on(who, today - days{age})});
    const double whole = fade(loads, time_constant).value;
    sum += std::abs(fade({loads.end() - known, loads.end()}, time_constant).value / whole - 1.0);
  }
  return 100.0 * sum / athletes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(training_load)

BOOST_AUTO_TEST_CASE(equals_numpy) {
  const auto lines = golden_lines("training_load_vectors.txt", "load");
  for (std::size_t index = 0; index < lines.size(); ++index)
    BOOST_TEST_CONTEXT("line " << index + 1)
  check_golden(lines[index]);
  // As many as the script writes; a missing or cut file must not pass.
  BOOST_TEST(lines.size() == 45u);
}

BOOST_AUTO_TEST_CASE(equals_the_usual_recurrence) {
  // CTL ← CTL + (load − CTL)·(1 − e^(−1/42)) from zero forgets its start: after 2000 days
  // e^(−2000/42) of it, 2e-21, is left.
  const auto loads = training_days(2000);
  double ctl = 0;
  for (const double load : loads)
    ctl += (load - ctl) * (1.0 - std::exp(-1.0 / ctl_days));
  BOOST_TEST(is_near(assess(ending(yesterday, loads)).ctl->value, ctl));
}

BOOST_AUTO_TEST_CASE(steady_training_is_its_own_mean) {
  const auto standing = assess(constant(yesterday, 84, 70.0));
  BOOST_TEST(is_near(standing.ctl->value, 70.0));
  BOOST_TEST(is_near(standing.atl->value, 70.0));
  BOOST_TEST(std::abs(standing.tsb.value()) < 1e-9);
  // 1 − e^(−84/42)
  BOOST_TEST(is_near(standing.ctl->coverage, 1.0 - std::exp(-2.0)));
}

BOOST_AUTO_TEST_CASE(a_hard_week_lowers_the_form_and_rest_brings_it_back) {
  const auto usual = constant(yesterday - days{7}, 120, 50.0);
  const auto hard = assess(joined(usual, constant(yesterday, 7, 120.0)));
  BOOST_TEST(hard.tsb.value() < -20.0);
  const auto rested = assess(joined(usual, constant(yesterday, 7, 0.0)));
  BOOST_TEST(rested.tsb.value() > 15.0);
  BOOST_TEST(rested.ctl->value < 50.0);
}

BOOST_AUTO_TEST_CASE(means_need_most_of_their_weight) {
  BOOST_TEST(!assess(constant(yesterday, 82, 70.0)).ctl.has_value());
  BOOST_TEST(!assess(constant(yesterday, 82, 70.0)).tsb.has_value());
  BOOST_TEST(assess(constant(yesterday, 84, 70.0)).ctl.has_value());
  BOOST_TEST(!assess(constant(yesterday, 13, 70.0)).atl.has_value());
  BOOST_TEST(assess(constant(yesterday, 14, 70.0)).atl.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_shown_hardly_depends_on_the_time_before) {
  BOOST_TEST_MESSAGE("seed " << seed);
  for (const int known : {28, 42, 56, 84, 180})
    BOOST_TEST_MESSAGE("CTL from " << known << " days misses by " << percent_missed(known, ctl_days)
                                   << " %");
  for (const int known : {7, 14, 28})
    BOOST_TEST_MESSAGE("ATL from " << known << " days misses by " << percent_missed(known, atl_days)
                                   << " %");
  BOOST_TEST(percent_missed(84, ctl_days) < 4.0);
}

BOOST_AUTO_TEST_CASE(an_unknown_day_is_no_rest_day) {
  // One week of 200 not known: the fatigue is not told, and the fitness is that of the other days.
  auto known = joined(constant(yesterday - days{7}, 193, 70.0), constant(yesterday, 1, 70.0));
  const auto standing = assess(known);
  BOOST_TEST(!standing.atl.has_value());
  BOOST_TEST(is_near(standing.ctl->value, 70.0));
  BOOST_TEST(standing.week_days_known == 1);
  BOOST_TEST(!standing.week.has_value());
  // Had they been rest days, it would have fallen.
  known = joined(
      joined(constant(yesterday - days{7}, 193, 70.0), constant(yesterday - days{1}, 6, 0.0)),
      constant(yesterday, 1, 70.0));
  BOOST_TEST(assess(known).ctl->value < 62.0);
}

BOOST_AUTO_TEST_CASE(a_ratio_without_a_load_is_a_rest_day) {
  const series loads{{today - days{5}, 80.0}, {today - days{2}, 40.0}, {today, 10.0}};
  const series ratios{{today - days{6}, 1.0},
                      {today - days{5}, 1.1},
                      {today - days{4}, 0.9},
                      {today - days{1}, 0.8}};
  const series expected{{today - days{6}, 0.0},  {today - days{5}, 80.0}, {today - days{4}, 0.0},
                        {today - days{2}, 40.0}, {today - days{1}, 0.0},  {today, 10.0}};
  BOOST_TEST((daily_loads(loads, ratios) == expected));
  BOOST_TEST((daily_loads(loads, {}) == loads));
  BOOST_TEST(daily_loads({}, {}).empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_load_is_unknown) {
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  const series loads{{today - days{3}, -1.0}, {today - days{2}, nothing}, {today, 0.0}};
  BOOST_TEST((daily_loads(loads, {}) == series{{today, 0.0}}));
  // Not even with a ratio: Polar knew the day, but not its load.
  BOOST_TEST((daily_loads(loads, {{{today - days{3}, 1.0}}}) == series{{today, 0.0}}));
}

BOOST_AUTO_TEST_CASE(today_is_not_over_yet) {
  const auto until_yesterday = ending(yesterday, training_days(120));
  const auto standing = assess(until_yesterday);
  BOOST_TEST((standing.as_of.value() == yesterday));
  BOOST_TEST((assess(joined(until_yesterday, {{today, 500.0}})) == standing));
}

BOOST_AUTO_TEST_CASE(old_days_say_nothing_about_form) {
  const auto daily = ending(yesterday, training_days(120));
  BOOST_TEST(assess_load(daily, {}, today + days{2}).tsb.has_value());
  BOOST_TEST((assess_load(daily, {}, today + days{3}) == load_standing{}));
  BOOST_TEST((assess_load({}, {}, today) == load_standing{}));
}

BOOST_AUTO_TEST_CASE(monotony_and_strain) {
  const auto week = assess(ending(yesterday, {100, 0, 60, 20, 80, 0, 40})).week;
  BOOST_REQUIRE(week.has_value());
  const double level = 300.0 / 7.0;
  const double squares = 100 * 100 + 60 * 60 + 20 * 20 + 80 * 80 + 40 * 40 - 7 * level * level;
  BOOST_TEST(week->total == 300.0);
  BOOST_TEST(is_near(week->monotony.value(), level / std::sqrt(squares / 6.0)));
  BOOST_TEST(is_near(week->strain.value(), 300.0 * level / std::sqrt(squares / 6.0)));
}

BOOST_AUTO_TEST_CASE(seven_days_alike_have_no_monotony) {
  for (const double load : {0.0, 64.0, 0.1}) {
    const auto week = assess(constant(yesterday, 7, load)).week;
    BOOST_REQUIRE(week.has_value());
    BOOST_TEST(is_near(week->total, 7 * load));
    BOOST_TEST(!week->monotony.has_value());
    BOOST_TEST(!week->strain.has_value());
  }
}

BOOST_AUTO_TEST_CASE(polar_s_ratio_stands_beside) {
  const auto daily = ending(yesterday, training_days(120));
  const series ratios{{yesterday - days{1}, 0.9}, {yesterday, 1.1}, {today, 1.3}};
  BOOST_TEST(assess_load(daily, ratios, today).polar_ratio.value() == 1.1);
  BOOST_TEST(!assess_load(daily, {}, today).polar_ratio.has_value());
}

BOOST_AUTO_TEST_CASE(twice_the_load_is_twice_the_load) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  std::exponential_distribution<double> load{1.0 / 80.0};
  for (int round = 0; round < 50; ++round) {
    std::vector<double> loads(150);
    std::ranges::generate(loads, [&] { return load(random); });
    const auto single = assess(ending(yesterday, loads));
    std::ranges::transform(loads, loads.begin(), [](double value) { return 2 * value; });
    const auto twice = assess(ending(yesterday, loads));
    BOOST_TEST(is_near(twice.tsb.value(), 2 * single.tsb.value()));
    BOOST_TEST(is_near(twice.week->monotony.value(), single.week->monotony.value()));
    BOOST_TEST(is_near(twice.week->strain.value(), 2 * single.week->strain.value()));
    // The week has no order.
    std::shuffle(loads.end() - 7, loads.end(), random);
    BOOST_TEST((assess(ending(yesterday, loads)).week == twice.week));
  }
}

BOOST_AUTO_TEST_CASE(days_are_calendar_days) {
  // With the leap day in the window and without it, and whatever zone says that it is `today`.
  const auto loads = training_days(120);
  auto leap = assess(ending(yesterday, loads));
  const auto other = assess_load(ending(yesterday + days{365}, loads), {}, today + days{365});
  leap.as_of = other.as_of;
  BOOST_TEST((leap == other));
  const instant moment = today + std::chrono::hours{11};
  const auto ahead =
      assess_load(ending(yesterday, loads), {}, local_date(moment, std::chrono::hours{13}));
  const auto behind =
      assess_load(ending(yesterday, loads), {}, local_date(moment, -std::chrono::hours{10}));
  BOOST_TEST((ahead == behind));
}

BOOST_AUTO_TEST_SUITE_END()
