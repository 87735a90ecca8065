#pragma once

#include "domain/time.hpp"

#include <optional>
#include <vector>

namespace polar_flow {

/// A set of days, kept as ranges in order that neither touch nor overlap: years of days are one
/// or two ranges.
class day_set {
public:
  day_set() = default;

  /// In any order; an empty range (`last` before `first`) holds nothing.
  explicit day_set(const std::vector<date_range>& ranges);

  void add(date_range range);
  void remove(date_range range);

  bool contains(date day) const;

  bool empty() const {
    return ranges_.empty();
  }

  /// Absent when the set is empty.
  std::optional<date> last() const {
    return ranges_.empty() ? std::nullopt : std::optional{ranges_.back().last};
  }

  /// The days of `within` that are not in the set, oldest first.
  std::vector<date_range> missing_in(date_range within) const;

  const std::vector<date_range>& ranges() const {
    return ranges_;
  }

  bool operator==(const day_set&) const = default;

private:
  std::vector<date_range> ranges_;
};

} // namespace polar_flow
