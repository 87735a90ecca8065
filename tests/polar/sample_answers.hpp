#pragma once

#include "domain/streams.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace polar_flow::testing {

/// One well-formed answer per stream, in the exact shape of the recorded ones, or of the
/// documentation's examples where there is no recording: two records, every field present.
inline constexpr std::string_view sleep_answer = R"({"nights":[
{"polar_user":"https://www.polaraccesslink.com/v3/users/5","date":"2026-05-03",
 "sleep_start_time":"2026-05-02T23:30:29-05:00","sleep_end_time":"2026-05-03T07:51:59-05:00",
 "device_id":"FA4E000A","continuity":2.5,"continuity_class":2,"light_sleep":17490,
 "deep_sleep":3510,"rem_sleep":7500,"unrecognized_sleep_stage":0,"sleep_score":86,
 "total_interruption_duration":1590,"sleep_charge":5,"sleep_rating":4,
 "short_interruption_duration":1350,"long_interruption_duration":240,"sleep_goal":25200,
 "group_duration_score":100.0,"group_solidity_score":75.3686,"group_regeneration_score":84.8611,
 "sleep_cycles":5,
 "hypnogram":{"23:30":3,"23:49":4,"23:56":3,"23:59":4,"00:07":4,"00:09":3,"00:20":0},
 "heart_rate_samples":{"23:33":67,"23:36":68,"00:01":66}},
{"date":"2026-05-04","sleep_start_time":"2026-05-04T00:12:00-05:00",
 "sleep_end_time":"2026-05-04T06:12:00-05:00","device_id":"FA4E000A","continuity":3.1,
 "continuity_class":3,"light_sleep":12000,"deep_sleep":4000,"rem_sleep":5000,
 "unrecognized_sleep_stage":60,"sleep_score":71,"total_interruption_duration":540,
 "sleep_charge":3,"sleep_rating":2,"short_interruption_duration":500,
 "long_interruption_duration":40,"sleep_goal":25200,"group_duration_score":80.5,
 "group_solidity_score":71.25,"group_regeneration_score":60.0,"sleep_cycles":4,
 "hypnogram":{"00:12":3,"01:00":1,"06:12":0},"heart_rate_samples":{"00:15":55}}]})";

inline constexpr std::string_view recharge_answer = R"({"recharges":[
{"polar_user":"https://www.polaraccesslink.com/v3/users/5","date":"2026-05-03",
 "heart_rate_avg":55,"beat_to_beat_avg":1075,"heart_rate_variability_avg":43,
 "breathing_rate_avg":12.2,"nightly_recharge_status":5,"ans_charge":1.3,"ans_charge_status":3,
 "hrv_samples":{"23:32":54,"23:37":34,"00:02":41},"breathing_samples":{"23:30":14.6,"00:05":13.9}},
{"date":"2026-05-04","heart_rate_avg":57,"beat_to_beat_avg":1040,"heart_rate_variability_avg":39,
 "breathing_rate_avg":12.9,"nightly_recharge_status":3,"ans_charge":-2.7,"ans_charge_status":2,
 "hrv_samples":{"00:17":33},"breathing_samples":{"00:20":13.1}}]})";

inline constexpr std::string_view activity_answer = R"([
{"start_time":"2025-09-07T12:36","end_time":"2025-09-07T23:59:30","active_duration":"PT5H5M",
 "inactive_duration":"PT4H44M","daily_activity":44.43,"calories":2260,"active_calories":644,
 "steps":6278,"inactivity_alert_count":1,"distance_from_steps":3692.33},
{"start_time":"2025-09-08T00:00","end_time":"2025-09-08T23:59:59",
 "active_duration":"PT7H6M30S","inactive_duration":"PT9H11M30S","daily_activity":162.93,
 "calories":2684,"active_calories":997,"steps":9606,"inactivity_alert_count":0,
 "distance_from_steps":5237}])";

inline constexpr std::string_view activity_samples_answer = R"([
{"date":"2025-09-26",
 "steps":{"interval_ms":60000,"total_steps":8823,
  "samples":[{"steps":12,"timestamp":"2025-09-26T00:02"},{"steps":0,
         "timestamp":"2025-09-26T00:03"}]},
 "activity_zones":{"samples":[{"timestamp":"2025-09-26T00:00","zone":"SLEEP"},
  {"timestamp":"2025-09-26T02:15:30","zone":"NON_WEAR"}]},
 "inactivity_stamps":[{"stamp":"2025-09-26T16:04"}]},
{"date":"2025-09-27","activity_zones":{"samples":[{"timestamp":"2025-09-27T00:00",
         "zone":"LIGHT"}]}}])";

inline constexpr std::string_view cardio_load_answer = R"([
{"date":"2026-07-15","cardio_load_status":"PRODUCTIVE","cardio_load":19.6767,"strain":80.67548,
 "tolerance":79.473885,"cardio_load_ratio":1.0151194,
 "cardio_load_level":{"very_low":20.1,"low":45.2,"medium":80.0,"high":120.5,"very_high":180.0}},
{"date":"2026-07-16","cardio_load_status":"MAINTAINING","cardio_load":0.0,"strain":70.5,
 "tolerance":78.25,"cardio_load_ratio":0.903,"cardio_load_level":{}}])";

