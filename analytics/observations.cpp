#include "analytics/observations.hpp"

#include "analytics/comparisons.hpp"
#include "analytics/number_text.hpp"
#include "analytics/overtraining.hpp"
#include "analytics/patterns.hpp"
#include "analytics/sample.hpp"
#include "analytics/sleep_hrv_correlation.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>

namespace polar_flow::analytics {

namespace {

constexpr std::array<std::string_view, 6> priorities{"critical", "high", "medium",
                                                     "low",      "info", "positive"};

auto rank_of(const observation& entry) {
  return std::distance(priorities.begin(), std::ranges::find(priorities, entry.priority));
}

void observe_onboarding(const insights& known, std::vector<observation>& list) {
  const std::int32_t days = known.data_days;
  if (days >= values_for_ready)
    return;
  observation entry{.category = "onboarding",
                    .priority = "info",
                    .fact = {},
                    .context = std::nullopt,
                    .trend = std::nullopt};
  if (days < values_for_partial) {
    entry.fact = "Building your personal baselines (" + std::to_string(days) + "/7 days)";
    entry.context = "Keep wearing your device, at night too: your first insights unlock in "
                    + days_text(values_for_partial - days);
  } else {
    entry.fact = "Your baselines are being established (" + std::to_string(days) + " days of data)";
    entry.context = "Pattern detection starts in " + days_text(values_for_ready - days)
                    + "; every further night makes your baselines more accurate";
  }
  list.push_back(std::move(entry));
}

/// `HRV RMSSD`.
std::string title_of(metric name) {
  std::string title{to_string(name)};
  std::ranges::transform(title, title.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : ' ';
  });
  return title;
}

void observe_anomaly(const anomaly_summary& anomaly, std::vector<observation>& list) {
  const bool is_critical = anomaly.severity == "critical";
  std::string context = "Current: " + fixed_text(anomaly.current_value, 1)
                        + ", Baseline: " + fixed_text(anomaly.baseline_value, 1);
  if (anomaly.deviation_percent)
    context += " (" + signed_text(*anomaly.deviation_percent, 0) + "%)";
  list.push_back({.category = "anomaly",
                  .priority = is_critical ? "critical" : "high",
                  .fact = title_of(anomaly.name) + " is " + (is_critical ? "significantly " : "")
                          + anomaly.direction + " normal range",
                  .context = std::move(context),
                  .trend = "anomalous"});
}

void observe_hrv(const metric_comparison& hrv, std::vector<observation>& list) {
  const double percent = *hrv.percent_of_baseline;
  if (percent < low_hrv_percent)
    list.push_back({.category = "recovery",
                    .priority = "high",
                    .fact = "HRV is " + fixed_text(100.0 - percent, 0) + "% below baseline",
                    .context = "Current: " + fixed_text(*hrv.current, 0)
                               + "ms, Baseline: " + fixed_text(*hrv.baseline, 0) + "ms",
                    .trend = hrv.trend});
  if (percent > high_hrv_percent)
    list.push_back({.category = "recovery",
                    .priority = "positive",
                    .fact = "HRV is " + fixed_text(percent - 100.0, 0)
                            + "% above baseline - excellent recovery",
                    .context = "Your body is well recovered and ready for training",
                    .trend = "improving"});
}

void observe_sleep(const metric_comparison& sleep, std::vector<observation>& list) {
  const double percent = *sleep.percent_of_baseline;
  const std::string current = fixed_text(*sleep.current, 0);
  if (sleep.trend == "declining" && sleep.trend_days.value_or(0) >= sleep_decline_days)
    list.push_back({.category = "sleep",
                    .priority = "medium",
                    .fact = "Sleep quality has been declining for " + days_text(*sleep.trend_days),
                    .context = "Current score: " + current,
                    .trend = "declining"});
  if (percent < low_sleep_percent)
    list.push_back(
        {.category = "sleep",
         .priority = "medium",
         .fact = "Sleep score is " + fixed_text(100.0 - percent, 0) + "% below your average",
         .context = "Current: " + current + ", Baseline: " + fixed_text(*sleep.baseline, 0),
         .trend = sleep.trend});
}

void observe_overtraining(const pattern_summary& risk, std::vector<observation>& list) {
  if (*risk.score < moderate_overtraining_score)
    return;
  const bool is_elevated = *risk.score >= elevated_overtraining_score;
  observation entry{.category = "training",
                    .priority = is_elevated ? "high" : "medium",
                    .fact = is_elevated ? "Overtraining risk is elevated ("
                                        : "Moderate overtraining indicators detected (",
                    .context = std::nullopt,
                    .trend = is_elevated ? "declining" : "stable"};
  entry.fact += fixed_text(*risk.score, 0) + "/100)";
  if (!risk.factors.empty())
    entry.context = list_text(risk.factors);
  list.push_back(std::move(entry));
}

void observe_correlation(const pattern_summary& sleep_hrv, std::vector<observation>& list) {
  if (sleep_hrv.significance == "high" && *sleep_hrv.score > strong_sleep_hrv_coefficient)
    list.push_back({.category = "recovery",
                    .priority = "info",
                    .fact = "Your sleep quality and your HRV are strongly linked",
                    .context = "Better sleep is likely to improve your recovery",
                    .trend = std::nullopt});
}

} // namespace

std::vector<observation> observe(const insights& known, date today) {
  std::vector<observation> list;
  observe_onboarding(known, list);
  for (const anomaly_summary& anomaly : known.anomalies)
    observe_anomaly(anomaly, list);
  if (const auto* hrv = conclusive(known.comparisons, metric::hrv_rmssd, today))
    observe_hrv(*hrv, list);
  if (const auto* sleep = conclusive(known.comparisons, metric::sleep_score, today))
    observe_sleep(*sleep, list);
  if (const auto* risk = significant(known, overtraining_pattern))
    observe_overtraining(*risk, list);
  if (const auto* sleep_hrv = significant(known, sleep_hrv_pattern))
    observe_correlation(*sleep_hrv, list);
  sort_by_priority(list);
  return list;
}

void sort_by_priority(std::vector<observation>& observations) {
  std::ranges::stable_sort(observations, {}, rank_of);
}

} // namespace polar_flow::analytics
