#include "domain/day_set.hpp"

#include <algorithm>

namespace polar_flow {

using std::chrono::days;

day_set::day_set(const std::vector<date_range>& ranges) {
  for (const auto& range : ranges)
    add(range);
}

void day_set::add(date_range range) {
  if (range.last < range.first)
    return;
  // Ranges that overlap or touch the new one are swallowed by it.
  auto first = std::find_if(ranges_.begin(), ranges_.end(), [&](const date_range& known) {
    return known.last + days{1} >= range.first;
  });
  auto last = first;
  for (; last != ranges_.end() && last->first <= range.last + days{1}; ++last) {
    range.first = std::min(range.first, last->first);
    range.last = std::max(range.last, last->last);
  }
  first = ranges_.erase(first, last);
  ranges_.insert(first, range);
}

void day_set::remove(date_range range) {
  if (range.last < range.first)
    return;
  std::vector<date_range> kept;
  for (const auto& known : ranges_) {
    if (known.last < range.first || known.first > range.last) {
      kept.push_back(known);
      continue;
    }
    if (known.first < range.first)
      kept.push_back({known.first, range.first - days{1}});
    if (known.last > range.last)
      kept.push_back({range.last + days{1}, known.last});
  }
  ranges_ = std::move(kept);
}

bool day_set::contains(date day) const {
  return std::any_of(ranges_.begin(), ranges_.end(), [day](const date_range& range) {
    return range.first <= day && day <= range.last;
  });
}

std::vector<date_range> day_set::missing_in(date_range within) const {
  day_set missing;
  missing.add(within);
  for (const auto& range : ranges_)
    missing.remove(range);
  return missing.ranges_;
}

} // namespace polar_flow
