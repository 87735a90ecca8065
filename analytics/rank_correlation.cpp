#include "analytics/rank_correlation.hpp"

#include "analytics/student_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace polar_flow::analytics {

namespace {

/// With fewer pairs there is no degree of freedom left.
constexpr std::size_t least_pairs = 3;

/// Twice the distance of each value's rank from the mean rank: a whole number even for ties.
std::vector<double> centred_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [values](std::size_t index) { return values[index]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && values[order[end]] == values[order[first]])
      ++end;
    // The ranks first + 1 … end have the mean (first + end + 1)/2, all ranks have (n + 1)/2.
    const double rank = static_cast<double>(first + end) - static_cast<double>(order.size());
    for (; first < end; ++first)
      ranks[order[first]] = rank;
  }
  return ranks;
}

double sum_of_products(const std::vector<double>& left, const std::vector<double>& right) {
  return std::inner_product(left.begin(), left.end(), right.begin(), 0.0);
}

} // namespace

std::optional<rank_correlation> spearman(std::span<const double> left,
                                         std::span<const double> right) {
  if (left.size() < least_pairs)
    return std::nullopt;
  const auto left_ranks = centred_ranks(left);
  const auto right_ranks = centred_ranks(right);
  const double common = sum_of_products(left_ranks, right_ranks);
  const double whole =
      sum_of_products(left_ranks, left_ranks) * sum_of_products(right_ranks, right_ranks);
  if (whole == 0)
    return std::nullopt;
  const double coefficient = common / std::sqrt(whole);
  // Exact, where (1 + ρ)(1 − ρ) of a rounded ρ would lose digits.
  const double unexplained = whole - common * common;
  if (unexplained == 0)
    return rank_correlation{.coefficient = coefficient, .p_value = 0};
  const auto degrees = static_cast<std::int32_t>(left.size()) - 2;
  const double t = common * std::sqrt(degrees / unexplained);
  return rank_correlation{.coefficient = coefficient, .p_value = two_sided_p(t, degrees)};
}

} // namespace polar_flow::analytics
