// Goal: the week and the night are judged by the 60 days before the week, honestly about gaps.
// Method: days at a known mean and spread, SciPy's figures, and properties of the logarithm.
#define BOOST_TEST_DYN_LINK
#include "analytics/hrv_range.hpp"
#include "simulator/episodes.hpp"
#include "simulator/physiology.hpp"
#include "tests/analytics/golden.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

constexpr unsigned seed = 20261101;

/// Half of the nights at 40 ms and half at 90 ms: mean ln 60, deviation ln 1.5 · √(60/59).
const double usual_ln = std::log(60.0);
const double usual_deviation = std::log(1.5) * std::sqrt(60.0 / 59.0);

/// The 60 days before the week, then a week of `night_ms`.
series usual_then(const std::vector<double>& week_ms) {
  std::vector<double> before;
  for (int pair = 0; pair < 30; ++pair)
    before.insert(before.end(), {40, 90});
  const date week_before = today - days{static_cast<int>(week_ms.size())};
  return joined(ending(week_before, before), ending(today, week_ms));
}

series random_nights(std::mt19937& random, std::size_t count) {
  std::normal_distribution<double> ln_ms{4.0, 0.15};
  std::vector<double> nights(count);
  std::ranges::generate(nights, [&] { return std::exp(ln_ms(random)); });
  return ending(today, nights);
}

bool is_near(double value, double expected) {
  return std::abs(value - expected) < 1e-9;
}

bool is_near(const std::optional<double>& value, const std::string& expected) {
  if (!value || expected == "-")
    return !value && expected == "-";
  return is_near(*value, parse(expected));
}

std::string verdict_text(const std::optional<range_verdict>& verdict) {
  if (!verdict)
    return "-";
  switch (*verdict) {
  case range_verdict::below:
    return "below";
  case range_verdict::within:
    return "within";
  case range_verdict::above:
    return "above";
  }
  return "";
}

/// The days of a golden line; "-" is a night that is missing.
series nights_of(const std::vector<std::string>& words) {
  series nights;
  date day = today - days{static_cast<int>(words.size())};
  for (const auto& word : words) {
    day += days{1};
    if (word != "-")
      nights.push_back({day, parse(word)});
  }
  return nights;
}

void check_range(const std::optional<ln_range>& range, const std::string& lower,
                 const std::string& upper) {
  BOOST_TEST(is_near(range ? std::optional{range->lower} : std::nullopt, lower));
  BOOST_TEST(is_near(range ? std::optional{range->upper} : std::nullopt, upper));
}

void check_golden(const golden_line& line) {
  const hrv_range_settings settings{.chronic_k = parse(line.given[0]),
                                    .acute_k = parse(line.given[1])};
  const auto standing =
      assess_hrv(nights_of({line.given.begin() + 2, line.given.end()}), today, settings);
  const auto& expected = line.expected;
  BOOST_TEST(standing.week_nights == parse(expected[0]));
  BOOST_TEST(is_near(standing.week_mean_ln, expected[1]));
  BOOST_TEST(is_near(standing.week_variation_percent, expected[2]));
  BOOST_TEST(standing.range_nights == parse(expected[3]));
  BOOST_TEST(is_near(standing.range_mean_ln, expected[4]));
  BOOST_TEST(is_near(standing.range_deviation_ln, expected[5]));
  check_range(standing.acute_range, expected[6], expected[7]);
  check_range(standing.chronic_range, expected[8], expected[9]);
  BOOST_TEST(verdict_text(standing.acute) == expected[10]);
  BOOST_TEST(verdict_text(standing.chronic) == expected[11]);
}

/// How often the verdicts were below, within and above.
struct verdict_shares {
  std::array<int, 3> acute{};
  std::array<int, 3> chronic{};
  int nights = 0;

  void add(const hrv_standing& standing) {
    if (!standing.acute || !standing.chronic)
      return;
    ++acute[static_cast<std::size_t>(*standing.acute)];
    ++chronic[static_cast<std::size_t>(*standing.chronic)];
    ++nights;
  }

