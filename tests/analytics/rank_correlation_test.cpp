// Goal: Spearman's rank correlation and its p-value are those of SciPy. Method: the vectors of the
// HTTP contract, a file of results made by SciPy, and properties of ranks.
#define BOOST_TEST_DYN_LINK
#include "analytics/rank_correlation.hpp"
#include "tests/analytics/golden.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

constexpr unsigned seed = 20240305;

const std::vector<double> contract_left{70, 72, 72, 75, 80, 81, 81, 81, 79, 65, 60,
                                        90, 88, 87, 77, 74, 73, 72, 71, 70, 69};
const std::vector<double> contract_right{40, 42, 41, 45, 50, 47, 52, 51, 44, 38, 36,
                                         58, 55, 57, 46, 43, 44, 42, 39, 41, 40};

bool is_close(double value, double expected) {
  return std::abs(value - expected) <= 1e-9 * std::abs(expected);
}

std::vector<double> counting(std::size_t count) {
  std::vector<double> values(count);
  std::iota(values.begin(), values.end(), 0.0);
  return values;
}

std::vector<double> reversed(std::vector<double> values) {
  std::ranges::reverse(values);
  return values;
}

/// Scores with many ties.
std::vector<double> random_scores(std::mt19937& random, std::size_t count) {
  std::vector<double> values(count);
  std::ranges::generate(values, [&] { return static_cast<double>(60 + random() % 20); });
  return values;
}

} // namespace

BOOST_AUTO_TEST_SUITE(rank_correlations)

BOOST_AUTO_TEST_CASE(contract_vectors) {
  // Appendix A of the HTTP contract.
  const auto tied = spearman(contract_left, contract_right).value();
  BOOST_TEST(is_close(tied.coefficient, 0.9755474326660043));
  BOOST_TEST(is_close(tied.p_value, 5.81664121978467e-14));
  const auto turned = spearman(contract_left, reversed(contract_right)).value();
  BOOST_TEST(is_close(turned.coefficient, 0.3071409363540695));
  BOOST_TEST(is_close(turned.p_value, 0.17563516046264052));
  const auto same = spearman(counting(21), counting(21)).value();
  BOOST_TEST(same.coefficient == 1.0);
  BOOST_TEST(same.p_value == 0.0);
  BOOST_TEST(!spearman(std::vector<double>(21, 50.0), counting(21)).has_value());
}

BOOST_AUTO_TEST_CASE(equals_scipy) {
  const auto lines = golden_lines("correlation_vectors.txt", "spearman");
  for (const auto& line : lines) {
    const auto middle = std::ranges::find(line.given, "/");
    const auto left = parse_all({line.given.begin(), middle});
    const auto right = parse_all({std::next(middle), line.given.end()});
    const auto found = spearman(left, right).value();
    BOOST_TEST(std::abs(found.coefficient - parse(line.expected[0])) <= 1e-9);
    BOOST_TEST(is_close(found.p_value, parse(line.expected[1])));
  }
  // As many as the script writes; a missing or cut file must not pass.
  BOOST_TEST(lines.size() == 74u);
}

BOOST_AUTO_TEST_CASE(perfect_agreement_is_exact) {
  for (const std::size_t count : {3u, 21u, 90u, 500u}) {
    const auto values = counting(count);
    BOOST_TEST(spearman(values, values)->coefficient == 1.0);
    BOOST_TEST(spearman(values, reversed(values))->coefficient == -1.0);
    BOOST_TEST(spearman(values, reversed(values))->p_value == 0.0);
  }
  BOOST_TEST(spearman(contract_left, contract_left)->coefficient == 1.0);
  BOOST_TEST(spearman(contract_left, contract_left)->p_value == 0.0);
}

BOOST_AUTO_TEST_CASE(without_variance_there_is_no_correlation) {
  const std::vector<double> flat(30, 75.0);
  BOOST_TEST(!spearman(flat, counting(30)).has_value());
  BOOST_TEST(!spearman(counting(30), flat).has_value());
  BOOST_TEST(!spearman(flat, flat).has_value());
}

BOOST_AUTO_TEST_CASE(too_few_pairs_have_no_p_value) {
  BOOST_TEST(!spearman({}, {}).has_value());
  BOOST_TEST(!spearman(counting(2), counting(2)).has_value());
  BOOST_TEST(spearman(counting(3), counting(3)).has_value());
}

BOOST_AUTO_TEST_CASE(only_the_ranks_count) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  for (int round = 0; round < 200; ++round) {
    const std::size_t count = 21 + random() % 70;
    const auto left = random_scores(random, count);
    const auto right = random_scores(random, count);
    const auto found = spearman(left, right).value();
    auto shifted = left;
    std::ranges::transform(left, shifted.begin(), [](double x) { return x + 1000; });
    auto bent = right;
    std::ranges::transform(right, bent.begin(), [](double x) { return std::exp(x / 10) - 7; });
    BOOST_TEST(spearman(shifted, bent)->coefficient == found.coefficient);
    BOOST_TEST(spearman(shifted, bent)->p_value == found.p_value);
    auto turned = right;
    std::ranges::transform(right, turned.begin(), [](double x) { return -x; });
    BOOST_TEST(spearman(left, turned)->coefficient == -found.coefficient);
    BOOST_TEST(spearman(left, turned)->p_value == found.p_value);
    BOOST_TEST(spearman(right, left)->coefficient == found.coefficient);
  }
}

BOOST_AUTO_TEST_CASE(the_order_of_the_pairs_does_not_matter) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  for (int round = 0; round < 200; ++round) {
    const std::size_t count = 21 + random() % 70;
    const auto left = random_scores(random, count);
    const auto right = random_scores(random, count);
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::shuffle(order, random);
    std::vector<double> left_shuffled;
    std::vector<double> right_shuffled;
    for (const std::size_t index : order) {
      left_shuffled.push_back(left[index]);
      right_shuffled.push_back(right[index]);
    }
    const auto before = spearman(left, right).value();
    const auto after = spearman(left_shuffled, right_shuffled).value();
    BOOST_TEST(before.coefficient == after.coefficient);
    BOOST_TEST(before.p_value == after.p_value);
    BOOST_TEST(std::abs(before.coefficient) <= 1.0);
    BOOST_TEST(before.p_value >= 0.0);
    BOOST_TEST(before.p_value <= 1.0);
  }
}

BOOST_AUTO_TEST_SUITE_END()
