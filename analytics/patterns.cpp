#include "analytics/patterns.hpp"

#include "analytics/number_text.hpp"
#include "analytics/overtraining.hpp"
#include "analytics/readiness.hpp"
#include "analytics/sleep_hrv_correlation.hpp"
#include "analytics/trend.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <variant>

namespace polar_flow::analytics {

namespace {

/// A trend is a comparison of means, not a test, so how sure it is cannot be computed. The figure
/// is that of the HTTP contract.
constexpr double trend_confidence = 0.8;

constexpr double high_trend_percent = 10.0;
constexpr double medium_trend_percent = 5.0;

struct trend_rule {
  metric name{};
  std::string_view pattern;
  /// What the contract calls the metric here, and in the sentence.
  std::string_view label;
  std::string_view label_in_text;
};

constexpr trend_rule hrv_trend{metric::hrv_rmssd, "hrv_trend", "hrv", "HRV"};
constexpr trend_rule sleep_trend{metric::sleep_score, "sleep_trend", "sleep", "SLEEP"};

trend_details describe(const trend_rule& rule, double percent) {
  const std::string direction = trend_name(rule.name, percent);
  return {.trend_percent = percent,
          .direction = direction,
          .interpretation = std::string{rule.label_in_text} + " is " + direction + " ("
                            + signed_text(percent, 1) + "% from baseline)"};
}

std::string significance_of(double percent) {
  if (std::abs(percent) >= high_trend_percent)
    return "high";
  return std::abs(percent) >= medium_trend_percent ? "medium" : "low";
}

pattern_analysis find_trend(const trend_rule& rule, const analytics_window& known, date today) {
  pattern_analysis result;
  result.type = "trend";
  result.name = rule.pattern;
  result.metrics = {std::string{rule.label}};
  const auto percent = trend_percent(values_of(known, rule.name), today);
  if (!percent) {
    result.significance = "insufficient";
    result.details = insufficient_details{.reason = "Insufficient data for trend analysis",
                                          .p_value = std::nullopt};
    return result;
  }
  result.score = *percent;
  result.confidence = trend_confidence;
  result.significance = significance_of(*percent);
  result.sample_count = static_cast<std::int32_t>(recent_days.count());
  result.details = describe(rule, *percent);
  return result;
}

std::vector<std::string> factors_of(const pattern_details& details) {
  const auto* overtraining = std::get_if<overtraining_details>(&details);
  return overtraining == nullptr ? std::vector<std::string>{} : overtraining->risk_factors;
}

std::optional<std::string> interpretation_of(const pattern_details& details) {
  return std::visit(
      [](const auto& kind) -> std::optional<std::string> {
        if constexpr (requires { kind.interpretation; })
          return kind.interpretation;
        else
          return std::nullopt;
      },
      details);
}

pattern_summary summarize_one(const pattern_analysis& pattern) {
  return {.name = pattern.name,
          .pattern_type = pattern.type,
          .score = pattern.score,
          .significance = pattern.significance,
          .factors = factors_of(pattern.details),
          .interpretation = interpretation_of(pattern.details)};
}

} // namespace

std::vector<pattern_analysis> detect_patterns(const analytics_window& known, date today,
                                              instant now) {
  std::vector<pattern_analysis> patterns;
  patterns.push_back(correlate_sleep_with_hrv(known, today));
  patterns.push_back(assess_overtraining(known, today));
  patterns.push_back(find_trend(hrv_trend, known, today));
  patterns.push_back(find_trend(sleep_trend, known, today));
  patterns.push_back(assess_readiness(known, today));
  for (pattern_analysis& pattern : patterns)
    pattern.analyzed_at = now;
  return patterns;
}

std::vector<pattern_summary> summarize(const std::vector<pattern_analysis>& patterns) {
  std::vector<pattern_summary> summaries;
  summaries.reserve(patterns.size());
  std::ranges::transform(patterns, std::back_inserter(summaries), summarize_one);
  return summaries;
}

const pattern_summary* significant(const insights& known, std::string_view name) {
  const auto found = std::ranges::find(known.patterns, name, &pattern_summary::name);
  if (found == known.patterns.end() || !found->score || found->significance == "insufficient")
    return nullptr;
  return &*found;
}

} // namespace polar_flow::analytics
