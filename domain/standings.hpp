#pragma once

#include "domain/metrics.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// How somebody stands, beyond the baselines: heart rate variability as experts read it, what
/// training has built up, and what the next night will say. How each figure is computed, and the
/// sources, are in analytics/hrv_range.hpp, training_load.hpp and prediction.hpp.
namespace polar_flow {

// -- heart rate variability --------------------------------------------------------------------

enum class range_verdict : std::uint8_t { below, within, above };

std::string_view to_string(range_verdict verdict);

/// Limits of ln rMSSD, both still within.
struct ln_range {
  double lower = 0;
  double upper = 0;

  bool operator==(const ln_range&) const = default;
};

/// All figures are of ln(rMSSD/ms); the exponential of one is in milliseconds. Nights that are
/// missing are left out and counted, never filled in.
struct hrv_standing {
  /// The newest night, if it is at most three days old; without it nothing else is there.
  std::optional<date> as_of;
  std::optional<double> night_ln;

  /// Of the 7 calendar days that end with `as_of`, the newest night included.
  std::int32_t week_nights = 0;
  std::optional<double> week_mean_ln;
  /// 100 · s/m of the week, s with divisor n − 1. In the logarithm's own scale, as published.
  std::optional<double> week_variation_percent;

  /// Of the 60 calendar days before that week.
  std::int32_t range_nights = 0;
  std::optional<double> range_mean_ln;
  std::optional<double> range_deviation_ln;

  /// mean ± k · max(deviation, 0.02)
  std::optional<ln_range> acute_range;
  std::optional<ln_range> chronic_range;
  /// The newest night in the acute range.
  std::optional<range_verdict> acute;
  /// The mean of the week in the chronic range.
  std::optional<range_verdict> chronic;

  bool operator==(const hrv_standing&) const = default;
};

// -- training load -----------------------------------------------------------------------------

/// A fading mean of what is known, and how much that is.
struct fading_mean {
  double value = 0;
  /// Part of the weight of an endless past that lies on known days, 0 to 1.
  double coverage = 0;

  bool operator==(const fading_mean&) const = default;
};

struct week_of_load {
  /// Load of the seven days together.
  double total = 0;
  /// Mean over sample standard deviation (divisor 6) of the seven days, rest days counting as 0.
  /// Absent when all days are alike: then the deviation is 0 and there is no ratio.
  std::optional<double> monotony;
  /// total · monotony
  std::optional<double> strain;

  bool operator==(const week_of_load&) const = default;
};

struct load_standing {
  /// The newest known day; at most three days old and never today, which is not over yet.
  std::optional<date> as_of;
  /// At the end of `as_of`; absent where too little is known.
  std::optional<fading_mean> ctl;
  std::optional<fading_mean> atl;
  /// CTL − ATL at the end of `as_of`: the form with which the next day begins.
  std::optional<double> tsb;
  /// Of the 7 days that end with `as_of`; absent unless all seven are known.
  std::optional<week_of_load> week;
  /// Days known of these seven.
  std::int32_t week_days_known = 0;
  /// Polar's own strain over tolerance on `as_of`.
  std::optional<double> polar_ratio;

  bool operator==(const load_standing&) const = default;
};

// -- predictions -------------------------------------------------------------------------------

/// What a forecast is made of, in the unit of the model: of HRV the logarithm of milliseconds.
struct forecast_parts {
  double level = 0;
  /// a·(week − level)
  double week = 0;
  /// b·(newest − week)
  double night = 0;
  /// 0 as long as the days of the week have not made past forecasts better.
  double weekday = 0;

  double sum() const {
    return level + week + night + weekday;
  }

  bool operator==(const forecast_parts&) const = default;
};

enum class prediction_status : std::uint8_t {
  /// There is a prediction.
  shown,
  /// Fewer than 60 nights, or too few that follow each other.
  too_few_nights,
  /// The model did not beat both simple guesses on this user's history.
  not_better,
  /// The newest night is not today's nor yesterday's, so the next one is past.
  no_recent_night,
};
std::string_view to_string(prediction_status status);

/// How well each guess did, on the same nights: those that follow a known night and have three
/// known ones in the 7 days before. Errors are mean absolute ones in the model's unit; of HRV, in
/// the logarithm, 0.1 is about 10 %.
struct backtest_report {
  std::int32_t nights = 0;
  double model_error = 0;
  double persistence_error = 0;
  double week_mean_error = 0;
  /// Part of the nights that kept to the 80 % interval given before them, 0 to 1, of those nights
  /// that had one: `interval_nights`.
  std::optional<double> coverage;
  std::int32_t interval_nights = 0;

  bool is_better() const {
    return model_error < persistence_error && model_error < week_mean_error;
  }

  bool operator==(const backtest_report&) const = default;
};

/// The night that ends on the morning of `day`.
struct night_prediction {
  date day;
  /// In the units of the metric.
  double value = 0;
  double lower = 0;
  double upper = 0;
  /// In the model's unit.
  forecast_parts parts;

  bool operator==(const night_prediction&) const = default;
};

struct prediction {
  metric name{};
  prediction_status status = prediction_status::too_few_nights;
  /// Nights with a value.
  std::int32_t nights = 0;
  /// Also when nothing is shown.
  backtest_report backtest;
  /// With status `shown` only.
  std::optional<night_prediction> next;

  bool operator==(const prediction&) const = default;
};

} // namespace polar_flow
