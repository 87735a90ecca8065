// Goal: the numbers are those of Python's statistics module, to the last bit. Method: the vectors
// of the HTTP contract, a file of results made by Python, and properties that hold exactly because
// every result is the nearest double.
#define BOOST_TEST_DYN_LINK
#include "analytics/number_text.hpp"
#include "analytics/statistics.hpp"
#include "tests/analytics/golden.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <string>

using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

constexpr unsigned seed = 20240305;

void check_sample(const golden_line& line) {
  const auto values = parse_all(line.given);
  const auto [q1, q3] = exclusive_quartiles(values);
  BOOST_TEST(mean(values) == parse(line.expected[0]));
  BOOST_TEST(sample_standard_deviation(values) == parse(line.expected[1]));
  BOOST_TEST(median(values) == parse(line.expected[2]));
  BOOST_TEST(q1 == parse(line.expected[3]));
  BOOST_TEST(q3 == parse(line.expected[4]));
}

void check_rounding(const golden_line& line) {
  const double value = parse(line.given[0]);
  const int decimals = std::stoi(line.given[1]);
  BOOST_TEST(round_half_even(value, decimals) == parse(line.expected[0]));
  BOOST_TEST(fixed_text(value, decimals) == line.expected[1]);
  BOOST_TEST(signed_text(value, decimals) == line.expected[2]);
}

std::vector<double> random_whole_numbers(std::mt19937& random) {
  std::uniform_int_distribution<int> count{2, 60};
  std::uniform_int_distribution<int> value{-1000, 1000};
  std::vector<double> values(static_cast<std::size_t>(count(random)));
  std::ranges::generate(values, [&] { return value(random); });
  return values;
}

} // namespace

BOOST_AUTO_TEST_SUITE(statistics)

BOOST_AUTO_TEST_CASE(contract_vectors) {
  // Appendix A of the HTTP contract.
  const std::vector<double> week{1, 2, 3, 4, 5, 6, 7};
  BOOST_TEST(exclusive_quartiles(week).q1 == 2.0);
  BOOST_TEST(median(week) == 4.0);
  BOOST_TEST(exclusive_quartiles(week).q3 == 6.0);
  BOOST_TEST(sample_standard_deviation(week) == 2.160246899469287);
  const std::vector<double> eight{1, 2, 3, 4, 5, 6, 7, 8};
  BOOST_TEST(exclusive_quartiles(eight).q1 == 2.25);
  BOOST_TEST(median(eight) == 4.5);
  BOOST_TEST(exclusive_quartiles(eight).q3 == 6.75);
  BOOST_TEST(sample_standard_deviation(eight) == 2.449489742783178);
  const std::vector<double> nights{50, 52, 48, 55, 60, 41, 47, 49, 51, 53};
  BOOST_TEST(exclusive_quartiles(nights).q1 == 47.75);
  BOOST_TEST(median(nights) == 50.5);
  BOOST_TEST(exclusive_quartiles(nights).q3 == 53.5);
  BOOST_TEST(mean(nights) == 50.6);
  BOOST_TEST(sample_standard_deviation(nights) == 5.059644256269407);
  const std::vector<double> flat{10, 10, 10, 10, 10, 10, 12};
  BOOST_TEST(exclusive_quartiles(flat).q1 == 10.0);
  BOOST_TEST(median(flat) == 10.0);
  BOOST_TEST(exclusive_quartiles(flat).q3 == 10.0);
  BOOST_TEST(mean(flat) == 10.285714285714286);
}

BOOST_AUTO_TEST_CASE(rounding_vectors) {
  // Appendix A of the HTTP contract.
  BOOST_TEST(round_half_even(2.675, 2) == 2.67);
  BOOST_TEST(round_half_even(0.125, 2) == 0.12);
  BOOST_TEST(round_half_even(0.25, 1) == 0.2);
  BOOST_TEST(round_half_even(62.5, 0) == 62.0);
}

BOOST_AUTO_TEST_CASE(rounding_leaves_what_has_nothing_to_round) {
  BOOST_TEST(round_half_even(1e300, 2) == 1e300);
  BOOST_TEST(round_half_even(-1e17, 0) == -1e17);
  BOOST_TEST(round_half_even(1.25, -1) == 1.25);
  BOOST_TEST(round_half_even(1.25, 400) == 1.25);
}

