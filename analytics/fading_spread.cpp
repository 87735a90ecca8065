#include "analytics/fading_spread.hpp"

#include <algorithm>
#include <cmath>

namespace polar_flow::analytics {

void fading_spread::fade(double kept) {
  sum_ *= kept;
  weight_ *= kept;
  squares_ *= kept;
  residual_weight_ *= kept;
}

fading_spread::learned fading_spread::learn(double value) {
  learned kept{.value = value, .residual = std::nullopt};
  if (weight_ > 0) {
    double residual = value - level();
    if (residual_weight_ >= weight_before_clipping) {
      const double reach = clip_spreads * spread();
      residual = std::clamp(residual, -reach, reach);
    }
    kept = {.value = level() + residual, .residual = residual};
    squares_ += residual * residual;
    residual_weight_ += 1.0;
    ++count_;
  }
  sum_ += kept.value;
  weight_ += 1.0;
  return kept;
}

std::optional<fading_spread::usual> fading_spread::known(const needs& least) const {
  if (count_ < least.count || residual_weight_ < least.weight)
    return std::nullopt;
  return usual{.level = level(), .spread = spread()};
}

double fading_spread::spread() const {
  return std::max(std::sqrt(squares_ / residual_weight_), least_spread_);
}

} // namespace polar_flow::analytics
