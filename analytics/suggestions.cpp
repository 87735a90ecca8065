#include "analytics/suggestions.hpp"

#include "analytics/comparisons.hpp"
#include "analytics/number_text.hpp"
#include "analytics/observations.hpp"
#include "analytics/overtraining.hpp"
#include "analytics/patterns.hpp"

#include <algorithm>
#include <string>

namespace polar_flow::analytics {

namespace {

/// How sure the HRV alone makes us, in both directions.
constexpr double hrv_confidence = 0.85;

/// From here on the HRV is "at baseline".
constexpr double normal_hrv_percent = 100.0;

constexpr double critical_anomaly_confidence = 0.9;

/// However high the score, it is a sum of signs and no diagnosis.
constexpr double rest_confidence_max = 0.95;

/// As sure as of the HRV alone: an alarm rests on more, and is rarer.
constexpr double alarm_confidence = 0.85;

const std::string rest_day = "rest_day";
const std::string reduce_intensity = "reduce_intensity";

void suggest_by_alarms(const alarms& raised, std::vector<suggestion>& list) {
  if (raised.illness.state == illness_state::ill)
    list.push_back({.action = rest_day,
                    .description = "Rest until your nights are back to normal",
                    .confidence = alarm_confidence,
                    .reason = "Several overnight signals have left your own range together"});
  else if (raised.overload.state == overload_state::overload)
    list.push_back({.action = reduce_intensity,
                    .description = "Train less than in the last days",
                    .confidence = alarm_confidence,
                    .reason = "The last 7 days were " + fixed_text(*raised.overload.ratio, 1)
                              + " times your usual load"});
}

void suggest_rest(const pattern_summary& risk, std::vector<suggestion>& list) {
  const double score = *risk.score;
  const std::string of_100 = " (" + fixed_text(score, 0) + "/100)";
  if (score >= elevated_overtraining_score)
    list.push_back({.action = rest_day,
                    .description = "Take a rest day or keep to light activity",
                    .confidence = std::min(score / 100.0, rest_confidence_max),
                    .reason = "Overtraining risk is elevated" + of_100});
  else if (score >= moderate_overtraining_score)
    list.push_back({.action = reduce_intensity,
                    .description = "Lower the intensity of your training",
                    .confidence = score / 100.0,
                    .reason = "Overtraining risk is moderate" + of_100});
}

void suggest_recovery(double hrv_percent, std::vector<suggestion>& list) {
  if (hrv_percent < low_hrv_percent)
    list.push_back({.action = "prioritize_recovery",
                    .description = "Prioritize sleep and recovery today",
                    .confidence = hrv_confidence,
                    .reason = "HRV is " + fixed_text(100.0 - hrv_percent, 0) + "% below baseline"});
}

void suggest_monitoring(const std::vector<anomaly_summary>& anomalies,
                        std::vector<suggestion>& list) {
  const auto found = std::ranges::find(anomalies, "critical", &anomaly_summary::severity);
  if (found != anomalies.end())
    list.push_back(
        {.action = "monitor_closely",
         .description = "Keep an eye on your metrics today",
         .confidence = critical_anomaly_confidence,
         .reason = "Critical anomaly detected in " + std::string{to_string(found->name)}});
}

} // namespace

std::vector<suggestion> suggest(const insights& known, date today) {
  std::vector<suggestion> list;
  const auto* hrv = conclusive(known.comparisons, metric::hrv_rmssd, today);
  suggest_by_alarms(known.alarms, list);
  // One word about the load is enough.
  if (const auto* risk = significant(known, overtraining_pattern); risk != nullptr && list.empty())
    suggest_rest(*risk, list);
  if (hrv != nullptr)
    suggest_recovery(*hrv->percent_of_baseline, list);
  suggest_monitoring(known.anomalies, list);
  // Training as planned is only suggested when nothing speaks against it.
  const auto illness = known.alarms.illness.state;
  const bool may_be_ill =
      illness == illness_state::suspected || illness == illness_state::recovering;
  if (list.empty() && !may_be_ill && hrv != nullptr
      && *hrv->percent_of_baseline >= normal_hrv_percent)
    list.push_back({.action = "train_normally",
                    .description = "Train as planned today",
                    .confidence = hrv_confidence,
                    .reason = "HRV is at or above your baseline"});
  return list;
}

} // namespace polar_flow::analytics
