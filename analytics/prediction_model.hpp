#pragma once

#include "domain/standings.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

/// The model behind predictions, small enough to explain: the value of the next day is
///
///     level + a·(week − level) + b·(newest − week) + weekday
///
/// `level` and `week` are fading means of the past (time constants 60 and 7 days), `newest` is the
/// value of the day before, and the last term is what this day of the week usually adds. So a says
/// how much of a good or bad week carries over, and b how much of a good or bad night. Such a sum
/// of fading means is what exponential smoothing does (Brown 1959; Gardner 1985, J. Forecasting 4),
/// with the weights fitted to the person.
///
/// A day without a value has no weight in the means, which fade by calendar days, and is neither
/// learned from nor followed by a lesson: a forecast is always for the day after a value.
namespace polar_flow::analytics {

inline constexpr double prediction_level_days = 60.0;
inline constexpr double prediction_week_days = 7.0;

/// Before anything is learned: half of a week's deviation carries over, a tenth of a night's. This
/// opinion weighs as much as ten days of the person's own (ridge regression around it, scaled by
/// their own spread).
inline constexpr std::array<double, 2> carry_over_prior{0.5, 0.1};
inline constexpr double carry_over_prior_days = 10.0;

/// What a day of the week adds is shrunk to n/(n + 10) of the mean of its n errors.
inline constexpr double weekday_prior_days = 10.0;

/// Learns one value after the other; a step takes the same time however many there were.
class prediction_model {
public:
  /// `value.day` is after that of all values before.
  void add(const dated_value& value);

  /// For the day after the newest value; at least one value was added.
  const forecast_parts& forecast() const {
    return forecast_;
  }

private:
  /// A mean that fades by calendar days.
  class running_mean {
  public:
    explicit running_mean(double time_constant_days);

    double value() const {
      return sum_ / weight_;
    }
    void fade(double days);
    void add(double value);

  private:
    double time_constant_days_;
    /// What one day leaves; kept because most nights follow each other.
    double kept_per_day_;
    double sum_ = 0;
    double weight_ = 0;
  };

  struct weekday_errors {
    double sum = 0;
    double count = 0;
  };

  /// a and b
  std::array<double, 2> carry_over() const;
  double usual_addition(date day) const;
  /// `value` is of the day that the forecast was for.
  void learn(const dated_value& value);
  void look_ahead();

  std::optional<dated_value> newest_;
  running_mean level_{prediction_level_days};
  running_mean week_{prediction_week_days};
  /// Normal equations of the deviations of the next day from the level.
  double week_week_ = 0;
  double week_night_ = 0;
  double night_night_ = 0;
  double week_next_ = 0;
  double night_next_ = 0;
  double lessons_ = 0;
  std::array<weekday_errors, 7> weekdays_{};
  /// Summed absolute errors of the forecasts, if the weekday had or had not been part of them.
  double error_with_weekday_ = 0;
  double error_without_weekday_ = 0;
  /// The forecast for the day after the newest value, and what it was made from: week − level and
  /// newest − week.
  forecast_parts forecast_;
  std::array<double, 2> deviations_{};
};

} // namespace polar_flow::analytics
