// Goal: four of five next errors lie within the range, whatever their distribution. Method: ranks
// that can be counted on fingers, and many draws from a lopsided distribution.
#define BOOST_TEST_DYN_LINK
#include "analytics/prediction_interval.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <vector>

using namespace polar_flow::analytics;

namespace {

constexpr unsigned seed = 20261104;

/// The whole numbers 1 to `count` in some order.
std::vector<double> shuffled(std::mt19937& random, int count) {
  std::vector<double> errors;
  for (int error = 1; error <= count; ++error)
    errors.push_back(error);
  std::ranges::shuffle(errors, random);
  return errors;
}

prediction_interval interval_of(const std::vector<double>& errors) {
  prediction_interval interval;
  for (const double error : errors)
    interval.add(error);
  return interval;
}

} // namespace

BOOST_AUTO_TEST_SUITE(prediction_intervals)

BOOST_AUTO_TEST_CASE(few_errors_make_no_range) {
  std::mt19937 random{seed};
  BOOST_TEST(!prediction_interval{}.range().has_value());
  BOOST_TEST(!interval_of(shuffled(random, 19)).range().has_value());
  BOOST_TEST(interval_of(shuffled(random, 20)).range().has_value());
}

BOOST_AUTO_TEST_CASE(the_ends_are_ranks) {
  std::mt19937 random{seed};
  const auto range_of = [&](int count) {
    return interval_of(shuffled(random, count)).range().value();
  };
  // ⌊0.1·21⌋ and ⌈0.9·21⌉; at 29 both products are whole.
  BOOST_TEST((range_of(20) == error_range{.lower = 2, .upper = 19}));
  BOOST_TEST((range_of(29) == error_range{.lower = 3, .upper = 27}));
  BOOST_TEST((range_of(30) == error_range{.lower = 3, .upper = 28}));
  BOOST_TEST((range_of(200) == error_range{.lower = 20, .upper = 181}));
}

BOOST_AUTO_TEST_CASE(the_ends_are_inside) {
  const error_range range{.lower = -1, .upper = 2};
  BOOST_TEST(range.contains(-1));
  BOOST_TEST(range.contains(2));
  BOOST_TEST(!range.contains(-1.001));
  BOOST_TEST(!range.contains(2.001));
}

BOOST_AUTO_TEST_CASE(the_oldest_of_too_many_are_forgotten) {
  std::mt19937 random{seed};
  prediction_interval interval;
  for (int index = 0; index < 777; ++index)
    interval.add(1e6 + index % 5);
  for (const double error : shuffled(random, 200))
    interval.add(error);
  BOOST_TEST((interval.range() == error_range{.lower = 20, .upper = 181}));
}

BOOST_AUTO_TEST_CASE(four_of_five_are_inside) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  std::exponential_distribution<double> error{1.0};
  prediction_interval interval;
  int inside = 0;
  constexpr int nights = 20000;
  for (int night = 0; night < nights; ++night) {
    const double next = error(random);
    const auto range = interval.range();
    inside += range && range->contains(next) ? 1 : 0;
    interval.add(next);
  }
  const double share = static_cast<double>(inside) / nights;
  BOOST_TEST_MESSAGE("coverage " << share);
  // 161/201 is expected; the deviation of the share of 20000 is 0.003.
  BOOST_TEST(share > 0.79);
  BOOST_TEST(share < 0.812);
}

BOOST_AUTO_TEST_SUITE_END()
