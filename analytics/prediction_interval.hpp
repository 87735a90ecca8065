#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace polar_flow::analytics {

/// What a forecast must be expected to miss by, from what past forecasts missed by: split conformal
/// prediction (Vovk, Gammerman and Shafer 2005; Lei et al. 2018, J. American Statistical
/// Association 113) over the newest errors. It holds for errors of any distribution, as long as the
/// next one is like the recent ones.
///
/// With the n newest errors in order e(1) ≤ … ≤ e(n), a next error lies from e(⌊0.1·(n + 1)⌋) to
/// e(⌈0.9·(n + 1)⌉) with a probability of about 80 %, and beyond either end with about 10 %.
struct error_range {
  double lower = 0;
  double upper = 0;

  bool contains(double error) const {
    return lower <= error && error <= upper;
  }

  bool operator==(const error_range&) const = default;
};

/// With fewer errors the ends of the range would be the extremes.
inline constexpr std::size_t interval_errors_needed = 20;

/// Of more errors the oldest are forgotten: the range is that of the last half-year or so.
inline constexpr std::size_t interval_errors_max = 200;

class prediction_interval {
public:
  void add(double error);

  /// nullopt below `interval_errors_needed` errors.
  std::optional<error_range> range() const;

private:
  /// A ring of the newest errors, and the same in order.
  std::vector<double> newest_;
  std::size_t oldest_ = 0;
  std::vector<double> ordered_;
};

} // namespace polar_flow::analytics
