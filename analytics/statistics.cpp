#include "analytics/statistics.hpp"

#include "analytics/exact_sum.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace polar_flow::analytics {

namespace {

bool is_odd(double value) {
  return (std::bit_cast<std::uint64_t>(value) & 1U) != 0;
}

/// The double nearest to an exact value x, ties to even. `compare(a, b)` is the sign of
/// x − (a + b)/2. The candidate comes from double arithmetic on an almost exact sum, so it is a
/// few units in the last place away at most; the limit only ends the search when numbers beyond
/// the proved range make the comparisons meaningless.
template <class Compare>
double nearest_double(double candidate, const Compare& compare) {
  constexpr int step_limit = 8;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (int step = 0; step < step_limit; ++step) {
    const double above = std::nextafter(candidate, infinity);
    const double below = std::nextafter(candidate, -infinity);
    const int from_upper_midpoint = compare(candidate, above);
    const int from_lower_midpoint = compare(candidate, below);
    if (from_upper_midpoint > 0 || (from_upper_midpoint == 0 && is_odd(candidate)))
      candidate = above;
    else if (from_lower_midpoint < 0 || (from_lower_midpoint == 0 && is_odd(candidate)))
      candidate = below;
    else
      break;
  }
  return candidate;
}

/// Two neighbours in sorted order.
struct neighbours {
  double lower = 0;
  double upper = 0;
};

/// The values at `index` − 1 and `index` in sorted order; leaves the smaller ones before them.
neighbours select(std::vector<double>& values, std::size_t index) {
  const auto position = values.begin() + static_cast<std::ptrdiff_t>(index);
  std::ranges::nth_element(values, position);
  return {.lower = *std::max_element(values.begin(), position), .upper = *position};
}

double exclusive_quartile(std::vector<double>& values, std::size_t which) {
  const std::size_t spaces = values.size() + 1;
  const std::size_t upper = std::clamp<std::size_t>(which * spaces / 4, 1, values.size() - 1);
  const double weight = static_cast<double>(which * spaces) - 4.0 * static_cast<double>(upper);
  const auto around = select(values, upper);
  return (around.lower * (4.0 - weight) + around.upper * weight) / 4.0;
}

} // namespace

double mean(std::span<const double> values) {
  exact_sum sum;
  for (const double value : values)
    sum.add(value);
  const auto count = static_cast<double>(values.size());
  return nearest_double(sum.approximate() / count, [&](double left, double right) {
    exact_sum difference;
    difference.add_product(2.0, sum);
    difference.add_product(-count, left);
    difference.add_product(-count, right);
    return difference.sign();
  });
}

double sample_standard_deviation(std::span<const double> values) {
  exact_sum sum;
  exact_sum sum_of_squares;
  for (const double value : values) {
    sum.add(value);
    sum_of_squares.add_product(value, value);
  }
  const auto count = static_cast<double>(values.size());
  // n·Σx² − (Σx)² is n·(n − 1) times the variance, and an exact number.
  exact_sum square_of_sum;
  square_of_sum.add_product(sum, sum);
  exact_sum spread;
  spread.add_product(count, sum_of_squares);
  spread.add_product(-1.0, square_of_sum);
  if (spread.sign() == 0)
    return 0.0;
  const double divisor = count * (count - 1.0);
  const double candidate = std::sqrt(spread.approximate() / divisor);
  return nearest_double(candidate, [&](double left, double right) {
    // All is positive, so s < (a + b)/2 exactly when 4·s² < (a + b)².
    exact_sum twice_midpoint;
    twice_midpoint.add(left);
    twice_midpoint.add(right);
    exact_sum square;
    square.add_product(twice_midpoint, twice_midpoint);
    exact_sum difference;
    difference.add_product(4.0, spread);
    difference.add_product(-divisor, square);
    return difference.sign();
  });
}

double median(std::vector<double> values) {
  if (values.size() == 1)
    return values.front();
  const auto around = select(values, values.size() / 2);
  return values.size() % 2 == 1 ? around.upper : (around.lower + around.upper) / 2.0;
}

quartiles exclusive_quartiles(std::vector<double> values) {
  return {.q1 = exclusive_quartile(values, 1), .q3 = exclusive_quartile(values, 3)};
}

double median_absolute_deviation(std::vector<double> values) {
  const double middle = median(values);
  std::ranges::transform(values, values.begin(),
                         [middle](double value) { return std::abs(value - middle); });
  return median(std::move(values));
}

double round_half_even(double value, int decimals) {
  // From 2^52 on doubles are whole numbers. Below, the text has at most a sign, 16 digits, a point
  // and the decimals, so it fits.
  constexpr double first_without_fraction = 4503599627370496.0;
  constexpr int decimals_limit = 32;
  if (!(std::abs(value) < first_without_fraction) || decimals < 0 || decimals > decimals_limit)
    return value;
  std::array<char, 64> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), value,
                                     std::chars_format::fixed, decimals);
  double rounded = value;
  std::from_chars(text.data(), written.ptr, rounded);
  return rounded;
}

} // namespace polar_flow::analytics
