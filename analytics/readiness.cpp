#include "analytics/readiness.hpp"

#include "analytics/comparisons.hpp"
#include "analytics/number_text.hpp"
#include "analytics/statistics.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace polar_flow::analytics {

namespace {

struct part_rule {
  metric name{};
  double weight = 0;
};

constexpr std::array<part_rule, 4> rules{{
    {metric::hrv_rmssd, 0.4},
    {metric::sleep_score, 0.2},
    {metric::resting_hr, 0.2},
    {metric::training_load_ratio, 0.2},
}};

/// The least spread that is believed, relative to the value.
constexpr double least_relative_spread = 0.02;

/// The load ratio that leaves no points.
constexpr double exhausting_load_ratio = 1.5;

/// The thirds of the scale have names.
constexpr double below_usual_score = 34.0;
constexpr double above_usual_score = 67.0;

/// How far `value` is above the mean of `before`, in standard deviations of these at least
/// `least_spread` large.
double z_score(double value, const std::vector<double>& before, double level, double least_spread) {
  const double spread = std::max(sample_standard_deviation(before), least_spread);
  return (value - level) / spread;
}

double z_score_of(metric name, double value, std::vector<double> before) {
  if (name == metric::hrv_rmssd) {
    std::ranges::transform(before, before.begin(), [](double x) { return std::log(x); });
    return z_score(std::log(value), before, mean(before), least_relative_spread);
  }
  const double level = mean(before);
  return z_score(value, before, level, least_relative_spread * level);
}

/// 100 · Φ(z).
double percent_below(double z) {
  return 50.0 * std::erfc(-z / std::numbers::sqrt2);
}

std::optional<double> points_of(metric name, std::span<const dated_value> values,
                                const dated_value& current) {
  if (name == metric::training_load_ratio)
    return std::clamp(100.0 * (exhausting_load_ratio - current.value), 0.0, 100.0);
  const auto before =
      between(values, days_until(current.day - std::chrono::days{1}, readiness_window));
  if (std::ssize(before) < readiness_values_needed)
    return std::nullopt;
  const double z = z_score_of(name, current.value, numbers(before));
  return percent_below(name == metric::resting_hr ? -z : z);
}

std::optional<readiness_part> find_part(const part_rule& rule, const analytics_window& known,
                                        date today) {
  const auto values = values_of(known, rule.name);
  const auto current = newest_usable(values, today);
  if (!current)
    return std::nullopt;
  const auto points = points_of(rule.name, values, *current);
  if (!points)
    return std::nullopt;
  return readiness_part{.name = std::string{to_string(rule.name)},
                        .value = current->value,
                        .points = *points,
                        .weight = rule.weight};
}

/// The parts that are there, with weights that add up to 1, and the names of the others.
readiness_details find_parts(const analytics_window& known, date today) {
  readiness_details details;
  double weight = 0;
  for (const part_rule& rule : rules) {
    if (auto part = find_part(rule, known, today)) {
      weight += part->weight;
      details.parts.push_back(std::move(*part));
    } else {
      details.missing.emplace_back(to_string(rule.name));
    }
  }
  for (readiness_part& part : details.parts)
    part.weight /= weight;
  return details;
}

double score_of(const std::vector<readiness_part>& parts) {
  double score = 0;
  for (const readiness_part& part : parts)
    score += part.weight * part.points;
  return round_half_even(score, 0);
}

std::string interpret(double score) {
  const std::string level = score >= above_usual_score  ? "above"
                            : score < below_usual_score ? "below"
                                                        : "at";
  return "Recovery readiness is " + level + " your usual level (" + fixed_text(score, 0) + "/100)";
}

std::string reason_for(const readiness_details& details) {
  return "Insufficient data: " + std::to_string(details.parts.size()) + " of "
         + std::to_string(rules.size()) + " parts, need " + std::to_string(readiness_parts_needed)
         + "; missing: " + list_text(details.missing);
}

/// The more parts agree on a score, the more it says.
std::string significance_of(std::size_t parts) {
  if (parts == rules.size())
    return "high";
  return parts + 1 == rules.size() ? "medium" : "low";
}

} // namespace

pattern_analysis assess_readiness(const analytics_window& known, date today) {
  pattern_analysis result;
  result.type = "composite";
  result.name = readiness_pattern;
  for (const part_rule& rule : rules)
    result.metrics.emplace_back(to_string(rule.name));
  readiness_details details = find_parts(known, today);
  const std::size_t parts = details.parts.size();
  result.sample_count = static_cast<std::int32_t>(parts);
  if (result.sample_count < readiness_parts_needed) {
    result.significance = "insufficient";
    result.details = insufficient_details{.reason = reason_for(details), .p_value = std::nullopt};
    return result;
  }
  const double score = score_of(details.parts);
  details.interpretation = interpret(score);
  result.score = score;
  result.confidence = static_cast<double>(parts) / rules.size();
  result.significance = significance_of(parts);
  result.details = std::move(details);
  return result;
}

} // namespace polar_flow::analytics
