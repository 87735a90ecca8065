#pragma once

#include "domain/alarms.hpp"
#include "domain/metrics.hpp"
#include "domain/standings.hpp"
#include "domain/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace polar_flow {

/// Everything analytics needs of one user, from one query: per metric the known values, oldest
/// first, at most one a day.
struct analytics_window {
  std::vector<dated_value> hrv_rmssd_ms;
  std::vector<dated_value> sleep_score;
  std::vector<dated_value> resting_heart_rate_bpm;
  std::vector<dated_value> training_load;
  std::vector<dated_value> training_load_ratio;
  std::vector<dated_value> breaths_per_minute;
  std::vector<dated_value> skin_temperature_celsius;
  /// Days that have a night or a recharge, ascending, without repetition.
  std::vector<date> recorded_days;

  bool operator==(const analytics_window&) const = default;
};

enum class baseline_status : std::uint8_t { insufficient, partial, ready };
std::string_view to_string(baseline_status status);

/// A personal baseline as GET /baselines shows it: statistics over all data. Units are those of
/// the metric. Quartiles are "exclusive" (see analytics/statistics.hpp).
struct baseline {
  metric name{};
  std::optional<double> baseline_value;
  std::optional<double> baseline_7d;
  std::optional<double> baseline_30d;
  std::optional<double> baseline_90d;
  std::optional<double> median;
  std::optional<double> q1;
  std::optional<double> q3;
  std::optional<double> iqr;
  std::optional<double> std_dev;
  std::optional<double> min;
  std::optional<double> max;
  std::optional<double> lower_bound;
  std::optional<double> upper_bound;
  std::int32_t sample_count = 0;
  baseline_status status = baseline_status::insufficient;
  std::optional<date> data_start;
  std::optional<date> data_end;
  instant calculated_at;

  bool operator==(const baseline&) const = default;
};

// -- the parts of GET /insights; names follow the JSON ---------------------------------------

enum class insights_status : std::uint8_t { unavailable, partial, ready };
std::string_view to_string(insights_status status);

struct feature_availability {
  /// baselines_7d, patterns, anomaly_detection, baselines_30d, ml_predictions.
  std::string name;
  bool available = false;
  std::optional<std::string> message;
  std::int32_t unlock_at_days = 0;

  bool operator==(const feature_availability&) const = default;
};

struct unlock_progress {
  std::string next_unlock;
  std::int32_t days_until_next = 0;
  double percent_to_next = 0;

  bool operator==(const unlock_progress&) const = default;
};

struct current_metrics {
  std::optional<dated_value> hrv;
  std::optional<dated_value> sleep_score;
  std::optional<dated_value> resting_hr;
  std::optional<dated_value> training_load_ratio;

  bool operator==(const current_metrics&) const = default;
};

/// How today's value of a metric stands against the personal baseline. The judged value is not
/// part of the baseline it is judged by: `baseline` and the bounds are over the 90 calendar days
/// before `as_of`.
struct metric_comparison {
  metric name{};
  std::optional<double> current;
  std::optional<date> as_of;
  std::optional<double> baseline;
  std::optional<double> baseline_7d;
  std::optional<double> baseline_30d;
  std::optional<double> lower_bound;
  std::optional<double> upper_bound;
  std::optional<double> percent_of_baseline;
  /// improving, declining, stable; for load and ratio increasing, decreasing, stable.
  std::optional<std::string> trend;
  std::optional<std::int32_t> trend_days;
  baseline_status status = baseline_status::insufficient;

  bool operator==(const metric_comparison&) const = default;
};

struct pattern_summary {
  std::string name;
  std::string pattern_type;
  std::optional<double> score;
  std::string significance;
  std::vector<std::string> factors;
  std::optional<std::string> interpretation;

  bool operator==(const pattern_summary&) const = default;
};

/// Spearman's rank correlation of two metrics on the same days.
struct correlation_details {
  double correlation_coefficient = 0;
  double p_value = 0;
  std::string strength;
  std::string direction;
  std::string interpretation;

  bool operator==(const correlation_details&) const = default;
};

struct overtraining_details {
  std::int32_t risk_score = 0;
  std::vector<std::string> risk_factors;
  std::int32_t metrics_checked = 0;
  std::vector<std::string> recommendations;

  bool operator==(const overtraining_details&) const = default;
};

struct trend_details {
  double trend_percent = 0;
  std::string direction;
  std::string interpretation;

  bool operator==(const trend_details&) const = default;
};

