#pragma once

#include <optional>
#include <span>

namespace polar_flow::analytics {

struct rank_correlation {
  /// −1 to 1.
  double coefficient = 0;
  /// How likely chance alone makes a coefficient of this size, on either side of zero.
  double p_value = 0;
};

/// Spearman's ρ of the pairs (left[i], right[i]): Pearson's correlation of the ranks, where equal
/// values share the mean of their ranks. p from Student's t with n − 2 degrees of freedom at
/// t = ρ·√((n − 2)/((1 + ρ)(1 − ρ))), as in scipy.stats.spearmanr; ρ = ±1 has p = 0. nullopt for
/// fewer than 3 pairs, and when all values of one side are equal. All sums are whole numbers and
/// exact (up to 500 pairs), so the order of the pairs cannot change a digit.
std::optional<rank_correlation> spearman(std::span<const double> left,
                                         std::span<const double> right);

} // namespace polar_flow::analytics
