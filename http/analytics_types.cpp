#include "http/analytics_types.hpp"

#include "http/api_types.hpp"
#include "http/json_writer.hpp"

#include <variant>

namespace polar_flow::http {

namespace {

void write_list(json_writer& out, std::string_view name, const std::vector<std::string>& texts) {
  out.key(name);
  out.begin_list();
  for (const auto& text : texts)
    out.value(text);
  out.end_list();
}

void write(json_writer& out, const insufficient_details& details) {
  out.member("reason", details.reason);
  if (details.p_value)
    out.member("p_value", details.p_value);
}

void write(json_writer& out, const correlation_details& details) {
  out.member("correlation_coefficient", details.correlation_coefficient);
  out.member("p_value", details.p_value);
  out.member("strength", details.strength);
  out.member("direction", details.direction);
  out.member("interpretation", details.interpretation);
}

void write(json_writer& out, const overtraining_details& details) {
  out.member("risk_score", details.risk_score);
  write_list(out, "risk_factors", details.risk_factors);
  out.member("metrics_checked", details.metrics_checked);
  write_list(out, "recommendations", details.recommendations);
}

void write(json_writer& out, const trend_details& details) {
  out.member("trend_percent", details.trend_percent);
  out.member("direction", details.direction);
  out.member("interpretation", details.interpretation);
}

void write(json_writer& out, const readiness_details& details) {
  out.key("parts");
  out.begin_list();
  for (const auto& part : details.parts) {
    out.begin_object();
    out.member("name", part.name);
    out.member("value", part.value);
    out.member("points", part.points);
    out.member("weight", part.weight);
    out.end_object();
  }
  out.end_list();
  write_list(out, "missing", details.missing);
  out.member("interpretation", details.interpretation);
}

void write(json_writer& out, const pattern_analysis& pattern) {
  out.begin_object();
  out.member("pattern_type", pattern.type);
  out.member("pattern_name", pattern.name);
  out.member("score", pattern.score);
  out.member("confidence", pattern.confidence);
  out.member("significance", pattern.significance);
  write_list(out, "metrics_involved", pattern.metrics);
  out.member("sample_count", pattern.sample_count);
  out.key("details");
  out.begin_object();
  std::visit([&out](const auto& details) { write(out, details); }, pattern.details);
  out.end_object();
  out.member("analyzed_at", format_instant(pattern.analyzed_at));
  out.end_object();
}

void write(json_writer& out, const anomaly_summary& anomaly) {
  out.begin_object();
  out.member("metric_name", to_string(anomaly.name));
  out.member("current_value", anomaly.current_value);
  out.member("baseline_value", anomaly.baseline_value);
  out.member("median_value", anomaly.median_value);
  out.member("lower_bound", anomaly.lower_bound);
  out.member("upper_bound", anomaly.upper_bound);
  out.member("direction", anomaly.direction);
  out.member("severity", anomaly.severity);
  out.member("deviation_percent", anomaly.deviation_percent);
  out.end_object();
}

void write(json_writer& out, const feature_progress& feature) {
  out.begin_object();
  out.member("unlocked", feature.is_unlocked);
  out.member("days_required", feature.days_required);
  out.member("days_remaining", feature.days_remaining);
  // Clients have always seen a whole number here once the feature is there.
  if (feature.is_unlocked)
    out.member("progress_percent", 100);
  else
    out.member("progress_percent", rounded(feature.progress_percent, 1));
  out.end_object();
}

} // namespace

std::string to_json(const baseline& one) {
  // The list of one without its brackets: both are written by the same rules.
  const auto list = to_json(std::vector{one});
  return list.substr(1, list.size() - 2);
}

std::string to_json_statuses(const std::vector<baseline>& baselines, const user_id& user) {
  json_writer out;
  out.begin_object();
  out.member("user_id", user.value);
  out.key("baselines_calculated");
  out.begin_object();
  for (const auto& one : baselines)
    out.member(to_string(one.name), to_string(one.status));
  out.end_object();
  out.end_object();
  return out.take();
}

std::string to_json(const metric_check& check) {
  json_writer out;
  out.begin_object();
  if (check.sample_count == 0) {
    out.member("is_anomaly", false);
    out.member("reason", "No baseline data available");
    out.member("status", to_string(check.status));
    out.end_object();
    return out.take();
  }
  out.member("value", check.value);
  out.member("metric_name", to_string(check.name));
  out.member("is_anomaly", check.is_anomaly);
  out.member("severity", check.severity);
  out.member("baseline", check.baseline);
  out.member("baseline_7d", check.baseline_7d);
  out.member("lower_bound", check.lower_bound);
  out.member("upper_bound", check.upper_bound);
  out.member("status", to_string(check.status));
  out.end_object();
  return out.take();
}

std::string to_json(const analytics_status& status, const user_id& user) {
  json_writer out;
  out.begin_object();
  out.member("user_id", user.value);
  out.key("data_days");
  out.begin_object();
  out.member("sleep", status.sleep_days);
  out.member("recharge", status.recharge_days);
  out.member("activity", status.activity_days);
  out.member("cardio_load", status.cardio_load_days);
  out.end_object();
  out.member("min_data_days", status.min_data_days);
  out.key("features_available");
  out.begin_object();
  for (const auto& feature : status.features)
    out.member(feature.name, feature.is_unlocked);
  out.end_object();
  out.key("unlock_progress");
  out.begin_object();
  for (const auto& feature : status.features) {
    out.key(feature.name);
    write(out, feature);
  }
  out.end_object();
  write_list(out, "recommendations", {status.recommendation});
  out.end_object();
  return out.take();
}

std::string to_json(const std::vector<pattern_analysis>& patterns) {
  json_writer out;
  out.begin_list();
  for (const auto& pattern : patterns)
    write(out, pattern);
  out.end_list();
  return out.take();
}

std::string to_json(const pattern_analysis& pattern) {
  json_writer out;
  write(out, pattern);
  return out.take();
}

std::string to_json_significances(const std::vector<pattern_analysis>& patterns,
                                  const user_id& user) {
  json_writer out;
  out.begin_object();
  out.member("user_id", user.value);
  out.key("patterns_detected");
  out.begin_object();
  for (const auto& pattern : patterns)
    out.member(pattern.name, pattern.significance);
  out.end_object();
  out.end_object();
  return out.take();
}

std::string to_json(const std::vector<anomaly_summary>& anomalies, const user_id& user) {
  json_writer out;
  out.begin_object();
  out.member("user_id", user.value);
  out.member("anomaly_count", anomalies.size());
  out.key("anomalies");
  out.begin_list();
  for (const auto& anomaly : anomalies)
    write(out, anomaly);
  out.end_list();
  out.end_object();
  return out.take();
}

} // namespace polar_flow::http
