#include "analytics/status.hpp"

#include "analytics/number_text.hpp"
#include "analytics/statistics.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace polar_flow::analytics {

namespace {

struct milestone {
  std::string_view feature;
  std::int32_t days_required = 0;
  /// Begins the recommendation while this is the next one.
  std::string_view text;
};

/// In the order of the answer, which is that of the days.
constexpr std::array<milestone, 6> milestones{{
    {"basic_stats", 7, "Keep syncing: basic statistics need "},
    {"trend_analysis", 14, "Trend analysis needs "},
    {"personalized_baselines", 21, "Personal baselines, and with them anomaly detection, need "},
    {"predictive_models", 30, "Predictive models need "},
    {"advanced_ml", 60, "Advanced machine learning needs "},
    {"long_term_patterns", 90, "Long-term patterns need "},
}};

feature_progress progress_to(const milestone& entry, std::int32_t days) {
  feature_progress progress{.name = std::string{entry.feature},
                            .is_unlocked = days >= entry.days_required,
                            .days_required = entry.days_required,
                            .days_remaining = std::max(entry.days_required - days, 0),
                            .progress_percent = 100.0};
  if (!progress.is_unlocked)
    progress.progress_percent = round_half_even(100.0 * days / entry.days_required, 1);
  return progress;
}

std::string recommend(std::int32_t days) {
  const auto next = std::ranges::find_if(
      milestones, [days](const milestone& entry) { return days < entry.days_required; });
  if (next == milestones.end())
    return "All features are unlocked";
  const std::int32_t remaining = next->days_required - days;
  return std::string{next->text} + std::to_string(remaining)
         + (remaining == 1 ? " more day of data" : " more days of data");
}

} // namespace

analytics_status assess_status(const record_counts& last_90_days) {
  analytics_status status;
  status.sleep_days = static_cast<std::int32_t>(last_90_days.sleep);
  status.recharge_days = static_cast<std::int32_t>(last_90_days.recharge);
  status.activity_days = static_cast<std::int32_t>(last_90_days.activity);
  status.cardio_load_days = static_cast<std::int32_t>(last_90_days.cardio_load);
  status.min_data_days = std::min(
      {status.sleep_days, status.recharge_days, status.activity_days, status.cardio_load_days});
  for (const milestone& entry : milestones)
    status.features.push_back(progress_to(entry, status.min_data_days));
  status.recommendation = recommend(status.min_data_days);
  return status;
}

} // namespace polar_flow::analytics
