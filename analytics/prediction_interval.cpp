#include "analytics/prediction_interval.hpp"

#include <algorithm>

namespace polar_flow::analytics {

namespace {

/// How many of `ordered` are below `error`. Halves without a branch: which half it is cannot be
/// foreseen, and a wrong guess of the processor costs more than the rest of the step.
std::size_t count_below(const std::vector<double>& ordered, double error) {
  const double* first = ordered.data();
  std::size_t count = ordered.size();
  while (count > 1) {
    const std::size_t half = count / 2;
    first += half * static_cast<std::size_t>(first[half - 1] < error);
    count -= half;
  }
  const auto before = static_cast<std::size_t>(first - ordered.data());
  return before + (count == 1 && *first < error ? 1 : 0);
}

} // namespace

void prediction_interval::add(double error) {
  const auto place_of = [this](double value) {
    return ordered_.begin() + static_cast<std::ptrdiff_t>(count_below(ordered_, value));
  };
  const auto place = place_of(error);
  if (newest_.size() < interval_errors_max) {
    newest_.push_back(error);
    ordered_.insert(place, error);
    return;
  }
  // Only what stands between the old error and the new one moves.
  const auto old_place = place_of(newest_[oldest_]);
  if (old_place < place) {
    *std::move(old_place + 1, place, old_place) = error;
  } else {
    std::move_backward(place, old_place, old_place + 1);
    *place = error;
  }
  newest_[oldest_] = error;
  oldest_ = (oldest_ + 1) % interval_errors_max;
}

std::optional<error_range> prediction_interval::range() const {
  const std::size_t count = ordered_.size();
  if (count < interval_errors_needed)
    return std::nullopt;
  // Ranks counted from 1, in whole numbers because 0.1 has no exact double.
  const std::size_t lower_rank = (count + 1) / 10;
  const std::size_t upper_rank = (9 * (count + 1) + 9) / 10;
  return error_range{.lower = ordered_[lower_rank - 1], .upper = ordered_[upper_rank - 1]};
}

} // namespace polar_flow::analytics
