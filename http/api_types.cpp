#include "http/api_types.hpp"

#include "http/alarm_types.hpp"
#include "http/json_writer.hpp"
#include "http/shown_values.hpp"
#include "http/standing_types.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>

namespace polar_flow::http {

namespace {

namespace json = boost::json;

void write(json_writer& out, const baseline& row) {
  out.member("metric_name", to_string(row.name));
  out.member("baseline_value", row.baseline_value);
  out.member("baseline_7d", row.baseline_7d);
  out.member("baseline_30d", row.baseline_30d);
  out.member("baseline_90d", row.baseline_90d);
  out.member("median", row.median);
  out.member("q1", row.q1);
  out.member("q3", row.q3);
  out.member("iqr", row.iqr);
  out.member("std_dev", row.std_dev);
  out.member("min", row.min);
  out.member("max", row.max);
  out.member("lower_bound", row.lower_bound);
  out.member("upper_bound", row.upper_bound);
  out.member("sample_count", row.sample_count);
  out.member("status", to_string(row.status));
  out.member("data_start_date", day_text(row.data_start));
  out.member("data_end_date", day_text(row.data_end));
  out.member("calculated_at", format_instant(row.calculated_at));
}

// -- parts of insights -------------------------------------------------------------------------

void write(json_writer& out, const feature_availability& feature) {
  out.member("available", feature.available);
  out.member("message", feature.message);
  out.member("unlock_at_days", feature.unlock_at_days);
}

/// Where the contract lists `name`; unknown features come last.
std::size_t feature_position(std::string_view name) {
  constexpr std::array<std::string_view, 5> order{"baselines_7d", "baselines_30d", "patterns",
                                                  "anomaly_detection", "ml_predictions"};
  return static_cast<std::size_t>(std::ranges::find(order, name) - order.begin());
}

void write_features(json_writer& out, std::vector<feature_availability> features) {
  std::ranges::stable_sort(features, {}, [](const feature_availability& feature) {
    return feature_position(feature.name);
  });
  out.begin_object();
  for (const auto& feature : features) {
    out.key(feature.name);
    out.begin_object();
    write(out, feature);
    out.end_object();
  }
  out.end_object();
}

void write_progress(json_writer& out, const std::optional<unlock_progress>& progress) {
  if (!progress) {
    out.null();
    return;
  }
  out.begin_object();
  out.member("next_unlock", progress->next_unlock);
  out.member("days_until_next", progress->days_until_next);
  out.member("percent_to_next", progress->percent_to_next);
  out.end_object();
}

std::optional<double> value_of(const std::optional<dated_value>& dated) {
  return dated ? std::optional{dated->value} : std::nullopt;
}

std::optional<std::string> day_of(const std::optional<dated_value>& dated) {
  return dated ? std::optional{format_date(dated->day)} : std::nullopt;
}

void write_current(json_writer& out, const current_metrics& current) {
  out.begin_object();
  out.member("hrv", value_of(current.hrv));
  out.member("sleep_score", whole(value_of(current.sleep_score)));
  out.member("resting_hr", value_of(current.resting_hr));
  out.member("training_load_ratio", value_of(current.training_load_ratio));
  out.key("as_of");
  out.begin_object();
  out.member("hrv", day_of(current.hrv));
  out.member("sleep_score", day_of(current.sleep_score));
  out.member("resting_hr", day_of(current.resting_hr));
  out.member("training_load_ratio", day_of(current.training_load_ratio));
  out.end_object();
  out.end_object();
}

void write(json_writer& out, const metric_comparison& comparison) {
  out.member("current", comparison.current);
  out.member("baseline", comparison.baseline);
  out.member("baseline_7d", comparison.baseline_7d);
  out.member("baseline_30d", comparison.baseline_30d);
  out.member("percent_of_baseline", comparison.percent_of_baseline);
  out.member("trend", comparison.trend);
  out.member("trend_days", comparison.trend_days);
  out.member("status", to_string(comparison.status));
  out.member("as_of", day_text(comparison.as_of));
  out.member("lower_bound", comparison.lower_bound);
  out.member("upper_bound", comparison.upper_bound);
}

void write(json_writer& out, const pattern_summary& pattern) {
  out.member("name", pattern.name);
  out.member("pattern_type", pattern.pattern_type);
  out.member("score", pattern.score);
  out.member("significance", pattern.significance);
  out.key("factors");
  out.begin_list();
  for (const auto& factor : pattern.factors)
    out.value(factor);
  out.end_list();
  out.member("interpretation", pattern.interpretation);
}

void write(json_writer& out, const anomaly_summary& anomaly) {
  out.member("metric", to_string(anomaly.name));
  out.member("current_value", anomaly.current_value);
  out.member("baseline_value", anomaly.baseline_value);
  out.member("deviation_percent", anomaly.deviation_percent);
  out.member("direction", anomaly.direction);
  out.member("severity", anomaly.severity);
  out.member("lower_bound", anomaly.lower_bound);
  out.member("upper_bound", anomaly.upper_bound);
}

void write(json_writer& out, const observation& noted) {
  out.member("category", noted.category);
  out.member("priority", noted.priority);
  out.member("fact", noted.fact);
  out.member("context", noted.context);
  out.member("trend", noted.trend);
}

void write(json_writer& out, const suggestion& advice) {
  out.member("action", advice.action);
  out.member("description", advice.description);
  out.member("confidence", advice.confidence);
  out.member("reason", advice.reason);
}

template <class Row>
void write_list(json_writer& out, const std::vector<Row>& rows) {
  out.begin_list();
  for (const auto& row : rows) {
    out.begin_object();
    write(out, row);
    out.end_object();
  }
  out.end_list();
}

} // namespace

std::string to_json(const std::vector<baseline>& baselines) {
  json_writer out;
  write_list(out, baselines);
  return out.take();
}

std::string to_json(const insights& today, const user_id& user) {
  // Freshness is a moment by contract: the midnight, in UTC, that the day begins with.
  const auto freshness = today.data_freshness
                             ? std::optional{format_instant(instant{*today.data_freshness})}
                             : std::nullopt;
  json_writer out;
  out.begin_object();
  out.member("user_id", user.value);
  out.member("generated_at", format_instant(today.generated_at));
  out.member("data_freshness", freshness);
  out.member("data_age_days", today.data_age_days);
  out.member("status", to_string(today.status));
  out.key("feature_availability");
  write_features(out, today.features);
  out.key("unlock_progress");
  write_progress(out, today.progress);
  out.key("current_metrics");
  write_current(out, today.current);
  out.key("baselines");
  out.begin_object();
  for (const auto& comparison : today.comparisons) {
    out.key(to_string(comparison.name));
    out.begin_object();
    write(out, comparison);
    out.end_object();
  }
  out.end_object();
  out.key("patterns");
  write_list(out, today.patterns);
  out.key("anomalies");
  write_list(out, today.anomalies);
  out.key("observations");
  write_list(out, today.observations);
  out.key("suggestions");
  write_list(out, today.suggestions);
  out.member("data_days", today.data_days);
  out.key("hrv");
  write(out, today.hrv);
  out.key("load");
  write(out, today.load);
  out.key("predictions");
  write_shown(out, today.predictions);
  out.key("alarms");
  write(out, today.alarms);
  out.end_object();
  return out.take();
}

std::string to_json(const sync_report& report) {
  const auto outcome_of = [&report](stream kind) {
    return std::ranges::find(report.streams, kind, &stream_outcome::kind);
  };
  const bool has_errors = std::ranges::any_of(
      report.streams, [](const stream_outcome& outcome) { return outcome.failure.has_value(); });
  std::int64_t total = 0;
  json_writer out;
  out.begin_object();
  out.member("status", to_string(report.status));
  out.member("user_id", report.user.value);
  out.key("records");
  out.begin_object();
  for (const stream kind : all_streams) {
    const auto outcome = outcome_of(kind);
    const std::int32_t records = outcome == report.streams.end() ? 0 : outcome->records;
    total += records;
    out.member(to_string(kind), records);
  }
  out.end_object();
  out.key("errors");
  if (has_errors)
    out.begin_object();
  else
    out.null();
  for (const auto& outcome : report.streams)
    if (outcome.failure)
      out.member(to_string(outcome.kind), outcome.failure->message.empty()
                                              ? to_string(outcome.failure->code)
                                              : std::string_view{outcome.failure->message});
  if (has_errors)
    out.end_object();
  out.member("total_records", total);
  out.member("job_id", report.job.value);
  out.end_object();
  return out.take();
}

std::string to_json(const issued_key& issued) {
  json_writer out;
  out.begin_object();
  out.member("api_key", issued.api_key);
  out.member("polar_user_id", issued.user.value);
  out.key("expires_at");
  out.null();
  out.end_object();
  return out.take();
}

std::string to_json(const readiness& state) {
  json_writer out;
  out.begin_object();
  out.member("status", state.is_ready() ? "ready" : "not_ready");
  out.member("database", state.database);
  out.member("migrations", state.migrations);
  out.member("region", state.region);
  out.member("shards", state.shards);
  out.end_object();
  return out.take();
}

std::variant<exchange_body, body_problem> parse_exchange_body(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return body_problem{false, "Expected `object`, got `null`", {}};
  json::error_code problem;
  const json::value parsed = json::parse(json::string_view{text.data(), text.size()}, problem);
  if (problem)
    return body_problem{true, problem.message(), {}};
  const auto* object = parsed.if_object();
  if (object == nullptr)
    return body_problem{false, "Input should be an object", {}};
  const auto* code = object->if_contains("code");
  if (code == nullptr)
    return body_problem{false, "Field required", "code"};
  if (!code->is_string())
    return body_problem{false, "Input should be a valid string", "code"};
  exchange_body body;
  body.code = std::string{code->get_string()};
  const auto* client_id = object->if_contains("client_id");
  if (client_id == nullptr || client_id->is_null())
    return body;
  if (!client_id->is_string())
    return body_problem{false, "Input should be a valid string", "client_id"};
  body.client_id = std::string{client_id->get_string()};
  return body;
}

} // namespace polar_flow::http
