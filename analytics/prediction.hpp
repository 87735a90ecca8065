#pragma once

#include "analytics/prediction_model.hpp"
#include "domain/insights.hpp"
#include "domain/standings.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// What the next night will say: heart rate variability, resting heart rate and sleep score, each
/// with an interval that four nights of five keep to. Whether a prediction is shown is decided by
/// the user's own history: the model is run through it night by night, each time knowing only the
/// nights before (a rolling-origin backtest: Tashman 2000, Int. J. Forecasting 16), and must have
/// missed by less than both simple guesses, "as last night" and "as the mean of the last 7 days".
///
/// HRV is predicted as ln(rMSSD/ms), which varies alike at high and low values, and told in ms.
namespace polar_flow::analytics {

/// Nights with a value before anything is predicted.
inline constexpr std::int32_t prediction_nights_needed = 60;

/// The first nights are learned from, but not judged: three weeks, every weekday three times.
inline constexpr std::int32_t backtest_warm_up_nights = 21;

/// The mean of the last 7 calendar days is a guess only if it is of three nights at least.
inline constexpr std::int32_t week_guess_nights_needed = 3;

/// `values`: as in `known_on` (analytics/windows.hpp), of `hrv_rmssd`, `sleep_score` or
/// `resting_hr`.
prediction predict(metric name, std::span<const dated_value> values, date today);

/// The three, in the order of `all_metrics`.
std::vector<prediction> predict_all(const analytics_window& known, date today);

} // namespace polar_flow::analytics