inline constexpr std::string_view exercises_answer = R"([
{"id":"y8aKxj2J","upload_time":"2026-02-01T11:48:20Z",
 "polar_user":"https://www.polaraccesslink.com/v3/users/1","device":"Polar Pacer Pro",
 "device_id":"FA4E0001","start_time":"2026-02-01T06:35:07","start_time_utc_offset":60,
 "duration":"PT6917.941S","distance":14824.0,"heart_rate":{"average":138,"maximum":158},
 "training_load":143.22,"sport":"RUNNING","has_route":true,"detailed_sport_info":"RUNNING",
 "calories":1178,"running_index":52,"fat_percentage":48,"carbohydrate_percentage":50,
 "protein_percentage":2,"club_id":999,"club_name":"Polar Club",
 "heart_rate_zones":[{"index":1,"lower_limit":96,"upper_limit":115,"in_zone":"PT2M2S"},
  {"index":2,"lower_limit":115,"upper_limit":134,"in_zone":"PT1H3.5S"}],
 "samples":[{"recording_rate":1,"sample_type":0,"data":"77,77,78"},
  {"recording_rate":null,"sample_type":11,"data":"800,null,,790"}],
 "route":[{"latitude":60.21982833,"longitude":25.13925,"time":"PT210.026S","satellites":4,"fix":1}],
 "training_load_pro":{"cardio-load":146.411,"cardio-load-interpretation":"VERY_HIGH",
  "muscle-load":1389.35,"muscle-load-interpretation":"HIGH","perceived-load":0.0,
  "perceived-load-interpretation":"NOT_AVAILABLE","user-rpe":"UNKNOWN"}},
{"id":"pc0BlEu4","start_time":"2026-02-02T18:00:00","start_time_utc_offset":-180,
 "duration":"PT2H44M","sport":"OTHER","detailed_sport_info":"MOBILITY_DYNAMIC"}])";

inline constexpr std::string_view continuous_heart_rate_answer = R"({"heart_rates":[
{"polar_user":"https://www.polaraccesslink.com/v3/users/1","date":"2025-07-01",
 "heart_rate_samples":[{"heart_rate":74,"sample_time":"00:02:44"},
  {"heart_rate":0,"sample_time":"00:07:40"},{"heart_rate":72,"sample_time":"00:07:44"}]},
{"polar_user":"https://www.polaraccesslink.com/v3/users/1","date":"2025-07-02",
 "heart_rate_samples":[{"heart_rate":61,"sample_time":"23:59:59"}]}]})";

inline constexpr std::string_view sleepwise_alertness_answer = R"([
{"grade":9.9,"grade_validity_seconds":57600,"grade_type":"GRADE_TYPE_PRIMARY",
 "grade_classification":"GRADE_CLASSIFICATION_STRONG","validity":"VALIDITY_ESTIMATE",
 "sleep_inertia":"SLEEP_INERTIA_MILD","sleep_type":"SLEEP_TYPE_PRIMARY",
 "result_type":"ALERTNESS_TYPE_HISTORY",
 "period_start_time":"2022-11-20T20:52:20","period_end_time":"2022-11-21T19:15:52",
 "sleep_period_start_time":"2022-11-20T20:52:20.57",
 "sleep_period_end_time":"2022-11-21T04:11:20.57","sleep_timezone_offset_minutes":120,
 "hourly_data":[{"validity":"VALIDITY_ESTIMATE","alertness_level":"ALERTNESS_LEVEL_LOW",
   "start_time":"2022-11-21T04:12:00","end_time":"2022-11-21T05:00:00"},
  {"validity":"VALIDITY_VALID","alertness_level":"ALERTNESS_LEVEL_HIGH",
   "start_time":"2022-11-21T05:00:00","end_time":"2022-11-21T06:00:00"}]},
{"grade":4,"grade_validity_seconds":0,"grade_type":"GRADE_TYPE_ADDITIONAL",
 "result_type":"ALERTNESS_TYPE_PREDICTION","period_start_time":"2022-11-21T20:40:00",
 "sleep_timezone_offset_minutes":-210}])";

inline constexpr std::string_view sleepwise_bedtime_answer = R"([
{"validity":"VALIDITY_ESTIMATE","quality":"CIRCADIAN_BEDTIME_QUALITY_COMPROMISED",
 "result_type":"CIRCADIAN_BEDTIME_TYPE_HISTORY",
 "period_start_time":"2022-11-20T21:18:30","period_end_time":"2022-11-21T05:18:30",
 "preferred_sleep_period_start_time":"2022-11-20T21:20:30",
 "preferred_sleep_period_end_time":"2022-11-21T05:16:30",
 "sleep_gate_start_time":"2022-11-20T21:03:30","sleep_gate_end_time":"2022-11-20T21:33:30",
 "sleep_timezone_offset_minutes":120},
{"validity":"VALIDITY_NOT_VALID","result_type":"CIRCADIAN_BEDTIME_TYPE_PREDICTION",
 "period_start_time":"2022-11-21T21:15:00"}])";

