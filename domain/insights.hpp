#pragma once

#include "domain/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polar_flow {

/// What we learn a personal normal for. The order is that of answers.
enum class metric : std::uint8_t {
  hrv_rmssd,
  sleep_score,
  resting_hr,
  training_load,
  training_load_ratio,
};

inline constexpr std::array<metric, 5> all_metrics{metric::hrv_rmssd, metric::sleep_score,
                                                   metric::resting_hr, metric::training_load,
                                                   metric::training_load_ratio};

std::string_view to_string(metric name);
std::optional<metric> parse_metric(std::string_view name);

struct dated_value {
  date day;
  double value = 0;

  bool operator==(const dated_value&) const = default;
};

/// Everything analytics needs of one user, from one query: per metric the known values, oldest
/// first, at most one a day.
struct analytics_window {
  std::vector<dated_value> hrv_rmssd_ms;
  std::vector<dated_value> sleep_score;
  std::vector<dated_value> resting_heart_rate_bpm;
  std::vector<dated_value> training_load;
  std::vector<dated_value> training_load_ratio;
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

struct anomaly_summary {
  metric name{};
  double current_value = 0;
  double baseline_value = 0;
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

  bool operator==(const insights&) const = default;
};

/// All that is computed for a user in one go, stored after a sync and kept by the user actor.
struct analytics_snapshot {
  std::vector<baseline> baselines;
  insights today;

  bool operator==(const analytics_snapshot&) const = default;
};

} // namespace polar_flow
