#include "analytics/prediction.hpp"

#include "analytics/prediction_interval.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace polar_flow::analytics {

namespace {

constexpr std::array<metric, 3> predicted_metrics{metric::hrv_rmssd, metric::sleep_score,
                                                  metric::resting_hr};

constexpr double sleep_score_min = 1.0;
constexpr double sleep_score_max = 100.0;

std::vector<dated_value> in_model_unit(metric name, std::span<const dated_value> values) {
  std::vector<dated_value> result{values.begin(), values.end()};
  if (name == metric::hrv_rmssd)
    for (dated_value& value : result)
      value.value = std::log(value.value);
  return result;
}

double in_metric_unit(metric name, double value) {
  if (name == metric::hrv_rmssd)
    return std::exp(value);
  return name == metric::sleep_score ? std::clamp(value, sleep_score_min, sleep_score_max) : value;
}

/// The plain mean of the 7 calendar days that end with the newest of `values`.
std::optional<double> week_mean(std::span<const dated_value> values) {
  const date first = values.back().day - std::chrono::days{6};
  double sum = 0;
  std::int32_t count = 0;
  for (auto value = values.rbegin(); value != values.rend() && value->day >= first; ++value) {
    sum += value->value;
    ++count;
  }
  return count < week_guess_nights_needed ? std::nullopt : std::optional{sum / count};
}

/// Runs the model through the nights of one user.
class backtest {
public:
  void run(std::span<const dated_value> values) {
    for (std::size_t next = 0; next < values.size(); ++next) {
      if (next >= static_cast<std::size_t>(backtest_warm_up_nights))
        judge(values.first(next), values[next]);
      model_.add(values[next]);
    }
  }

  backtest_report report() const {
    backtest_report result = sums_;
    if (result.nights > 0) {
      result.model_error /= result.nights;
      result.persistence_error /= result.nights;
      result.week_mean_error /= result.nights;
    }
    if (result.interval_nights > 0)
      result.coverage = static_cast<double>(nights_inside_) / result.interval_nights;
    return result;
  }

  const prediction_model& model() const {
    return model_;
  }

  std::optional<error_range> expected_error() const {
    return interval_.range();
  }

private:
  void judge(std::span<const dated_value> before, const dated_value& night) {
    const auto week = week_mean(before);
    if (night.day != before.back().day + std::chrono::days{1} || !week)
      return;
    const double error = night.value - model_.forecast().sum();
    ++sums_.nights;
    sums_.model_error += std::abs(error);
    sums_.persistence_error += std::abs(night.value - before.back().value);
    sums_.week_mean_error += std::abs(night.value - *week);
    if (const auto expected = interval_.range()) {
      ++sums_.interval_nights;
      nights_inside_ += expected->contains(error) ? 1 : 0;
    }
    interval_.add(error);
  }

  prediction_model model_;
  prediction_interval interval_;
  /// Errors are sums until they are reported.
  backtest_report sums_;
  std::int32_t nights_inside_ = 0;
};

night_prediction predict_next(metric name, const backtest& history, const error_range& error,
                              date day) {
  const forecast_parts parts = history.model().forecast();
  return {.day = day,
          .value = in_metric_unit(name, parts.sum()),
          .lower = in_metric_unit(name, parts.sum() + error.lower),
          .upper = in_metric_unit(name, parts.sum() + error.upper),
          .parts = parts};
}

} // namespace

prediction predict(metric name, std::span<const dated_value> values, date today) {
  backtest history;
  history.run(in_model_unit(name, values));
  prediction result;
  result.name = name;
  result.nights = static_cast<std::int32_t>(values.size());
  result.backtest = history.report();
  const auto error = history.expected_error();
  if (result.nights < prediction_nights_needed || !error)
    return result;
  const date next = values.back().day + std::chrono::days{1};
  if (!result.backtest.is_better()) {
    result.status = prediction_status::not_better;
  } else if (next < today) {
    result.status = prediction_status::no_recent_night;
  } else {
    result.status = prediction_status::shown;
    result.next = predict_next(name, history, *error, next);
  }
  return result;
}

std::vector<prediction> predict_all(const analytics_window& known, date today) {
  std::vector<prediction> result;
  result.reserve(predicted_metrics.size());
  for (const metric name : predicted_metrics)
    result.push_back(predict(name, values_of(known, name), today));
  return result;
}

} // namespace polar_flow::analytics
