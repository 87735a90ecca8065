#include "analytics/analyse.hpp"
#include "analytics/anomalies.hpp"
#include "analytics/comparisons.hpp"
#include "analytics/illness_sentinel.hpp"
#include "analytics/observations.hpp"
#include "analytics/overload_watch.hpp"
#include "analytics/patterns.hpp"
#include "analytics/prediction.hpp"
#include "analytics/suggestions.hpp"
#include "analytics/training_load.hpp"
#include "analytics/unlocks.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace polar_flow::analytics {

namespace {

void count_days(const std::vector<date>& recorded_days, date today, insights& result) {
  if (recorded_days.empty())
    return;
  result.data_freshness = recorded_days.back();
  result.data_age_days = static_cast<std::int32_t>((today - recorded_days.front()).count()) + 1;
  result.data_days = static_cast<std::int32_t>(recorded_days.size());
}

std::vector<prediction> shown_ones(const std::vector<prediction>& predictions) {
  std::vector<prediction> shown;
  std::ranges::copy_if(predictions, std::back_inserter(shown), [](const prediction& each) {
    return each.status == prediction_status::shown;
  });
  return shown;
}

alarms raise_alarms(const analytics_window& known, std::span<const dated_value> daily,
                    date today) {
  auto report = watch_nights(overnights_of(known, today), today);
  return {.illness = report.standing,
          .overload = watch_overload(daily, report.heart_strains, today)};
}

/// Reads patterns, anomalies and predictions of `computed`, and shows them once they are unlocked.
insights assemble(const analytics_window& known, const analytics_snapshot& computed, date today,
                  instant now, const hrv_range_settings& hrv) {
  insights result;
  result.generated_at = now;
  count_days(known.recorded_days, today, result);
  result.status = status_for(result.data_days);
  result.predictions = shown_ones(computed.predictions);
  result.features = feature_list(result.data_days, !result.predictions.empty());
  result.progress = progress_to_next(result.data_days);
  result.current = {.hrv = newest(known.hrv_rmssd_ms),
                    .sleep_score = newest(known.sleep_score),
                    .resting_hr = newest(known.resting_heart_rate_bpm),
                    .training_load_ratio = newest(known.training_load_ratio)};
  result.comparisons = compare_all(known, today);
  if (is_available("patterns", result.data_days))
    result.patterns = summarize(computed.patterns);
  if (is_available("anomaly_detection", result.data_days))
    result.anomalies = computed.anomalies;
  const auto daily = daily_loads(known.training_load, known.training_load_ratio);
  result.alarms = raise_alarms(known, daily, today);
  result.observations = observe(result, today);
  result.suggestions = suggest(result, today);
  result.hrv = assess_hrv(known.hrv_rmssd_ms, today, hrv);
  result.load = assess_load(daily, known.training_load_ratio, today);
  return result;
}

} // namespace

analytics_snapshot analyse(const analytics_window& window, date today, instant now,
                           const hrv_range_settings& hrv) {
  const analytics_window known = known_on(window, today);
  analytics_snapshot result;
  result.baselines = compute_baselines(known, now);
  result.patterns = detect_patterns(known, today, now);
  result.anomalies = find_anomalies(known, today);
  result.predictions = predict_all(known, today);
  result.today = assemble(known, result, today, now, hrv);
  return result;
}

} // namespace polar_flow::analytics
