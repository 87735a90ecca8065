#pragma once

#include <optional>
#include <span>
#include <vector>

/// Pure statistics. Inputs are never empty unless a function says so; NaN is never given.
///
/// "Rounded once" means: the result is the double nearest to the exact value, ties to even. That
/// is proved, not hoped for: a candidate is checked against the midpoints to its neighbours in
/// exact arithmetic (analytics/exact_sum.hpp). The proof covers fewer than 10^7 values, each zero
/// or of a magnitude from 1e-75 to 1e75, so that no square under- or overflows; beyond that the
/// results are as good as plain double arithmetic.
namespace polar_flow::analytics {

/// Arithmetic mean, exactly summed and rounded once (as Python's statistics.mean does), so the
/// order of the values does not matter.
double mean(std::span<const double> values);

/// Sample standard deviation (divisor n − 1), n ≥ 2, rounded once.
double sample_standard_deviation(std::span<const double> values);

/// Middle value, or mean of the two middle ones.
double median(std::vector<double> values);

struct quartiles {
  double q1 = 0;
  double q3 = 0;
};

/// "Exclusive" quartiles (type 6 of Hyndman and Fan 1996, Python's statistics.quantiles, n=4):
/// with x sorted and m = n + 1, for i = 1, 3: j = ⌊i·m/4⌋ clamped to 1…n−1, d = i·m − 4j,
/// value = (x[j−1]·(4−d) + x[j]·d)/4. Needs n ≥ 2.
quartiles exclusive_quartiles(std::vector<double> values);

/// Median of |x − median|, unscaled.
double median_absolute_deviation(std::vector<double> values);

/// Rounds the exact binary value half to even at `decimals` (Python's round): 2.675 → 2.67.
/// Beyond 32 decimals, and for a negative number of them, the value is returned as it is.
double round_half_even(double value, int decimals);

} // namespace polar_flow::analytics
