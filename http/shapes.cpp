#include "http/shapes.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

namespace polar_flow::http {

namespace {

namespace json = boost::json;

constexpr auto shapes = std::to_array<shape>({
    // -- everywhere --------------------------------------------------------------------------
    {"Error", "Why there is no other answer.", "status_code:int detail:string extra~:any"},
    // -- data --------------------------------------------------------------------------------
    {"SleepSummary", "One night.",
     "date:date sleep_score:int? total_sleep_hours:number? light_sleep_hours:number? "
     "deep_sleep_hours:number? rem_sleep_hours:number? hrv_avg:number? heart_rate_avg:number? "
     "breathing_rate_avg:number? skin_temperature_avg:number?"},
    {"Night", "One night with what was measured in it, by the clock.",
     "date:date sleep_start_time:string? sleep_end_time:string? sleep_score:int? "
     "sleep_rating:int? total_sleep_hours:number? light_sleep_hours:number? "
     "deep_sleep_hours:number? rem_sleep_hours:number? interruptions_hours:number? "
     "hrv_avg:number? hrv_samples:int? heart_rate_avg:number? heart_rate_min:number? "
     "heart_rate_max:number? breathing_rate_avg:number? skin_temperature_avg:number? "
     "device_id:string? continuity:number? continuity_class:int? sleep_cycles:int? "
     "unrecognized_sleep_seconds:int? short_interruption_seconds:int? "
     "long_interruption_seconds:int? sleep_charge:int? sleep_goal_hours:number? "
     "group_duration_score:number? group_solidity_score:number? "
     "group_regeneration_score:number? hypnogram:{int}? heart_rate_samples:{number}? "
     "utc_offset_minutes:int?"},
    {"ActivitySummary", "One day of activity.",
     "date:date steps:int? calories_active:int? calories_total:int? distance_km:number? "
     "active_minutes:number? activity_score:int?"},
    {"ActivityDay", "One day of activity in base units.",
     "date:date steps:int? calories_active:int? calories_total:int? distance_meters:number? "
     "active_time_seconds:int? activity_score:int? inactivity_alerts:int?"},
    {"ActivitySamplesSummary", "A day with counted steps.",
     "date:date sample_count:int total_steps:int? has_samples:bool"},
    {"StepSample", "Steps since the sample before.", "steps:int timestamp:string"},
    {"ActivitySamples", "Steps within one day.",
     "date:date total_steps:int? interval_ms:int? sample_count:int samples:[StepSample]"},
    {"RechargeSummary", "Nightly recharge of one night.",
     "date:date hrv_avg:number? ans_charge:number? ans_charge_status:int? "
     "breathing_rate_avg:number? heart_rate_avg:number? nightly_recharge_status:int? "
     "beat_to_beat_avg:int?"},
    {"RechargeSamples", "HRV and breathing within one night, by the clock.",
     "date:date hrv_samples:{number}? breathing_samples:{number}?"},
    {"PhysicalState", "The body as Polar knew it at a time.",
     "recorded_at:instant weight_kg:number? height_cm:number? maximum_heart_rate:int? "
     "resting_heart_rate:int? aerobic_threshold:int? anaerobic_threshold:int? vo2_max:int? "
     "weight_source:string? training_background:string? typical_day:string? "
     "sleep_goal_hours:number?"},
    {"PhysicalInfo", "The newest state of the body, and those before it.",
     "recorded_at:instant weight_kg:number? height_cm:number? maximum_heart_rate:int? "
     "resting_heart_rate:int? aerobic_threshold:int? anaerobic_threshold:int? vo2_max:int? "
     "weight_source:string? training_background:string? typical_day:string? "
     "sleep_goal_hours:number? history:[PhysicalState]"},
    {"CardioLoadLevels", "Limits between the levels of load.",
     "very_low:number? low:number? medium:number? high:number? very_high:number?"},
    {"CardioLoad", "Cardio load of one day.",
     "date:date strain:number? tolerance:number? cardio_load:number? cardio_load_ratio:number? "
     "cardio_load_status:string? levels:CardioLoadLevels?"},
    {"HeartRateSummary", "Heart rates of one day.",
     "date:date hr_min:int? hr_avg:int? hr_max:int? sample_count:int"},
    {"HeartRateSample", "One heart rate.", "heart_rate:int sample_time:string"},
    {"HeartRateSamples", "Heart rates within one day.",
     "date:date hr_min:int? hr_avg:int? hr_max:int? sample_count:int "
     "samples:[HeartRateSample]"},
    {"ExerciseSummary", "One training session.",
     "id:uuid polar_exercise_id:string start_time:instant sport:string? "
     "duration_minutes:number? distance_km:number? calories:int? average_heart_rate:int? "
     "max_heart_rate:int? training_load:number? utc_offset_minutes:int?"},
    {"Exercise", "One training session in base units, with its zones.",
     "id:uuid polar_exercise_id:string start_time:instant sport:string? duration_seconds:int? "
     "distance_meters:number? calories:int? average_heart_rate:int? max_heart_rate:int? "
     "average_speed_mps:number? max_speed_mps:number? average_cadence:int? max_cadence:int? "
     "average_power:int? max_power:int? training_load:number? ascent_meters:number? "
     "descent_meters:number? notes:string? running_index:int? training_load_pro:any "
     "heart_rate_zones:any has_samples:bool has_route_data:bool utc_offset_minutes:int?"},
    {"ExerciseSeries", "One series of a session.",
     "sample_type:string recording_rate:int? values:[number?]"},
    {"ExerciseSamples", "What was recorded during a session.",
     "exercise_id:uuid sport:string? start_time:instant samples:[ExerciseSeries] "
     "utc_offset_minutes:int?"},
    {"RoutePoint", "A place on the way.",
     "latitude:number? longitude:number? time:string? satellites:int? fix:int?"},
    {"ExerciseRoute", "Where a session went.",
     "exercise_id:uuid sport:string? start_time:instant point_count:int route:[RoutePoint] "
     "utc_offset_minutes:int?"},
    {"AlertnessSummary", "Alertness after one sleep.",
     "period_start_time:instant period_end_time:instant? grade:number? "
     "grade_classification:string? id:string utc_offset_minutes:int?"},
    {"AlertnessHour", "Alertness of one hour.",
     "validity:string? alertness_level:string? start_time:instant? end_time:instant?"},
    {"Alertness", "Alertness after one sleep, by the hour.",
     "id:string period_start_time:instant period_end_time:instant? "
     "sleep_period_start_time:instant? sleep_period_end_time:instant? grade:number? "
     "grade_classification:string? grade_type:string? grade_validity_seconds:int? "
     "validity:string? sleep_inertia:string? sleep_type:string? result_type:string? "
     "hourly:[AlertnessHour] utc_offset_minutes:int?"},
    {"Bedtime", "When the body wants to sleep.",
     "period_start_time:instant period_end_time:instant? preferred_sleep_start:instant? "
     "preferred_sleep_end:instant? sleep_gate_start:instant? sleep_gate_end:instant? "
     "quality:string? utc_offset_minutes:int?"},
    {"Spo2Test", "One test of blood oxygen.",
     "test_time:instant blood_oxygen_percent:int? spo2_class:string? avg_heart_rate:int? "
     "hrv_ms:number? altitude_meters:number? utc_offset_minutes:int?"},
    {"EcgSummary", "One wrist ECG.",
     "id:int test_time:instant avg_heart_rate:int? hrv_ms:number? hrv_level:string? "
     "rri_ms:number? duration_seconds:number? sample_count:int has_samples:bool "
     "utc_offset_minutes:int?"},
    {"EcgSample", "One voltage.", "time_ms:int amplitude_mv:number"},
    {"EcgQuality", "How well the signal was from here on.", "time_ms:int quality:string?"},
    {"Ecg", "One wrist ECG with its waveform.",
     "id:int test_time:instant device_id:string? avg_heart_rate:int? hrv_ms:number? "
     "hrv_level:string? rri_ms:number? ptt_systolic_ms:number? ptt_diastolic_ms:number? "
     "ptt_quality_index:number? duration_seconds:number? sample_count:int samples:[EcgSample] "
     "quality:[EcgQuality] utc_offset_minutes:int?"},
    {"BodyTemperatureSummary", "One period of body temperature.",
     "start_time:instant end_time:instant? measurement_type:string? sensor_location:string? "
     "temp_min:number? temp_avg:number? temp_max:number? sample_count:int id:string"},
    {"TemperatureSample", "One temperature.", "time_ms:int temp_c:number"},
    {"BodyTemperature", "One period of body temperature with its values.",
     "id:string start_time:instant end_time:instant? device_id:string? "
     "measurement_type:string? sensor_location:string? sample_count:int "
     "samples:[TemperatureSample]"},
    {"SkinTemperature", "Skin temperature of one night.",
     "sleep_date:date temperature_celsius:number? deviation_from_baseline:number? "
     "is_elevated:bool?"},
    {"RecordCounts", "How many records there are.",
     "sleep:int activity:int recharge:int cardio_load:int heart_rate:int exercises:int"},
    {"ExportSummary", "What an export would hold.",
     "user_id:string days:int from_date:date to_date:date record_counts:RecordCounts "
     "total_records:int"},
    // -- analytics ---------------------------------------------------------------------------
    {"Baseline", "What is normal for this person in one metric.",
     "metric_name:hrv_rmssd|sleep_score|resting_hr|training_load|training_load_ratio "
     "baseline_value:number? baseline_7d:number? baseline_30d:number? baseline_90d:number? "
     "median:number? q1:number? q3:number? iqr:number? std_dev:number? min:number? max:number? "
     "lower_bound:number? upper_bound:number? sample_count:int "
     "status:insufficient|partial|ready data_start_date:date? data_end_date:date? "
     "calculated_at:instant"},
    {"BaselineStatuses", "Which metrics have a baseline.",
     "user_id:string baselines_calculated:{insufficient|partial|ready}"},
    {"MetricCheck", "How a value would stand today.",
     "value:number metric_name:string is_anomaly:bool severity:string? baseline:number? "
     "baseline_7d:number? lower_bound:number? upper_bound:number? status:string"},
    {"NoBaseline", "Why a value cannot be judged.",
     "is_anomaly:bool reason:string status:string"},
    {"FeatureProgress", "The way to a feature.",
     "unlocked:bool days_required:int days_remaining:int progress_percent:number"},
    {"DataDays", "Days with data, of the last 90.",
     "sleep:int recharge:int activity:int cardio_load:int"},
    {"AnalyticsStatus", "What there are enough data for.",
     "user_id:string data_days:DataDays min_data_days:int features_available:{bool} "
     "unlock_progress:{FeatureProgress} recommendations:[string]"},
    {"ReadinessPart", "A part of recovery readiness.",
     "name:string value:number points:number weight:number"},
    {"PatternDetails", "What a pattern was found from; which members there are depends on it.",
     "reason~:string correlation_coefficient~:number p_value~:number strength~:string "
     "direction~:string risk_score~:int risk_factors~:[string] metrics_checked~:int "
     "recommendations~:[string] trend_percent~:number parts~:[ReadinessPart] "
     "missing~:[string] interpretation~:string"},
    {"Pattern", "How metrics move or hang together.",
     "pattern_type:correlation|composite|trend pattern_name:string score:number? "
     "confidence:number? significance:high|medium|low|insufficient metrics_involved:[string] "
     "sample_count:int details:PatternDetails analyzed_at:instant"},
    {"PatternSignificances", "How significant each pattern is.",
     "user_id:string patterns_detected:{string}"},
    {"Anomaly", "A value that is unusual for this person.",
     "metric_name:string current_value:number baseline_value:number median_value:number "
     "lower_bound:number upper_bound:number direction:above|below severity:warning|critical "
     "deviation_percent:number?"},
    {"Anomalies", "What is unusual today.",
     "user_id:string anomaly_count:int anomalies:[Anomaly]"},
    {"Backtest", "How well the model and two simple guesses would have done on this history.",
     "nights:int error_unit:string model_error:number? persistence_error:number? "
     "week_mean_error:number? coverage:number? interval_nights:int"},
    {"Prediction", "What the next night will say, or why that is not said.",
     "metric:hrv_rmssd|sleep_score|resting_hr unit:string "
     "status:shown|too_few_nights|not_better|no_recent_night message:string? nights:int "
     "for_date:date? value:number? lower:number? upper:number? backtest:Backtest"},
    {"Predictions", "What the next night will say.",
     "user_id:string interval_percent:int nights_needed:int predictions:[Prediction]"},
    {"ShownPrediction", "A prediction in short.",
     "metric:string unit:string for_date:date? value:number? lower:number? upper:number?"},
    {"ExplainedRow", "One day's value.", "date:date value:number"},
    {"ExplainedRows", "Rows that formulas name.",
     "name:string unit:string from:date? to:date? values:[ExplainedRow]"},
    {"ExplainedFigure", "A figure and how it is made.",
     "name:string value:number? unit:string formula:string"},
    {"Explanation", "The rows, windows and formulas that a figure comes from.",
     "user_id:string metric:string today:date server_version:string data_version:int "
     "settings:{number} rows:[ExplainedRows] figures:[ExplainedFigure]"},
    {"Feature", "Whether a feature is unlocked.",
     "available:bool message:string? unlock_at_days:int"},
    {"UnlockProgress", "The way to the next feature.",
     "next_unlock:string days_until_next:int percent_to_next:number"},
    {"CurrentDates", "The days of the current values.",
     "hrv:date? sleep_score:date? resting_hr:date? training_load_ratio:date?"},
    {"CurrentMetrics", "The newest values.",
     "hrv:number? sleep_score:int? resting_hr:number? training_load_ratio:number? "
     "as_of:CurrentDates"},
    {"Comparison", "How the newest value stands against the 90 days before it.",
     "current:number? baseline:number? baseline_7d:number? baseline_30d:number? "
     "percent_of_baseline:number? trend:string? trend_days:int? status:string as_of:date? "
     "lower_bound:number? upper_bound:number?"},
    {"PatternSummary", "A pattern in short.",
     "name:string pattern_type:string score:number? significance:string factors:[string] "
     "interpretation:string?"},
    {"AnomalySummary", "An anomaly in short.",
     "metric:string current_value:number baseline_value:number deviation_percent:number? "
     "direction:string severity:string lower_bound:number upper_bound:number"},
    {"Observation", "Something worth knowing.",
     "category:string priority:string fact:string context:string? trend:string?"},
    {"Suggestion", "Something worth doing.",
     "action:string description:string confidence:number reason:string"},
    {"Range", "Limits, both within.", "lower:number upper:number"},
    {"HrvStanding", "HRV against the personal range.",
     "as_of:date? night_ms:number? night_ln:number? week_nights:int week_mean_ms:number? "
     "week_mean_ln:number? week_variation_percent:number? range_nights:int "
     "acute_range_ms:Range? chronic_range_ms:Range? acute:below|within|above? "
     "chronic:below|within|above?"},
    {"LoadStanding", "What training has built up and costs.",
     "as_of:date? ctl:number? atl:number? tsb:number? week_days_known:int week_total:number? "
     "monotony:number? strain:number? polar_ratio:number?"},
    {"OvernightSignal", "A signal of the newest night beside what is usual for the person.",
     "signal:heart_rate|hrv|breathing_rate|skin_temperature unit:string value:number "
     "usual:number spread:number deviation:number"},
    {"IllnessStanding", "Whether the nights look as if an infection begins.",
     "as_of:date? state:learning|well|suspected|ill|recovering since:date? message:string "
     "evidence:number? alarms_last_year:int signals:[OvernightSignal]"},
    {"OverloadStanding", "Whether the week is far more than the person is used to.",
     "as_of:date? state:learning|usual|overload since:date? message:string week_load:number? "
     "usual_load:number? ratio:number? deviation:number? strain:number?"},
    {"Alarms", "What is going wrong.", "illness:IllnessStanding overload:OverloadStanding"},
    {"Insights", "How the person is today and what to do about it.",
     "user_id:string generated_at:instant data_freshness:instant? data_age_days:int "
     "status:unavailable|partial|ready feature_availability:{Feature} "
     "unlock_progress:UnlockProgress? current_metrics:CurrentMetrics baselines:{Comparison} "
     "patterns:[PatternSummary] anomalies:[AnomalySummary] observations:[Observation] "
     "suggestions:[Suggestion] data_days:int hrv:HrvStanding load:LoadStanding "
     "predictions:[ShownPrediction] alarms:Alarms"},
    // -- keys and users ------------------------------------------------------------------------
    {"KeyInfo", "A key and what is left of its limit.",
     "key_prefix:string user_id:string? is_active:bool rate_limit_requests:int? "
     "rate_limit_remaining:int? created_at:instant last_used_at:instant?"},
    {"NewKey", "A key, shown this once.", "api_key:string message:string"},
    {"Message", "What was done.", "message:string user_id~:string"},
    {"UserStatus", "Whether a user is connected and has a key.",
     "polar_user_id:string is_active:bool last_synced_at:instant? has_api_key:bool "
     "api_key_prefix:string?"},
    {"ConnectionState", "How a user stands with Polar.",
     "user_id:string state:connected|needs_reauthorization|disconnected"},
    // -- sync ----------------------------------------------------------------------------------
    {"SyncReport", "A sync that has ended.",
     "status:success|partial|failed|skipped user_id:string records:{int} errors:{string}? "
     "total_records:int job_id:uuid"},
    {"SyncRunning", "A sync that goes on.", "status:running job_id:uuid"},
    {"StreamOutcome", "What a sync has brought of one stream.",
     "stream:string records:int calls:int error_type:string? error_message:string?"},
    {"SyncLog", "A sync as the log has it.",
     "job_id:uuid status:started|success|partial|failed|skipped trigger:string "
     "priority:string started_at:instant completed_at:instant? duration_ms:int? "
     "total_records:int api_calls_made:int analytics_done:bool patterns_detected:bool "
     "rate_limit_limit_15m:int? rate_limit_remaining_15m:int? rate_limit_limit_24h:int? "
     "rate_limit_remaining_24h:int? streams:[StreamOutcome]"},
    {"SyncStatus", "How a user's syncs stand.",
     "user_id:string state:connected|needs_reauthorization|disconnected message:string? "
     "is_syncing:bool last_synced_at:instant? last_new_data_at:instant? "
     "consecutive_failures:int not_before:instant? next_loss_at:instant? last_sync:SyncLog?"},
    {"CoveredDay", "What is known about one day of one stream.",
     "date:date state:complete|partial|missing|not_available|error reason:string? "
     "fetchable_until:date?"},
    {"StreamCoverage", "What is known about one stream.",
     "stream:string complete:int partial:int missing:int not_available:int error:int "
     "days:[CoveredDay]"},
    {"Coverage", "What is known about each day of each stream.",
     "user_id:string today:date streams:[StreamCoverage]"},
    // -- imports -------------------------------------------------------------------------------
    {"ImportQueued", "A zip that will be imported.",
     "import_id:uuid status:queued status_url:string"},
    {"ImportedFile", "What became of one file.",
     "name:string outcome:taken|known|ignored|refused records:int rows_changed:int "
     "reason:string?"},
    {"Import", "How an import stands.",
     "import_id:uuid kind:polar-flow|takeout status:queued|running|finished|failed "
     "zip_bytes:int received_at:instant completed_at:instant? files_total:int? files_done:int "
     "files_taken:int files_known:int files_ignored:int files_refused:int rows_changed:int "
     "error:string? files:[ImportedFile]"},
    // -- the server ----------------------------------------------------------------------------
    {"Health", "The process is alive.", "status:string version:string"},
    {"Ready", "Whether the server can answer.",
     "status:ready|not_ready database:bool migrations:bool region:bool shards:bool"},
    {"WebhookTaken", "News was taken.", "status:string"},
    {"Code", "A temporary code that an app trades for a key.",
     "code:string client_id~:string"},
    {"ExchangedKey", "A key for an app.",
     "api_key:string polar_user_id:string expires_at:instant?"},
});

[[noreturn]] void refuse(std::string_view type) {
  throw std::invalid_argument{"no type: " + std::string{type}};
}

json::object plain(std::string_view type) {
  return {{"type", type}};
}

json::object formatted(std::string_view format) {
  return {{"type", "string"}, {"format", format}};
}

json::object reference(std::string_view name) {
  return {{"$ref", "#/components/schemas/" + std::string{name}}};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == text.npos)
      return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_shape(std::string_view type) {
  return !type.empty() && 'A' <= type.front() && type.front() <= 'Z';
}

json::object schema_of_shapes(std::string_view type) {
  const auto names = split(type, '/');
  if (names.size() == 1)
    return reference(type);
  json::array either;
  for (const auto name : names)
    either.push_back(reference(name));
  return {{"anyOf", std::move(either)}};
}

json::object schema_of_words(std::string_view type) {
  json::array words;
  for (const auto word : split(type, '|'))
    words.emplace_back(word);
  return {{"type", "string"}, {"enum", std::move(words)}};
}

json::object schema_of_word(std::string_view type) {
  if (type == "int")
    return plain("integer");
  if (type == "number")
    return plain("number");
  if (type == "string")
    return plain("string");
  if (type == "bool")
    return plain("boolean");
  if (type == "date")
    return formatted("date");
  if (type == "instant")
    return formatted("date-time");
  if (type == "uuid")
    return formatted("uuid");
  if (type == "any")
    return {};
  // A single word that is none of these is the only one there is.
  if (type.empty() || type.find_first_of("[]{}?~: ") != type.npos)
    refuse(type);
  return schema_of_words(type);
}

json::object schema_of_some(std::string_view type) {
  const auto inner = type.size() > 2 ? type.substr(1, type.size() - 2) : std::string_view{};
  if (type.starts_with('[') && type.ends_with(']'))
    return {{"type", "array"}, {"items", schema_of_type(inner)}};
  if (type.starts_with('{') && type.ends_with('}'))
    return {{"type", "object"}, {"additionalProperties", schema_of_type(inner)}};
  if (is_shape(type))
    return schema_of_shapes(type);
  return schema_of_word(type);
}

json::object or_null(json::object schema) {
  if (const auto* type = schema.if_contains("type"); type != nullptr && !schema.contains("enum")) {
    schema["type"] = json::array{*type, "null"};
    return schema;
  }
  return {{"anyOf", json::array{std::move(schema), plain("null")}}};
}

} // namespace

std::span<const shape> all_shapes() {
  return shapes;
}

json::object schema_of_type(std::string_view type) {
  if (!type.ends_with('?'))
    return schema_of_some(type);
  type.remove_suffix(1);
  return or_null(schema_of_some(type));
}

json::object schema_of(const shape& described) {
  json::object properties;
  json::array required;
  for (const auto member : split(described.members, ' ')) {
    const auto colon = member.find(':');
    if (colon == member.npos)
      refuse(member);
    auto name = member.substr(0, colon);
    const bool is_optional = name.ends_with('~');
    if (is_optional)
      name.remove_suffix(1);
    else
      required.emplace_back(name);
    properties[name] = schema_of_type(member.substr(colon + 1));
  }
  return {{"type", "object"},
          {"description", described.sentence},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

} // namespace polar_flow::http