  double percent(int count) const {
    return 100.0 * count / nights;
  }

  void print(const std::string& kind) const {
    BOOST_TEST_MESSAGE(nights << " " << kind << " nights: acute " << percent(acute[0])
                              << " % below, " << percent(acute[2]) << " % above; chronic "
                              << percent(chronic[0]) << " % below, " << percent(chronic[2])
                              << " % above");
  }
};

/// Neither ill nor overloaded within two weeks before.
bool is_ordinary(const simulator::athlete& who, date day) {
  for (int age = 0; age < 14; ++age)
    if (simulator::illness_severity(who, day - days{age}) > 0
        || simulator::is_overload_day(who, day - days{age}))
      return false;
  return true;
}

} // namespace

BOOST_AUTO_TEST_SUITE(hrv_range)

BOOST_AUTO_TEST_CASE(equals_scipy) {
  const auto lines = golden_lines("hrv_range_vectors.txt", "hrv");
  for (std::size_t index = 0; index < lines.size(); ++index)
    BOOST_TEST_CONTEXT("line " << index + 1)
  check_golden(lines[index]);
  // As many as the script writes; a missing or cut file must not pass.
  BOOST_TEST(lines.size() == 218u);
}

BOOST_AUTO_TEST_CASE(a_usual_week_is_within) {
  const auto standing = assess_hrv(usual_then(std::vector<double>(7, 60.0)), today);
  BOOST_TEST((standing.as_of.value() == today));
  BOOST_TEST(is_near(standing.range_mean_ln.value(), usual_ln));
  BOOST_TEST(is_near(standing.range_deviation_ln.value(), usual_deviation));
  BOOST_TEST(is_near(standing.chronic_range->upper, usual_ln + 0.5 * usual_deviation));
  BOOST_TEST(is_near(standing.acute_range->lower, usual_ln - usual_deviation));
  BOOST_TEST(standing.week_nights == 7);
  BOOST_TEST(standing.range_nights == 60);
  BOOST_TEST(standing.week_variation_percent.value() == 0.0);
  BOOST_TEST((standing.acute == range_verdict::within));
  BOOST_TEST((standing.chronic == range_verdict::within));
}

BOOST_AUTO_TEST_CASE(the_night_and_the_week_are_judged_apart) {
  // ln 0.6 = −0.51 is beyond one deviation (0.41) for the night; a seventh of it is within.
  const auto bad_night = assess_hrv(usual_then({60, 60, 60, 60, 60, 60, 36}), today);
  BOOST_TEST((bad_night.acute == range_verdict::below));
  BOOST_TEST((bad_night.chronic == range_verdict::within));
  // ln 0.75 = −0.29 is within one deviation and, for a whole week, beyond half of one.
  const auto bad_week = assess_hrv(usual_then(std::vector<double>(7, 45.0)), today);
  BOOST_TEST((bad_week.acute == range_verdict::within));
  BOOST_TEST((bad_week.chronic == range_verdict::below));
  const auto high = assess_hrv(usual_then(std::vector<double>(7, 100.0)), today);
  BOOST_TEST((high.acute == range_verdict::above));
  BOOST_TEST((high.chronic == range_verdict::above));
}

BOOST_AUTO_TEST_CASE(the_limits_are_within) {
  const auto nights = usual_then(std::vector<double>(7, 60.0));
  const auto standing = assess_hrv(nights, today, {.chronic_k = 0.0, .acute_k = 0.0});
  // Without any width only the mean itself is left, and it is computed from other nights.
  BOOST_TEST(standing.acute_range->lower == standing.acute_range->upper);
  const auto wide = assess_hrv(nights, today, {.chronic_k = 10.0, .acute_k = 10.0});
  BOOST_TEST((wide.acute == range_verdict::within));
}

