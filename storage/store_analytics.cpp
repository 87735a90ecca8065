#include "storage/json_text.hpp"
#include "storage/store_impl.hpp"

namespace polar_flow::storage {

namespace {

std::vector<dated_value> read_series(row_reader& in) {
  const auto days = in.next<std::vector<date>>();
  const auto values = in.next<std::vector<double>>();
  if (days.size() != values.size())
    throw pqxx::conversion_error{"a series has more days than values or fewer"};
  std::vector<dated_value> series;
  series.reserve(days.size());
  for (std::size_t i = 0; i < days.size(); ++i)
    series.push_back({days[i], values[i]});
  return series;
}

// -- the parts of insights as JSON ------------------------------------------------------------

void write(json_text& json, const feature_availability& feature) {
  json.begin_object()
      .member("name", feature.name)
      .member("available", feature.available)
      .member("message", feature.message)
      .member("unlock_at_days", feature.unlock_at_days)
      .end_object();
}

void write(json_text& json, const dated_value& value) {
  json.begin_object().member("day", format_date(value.day)).member("value", value.value);
  json.end_object();
}

void write(json_text& json, const unlock_progress& progress) {
  json.begin_object()
      .member("next_unlock", progress.next_unlock)
      .member("days_until_next", progress.days_until_next)
      .member("percent_to_next", progress.percent_to_next)
      .end_object();
}

template <class T>
void write(json_text& json, const std::optional<T>& value) {
  if (value)
    write(json, *value);
  else
    json.value(std::optional<bool>{});
}

void write(json_text& json, const current_metrics& current) {
  json.begin_object();
  write(json.key("hrv"), current.hrv);
  write(json.key("sleep_score"), current.sleep_score);
  write(json.key("resting_hr"), current.resting_hr);
  write(json.key("training_load_ratio"), current.training_load_ratio);
  json.end_object();
}

void write(json_text& json, const metric_comparison& comparison) {
  std::optional<std::string> as_of;
  if (comparison.as_of)
    as_of = format_date(*comparison.as_of);
  json.begin_object()
      .member("name", to_string(comparison.name))
      .member("current", comparison.current)
      .member("as_of", as_of)
      .member("baseline", comparison.baseline)
      .member("baseline_7d", comparison.baseline_7d)
      .member("baseline_30d", comparison.baseline_30d)
      .member("lower_bound", comparison.lower_bound)
      .member("upper_bound", comparison.upper_bound)
      .member("percent_of_baseline", comparison.percent_of_baseline)
      .member("trend", comparison.trend)
      .member("trend_days", comparison.trend_days)
      .member("status", to_string(comparison.status))
      .end_object();
}

void write(json_text& json, const pattern_summary& pattern) {
  json.begin_object()
      .member("name", pattern.name)
      .member("pattern_type", pattern.pattern_type)
      .member("score", pattern.score)
      .member("significance", pattern.significance)
      .key("factors")
      .begin_array();
  for (const auto& factor : pattern.factors)
    json.value(factor);
  json.end_array().member("interpretation", pattern.interpretation).end_object();
}

void write(json_text& json, const anomaly_summary& anomaly) {
  json.begin_object()
      .member("name", to_string(anomaly.name))
      .member("current_value", anomaly.current_value)
      .member("baseline_value", anomaly.baseline_value)
      .member("median_value", anomaly.median_value)
      .member("deviation_percent", anomaly.deviation_percent)
      .member("direction", anomaly.direction)
      .member("severity", anomaly.severity)
      .member("lower_bound", anomaly.lower_bound)
      .member("upper_bound", anomaly.upper_bound)
      .end_object();
}

void write(json_text& json, const observation& fact) {
  json.begin_object()
      .member("category", fact.category)
      .member("priority", fact.priority)
      .member("fact", fact.fact)
      .member("context", fact.context)
      .member("trend", fact.trend)
      .end_object();
}

void write(json_text& json, const suggestion& advice) {
  json.begin_object()
      .member("action", advice.action)
      .member("description", advice.description)
      .member("confidence", advice.confidence)
      .member("reason", advice.reason)
      .end_object();
}

template <class T>
void write(json_text& json, const std::vector<T>& list) {
  json.begin_array();
  for (const auto& item : list)
    write(json, item);
  json.end_array();
}

/// All members of `today` that have no column of their own.
std::string parts_json(const insights& today) {
  json_text json;
  json.begin_object();
  write(json.key("features"), today.features);
  write(json.key("progress"), today.progress);
  write(json.key("current"), today.current);
  write(json.key("comparisons"), today.comparisons);
  write(json.key("patterns"), today.patterns);
  write(json.key("anomalies"), today.anomalies);
  write(json.key("observations"), today.observations);
  write(json.key("suggestions"), today.suggestions);
  json.end_object();
  return std::move(json).finish();
}

// -- baselines --------------------------------------------------------------------------------

std::string_view metric_name(const baseline& record) {
  return to_string(record.name);
}

parameters baseline_parameters(const user_id& user, const std::vector<baseline>& records) {
  auto values = parameters::of(user, column(records, metric_name));
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&baseline::baseline_value);
  add(&baseline::baseline_7d);
  add(&baseline::baseline_30d);
  add(&baseline::baseline_90d);
  add(&baseline::median);
  add(&baseline::q1);
  add(&baseline::q3);
  add(&baseline::iqr);
  add(&baseline::std_dev);
  add(&baseline::min);
  add(&baseline::max);
  add(&baseline::lower_bound);
  add(&baseline::upper_bound);
  add(&baseline::sample_count);
  add([](const baseline& record) { return to_string(record.status); });
  add(&baseline::data_start);
  add(&baseline::data_end);
  add(&baseline::calculated_at);
  return values;
}

} // namespace

result<analytics_input> store::load_analytics_input(const user_id& user) {
  return impl_->db.read([&](transaction& tx) -> result<analytics_input> {
    const auto rows = tx.run(statements::load_analytics_input, parameters::of(user));
    if (rows.empty())
      return fail(errc::unknown_user, "no user with this id is connected");
    const auto row = rows.front();
    row_reader in{row};
    analytics_input input;
    in >> input.utc_offset_minutes;
    input.window.hrv_rmssd_ms = read_series(in);
    input.window.sleep_score = read_series(in);
    input.window.resting_heart_rate_bpm = read_series(in);
    input.window.training_load = read_series(in);
    input.window.training_load_ratio = read_series(in);
    input.window.breaths_per_minute = read_series(in);
    input.window.skin_temperature_celsius = read_series(in);
    in >> input.window.recorded_days;
    return input;
  });
}

result<std::uint64_t> store::store_snapshot(const shard_claim& claim, const user_id& user,
                                            const analytics_snapshot& snapshot) {
  const auto& today = snapshot.today;
  const auto parts = parts_json(today);
  return impl_->db.write_for(claim, user, [&](transaction& tx) -> result<std::uint64_t> {
    // First, so that an unknown user leaves nothing behind.
    const auto rows = tx.run(statements::note_snapshot_change, parameters::of(user));
    if (rows.empty())
      return fail(errc::unknown_user, "no user with this id is connected");
    tx.run(statements::delete_other_baselines,
           parameters::of(user, column(snapshot.baselines, metric_name)));
    tx.run(statements::upsert_baselines, baseline_parameters(user, snapshot.baselines));
    tx.run(statements::upsert_snapshot,
           parameters::of(user, today.generated_at, today.data_freshness, today.data_age_days,
                          today.data_days, to_string(today.status), parts));
    const auto row = rows.front();
    return row_reader{row}.next<std::uint64_t>();
  });
}

} // namespace polar_flow::storage
