#pragma once

#include <optional>

namespace polar_flow::analytics {

/// What is usual in a series that changes slowly, and how far single values stray from it. Both
/// fade: a value that is a days old counts e^(−a/τ), a missing day counts nothing, and the time
/// before the first value has no weight:
///
///     level  = Σ x_i·e^(−a_i/τ) / Σ e^(−a_i/τ)
///     spread = √( Σ r_i²·e^(−a_i/τ) / Σ e^(−a_i/τ) ),   r_i = x_i − the level before x_i
///
/// Robust: once enough is known, a value counts as if it lay no further than 3 spreads
/// from the level (Huber's clipping in exponential smoothing: Gelper, Fried and Croux 2010, J. of
/// Forecasting 29), so one mismeasured night moves neither much.
class fading_spread {
public:
  /// What `learn` kept of a value.
  struct learned {
    /// The value, clipped.
    double value = 0;
    /// Its distance from the level before; none for the first value.
    std::optional<double> residual;
  };

  /// What a value is judged by.
  struct usual {
    double level = 0;
    double spread = 0;

    double deviation(double value) const {
      return (value - level) / spread;
    }
  };

  /// `least_spread` is believed even if the values have strayed less.
  explicit fading_spread(double least_spread) : least_spread_{least_spread} {
    // nop
  }

  /// Time passes: what was learned keeps `kept` of its weight, e^(−days/τ).
  void fade(double kept);

  learned learn(double value);

  /// How much must have been learned.
  struct needs {
    /// Values, whenever they were; the first one tells no distance and does not count.
    int count = 0;
    /// Their weight, where one of the same day weighs 1. Above 0.
    double weight = 0;
  };

  /// nullopt before that.
  std::optional<usual> known(const needs& least) const;

private:
  double level() const {
    return sum_ / weight_;
  }
  double spread() const;

  double least_spread_;
  double sum_ = 0;
  double weight_ = 0;
  double squares_ = 0;
  double residual_weight_ = 0;
  int count_ = 0;
};

/// Values before this many (as weights) are taken as they are: a spread of fewer is too uncertain
/// to clip by.
inline constexpr double weight_before_clipping = 7.0;
inline constexpr double clip_spreads = 3.0;

} // namespace polar_flow::analytics