inline constexpr std::string_view spo2_answer = R"([
{"source_device_id":"1111AAAA","test_time":1697787256,"time_zone_offset":180,
 "test_status":"SPO2_TEST_PASSED","blood_oxygen_percent":95,"spo2_class":"SPO2_CLASS_NORMAL",
 "spo2_value_deviation_from_baseline":"DEVIATION_NO_BASELINE",
 "spo2_quality_average_percent":90.0,"average_heart_rate_bpm":60,
 "heart_rate_variability_ms":100.0,"spo2_hrv_deviation_from_baseline":"DEVIATION_USUAL",
 "altitude_meters":50.0},
{"source_device_id":"1111AAAA","test_time":1697790000,
 "test_status":"SPO2_TEST_INCONCLUSIVE_TOO_LOW_OVERALL_QUALITY",
 "spo2_quality_average_percent":12.5}])";

inline constexpr std::string_view ecg_answer = R"([
{"source_device_id":"1111AAAA","test_time":1697787256,"time_zone_offset":180,
 "average_heart_rate_bpm":60,"heart_rate_variability_ms":42.5,
 "heart_rate_variability_level":"ECG_HRV_LEVEL_USUAL","rri_ms":1000.0,
 "pulse_transit_time_systolic_ms":100.5,"pulse_transit_time_diastolic_ms":210.0,
 "pulse_transit_time_quality_index":0.75,
 "samples":[{"recording_time_delta_ms":0,"amplitude_mv":-0.1},
  {"recording_time_delta_ms":8,"amplitude_mv":0.25}],
 "quality_measurements":[{"recording_time_delta_ms":0,"quality_level":"ECG_QUALITY_HIGH"},
  {"recording_time_delta_ms":123,"quality_level":"ECG_QUALITY_LOW"}]},
{"source_device_id":"1111AAAA","test_time":1697790000,
 "samples":[{"recording_time_delta_ms":4,"amplitude_mv":1}]}])";

inline constexpr std::string_view body_temperature_answer = R"([
{"source_device_id":"1111AAAA","measurement_type":"TM_CORE_TEMPERATURE",
 "sensor_location":"SL_PROXIMAL","start_time":"2023-10-20T04:00:00",
 "end_time":"2023-10-20T05:00:00","modified_time":"2023-10-20T05:01:00",
 "samples":[{"temperature_celsius":36.5,"recording_time_delta_milliseconds":123},
  {"temperature_celsius":36.75,"recording_time_delta_milliseconds":"60123"}]},
{"source_device_id":"1111AAAA","measurement_type":"TM_SKIN_TEMPERATURE",
 "sensor_location":"SL_DISTAL","start_time":"2023-10-20T20:00:00","samples":[]}])";

inline constexpr std::string_view skin_temperature_answer = R"([
{"sleep_time_skin_temperature_celsius":36.5,"deviation_from_baseline_celsius":-0.5,
 "sleep_date":"2023-10-20"},
{"sleep_time_skin_temperature_celsius":35.25,"sleep_date":"2023-10-21"}])";

inline constexpr std::string_view physical_info_answer =
    R"({"weight":70.5,"height":175.0,
 "created":"2024-06-01T12:00:00Z","modified":"2024-06-10T12:00:00Z",
 "birthday":"1960-01-31","gender":"MALE","maximum_heart_rate":190,"resting_heart_rate":60,
 "aerobic_threshold":140,"anaerobic_threshold":170,"vo2_max":50,"weight_source":"SOURCE_USER",
 "training_background":"REGULAR","typical_day":"MOSTLY_MOVING","sleep_goal":"PT8H"})";

struct sample_answer {
  stream kind{};
  std::string_view body;
  /// Only physical information is one object instead of a list.
  std::size_t records = 2;
};

inline const std::vector<sample_answer>& sample_answers() {
  static const std::vector<sample_answer> answers{
      {stream::sleep, sleep_answer},
      {stream::recharge, recharge_answer},
      {stream::activity, activity_answer},
      {stream::activity_samples, activity_samples_answer},
      {stream::cardio_load, cardio_load_answer},
      {stream::exercises, exercises_answer},
      {stream::continuous_hr, continuous_heart_rate_answer},
      {stream::sleepwise_alertness, sleepwise_alertness_answer},
      {stream::sleepwise_bedtime, sleepwise_bedtime_answer},
      {stream::spo2, spo2_answer},
      {stream::ecg, ecg_answer},
      {stream::body_temperature, body_temperature_answer},
      {stream::skin_temperature, skin_temperature_answer},
      {stream::physical_info, physical_info_answer, 1},
  };
  return answers;
}

} // namespace polar_flow::testing
