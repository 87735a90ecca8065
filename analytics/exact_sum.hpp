#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace polar_flow::analytics {

/// A sum of doubles without any rounding: an expansion in the sense of Shewchuk (1997), a short
/// list of doubles whose bits do not overlap, smallest first, zeros left out. Adding is exact as
/// long as nothing overflows; products are exact as long as their last bit is not below 2^-1074.
class exact_sum {
public:
  void add(double value);

  /// Adds `left` · `right`.
  void add_product(double left, double right);

  /// Adds `factor` · `other`, which must be another sum.
  void add_product(double factor, const exact_sum& other);

  /// Adds `left` · `right`, neither of which may be this sum.
  void add_product(const exact_sum& left, const exact_sum& right);

  /// −1, 0 or 1. Exact, because the largest part outweighs all others together.
  int sign() const;

  /// The sum as a double, off by little more than its last digit.
  double approximate() const;

private:
  /// Parts share no bit, and doubles have 2098 of them, 53 in each.
  static constexpr std::size_t parts_max = 48;

  std::span<const double> parts() const {
    return std::span{parts_}.first(count_);
  }

  std::array<double, parts_max> parts_;
  std::size_t count_ = 0;
};

} // namespace polar_flow::analytics
