#include "analytics/sleep_hrv_correlation.hpp"

#include "analytics/number_text.hpp"
#include "analytics/rank_correlation.hpp"
#include "analytics/windows.hpp"

#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace polar_flow::analytics {

namespace {

constexpr double high_significance_p = 0.01;
constexpr double medium_significance_p = 0.05;
constexpr double low_significance_p = 0.1;

/// A weaker connection is significant at most, but not worth advice.
constexpr double notable_coefficient = 0.3;

struct paired_values {
  std::vector<double> sleep_score;
  std::vector<double> hrv_ms;
};

/// The values of the days that have both.
paired_values pair_days(std::span<const dated_value> sleep, std::span<const dated_value> hrv) {
  paired_values pairs;
  auto night = sleep.begin();
  for (const dated_value& recharge : hrv) {
    while (night != sleep.end() && night->day < recharge.day)
      ++night;
    if (night == sleep.end() || night->day != recharge.day)
      continue;
    pairs.sleep_score.push_back(night->value);
    pairs.hrv_ms.push_back(recharge.value);
  }
  return pairs;
}

std::string strength_of(double coefficient) {
  const double size = std::abs(coefficient);
  if (size >= 0.7)
    return "strong";
  if (size >= 0.4)
    return "moderate";
  return size >= 0.2 ? "weak" : "negligible";
}

std::string significance_of(double p_value) {
  if (p_value < high_significance_p)
    return "high";
  return p_value < medium_significance_p ? "medium" : "low";
}

std::string interpret(const rank_correlation& found, std::string strength,
                      const std::string& direction) {
  strength.front() = static_cast<char>(strength.front() - 'a' + 'A');
  std::string text = strength + " " + direction + " correlation between sleep quality and HRV";
  if (found.p_value >= medium_significance_p)
    return text;
  if (found.coefficient > notable_coefficient)
    text += ". Better sleep goes with higher HRV";
  if (found.coefficient < -notable_coefficient)
    text += ". An inverse relation is unusual and worth a closer look";
  return text;
}

correlation_details describe(const rank_correlation& found) {
  const std::string strength = strength_of(found.coefficient);
  const std::string direction = found.coefficient > 0 ? "positive" : "negative";
  return {.correlation_coefficient = found.coefficient,
          .p_value = found.p_value,
          .strength = strength,
          .direction = direction,
          .interpretation = interpret(found, strength, direction)};
}

insufficient_details insignificant(double p_value) {
  return {.reason = "Not significant: p = " + fixed_text(p_value, 3) + ", need p < 0.1",
          .p_value = p_value};
}

insufficient_details insufficient(std::string reason) {
  return {.reason = std::move(reason), .p_value = std::nullopt};
}

} // namespace

pattern_analysis correlate_sleep_with_hrv(const analytics_window& known, date today) {
  const date_range days = days_until(today, correlation_window);
  const paired_values pairs =
      pair_days(between(known.sleep_score, days), between(known.hrv_rmssd_ms, days));
  pattern_analysis result;
  result.type = "correlation";
  result.name = sleep_hrv_pattern;
  result.significance = "insufficient";
  result.metrics = {"sleep_score", "hrv_rmssd"};
  result.sample_count = static_cast<std::int32_t>(pairs.hrv_ms.size());
  if (result.sample_count < pairs_needed) {
    result.details = insufficient("Insufficient data: " + std::to_string(result.sample_count)
                                  + " samples, need " + std::to_string(pairs_needed));
    return result;
  }
  const auto found = spearman(pairs.sleep_score, pairs.hrv_ms);
  if (!found) {
    result.details = insufficient("Could not compute correlation - data may lack variance");
    return result;
  }
  if (found->p_value >= low_significance_p) {
    result.details = insignificant(found->p_value);
    return result;
  }
  result.score = found->coefficient;
  result.confidence = 1.0 - found->p_value;
  result.significance = significance_of(found->p_value);
  result.details = describe(*found);
  return result;
}

} // namespace polar_flow::analytics