/// One part of recovery readiness. `points` (0 to 100) enter the score with `weight`; the weights
/// of the parts that are there add up to 1.
struct readiness_part {
  std::string name;
  double value = 0;
  double points = 0;
  double weight = 0;

  bool operator==(const readiness_part&) const = default;
};

struct readiness_details {
  std::vector<readiness_part> parts;
  /// Names of the parts that are missing.
  std::vector<std::string> missing;
  std::string interpretation;

  bool operator==(const readiness_details&) const = default;
};

/// Why there is no result.
struct insufficient_details {
  std::string reason;
  /// Of a correlation that is not significant.
  std::optional<double> p_value;

  bool operator==(const insufficient_details&) const = default;
};

using pattern_details = std::variant<insufficient_details, correlation_details,
                                     overtraining_details, trend_details, readiness_details>;

/// One analysis of how metrics move or hang together, as GET /patterns shows it.
struct pattern_analysis {
  /// correlation, composite, trend.
  std::string type;
  std::string name;
  std::optional<double> score;
  std::optional<double> confidence;
  /// high, medium, low, insufficient.
  std::string significance;
  std::vector<std::string> metrics;
  std::int32_t sample_count = 0;
  pattern_details details;
  instant analyzed_at;

  bool operator==(const pattern_analysis&) const = default;
};

/// How some value of a metric would stand today.
struct metric_check {
  metric name{};
  double value = 0;
  bool is_anomaly = false;
  /// warning, critical.
  std::optional<std::string> severity;
  std::optional<double> baseline;
  std::optional<double> baseline_7d;
  std::optional<double> lower_bound;
  std::optional<double> upper_bound;
  baseline_status status = baseline_status::insufficient;
  /// Values that it was judged by; without any there is no baseline at all.
  std::int32_t sample_count = 0;

  bool operator==(const metric_check&) const = default;
};

struct feature_progress {
  std::string name;
  bool is_unlocked = false;
  std::int32_t days_required = 0;
  std::int32_t days_remaining = 0;
  double progress_percent = 0;

  bool operator==(const feature_progress&) const = default;
};

/// Of how many of the last 90 days there are data, and what that is enough for.
struct analytics_status {
  std::int32_t sleep_days = 0;
  std::int32_t recharge_days = 0;
  std::int32_t activity_days = 0;
  std::int32_t cardio_load_days = 0;
  /// The fewest of these.
  std::int32_t min_data_days = 0;
  std::vector<feature_progress> features;
  std::string recommendation;

  bool operator==(const analytics_status&) const = default;
};

struct anomaly_summary {
  metric name{};
  double current_value = 0;
  double baseline_value = 0;
  double median_value = 0;
  std::optional<double> deviation_percent;
  std::string direction;
  std::string severity;
  double lower_bound = 0;
  double upper_bound = 0;

  bool operator==(const anomaly_summary&) const = default;
};

struct observation {
  std::string category;
  std::string priority;
  std::string fact;
  std::optional<std::string> context;
  std::optional<std::string> trend;

  bool operator==(const observation&) const = default;
};

struct suggestion {
  std::string action;
  std::string description;
  double confidence = 0;
  std::string reason;

  bool operator==(const suggestion&) const = default;
};

/// The answer to "how am I, and what should I do today?".
struct insights {
  instant generated_at;
  /// Midnight UTC of the newest day in sleep or recharge.
  std::optional<date> data_freshness;
  /// Calendar span from the first recorded day to today, both counted; 0 without data.
  std::int32_t data_age_days = 0;
  /// Distinct days with sleep or recharge; unlocks count these.
  std::int32_t data_days = 0;
  insights_status status = insights_status::unavailable;
  std::vector<feature_availability> features;
  std::optional<unlock_progress> progress;
  current_metrics current;
  std::vector<metric_comparison> comparisons;
  std::vector<pattern_summary> patterns;
  std::vector<anomaly_summary> anomalies;
  std::vector<observation> observations;
  std::vector<suggestion> suggestions;
  hrv_standing hrv;
  load_standing load;
  /// Those that are shown.
  std::vector<prediction> predictions;
  polar_flow::alarms alarms;

  bool operator==(const insights&) const = default;
};

/// All that is computed for a user in one go, stored after a sync and kept by the user actor.
struct analytics_snapshot {
  std::vector<baseline> baselines;
  std::vector<pattern_analysis> patterns;
  /// All of them, also while insights show none yet.
  std::vector<anomaly_summary> anomalies;
  /// Of every metric that is predicted, also when nothing is shown.
  std::vector<prediction> predictions;
  insights today;

  bool operator==(const analytics_snapshot&) const = default;
};

} // namespace polar_flow