BOOST_AUTO_TEST_CASE(the_judged_week_is_not_in_its_range) {
  const auto usual = assess_hrv(usual_then(std::vector<double>(7, 60.0)), today);
  const auto other = assess_hrv(usual_then({20, 200, 20, 200, 20, 200, 20}), today);
  BOOST_TEST(usual.range_mean_ln.value() == other.range_mean_ln.value());
  BOOST_TEST(usual.range_deviation_ln.value() == other.range_deviation_ln.value());
  // Nor is what lies before the 60 days.
  auto nights = usual_then(std::vector<double>(7, 60.0));
  nights.insert(nights.begin(), {today - days{67}, 500.0});
  BOOST_TEST((assess_hrv(nights, today) == usual));
}

BOOST_AUTO_TEST_CASE(two_nights_are_no_week) {
  auto nights = usual_then(std::vector<double>(7, 60.0));
  nights.erase(nights.end() - 5, nights.end() - 1);
  BOOST_TEST(assess_hrv(nights, today).week_nights == 3);
  BOOST_TEST(assess_hrv(nights, today).chronic.has_value());
  nights.erase(nights.end() - 2);
  const auto standing = assess_hrv(nights, today);
  BOOST_TEST(standing.week_nights == 2);
  BOOST_TEST(!standing.week_mean_ln.has_value());
  BOOST_TEST(!standing.week_variation_percent.has_value());
  BOOST_TEST(!standing.chronic.has_value());
  BOOST_TEST((standing.acute == range_verdict::within));
}

BOOST_AUTO_TEST_CASE(half_of_the_range_must_be_known) {
  auto nights = usual_then(std::vector<double>(7, 60.0));
  nights.erase(nights.begin(), nights.begin() + 30);
  BOOST_TEST(assess_hrv(nights, today).range_nights == 30);
  BOOST_TEST(assess_hrv(nights, today).acute.has_value());
  nights.erase(nights.begin());
  const auto standing = assess_hrv(nights, today);
  BOOST_TEST(standing.range_nights == 29);
  BOOST_TEST(!standing.range_mean_ln.has_value());
  BOOST_TEST(!standing.acute.has_value());
  BOOST_TEST(!standing.chronic.has_value());
  BOOST_TEST(standing.week_mean_ln.has_value());
}

BOOST_AUTO_TEST_CASE(gaps_are_left_out_not_filled) {
  // The range keeps its mean and the shape of its spread when every second pair is missing.
  auto nights = usual_then(std::vector<double>(7, 60.0));
  for (int pair = 0; pair < 15; ++pair)
    nights.erase(nights.begin() + 2 * pair, nights.begin() + 2 * pair + 2);
  const auto standing = assess_hrv(nights, today);
  BOOST_TEST(standing.range_nights == 30);
  BOOST_TEST(is_near(standing.range_mean_ln.value(), usual_ln));
  BOOST_TEST(is_near(standing.range_deviation_ln.value(), std::log(1.5) * std::sqrt(30.0 / 29.0)));
}

BOOST_AUTO_TEST_CASE(an_old_night_says_nothing) {
  const auto nights = usual_then(std::vector<double>(7, 60.0));
  const auto newest = assess_hrv(nights, today);
  // Three days on nothing new is known, and the same night is still the newest.
  BOOST_TEST((assess_hrv(nights, today + days{3}) == newest));
  BOOST_TEST((assess_hrv(nights, today + days{4}) == hrv_standing{}));
  BOOST_TEST((assess_hrv({}, today) == hrv_standing{}));
}

BOOST_AUTO_TEST_CASE(a_watch_that_never_changes_makes_no_verdicts) {
  // 1.9 % more than ever is within the least believed range of one deviation, 2.1 % is not.
  auto nights = constant(today, 67, 50.0);
  nights.back().value = 50.0 * std::exp(0.019);
  BOOST_TEST((assess_hrv(nights, today).acute == range_verdict::within));
  nights.back().value = 50.0 * std::exp(0.021);
  BOOST_TEST((assess_hrv(nights, today).acute == range_verdict::above));
}

