#include "analytics/exact_sum.hpp"

#include <cfloat>
#include <cmath>
#include <cstddef>

namespace polar_flow::analytics {

// The error terms below are exact only if every operation rounds to double at once.
static_assert(FLT_EVAL_METHOD == 0);

void exact_sum::add(double value) {
  std::size_t kept = 0;
  for (std::size_t index = 0; index < count_; ++index) {
    // Knuth's two-sum: `sum` + `lost` is exactly `value` + `part`, whichever is larger.
    const double part = parts_[index];
    const double sum = value + part;
    const double part_in_sum = sum - value;
    const double lost = (value - (sum - part_in_sum)) + (part - part_in_sum);
    if (lost != 0)
      parts_[kept++] = lost;
    value = sum;
  }
  // Finite values never need as many parts; others have no sum.
  if (value != 0 && kept < parts_max)
    parts_[kept++] = value;
  count_ = kept;
}

void exact_sum::add_product(double left, double right) {
  const double product = left * right;
  add(std::fma(left, right, -product));
  add(product);
}

void exact_sum::add_product(double factor, const exact_sum& other) {
  for (const double part : other.parts())
    add_product(factor, part);
}

void exact_sum::add_product(const exact_sum& left, const exact_sum& right) {
  for (const double part : left.parts())
    add_product(part, right);
}

int exact_sum::sign() const {
  if (count_ == 0)
    return 0;
  return parts_[count_ - 1] > 0 ? 1 : -1;
}

double exact_sum::approximate() const {
  double sum = 0;
  for (const double part : parts())
    sum += part;
  return sum;
}

} // namespace polar_flow::analytics