BOOST_AUTO_TEST_CASE(equals_python) {
  std::map<std::string, int> lines_of;
  for (const auto& line : golden_lines("statistics_vectors.txt")) {
    BOOST_TEST_CONTEXT(line.kind << " number " << lines_of[line.kind]) {
      if (line.kind == "sample")
        check_sample(line);
      else
        check_rounding(line);
    }
    ++lines_of[line.kind];
  }
  // As many as the script writes; a missing or cut file must not pass.
  BOOST_TEST(lines_of["sample"] == 258);
  BOOST_TEST(lines_of["round"] == 96);
}

BOOST_AUTO_TEST_CASE(one_value_and_equal_values) {
  BOOST_TEST(mean(std::vector{0.1}) == 0.1);
  BOOST_TEST(median({0.1}) == 0.1);
  BOOST_TEST(median_absolute_deviation({0.1}) == 0.0);
  // Ten times 0.1 summed in doubles is 0.9999999999999999.
  const std::vector<double> tenths(10, 0.1);
  BOOST_TEST(mean(tenths) == 0.1);
  BOOST_TEST(sample_standard_deviation(tenths) == 0.0);
  const std::vector<double> zeros(5, 0.0);
  BOOST_TEST(mean(zeros) == 0.0);
  BOOST_TEST(sample_standard_deviation(zeros) == 0.0);
  BOOST_TEST(exclusive_quartiles(zeros).q3 == 0.0);
}

BOOST_AUTO_TEST_CASE(quartiles_of_two_values_extrapolate) {
  // m = 3; i = 1: j = 1, d = −1: (1·5 − 2·1)/4; i = 3: j = 1 (clamped), d = 5: (−1·1 + 2·5)/4.
  const auto [q1, q3] = exclusive_quartiles({2, 1});
  BOOST_TEST(q1 == 0.75);
  BOOST_TEST(q3 == 2.25);
}

BOOST_AUTO_TEST_CASE(median_absolute_deviation_by_hand) {
  // Median 4; distances 3 2 1 0 1 2 96, sorted 0 1 1 2 2 3 96: the middle one is 2.
  BOOST_TEST(median_absolute_deviation({1, 2, 3, 4, 5, 6, 100}) == 2.0);
}

BOOST_AUTO_TEST_CASE(order_does_not_matter) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  std::uniform_real_distribution<double> fraction{0.1, 200.0};
  for (int round = 0; round < 200; ++round) {
    std::vector<double> values(2 + random() % 60);
    std::ranges::generate(values, [&] { return fraction(random); });
    auto shuffled = values;
    std::ranges::shuffle(shuffled, random);
    BOOST_TEST(mean(values) == mean(shuffled));
    BOOST_TEST(sample_standard_deviation(values) == sample_standard_deviation(shuffled));
    BOOST_TEST(median(values) == median(shuffled));
    BOOST_TEST(exclusive_quartiles(values).q1 == exclusive_quartiles(shuffled).q1);
    BOOST_TEST(exclusive_quartiles(values).q3 == exclusive_quartiles(shuffled).q3);
  }
}

BOOST_AUTO_TEST_CASE(shifting_keeps_the_spread) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  for (int round = 0; round < 200; ++round) {
    const auto values = random_whole_numbers(random);
    auto shifted = values;
    // Whole numbers of this size are shifted without rounding, so the spread is the same number.
    std::ranges::transform(values, shifted.begin(), [](double value) { return value + 1e9; });
    BOOST_TEST(sample_standard_deviation(values) == sample_standard_deviation(shifted));
    BOOST_TEST(median_absolute_deviation(values) == median_absolute_deviation(shifted));
    BOOST_TEST(median(values) + 1e9 == median(shifted));
  }
}

BOOST_AUTO_TEST_CASE(scaling_by_a_power_of_two_scales_everything) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  std::uniform_real_distribution<double> fraction{-3.0, 3.0};
  for (int round = 0; round < 200; ++round) {
    std::vector<double> values(2 + random() % 40);
    std::ranges::generate(values, [&] { return fraction(random); });
    auto scaled = values;
    std::ranges::transform(values, scaled.begin(), [](double value) { return value * 0.25; });
    BOOST_TEST(mean(values) * 0.25 == mean(scaled));
    BOOST_TEST(sample_standard_deviation(values) * 0.25 == sample_standard_deviation(scaled));
    BOOST_TEST(exclusive_quartiles(values).q1 * 0.25 == exclusive_quartiles(scaled).q1);
  }
}

BOOST_AUTO_TEST_SUITE_END()