BOOST_AUTO_TEST_CASE(another_unit_shifts_the_logarithms) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  for (int round = 0; round < 50; ++round) {
    auto nights = random_nights(random, 80);
    const auto before = assess_hrv(nights, today);
    for (auto& night : nights)
      night.value *= 1000;
    const auto after = assess_hrv(nights, today);
    const double shift = std::log(1000.0);
    BOOST_TEST(is_near(*after.week_mean_ln, *before.week_mean_ln + shift));
    BOOST_TEST(is_near(*after.range_mean_ln, *before.range_mean_ln + shift));
    BOOST_TEST(is_near(*after.range_deviation_ln, *before.range_deviation_ln));
    BOOST_TEST(is_near(after.chronic_range->lower, before.chronic_range->lower + shift));
    BOOST_TEST((after.acute == before.acute));
    BOOST_TEST((after.chronic == before.chronic));
  }
}

BOOST_AUTO_TEST_CASE(the_order_of_nights_does_not_matter_to_the_range) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  for (int round = 0; round < 50; ++round) {
    auto nights = random_nights(random, 67);
    const auto before = assess_hrv(nights, today);
    std::vector<double> values;
    for (const auto& night : nights)
      values.push_back(night.value);
    std::shuffle(values.begin(), values.begin() + 60, random);
    std::shuffle(values.begin() + 60, values.end() - 1, random);
    // Exactly, because means and deviations are rounded once.
    BOOST_TEST((assess_hrv(ending(today, values), today) == before));
  }
}

BOOST_AUTO_TEST_CASE(ill_nights_fall_below_and_ordinary_ones_seldom) {
  BOOST_TEST_MESSAGE("seed " << seed);
  constexpr double ill_severity = 0.8;
  verdict_shares ordinary;
  verdict_shares ill;
  for (int number = 0; number < 20; ++number) {
    const auto who = simulator::make_athlete(seed, simulator::first_athlete_id + number);
    series nights;
    for (const auto& state : simulator::conditions(who, {today - days{730}, today})) {
      if (!simulator::is_night_recorded(who, state.day))
        continue;
      nights.push_back({state.day, std::round(std::exp(state.ln_rmssd))});
      if (state.illness_severity >= ill_severity)
        ill.add(assess_hrv(nights, state.day));
      else if (is_ordinary(who, state.day))
        ordinary.add(assess_hrv(nights, state.day));
    }
  }
  ordinary.print("ordinary");
  ill.print("ill");
  // Of independent normal nights 16 % lie below one deviation, and 9 % of the weeks below half of
  // one; a range that has seen bad days is a little wider.
  BOOST_TEST(ordinary.percent(ordinary.acute[0]) < 16.0);
  BOOST_TEST(ordinary.percent(ordinary.chronic[0]) < 16.0);
  BOOST_TEST(ill.percent(ill.acute[0]) > 60.0);
}

BOOST_AUTO_TEST_CASE(days_are_calendar_days) {
  // The week before `today` holds the leap day; a year later the same nights stand on other days.
  const std::vector<double> week{60, 61, 62, 63, 64, 65, 66};
  const auto leap = assess_hrv(usual_then(week), today);
  auto moved = usual_then(week);
  for (auto& night : moved)
    night.day += days{365};
  auto other = assess_hrv(moved, today + days{365});
  BOOST_TEST((other.as_of.value() == today + days{365}));
  other.as_of = leap.as_of;
  BOOST_TEST((other == leap));
}

BOOST_AUTO_TEST_CASE(zones_differ_by_today_only) {
  // At 11:00 UTC it is already tomorrow in UTC+13 and still today in UTC−10. Both have slept the
  // same nights, so both get the same standing.
  const instant moment = today + std::chrono::hours{11};
  const date ahead = local_date(moment, std::chrono::hours{13});
  const date behind = local_date(moment, -std::chrono::hours{10});
  BOOST_TEST((ahead == behind + days{1}));
  const auto nights = usual_then({60, 61, 62, 63, 64, 65, 66});
  BOOST_TEST((assess_hrv(nights, ahead) == assess_hrv(nights, behind)));
}

BOOST_AUTO_TEST_SUITE_END()
