#include "analytics/prediction_model.hpp"

#include <cmath>

namespace polar_flow::analytics {

namespace {

/// Means of equal values differ by their rounding. What is below this part of them is not taken for
/// a deviation, or a series that has hardly begun would teach its last digits.
constexpr double rounding_part = 1e-9;

double deviation(double value, double from) {
  const double difference = value - from;
  return std::abs(difference) <= rounding_part * std::abs(from) ? 0.0 : difference;
}

} // namespace

prediction_model::running_mean::running_mean(double time_constant_days)
    : time_constant_days_{time_constant_days}, kept_per_day_{std::exp(-1.0 / time_constant_days)} {
  // nop
}

void prediction_model::running_mean::fade(double days) {
  const double kept = days == 1.0 ? kept_per_day_ : std::exp(-days / time_constant_days_);
  sum_ *= kept;
  weight_ *= kept;
}

void prediction_model::running_mean::add(double value) {
  sum_ += value;
  weight_ += 1.0;
}

std::array<double, 2> prediction_model::carry_over() const {
  if (lessons_ == 0)
    return carry_over_prior;
  const double ridge = carry_over_prior_days / lessons_;
  const double week_week = week_week_ * (1.0 + ridge);
  const double night_night = night_night_ * (1.0 + ridge);
  const double week_next = week_next_ + ridge * week_week_ * carry_over_prior[0];
  const double night_next = night_next_ + ridge * night_night_ * carry_over_prior[1];
  const double determinant = week_week * night_night - week_night_ * week_night_;
  // A series that has not changed yet teaches nothing.
  if (determinant <= 0)
    return carry_over_prior;
  return {(week_next * night_night - night_next * week_night_) / determinant,
          (night_next * week_week - week_next * week_night_) / determinant};
}

double prediction_model::usual_addition(date day) const {
  const auto& [sum, count] = weekdays_[std::chrono::weekday{day}.c_encoding()];
  return sum / (count + weekday_prior_days);
}

void prediction_model::look_ahead() {
  const double level = level_.value();
  const double week = week_.value();
  const auto [of_week, of_night] = carry_over();
  deviations_ = {deviation(week, level), deviation(newest_->value, week)};
  forecast_.level = level;
  forecast_.week = of_week * deviations_[0];
  forecast_.night = of_night * deviations_[1];
  const bool weekdays_help = error_with_weekday_ < error_without_weekday_;
  forecast_.weekday = weekdays_help ? usual_addition(newest_->day + std::chrono::days{1}) : 0.0;
}

void prediction_model::learn(const dated_value& value) {
  const double error = value.value - (forecast_.level + forecast_.week + forecast_.night);
  error_without_weekday_ += std::abs(error);
  error_with_weekday_ += std::abs(error - usual_addition(value.day));
  auto& [sum, count] = weekdays_[std::chrono::weekday{value.day}.c_encoding()];
  sum += error;
  count += 1.0;
  const auto [week, night] = deviations_;
  const double next = value.value - forecast_.level;
  week_week_ += week * week;
  week_night_ += week * night;
  night_night_ += night * night;
  week_next_ += week * next;
  night_next_ += night * next;
  lessons_ += 1.0;
}

void prediction_model::add(const dated_value& value) {
  if (newest_) {
    const auto passed = static_cast<double>((value.day - newest_->day).count());
    if (passed == 1.0)
      learn(value);
    level_.fade(passed);
    week_.fade(passed);
  }
  level_.add(value.value);
  week_.add(value.value);
  newest_ = value;
  look_ahead();
}

} // namespace polar_flow::analytics
