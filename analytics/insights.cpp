#include "analytics/analyse.hpp"
#include "analytics/comparisons.hpp"
#include "analytics/observations.hpp"
#include "analytics/suggestions.hpp"
#include "analytics/unlocks.hpp"
#include "analytics/windows.hpp"

namespace polar_flow::analytics {

namespace {

void count_days(const std::vector<date>& recorded_days, date today, insights& result) {
  if (recorded_days.empty())
    return;
  result.data_freshness = recorded_days.back();
  result.data_age_days = static_cast<std::int32_t>((today - recorded_days.front()).count()) + 1;
  result.data_days = static_cast<std::int32_t>(recorded_days.size());
}

} // namespace

insights assemble_insights(const analytics_window& window, date today, instant now) {
  const analytics_window known = known_on(window, today);
  insights result;
  result.generated_at = now;
  count_days(known.recorded_days, today, result);
  result.status = status_for(result.data_days);
  result.features = feature_list(result.data_days);
  result.progress = progress_to_next(result.data_days);
  result.current = {.hrv = newest(known.hrv_rmssd_ms),
                    .sleep_score = newest(known.sleep_score),
                    .resting_hr = newest(known.resting_heart_rate_bpm),
                    .training_load_ratio = newest(known.training_load_ratio)};
  result.comparisons = compare_all(known, today);
  result.observations = observe(result, today);
  result.suggestions = suggest(result, today);
  return result;
}

analytics_snapshot analyse(const analytics_window& window, date today, instant now) {
  return {.baselines = compute_baselines(known_on(window, today), now),
          .today = assemble_insights(window, today, now)};
}

} // namespace polar_flow::analytics
