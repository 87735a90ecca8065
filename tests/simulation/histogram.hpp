#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

namespace polar_flow::simulation {

/// Spans of time, to the minute.
class histogram {
public:
  void add(std::chrono::seconds span) {
    const auto minutes = static_cast<std::size_t>(std::max<std::int64_t>(0, span.count() / 60));
    if (minutes >= counts_.size())
      counts_.resize(minutes + 1);
    ++counts_[minutes];
    ++total_;
    max_ = std::max(max_, span);
  }

  std::int64_t total() const {
    return total_;
  }

  std::chrono::seconds max() const {
    return max_;
  }

  /// The span that so large a share does not exceed.
  std::chrono::seconds quantile(double share) const {
    auto left = static_cast<std::int64_t>(share * static_cast<double>(total_));
    for (std::size_t minutes = 0; minutes < counts_.size(); ++minutes) {
      left -= counts_[minutes];
      if (left < 0)
        return std::chrono::minutes{minutes};
    }
    return max_;
  }

private:
  std::vector<std::int64_t> counts_;
  std::int64_t total_ = 0;
  std::chrono::seconds max_{0};
};

} // namespace polar_flow::simulation
