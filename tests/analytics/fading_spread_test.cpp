// Goal: level and spread are the weighted sums that the header writes down, robustly. Method: the
// same sums in plain words, known answers, and properties.
#define BOOST_TEST_DYN_LINK
#include "analytics/fading_spread.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <random>
#include <vector>

using namespace polar_flow::analytics;

namespace {

constexpr unsigned seed = 20261123;
constexpr double least = 0.001;

constexpr fading_spread::needs three_weeks{.count = 20, .weight = 8.0};

const double kept = std::exp(-1.0 / 28.0);

fading_spread taught(const std::vector<double>& values) {
  fading_spread usual{least};
  for (const double value : values) {
    usual.fade(kept);
    usual.learn(value);
  }
  return usual;
}

std::vector<double> noise(std::size_t count, std::mt19937& random) {
  std::normal_distribution<double> normal{50, 2};
  std::vector<double> values(count);
  for (auto& value : values)
    value = normal(random);
  return values;
}

} // namespace

BOOST_AUTO_TEST_SUITE(fading_spreads)

BOOST_AUTO_TEST_CASE(a_short_series_by_hand) {
  const auto usual = taught({10, 13}).known({.count = 1, .weight = 0.5});
  BOOST_TEST_REQUIRE(usual.has_value());
  BOOST_TEST(std::abs(usual->level - (10 * kept + 13) / (kept + 1)) < 1e-12);
  // The one distance that is known.
  BOOST_TEST(std::abs(usual->spread - 3.0) < 1e-12);
  BOOST_TEST(std::abs(usual->deviation(usual->level + 6) - 2.0) < 1e-12);
}

BOOST_AUTO_TEST_CASE(too_little_is_unknown) {
  BOOST_TEST(!taught({}).known({.count = 1, .weight = 0.5}).has_value());
  BOOST_TEST(!taught({10}).known({.count = 1, .weight = 0.5}).has_value());
  BOOST_TEST(!taught({10, 13}).known({.count = 1, .weight = 1.5}).has_value());
  // Ten values weigh enough and are too few.
  BOOST_TEST(!taught(std::vector<double>(10, 7.0)).known({.count = 10, .weight = 5}).has_value());
  BOOST_TEST(taught(std::vector<double>(11, 7.0)).known({.count = 10, .weight = 5}).has_value());
  auto usual = taught({10, 13});
  // Half of the weight is gone, and with it the knowledge.
  usual.fade(0.4);
  BOOST_TEST(!usual.known({.count = 1, .weight = 0.5}).has_value());
}

BOOST_AUTO_TEST_CASE(what_never_changes_has_the_least_spread) {
  const auto usual = taught(std::vector<double>(40, 7.0)).known(three_weeks);
  BOOST_TEST(std::abs(usual->level - 7.0) < 1e-12);
  BOOST_TEST(usual->spread == least);
}

BOOST_AUTO_TEST_CASE(one_wild_value_counts_three_spreads) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  auto usual = taught(noise(60, random));
  const auto before = *usual.known(three_weeks);
  usual.fade(kept);
  const auto lesson = usual.learn(before.level + 1000);
  BOOST_TEST(std::abs(lesson.value - (before.level + 3 * before.spread)) < 1e-9);
  BOOST_TEST(std::abs(*lesson.residual - 3 * before.spread) < 1e-9);
  BOOST_TEST(usual.known(three_weeks)->level - before.level < 0.2 * before.spread);
}

BOOST_AUTO_TEST_CASE(the_first_values_are_taken_as_they_are) {
  auto usual = taught({10, 11, 10, 11});
  BOOST_TEST(usual.learn(100).value == 100.0);
}

BOOST_AUTO_TEST_CASE(shift_and_scale) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  for (int round = 0; round < 50; ++round) {
    auto values = noise(45, random);
    const auto before = *taught(values).known(three_weeks);
    for (auto& value : values)
      value = 3 * value - 20;
    const auto after = *taught(values).known(three_weeks);
    BOOST_TEST(std::abs(after.level - (3 * before.level - 20)) < 1e-9);
    BOOST_TEST(std::abs(after.spread - 3 * before.spread) < 1e-9);
  }
}

BOOST_AUTO_TEST_CASE(the_spread_is_that_of_the_noise) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  double sum = 0;
  constexpr int rounds = 200;
  for (int round = 0; round < rounds; ++round)
    sum += taught(noise(200, random)).known(three_weeks)->spread;
  // A little above 2: the level is itself uncertain by a seventh of a spread.
  BOOST_TEST(std::abs(sum / rounds - 2.0) < 0.08);
}

BOOST_AUTO_TEST_SUITE_END()
