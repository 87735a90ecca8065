#include "analytics/student_t.hpp"

#include <cmath>
#include <numbers>

namespace polar_flow::analytics {

namespace {

/// The beta function B(degrees/2, 1/2), which needs no gamma function: B(1/2, 1/2) = π,
/// B(1, 1/2) = 2, and B(a + 1, 1/2) = B(a, 1/2) · a/(a + 1/2).
double beta_with_half(std::int32_t degrees) {
  const bool is_odd = degrees % 2 != 0;
  double beta = is_odd ? std::numbers::pi : 2.0;
  for (std::int32_t twice_a = is_odd ? 1 : 2; twice_a < degrees; twice_a += 2)
    beta *= twice_a / (twice_a + 1.0);
  return beta;
}

/// 1 + d1/(1 + d2/(1 + …)) of the incomplete beta function (DLMF 8.17.22), from the innermost term
/// outwards. Below x = (a + 1)/(a + b + 2), where alone it is used, the terms lose their weight so
/// fast that the depth is far more than enough.
double incomplete_beta_fraction(double a, double b, double x) {
  constexpr int depth = 100;
  double fraction = 1;
  for (int m = depth; m >= 0; --m) {
    const double after = m + 1.0;
    const double even = after * (b - after) * x / ((a + 2.0 * m + 1.0) * (a + 2.0 * m + 2.0));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
    fraction = 1.0 + even / fraction;
    fraction = 1.0 + odd / fraction;
  }
  return fraction;
}

} // namespace

double two_sided_p(double t, std::int32_t degrees) {
  // p is the regularised incomplete beta function I_x(a, b) at x = degrees/(degrees + t²). Both x
  // and 1 − x are computed without a difference, so neither loses digits.
  const double a = degrees / 2.0;
  const double b = 0.5;
  const double x = 1.0 / (1.0 + t * t / degrees);
  const double rest = 1.0 / (1.0 + degrees / (t * t));
  const double factor = std::pow(x, a) * std::sqrt(rest) / beta_with_half(degrees);
  if (x < (a + 1.0) / (a + b + 2.0))
    return factor / (a * incomplete_beta_fraction(a, b, x));
  // I_x(a, b) = 1 − I_{1−x}(b, a), and there the fraction converges.
  return 1.0 - factor / (b * incomplete_beta_fraction(b, a, rest));
}

} // namespace polar_flow::analytics
