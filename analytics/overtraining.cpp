#include "analytics/overtraining.hpp"

#include "analytics/comparisons.hpp"
#include "analytics/number_text.hpp"
#include "analytics/statistics.hpp"
#include "analytics/trend.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polar_flow::analytics {

namespace {

constexpr double elevated_points = 15.0;
constexpr double high_points = 25.0;

/// From this score on the advice is to stop.
constexpr std::int32_t severe_score = 75;

struct risk_check {
  metric name{};
  /// The measure without any strain, with `elevated_points` and with `high_points`.
  double calm = 0;
  double elevated = 0;
  double high = 0;
  std::string_view elevated_text;
  std::string_view high_text;
};

constexpr std::array<risk_check, 4> checks{{
    {metric::hrv_rmssd, 0.0, -5.0, -10.0, "HRV declining moderately",
     "HRV declining significantly"},
    {metric::sleep_score, 0.0, -5.0, -10.0, "Sleep quality declining slightly",
     "Sleep quality declining"},
    {metric::resting_hr, 0.0, 2.0, 5.0, "Resting heart rate slightly elevated",
     "Resting heart rate elevated"},
    {metric::training_load_ratio, 1.0, 1.3, 1.5, "Training load ratio elevated",
     "Training load ratio high"},
}};

/// The load ratio is a comparison with the past already, of the others the trend is looked at.
std::optional<double> measure(metric name, const analytics_window& known, date today) {
  const auto values = values_of(known, name);
  const auto current = newest_usable(values, today);
  if (!current)
    return std::nullopt;
  return name == metric::training_load_ratio ? current->value : trend_percent(values, today);
}

/// How far `measure` is on its way from `from` to `to`, whichever of them is larger: 0 at `from`,
/// 1 at `to`.
double way_done(double measure, double from, double to) {
  return (measure - from) / (to - from);
}

double points_of(const risk_check& check, double measure) {
  const double to_elevated = std::clamp(way_done(measure, check.calm, check.elevated), 0.0, 1.0);
  const double to_high = std::clamp(way_done(measure, check.elevated, check.high), 0.0, 1.0);
  return elevated_points * to_elevated + (high_points - elevated_points) * to_high;
}

std::optional<std::string> factor_of(const risk_check& check, double measure) {
  if (way_done(measure, check.calm, check.elevated) <= 1.0)
    return std::nullopt;
  const bool is_high = way_done(measure, check.elevated, check.high) > 1.0;
  const std::string_view text = is_high ? check.high_text : check.elevated_text;
  const std::string number = check.name == metric::training_load_ratio
                                 ? fixed_text(measure, 2)
                                 : signed_text(measure, 1) + "%";
  return std::string{text} + " (" + number + ")";
}

std::vector<std::string> advice_for(const overtraining_details& details) {
  if (details.metrics_checked < overtraining_checks_needed)
    return {"Too little is known of the last days to judge your load"};
  if (details.risk_score >= severe_score)
    return {"Take a rest day or lower the intensity a lot", "Put sleep first",
            "Watch for symptoms of overtraining"};
  if (details.risk_score >= elevated_overtraining_score)
    return {"Lower the intensity for some days", "Choose light activity to recover",
            "Aim for 7 to 9 hours of sleep"};
  if (details.risk_score >= moderate_overtraining_score)
    return {"Watch how you respond to training", "Add one more recovery day this week"};
  return {"Your training load looks manageable", "Carry on and keep watching"};
}

std::string significance_of(const overtraining_details& details) {
  if (details.metrics_checked < overtraining_checks_needed)
    return "insufficient";
  if (details.risk_score >= elevated_overtraining_score)
    return "high";
  return details.risk_score >= moderate_overtraining_score ? "medium" : "low";
}

overtraining_details make_checks(const analytics_window& known, date today) {
  overtraining_details details;
  double score = 0;
  for (const risk_check& check : checks) {
    const auto found = measure(check.name, known, today);
    if (!found)
      continue;
    ++details.metrics_checked;
    score += points_of(check, *found);
    if (auto factor = factor_of(check, *found))
      details.risk_factors.push_back(std::move(*factor));
  }
  details.risk_score = static_cast<std::int32_t>(round_half_even(score, 0));
  details.recommendations = advice_for(details);
  return details;
}

} // namespace

pattern_analysis assess_overtraining(const analytics_window& known, date today) {
  pattern_analysis result;
  result.type = "composite";
  result.name = overtraining_pattern;
  for (const risk_check& check : checks)
    result.metrics.emplace_back(to_string(check.name));
  overtraining_details details = make_checks(known, today);
  result.score = details.risk_score;
  result.confidence = static_cast<double>(details.metrics_checked) / checks.size();
  result.significance = significance_of(details);
  result.sample_count = details.metrics_checked;
  result.details = std::move(details);
  return result;
}

} // namespace polar_flow::analytics
