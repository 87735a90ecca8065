#include "tests/integration/every_operation.hpp"

#include "domain/version.hpp"
#include "tests/support/wait.hpp"

#include <chrono>
#include <stdexcept>

namespace polar_flow::testing {

namespace {

/// Section 3 of the contract with the decisions of its section 16.5, worked out by hand from the
/// rows of every_operation_rows.cpp; the figures of section 4 by the formulas of docs/analytics.md.
const std::vector<known_read> reads{
    {.user = planted_user,
     .target = "/sleep?days=3",
     .body =
         R"([{"date":"2026-03-20","sleep_score":80,"total_sleep_hours":7.17,)"
         R"("light_sleep_hours":4.0,"deep_sleep_hours":1.5,"rem_sleep_hours":1.67,)"
         R"("hrv_avg":30.0,"heart_rate_avg":52.5,"breathing_rate_avg":14.25,)"
         R"("skin_temperature_avg":34.1735},{"date":"2026-03-19","sleep_score":77,)"
         R"("total_sleep_hours":0.0,"light_sleep_hours":0.0,"deep_sleep_hours":0.0,)"
         R"("rem_sleep_hours":0.0,"hrv_avg":47.0,"heart_rate_avg":null,)"
         R"("breathing_rate_avg":null,"skin_temperature_avg":33.2},{"date":"2026-03-18",)"
         R"("sleep_score":83,"total_sleep_hours":null,"light_sleep_hours":null,)"
         R"("deep_sleep_hours":null,"rem_sleep_hours":null,"hrv_avg":53.0,)"
         R"("heart_rate_avg":null,"breathing_rate_avg":null,"skin_temperature_avg":null}])",
     .window = window_kind::sleep,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/sleep/2026-03-20",
     .body =
         R"({"date":"2026-03-20","sleep_start_time":"2026-03-19T23:10:00+01:00",)"
         R"("sleep_end_time":"2026-03-20T06:30:00+01:00","sleep_score":80,"sleep_rating":4,)"
         R"("total_sleep_hours":7.17,"light_sleep_hours":4.0,"deep_sleep_hours":1.5,)"
         R"("rem_sleep_hours":1.67,"interruptions_hours":0.25,"hrv_avg":30.0,"hrv_samples":2,)"
         R"("heart_rate_avg":52.5,"heart_rate_min":47,"heart_rate_max":58,)"
         R"("breathing_rate_avg":14.25,"skin_temperature_avg":34.1735,"device_id":"0AB1C2D3",)"
         R"("continuity":2.5,"continuity_class":3,"sleep_cycles":5,)"
         R"("unrecognized_sleep_seconds":0,"short_interruption_seconds":300,)"
         R"("long_interruption_seconds":600,"sleep_charge":3,"sleep_goal_hours":8.0,)"
         R"("group_duration_score":90.5,"group_solidity_score":81.0,)"
         R"("group_regeneration_score":77.25,"hypnogram":{"23:10":0,"23:40":2,"00:05":4},)"
         R"("heart_rate_samples":{"23:11":58,"00:06":47},"utc_offset_minutes":60})"},
    {.user = planted_user,
     .target = "/activity?days=3",
     .body =
         R"([{"date":"2026-03-20","steps":0,"calories_active":0,"calories_total":1500,)"
         R"("distance_km":0.0,"active_minutes":0.0,"activity_score":0},{"date":"2026-03-19",)"
         R"("steps":12345,"calories_active":640,"calories_total":2650,"distance_km":9.88,)"
         R"("active_minutes":90.5,"activity_score":87},{"date":"2026-03-18","steps":null,)"
         R"("calories_active":null,"calories_total":null,"distance_km":null,)"
         R"("active_minutes":null,"activity_score":null}])",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/activity/2026-03-19",
     .body =
         R"({"date":"2026-03-19","steps":12345,"calories_active":640,"calories_total":2650,)"
         R"("distance_meters":9876.5,"active_time_seconds":5430,"activity_score":87,)"
         R"("inactivity_alerts":2})"},
    {.user = planted_user,
     .target = "/activity-samples?days=2",
     .body =
         R"([{"date":"2026-03-20","sample_count":2,"total_steps":321,"has_samples":true},)"
         R"({"date":"2026-03-19","sample_count":0,"total_steps":10,"has_samples":false}])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/activity-samples/2026-03-20",
     .body =
         R"({"date":"2026-03-20","total_steps":321,"interval_ms":60000,"sample_count":2,)"
         R"("samples":[{"steps":120,"timestamp":"2026-03-20T08:00"},{"steps":201,)"
         R"("timestamp":"2026-03-20T08:01"}]})"},
    {.user = planted_user,
     .target = "/recharge?days=2",
     .body =
         R"([{"date":"2026-03-20","hrv_avg":30.0,"ans_charge":-6.5,"ans_charge_status":1,)"
         R"("breathing_rate_avg":14.25,"heart_rate_avg":58.0,"nightly_recharge_status":2,)"
         R"("beat_to_beat_avg":1034},{"date":"2026-03-19","hrv_avg":47.0,"ans_charge":0.0,)"
         R"("ans_charge_status":3,"breathing_rate_avg":null,"heart_rate_avg":52.0,)"
         R"("nightly_recharge_status":null,"beat_to_beat_avg":null}])",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/recharge/2026-03-20/samples",
     .body =
         R"({"date":"2026-03-20","hrv_samples":{"00:05":31,"00:10":29},)"
         R"("breathing_samples":{"00:05":14.1,"00:10":14.4}})"},
    {.user = planted_user,
     .target = "/physical-info",
     .body =
         R"({"recorded_at":"2026-03-18T07:00:00Z","weight_kg":83.2175,"height_cm":181.0,)"
         R"("maximum_heart_rate":187,"resting_heart_rate":48,"aerobic_threshold":142,)"
         R"("anaerobic_threshold":165,"vo2_max":52,"weight_source":"SOURCE_USER",)"
         R"("training_background":"FREQUENT","typical_day":"MOSTLY_SITTING",)"
         R"("sleep_goal_hours":8.0,"history":[{"recorded_at":"2026-01-10T07:00:00.500000Z",)"
         R"("weight_kg":null,"height_cm":null,"maximum_heart_rate":null,)"
         R"("resting_heart_rate":null,"aerobic_threshold":null,"anaerobic_threshold":null,)"
         R"("vo2_max":null,"weight_source":null,"training_background":null,"typical_day":null,)"
         R"("sleep_goal_hours":null}]})",
     .queries_again = 0},
    {.user = planted_user,
     .target = "/cardio-load?days=3",
     .body =
         R"([{"date":"2026-03-20","strain":0.0,"tolerance":50.5,"cardio_load":30.5,)"
         R"("cardio_load_ratio":1.25,"cardio_load_status":"MAINTAINING",)"
         R"("levels":{"very_low":1.5,"low":2.0,"medium":3.25,"high":null,"very_high":0.0}},)"
         R"({"date":"2026-03-19","strain":null,"tolerance":null,"cardio_load":null,)"
         R"("cardio_load_ratio":null,"cardio_load_status":"LOAD_STATUS_NOT_AVAILABLE",)"
         R"("levels":{"very_low":null,"low":null,"medium":null,"high":null,"very_high":null}},)"
         R"({"date":"2026-03-18","strain":40.25,"tolerance":50.5,"cardio_load":60.0,)"
         R"("cardio_load_ratio":0.75,"cardio_load_status":"PRODUCTIVE",)"
         R"("levels":{"very_low":null,"low":null,"medium":null,"high":null,"very_high":null}}])",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/heart-rate?days=2",
     .body =
         R"([{"date":"2026-03-20","hr_min":45,"hr_avg":80,"hr_max":131,"sample_count":3},)"
         R"({"date":"2026-03-19","hr_min":null,"hr_avg":null,"hr_max":null,"sample_count":0}])",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/heart-rate/2026-03-20/samples",
     .body =
         R"({"date":"2026-03-20","hr_min":45,"hr_avg":80,"hr_max":131,"sample_count":3,)"
         R"("samples":[{"heart_rate":45,"sample_time":"00:00:05"},{"heart_rate":62,)"
         R"("sample_time":"00:05:00"},{"heart_rate":131,"sample_time":"08:00:05"}]})"},
    {.user = planted_user,
     .target = "/exercises?days=2",
     .body =
         R"([{"id":"aaaaaaaa-0000-5000-8000-000000000002","polar_exercise_id":"2AC3130",)"
         R"("start_time":"2026-03-20T06:00:00.250000Z","sport":null,"duration_minutes":null,)"
         R"("distance_km":null,"calories":null,"average_heart_rate":null,)"
         R"("max_heart_rate":null,"training_load":null,"utc_offset_minutes":null},)"
         R"({"id":"aaaaaaaa-0000-5000-8000-000000000001","polar_exercise_id":"2AC312F",)"
         R"("start_time":"2026-03-19T17:30:00Z","sport":"RUNNING","duration_minutes":45.5,)"
         R"("distance_km":8.13,"calories":612,"average_heart_rate":141,"max_heart_rate":172,)"
         R"("training_load":98.5,"utc_offset_minutes":60}])",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/exercises/aaaaaaaa-0000-5000-8000-000000000001",
     .body =
         R"({"id":"aaaaaaaa-0000-5000-8000-000000000001","polar_exercise_id":"2AC312F",)"
         R"("start_time":"2026-03-19T17:30:00Z","sport":"RUNNING","duration_seconds":2730,)"
         R"("distance_meters":8125.5,"calories":612,"average_heart_rate":141,)"
         R"("max_heart_rate":172,"average_speed_mps":null,"max_speed_mps":null,)"
         R"("average_cadence":null,"max_cadence":null,"average_power":null,"max_power":null,)"
         R"("training_load":98.5,"ascent_meters":null,"descent_meters":null,"notes":null,)"
         R"("running_index":55,"training_load_pro":{"cardio-load":98.5,)"
         R"("cardio-load-interpretation":"HIGH","muscle-load":44.25,)"
         R"("muscle-load-interpretation":"LOW","perceived-load":0.0,)"
         R"("perceived-load-interpretation":"NOT_AVAILABLE","user-rpe":"UNKNOWN"},)"
         R"("heart_rate_zones":[{"index":1,"lower_limit_bpm":95,"upper_limit_bpm":114,)"
         R"("in_zone_seconds":301}],"has_samples":true,"has_route_data":true,)"
         R"("utc_offset_minutes":60})"},
    {.user = planted_user,
     .target = "/exercises/aaaaaaaa-0000-5000-8000-000000000002",
     .body =
         R"({"id":"aaaaaaaa-0000-5000-8000-000000000002","polar_exercise_id":"2AC3130",)"
         R"("start_time":"2026-03-20T06:00:00.250000Z","sport":null,"duration_seconds":null,)"
         R"("distance_meters":null,"calories":null,"average_heart_rate":null,)"
         R"("max_heart_rate":null,"average_speed_mps":null,"max_speed_mps":null,)"
         R"("average_cadence":null,"max_cadence":null,"average_power":null,"max_power":null,)"
         R"("training_load":null,"ascent_meters":null,"descent_meters":null,"notes":null,)"
         R"("running_index":null,"training_load_pro":null,"heart_rate_zones":null,)"
         R"("has_samples":false,"has_route_data":false,"utc_offset_minutes":null})"},
    {.user = planted_user,
     .target = "/exercises/aaaaaaaa-0000-5000-8000-000000000001/samples",
     .body =
         R"({"exercise_id":"aaaaaaaa-0000-5000-8000-000000000001","sport":"RUNNING",)"
         R"("start_time":"2026-03-19T17:30:00Z","samples":[{"sample_type":"1",)"
         R"("recording_rate":5,"values":[5.5,6.25]}],"utc_offset_minutes":60})"},
    {.user = planted_user,
     .target = "/exercises/aaaaaaaa-0000-5000-8000-000000000001/route",
     .body =
         R"({"exercise_id":"aaaaaaaa-0000-5000-8000-000000000001","sport":"RUNNING",)"
         R"("start_time":"2026-03-19T17:30:00Z","point_count":2,)"
         R"("route":[{"latitude":60.171234,"longitude":24.941567,"time":"PT0.5S",)"
         R"("satellites":9,"fix":1},{"latitude":60.171235,"longitude":24.941568,"time":null,)"
         R"("satellites":null,"fix":null}],"utc_offset_minutes":60})"},
    {.user = planted_user,
     .target = "/sleepwise/alertness?days=2",
     .body =
         R"([{"period_start_time":"2026-03-20T05:30:00Z",)"
         R"("period_end_time":"2026-03-20T21:30:00Z","grade":7.25,)"
         R"("grade_classification":"STRONG","id":"1773984600000000","utc_offset_minutes":60},)"
         R"({"period_start_time":"2026-03-19T05:30:00Z",)"
         R"("period_end_time":"2026-03-19T21:30:00Z","grade":5.5,)"
         R"("grade_classification":"FAIR","id":"1773898200000000","utc_offset_minutes":60}])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/sleepwise/alertness/1773984600000000/hourly",
     .body =
         R"({"id":"1773984600000000","period_start_time":"2026-03-20T05:30:00Z",)"
         R"("period_end_time":"2026-03-20T21:30:00Z",)"
         R"("sleep_period_start_time":"2026-03-19T22:10:00Z",)"
         R"("sleep_period_end_time":"2026-03-20T05:30:00Z","grade":7.25,)"
         R"("grade_classification":"STRONG","grade_type":"GRADE_TYPE_PRIMARY",)"
         R"("grade_validity_seconds":57600,"validity":"VALIDITY_VALID",)"
         R"("sleep_inertia":"SLEEP_INERTIA_MILD","sleep_type":"SLEEP_TYPE_PRIMARY",)"
         R"("result_type":"ALERTNESS_TYPE_HISTORY","hourly":[{"validity":"VALIDITY_VALID",)"
         R"("alertness_level":"ALERTNESS_LEVEL_HIGH","start_time":"2026-03-20T05:30:00Z",)"
         R"("end_time":"2026-03-20T06:30:00Z"}],"utc_offset_minutes":60})"},
    {.user = planted_user,
     .target = "/sleepwise/bedtime?days=2",
     .body =
         R"([{"period_start_time":"2026-03-19T17:00:00Z",)"
         R"("period_end_time":"2026-03-20T11:00:00Z",)"
         R"("preferred_sleep_start":"2026-03-19T21:45:00Z",)"
         R"("preferred_sleep_end":"2026-03-20T05:45:00Z",)"
         R"("sleep_gate_start":"2026-03-19T20:45:00Z","sleep_gate_end":"2026-03-19T22:45:00Z",)"
         R"("quality":"CIRCADIAN_BEDTIME_QUALITY_GOOD","utc_offset_minutes":60}])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/spo2?days=1",
     .body =
         R"([{"test_time":"2026-03-20T08:15:00Z","blood_oxygen_percent":97,)"
         R"("spo2_class":"SPO2_CLASS_NORMAL","avg_heart_rate":55,"hrv_ms":41.5,)"
         R"("altitude_meters":12.0,"utc_offset_minutes":60}])",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/ecg?days=1",
     .body =
         R"([{"id":41,"test_time":"2026-03-20T08:20:00Z","avg_heart_rate":56,"hrv_ms":40.25,)"
         R"("hrv_level":"NORMAL","rri_ms":1071.5,"duration_seconds":0.016,"sample_count":3,)"
         R"("has_samples":true,"utc_offset_minutes":60}])",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/ecg/41",
     .body =
         R"({"id":41,"test_time":"2026-03-20T08:20:00Z","device_id":"0AB1C2D3",)"
         R"("avg_heart_rate":56,"hrv_ms":40.25,"hrv_level":"NORMAL","rri_ms":1071.5,)"
         R"("ptt_systolic_ms":131.5,"ptt_diastolic_ms":null,"ptt_quality_index":null,)"
         R"("duration_seconds":0.016,"sample_count":3,"samples":[{"time_ms":0,)"
         R"("amplitude_mv":-0.03125},{"time_ms":8,"amplitude_mv":0.73519},{"time_ms":16,)"
         R"("amplitude_mv":0.0}],"quality":[{"time_ms":0,"quality":"HIGH_QUALITY"}],)"
         R"("utc_offset_minutes":60})"},
    {.user = planted_user,
     .target = "/temperature/body?days=2",
     .body =
         R"([{"start_time":"2026-03-19T21:00:00Z","end_time":"2026-03-20T05:00:00Z",)"
         R"("measurement_type":"TM_CONTINUOUS_MEASUREMENT","sensor_location":"SL_DISTAL",)"
         R"("temp_min":36.25,"temp_avg":36.6172,"temp_max":36.9844,"sample_count":2,)"
         R"("id":"1773954000000000-0AB1C2D3"}])",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/temperature/body/1773954000000000-0AB1C2D3/samples",
     .body =
         R"({"id":"1773954000000000-0AB1C2D3","start_time":"2026-03-19T21:00:00Z",)"
         R"("end_time":"2026-03-20T05:00:00Z","device_id":"0AB1C2D3",)"
         R"("measurement_type":"TM_CONTINUOUS_MEASUREMENT","sensor_location":"SL_DISTAL",)"
         R"("sample_count":2,"samples":[{"time_ms":0,"temp_c":36.25},{"time_ms":60000,)"
         R"("temp_c":36.9844}]})"},
    {.user = planted_user,
     .target = "/temperature/skin?days=2",
     .body =
         R"([{"sleep_date":"2026-03-20","temperature_celsius":34.1735,)"
         R"("deviation_from_baseline":0.6,"is_elevated":true},{"sleep_date":"2026-03-19",)"
         R"("temperature_celsius":33.2,"deviation_from_baseline":0.5,"is_elevated":false}])",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/export/summary?days=3",
     .body =
         R"({"user_id":"planted_user-1","days":3,"from_date":"2026-03-18",)"
         R"("to_date":"2026-03-20","record_counts":{"sleep":3,"activity":3,"recharge":3,)"
         R"("cardio_load":3,"heart_rate":2,"exercises":2},"total_records":16})",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/export/sleep.csv?days=2",
     .body =
         "date,sleep_score,total_hours,deep_hours,light_hours,rem_hours,hrv_avg,heart_rate_avg,"
         "breathing_rate_avg\r\n"
         "2026-03-19,77,0.0,0.0,0.0,0.0,47.0,,\r\n"
         "2026-03-20,80,7.17,1.5,4.0,1.67,30.0,52.5,14.25\r\n",
     .window = window_kind::list,
     .file_name = "sleep_2days.csv",
     .queries_again = 0},
    {.user = planted_user,
     .target = "/export/activity.csv?days=3",
     .body =
         "date,steps,calories_active,calories_total,distance_km,active_minutes\r\n"
         "2026-03-18,,,,,\r\n"
         "2026-03-19,12345,640,2650,9.88,90.5\r\n"
         "2026-03-20,0,0,1500,0.0,0.0\r\n",
     .window = window_kind::list,
     .file_name = "activity_3days.csv",
     .queries_again = 0},
    {.user = planted_user,
     .target = "/export/recharge.csv?days=2",
     .body =
         "date,hrv_avg,ans_charge,status,breathing_rate,heart_rate_avg\r\n"
         "2026-03-19,47.0,0.0,3,,52.0\r\n"
         "2026-03-20,30.0,-6.5,1,14.25,58.0\r\n",
     .window = window_kind::list,
     .file_name = "recharge_2days.csv",
     .queries_again = 0},
    {.user = planted_user,
     .target = "/export/cardio-load.csv?days=3",
     .body =
         "date,strain,tolerance,cardio_load,load_ratio,status\r\n"
         "2026-03-18,40.25,50.5,60.0,0.75,PRODUCTIVE\r\n"
         "2026-03-19,,,,,LOAD_STATUS_NOT_AVAILABLE\r\n"
         "2026-03-20,0.0,50.5,30.5,1.25,MAINTAINING\r\n",
     .window = window_kind::list,
     .file_name = "cardio_load_3days.csv",
     .queries_again = 0},
    {.user = planted_user,
     .target = "/baselines",
     .body =
         R"([{"metric_name":"hrv_rmssd","baseline_value":47.5,)"
         R"("baseline_7d":47.142857142857146,"baseline_30d":null,"baseline_90d":null,)"
         R"("median":49.5,"q1":47.25,"q3":51.75,"iqr":4.5,"std_dev":7.3484692283495345,)"
         R"("min":30.0,"max":53.0,"lower_bound":40.5,"upper_bound":58.5,"sample_count":8,)"
         R"("status":"partial","data_start_date":"2026-03-13","data_end_date":"2026-03-20",)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"sleep_score",)"
         R"("baseline_value":80.0,"baseline_7d":80.0,"baseline_30d":null,"baseline_90d":null,)"
         R"("median":80.0,"q1":78.25,"q3":81.75,"iqr":3.5,"std_dev":2.0,"min":77.0,"max":83.0,)"
         R"("lower_bound":73.0,"upper_bound":87.0,"sample_count":8,"status":"partial",)"
         R"("data_start_date":"2026-03-13","data_end_date":"2026-03-20",)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"resting_hr",)"
         R"("baseline_value":52.75,"baseline_7d":52.857142857142854,"baseline_30d":null,)"
         R"("baseline_90d":null,"median":52.0,"q1":51.25,"q3":53.75,"iqr":2.5,)"
         R"("std_dev":2.434865792722759,"min":50.0,"max":58.0,"lower_bound":47.5,)"
         R"("upper_bound":57.5,"sample_count":8,"status":"partial",)"
         R"("data_start_date":"2026-03-13","data_end_date":"2026-03-20",)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"training_load",)"
         R"("baseline_value":45.25,"baseline_7d":null,"baseline_30d":null,"baseline_90d":null,)"
         R"("median":null,"q1":null,"q3":null,"iqr":null,"std_dev":null,"min":30.5,"max":60.0,)"
         R"("lower_bound":null,"upper_bound":null,"sample_count":2,"status":"insufficient",)"
         R"("data_start_date":"2026-03-18","data_end_date":"2026-03-20",)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"training_load_ratio",)"
         R"("baseline_value":1.0025,"baseline_7d":null,"baseline_30d":null,)"
         R"("baseline_90d":null,"median":null,"q1":null,"q3":null,"iqr":null,"std_dev":null,)"
         R"("min":0.75,"max":1.255,"lower_bound":null,"upper_bound":null,"sample_count":2,)"
         R"("status":"insufficient","data_start_date":"2026-03-18",)"
         R"("data_end_date":"2026-03-20","calculated_at":"2026-03-20T10:00:00Z"}])",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/baselines/resting_hr",
     .body =
         R"({"metric_name":"resting_hr","baseline_value":52.75,)"
         R"("baseline_7d":52.857142857142854,"baseline_30d":null,"baseline_90d":null,)"
         R"("median":52.0,"q1":51.25,"q3":53.75,"iqr":2.5,"std_dev":2.434865792722759,)"
         R"("min":50.0,"max":58.0,"lower_bound":47.5,"upper_bound":57.5,"sample_count":8,)"
         R"("status":"partial","data_start_date":"2026-03-13","data_end_date":"2026-03-20",)"
         R"("calculated_at":"2026-03-20T10:00:00Z"})",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/baselines/check/hrv_rmssd/36.5",
     .body =
         R"({"value":36.5,"metric_name":"hrv_rmssd","is_anomaly":true,"severity":"warning",)"
         R"("baseline":50.0,"baseline_7d":50.0,"lower_bound":42.0,"upper_bound":58.0,)"
         R"("status":"partial"})",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/baselines/check/resting_hr/-1.5e1",
     .body =
         R"({"value":-15.0,"metric_name":"resting_hr","is_anomaly":true,"severity":"critical",)"
         R"("baseline":52.0,"baseline_7d":52.0,"lower_bound":48.0,"upper_bound":56.0,)"
         R"("status":"partial"})",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/analytics/status",
     .body =
         R"({"user_id":"planted_user-1","data_days":{"sleep":8,"recharge":8,"activity":3,)"
         R"("cardio_load":3},"min_data_days":3,"features_available":{"basic_stats":false,)"
         R"("trend_analysis":false,"personalized_baselines":false,"predictive_models":false,)"
         R"("advanced_ml":false,"long_term_patterns":false},)"
         R"("unlock_progress":{"basic_stats":{"unlocked":false,"days_required":7,)"
         R"("days_remaining":4,"progress_percent":42.9},"trend_analysis":{"unlocked":false,)"
         R"("days_required":14,"days_remaining":11,"progress_percent":21.4},)"
         R"("personalized_baselines":{"unlocked":false,"days_required":21,"days_remaining":18,)"
         R"("progress_percent":14.3},"predictive_models":{"unlocked":false,"days_required":30,)"
         R"("days_remaining":27,"progress_percent":10.0},"advanced_ml":{"unlocked":false,)"
         R"("days_required":60,"days_remaining":57,"progress_percent":5.0},)"
         R"("long_term_patterns":{"unlocked":false,"days_required":90,"days_remaining":87,)"
         R"("progress_percent":3.3}},)"
         R"("recommendations":["Keep syncing: basic statistics need 4 more days of data"]})"},
    {.user = planted_user,
     .target = "/patterns",
     .body =
         R"([{"pattern_type":"correlation","pattern_name":"sleep_hrv_correlation",)"
         R"("score":null,"confidence":null,"significance":"insufficient",)"
         R"("metrics_involved":["sleep_score","hrv_rmssd"],"sample_count":8,)"
         R"("details":{"reason":"Insufficient data: 8 samples, need 21"},)"
         R"("analyzed_at":"2026-03-20T10:00:00Z"},{"pattern_type":"composite",)"
         R"("pattern_name":"overtraining_risk","score":13.0,"confidence":0.25,)"
         R"("significance":"insufficient","metrics_involved":["hrv_rmssd","sleep_score",)"
         R"("resting_hr","training_load_ratio"],"sample_count":1,"details":{"risk_score":13,)"
         R"("risk_factors":[],"metrics_checked":1,)"
         R"("recommendations":["Too little is known of the last days to judge your load"]},)"
         R"("analyzed_at":"2026-03-20T10:00:00Z"},{"pattern_type":"trend",)"
         R"("pattern_name":"hrv_trend","score":null,"confidence":null,)"
         R"("significance":"insufficient","metrics_involved":["hrv"],"sample_count":0,)"
         R"("details":{"reason":"Insufficient data for trend analysis"},)"
         R"("analyzed_at":"2026-03-20T10:00:00Z"},{"pattern_type":"trend",)"
         R"("pattern_name":"sleep_trend","score":null,"confidence":null,)"
         R"("significance":"insufficient","metrics_involved":["sleep"],"sample_count":0,)"
         R"("details":{"reason":"Insufficient data for trend analysis"},)"
         R"("analyzed_at":"2026-03-20T10:00:00Z"},{"pattern_type":"composite",)"
         R"("pattern_name":"recovery_readiness","score":null,"confidence":null,)"
         R"("significance":"insufficient","metrics_involved":["hrv_rmssd","sleep_score",)"
         R"("resting_hr","training_load_ratio"],"sample_count":1,)"
         R"("details":{"reason":"Insufficient data: 1 of 4 parts, need 2; missing: hrv_rmssd,)"
         R"( sleep_score, resting_hr"},"analyzed_at":"2026-03-20T10:00:00Z"}])",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/patterns/overtraining_risk",
     .body =
         R"({"pattern_type":"composite","pattern_name":"overtraining_risk","score":13.0,)"
         R"("confidence":0.25,"significance":"insufficient","metrics_involved":["hrv_rmssd",)"
         R"("sleep_score","resting_hr","training_load_ratio"],"sample_count":1,)"
         R"("details":{"risk_score":13,"risk_factors":[],"metrics_checked":1,)"
         R"("recommendations":["Too little is known of the last days to judge your load"]},)"
         R"("analyzed_at":"2026-03-20T10:00:00Z"})",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/anomalies",
     .body =
         R"({"user_id":"planted_user-1","anomaly_count":2,)"
         R"("anomalies":[{"metric_name":"hrv_rmssd","current_value":30.0,)"
         R"("baseline_value":50.0,"median_value":50.0,"lower_bound":42.0,"upper_bound":58.0,)"
         R"("direction":"below","severity":"critical","deviation_percent":-40.0},)"
         R"({"metric_name":"resting_hr","current_value":58.0,"baseline_value":52.0,)"
         R"("median_value":52.0,"lower_bound":48.0,"upper_bound":56.0,"direction":"above",)"
         R"("severity":"warning","deviation_percent":11.538461538461538}]})",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/predictions",
     .body =
         R"({"user_id":"planted_user-1","interval_percent":80,"nights_needed":60,)"
         R"("predictions":[{"metric":"hrv_rmssd","unit":"ms","status":"too_few_nights",)"
         R"("message":"Needs 60 nights with a value, enough of them one after the other",)"
         R"("nights":8,"for_date":null,"value":null,"lower":null,"upper":null,)"
         R"-("backtest":{"nights":0,"error_unit":"ln(ms)","model_error":null,)-"
         R"("persistence_error":null,"week_mean_error":null,"coverage":null,)"
         R"("interval_nights":0}},{"metric":"sleep_score","unit":"points",)"
         R"("status":"too_few_nights",)"
         R"("message":"Needs 60 nights with a value, enough of them one after the other",)"
         R"("nights":8,"for_date":null,"value":null,"lower":null,"upper":null,)"
         R"("backtest":{"nights":0,"error_unit":"points","model_error":null,)"
         R"("persistence_error":null,"week_mean_error":null,"coverage":null,)"
         R"("interval_nights":0}},{"metric":"resting_hr","unit":"1/min",)"
         R"("status":"too_few_nights",)"
         R"("message":"Needs 60 nights with a value, enough of them one after the other",)"
         R"("nights":8,"for_date":null,"value":null,"lower":null,"upper":null,)"
         R"("backtest":{"nights":0,"error_unit":"1/min","model_error":null,)"
         R"("persistence_error":null,"week_mean_error":null,"coverage":null,)"
         R"("interval_nights":0}}]})",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/explain/hrv_range",
     .body =
         R"({"user_id":"planted_user-1","metric":"hrv_range","today":"2026-03-20",)"
         R"("server_version":")"
             + std::string{server_version}
             + R"(","data_version":7,"settings":{"acute_k":1.0,"chronic_k":0.5,)"
               R"("least_deviation":0.02},"rows":[{"name":"week","unit":"ms",)"
               R"("from":"2026-03-14","to":"2026-03-20","values":[)"
               R"({"date":"2026-03-14","value":52.0},{"date":"2026-03-15","value":48.0},)"
               R"({"date":"2026-03-16","value":51.0},{"date":"2026-03-17","value":49.0},)"
               R"({"date":"2026-03-18","value":53.0},{"date":"2026-03-19","value":47.0},)"
               R"({"date":"2026-03-20","value":30.0}]},{"name":"range","unit":"ms",)"
               R"("from":"2026-01-13","to":"2026-03-13","values":[)"
               R"({"date":"2026-03-13","value":50.0}]}],"figures":[)"
               R"-({"name":"night","value":3.4011973816621555,"unit":"ln(ms)",)-"
               R"("formula":"ln of the newest of week"},{"name":"week_mean",)"
               R"-("value":3.838246793892658,"unit":"ln(ms)",)-"
               R"("formula":"mean(ln week), from 3 nights on"},)"
               R"({"name":"week_variation","value":5.145948207081303,"unit":"%",)"
               R"("formula":"100 · standard_deviation(ln week) / week_mean, divisor n − 1"},)"
               R"-({"name":"range_mean","value":null,"unit":"ln(ms)",)-"
               R"("formula":"mean(ln range), from 30 nights on"},)"
               R"-({"name":"range_deviation","value":null,"unit":"ln(ms)",)-"
               R"("formula":"standard_deviation(ln range), divisor n − 1"},)"
               R"-({"name":"acute_lower","value":null,"unit":"ln(ms)",)-"
               R"-("formula":"range_mean − acute_k · max(range_deviation, least_deviation)"},)-"
               R"-({"name":"acute_upper","value":null,"unit":"ln(ms)",)-"
               R"-("formula":"range_mean + acute_k · max(range_deviation, least_deviation)"},)-"
               R"-({"name":"chronic_lower","value":null,"unit":"ln(ms)",)-"
               R"-("formula":"range_mean − chronic_k · max(range_deviation, least_deviation)"},)-"
               R"-({"name":"chronic_upper","value":null,"unit":"ln(ms)",)-"
               R"-("formula":"range_mean + chronic_k · max(range_deviation, least_deviation)"}]})-",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/insights",
     .body =
         R"({"user_id":"planted_user-1","generated_at":"2026-03-20T10:00:00Z",)"
         R"("data_freshness":"2026-03-20T00:00:00Z","data_age_days":8,"status":"partial",)"
         R"("feature_availability":{"baselines_7d":{"available":true,"message":null,)"
         R"("unlock_at_days":7},"baselines_30d":{"available":false,)"
         R"("message":"Unlocks in 22 days","unlock_at_days":30},"patterns":{"available":false,)"
         R"("message":"Unlocks in 13 days","unlock_at_days":21},)"
         R"("anomaly_detection":{"available":false,"message":"Unlocks in 13 days",)"
         R"("unlock_at_days":21},"ml_predictions":{"available":false,)"
         R"("message":"Unlocks in 52 days","unlock_at_days":60}},)"
         R"("unlock_progress":{"next_unlock":"patterns","days_until_next":13,)"
         R"("percent_to_next":7.142857142857142},"current_metrics":{"hrv":30.0,)"
         R"("sleep_score":80,"resting_hr":58.0,"training_load_ratio":1.255,)"
         R"("as_of":{"hrv":"2026-03-20","sleep_score":"2026-03-20","resting_hr":"2026-03-20",)"
         R"("training_load_ratio":"2026-03-20"}},"baselines":{"hrv_rmssd":{"current":30.0,)"
         R"("baseline":50.0,"baseline_7d":47.142857142857146,"baseline_30d":null,)"
         R"("percent_of_baseline":60.0,"trend":null,"trend_days":null,"status":"partial",)"
         R"("as_of":"2026-03-20","lower_bound":42.0,"upper_bound":58.0},)"
         R"("sleep_score":{"current":80.0,"baseline":80.0,"baseline_7d":80.0,)"
         R"("baseline_30d":null,"percent_of_baseline":100.0,"trend":null,"trend_days":null,)"
         R"("status":"partial","as_of":"2026-03-20","lower_bound":72.0,"upper_bound":88.0},)"
         R"("resting_hr":{"current":58.0,"baseline":52.0,"baseline_7d":52.857142857142854,)"
         R"("baseline_30d":null,"percent_of_baseline":111.53846153846155,"trend":null,)"
         R"("trend_days":null,"status":"partial","as_of":"2026-03-20","lower_bound":48.0,)"
         R"("upper_bound":56.0},"training_load":{"current":30.5,"baseline":60.0,)"
         R"("baseline_7d":null,"baseline_30d":null,"percent_of_baseline":50.83333333333333,)"
         R"("trend":null,"trend_days":null,"status":"insufficient","as_of":"2026-03-20",)"
         R"("lower_bound":null,"upper_bound":null},"training_load_ratio":{"current":1.255,)"
         R"("baseline":0.75,"baseline_7d":null,"baseline_30d":null,)"
         R"("percent_of_baseline":167.33333333333331,"trend":null,"trend_days":null,)"
         R"("status":"insufficient","as_of":"2026-03-20","lower_bound":null,)"
         R"("upper_bound":null}},"patterns":[],"anomalies":[],)"
         R"("observations":[{"category":"recovery","priority":"high",)"
         R"("fact":"HRV is 40% below baseline","context":"Current: 30ms, Baseline: 50ms",)"
         R"("trend":null},{"category":"onboarding","priority":"info",)"
         R"-("fact":"Your baselines are being established (8 days of data)",)-"
         R"("context":"Pattern detection starts in 13 days; every further night makes your bas)"
         R"(elines more accurate","trend":null}],)"
         R"("suggestions":[{"action":"prioritize_recovery",)"
         R"("description":"Prioritize sleep and recovery today","confidence":0.85,)"
         R"("reason":"HRV is 40% below baseline"}],"data_days":8,)"
         R"("hrv":{"as_of":"2026-03-20","night_ms":30.0,"night_ln":3.4011973816621555,)"
         R"("week_nights":7,"week_mean_ms":46.44,"week_mean_ln":3.838246793892658,)"
         R"("week_variation_percent":5.145948207081303,"range_nights":1,)"
         R"("acute_range_ms":null,"chronic_range_ms":null,"acute":null,"chronic":null},)"
         R"("load":{"as_of":"2026-03-18","ctl":null,"atl":null,"tsb":null,)"
         R"("week_days_known":1,"week_total":null,"monotony":null,"strain":null,)"
         R"("polar_ratio":0.75},"predictions":[],)"
         R"("alarms":{"illness":{"as_of":"2026-03-20","state":"learning","since":null,)"
         R"("message":"Your usual nights are still being learned, which takes four weeks of )"
         R"(two signals",)"
         R"("evidence":null,"alarms_last_year":0,"signals":[]},)"
         R"("overload":{"as_of":"2026-03-18","state":"learning","since":null,)"
         R"("message":"Too few training days are known to compare this week with",)"
         R"("week_load":null,"usual_load":null,"ratio":null,"deviation":null,)"
         R"("strain":null}}})",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/api-key/info",
     .body =
         R"({"key_prefix":"pfk_11111111","user_id":"planted_user-1","is_active":true,)"
         R"("rate_limit_requests":100000,"rate_limit_remaining":{remaining},)"
         R"("created_at":"2026-03-01T00:00:00Z","last_used_at":"2026-03-20T10:00:00Z"})",
     .queries = 0,
     .queries_again = 0},
    {.user = planted_user,
     .target = "/status",
     .body =
         R"({"polar_user_id":"planted_user-1","is_active":true,)"
         R"("last_synced_at":"2026-03-20T09:30:00Z","has_api_key":true,)"
         R"("api_key_prefix":"pfk_11111111"})"},
    {.user = planted_user,
     .target = "/sync/status",
     .body =
         R"({"user_id":"planted_user-1","state":"connected","message":null,"is_syncing":false,)"
         R"("last_synced_at":"2026-03-20T09:30:00Z","last_new_data_at":"2026-03-20T09:30:00Z",)"
         R"("consecutive_failures":0,"not_before":null,"next_loss_at":null,)"
         R"("last_sync":{"job_id":"bbbbbbbb-0000-4000-8000-000000000002","status":"partial",)"
         R"("trigger":"manual","priority":"critical","started_at":"2026-03-20T09:29:59Z",)"
         R"("completed_at":"2026-03-20T09:30:00Z","duration_ms":1000,"total_records":8,)"
         R"("api_calls_made":3,"analytics_done":true,"patterns_detected":true,)"
         R"("rate_limit_limit_15m":520,"rate_limit_remaining_15m":517,)"
         R"("rate_limit_limit_24h":5100,"rate_limit_remaining_24h":5097,)"
         R"("streams":[{"stream":"sleep","records":8,"calls":2,"error_type":null,)"
         R"("error_message":null},{"stream":"spo2","records":0,"calls":1,)"
         R"("error_type":"consent_missing","error_message":"403 Forbidden on spo2"}]}})"},
    {.user = planted_user,
     .target = "/sync/logs?limit=2",
     .body =
         R"([{"job_id":"bbbbbbbb-0000-4000-8000-000000000002","status":"partial",)"
         R"("trigger":"manual","priority":"critical","started_at":"2026-03-20T09:29:59Z",)"
         R"("completed_at":"2026-03-20T09:30:00Z","duration_ms":1000,"total_records":8,)"
         R"("api_calls_made":3,"analytics_done":true,"patterns_detected":true,)"
         R"("rate_limit_limit_15m":520,"rate_limit_remaining_15m":517,)"
         R"("rate_limit_limit_24h":5100,"rate_limit_remaining_24h":5097,)"
         R"("streams":[{"stream":"sleep","records":8,"calls":2,"error_type":null,)"
         R"("error_message":null},{"stream":"spo2","records":0,"calls":1,)"
         R"("error_type":"consent_missing","error_message":"403 Forbidden on spo2"}]},)"
         R"({"job_id":"bbbbbbbb-0000-4000-8000-000000000001","status":"success",)"
         R"("trigger":"scheduler","priority":"normal","started_at":"2026-03-19T09:00:00Z",)"
         R"("completed_at":"2026-03-19T09:00:02.500000Z","duration_ms":2500,"total_records":8,)"
         R"("api_calls_made":1,"analytics_done":true,"patterns_detected":true,)"
         R"("rate_limit_limit_15m":null,"rate_limit_remaining_15m":null,)"
         R"("rate_limit_limit_24h":null,"rate_limit_remaining_24h":null,)"
         R"("streams":[{"stream":"sleep","records":8,"calls":1,"error_type":null,)"
         R"("error_message":null}]}])",
     .window = window_kind::logs},
    {.user = planted_user,
     .target = "/coverage?days=1",
     .body =
         R"({"user_id":"planted_user-1","today":"2026-03-20","streams":[{"stream":"sleep",)"
         R"("complete":1,"partial":0,"missing":0,"not_available":0,"error":0,)"
         R"("days":[{"date":"2026-03-20","state":"complete","reason":null,)"
         R"("fetchable_until":null}]},{"stream":"recharge","complete":0,"partial":0,)"
         R"("missing":0,"not_available":0,"error":1,"days":[{"date":"2026-03-20",)"
         R"("state":"error","reason":"API error 500 on recharge",)"
         R"("fetchable_until":"2026-04-16"}]},{"stream":"activity","complete":0,"partial":1,)"
         R"("missing":0,"not_available":0,"error":0,"days":[{"date":"2026-03-20",)"
         R"("state":"partial","reason":"the watch may still send more for this day",)"
         R"("fetchable_until":"2027-03-19"}]},{"stream":"exercises","complete":0,"partial":1,)"
         R"("missing":0,"not_available":0,"error":0,"days":[{"date":"2026-03-20",)"
         R"("state":"partial","reason":"the watch may still send more for this day",)"
         R"("fetchable_until":"2026-04-18"}]},{"stream":"cardio_load","complete":0,)"
         R"("partial":1,"missing":0,"not_available":0,"error":0,"days":[{"date":"2026-03-20",)"
         R"("state":"partial",)"
         R"("reason":"a session that arrives late may still change this day",)"
         R"("fetchable_until":"2026-09-15"}]},{"stream":"sleepwise_alertness","complete":0,)"
         R"("partial":1,"missing":0,"not_available":0,"error":0,"days":[{"date":"2026-03-20",)"
         R"("state":"partial","reason":"the watch may still send more for this day",)"
         R"("fetchable_until":"2026-04-16"}]},{"stream":"sleepwise_bedtime","complete":0,)"
         R"("partial":0,"missing":1,"not_available":0,"error":0,"days":[{"date":"2026-03-20",)"
         R"("state":"missing","reason":"not fetched yet","fetchable_until":"2026-04-16"}]},)"
         R"({"stream":"activity_samples","complete":0,"partial":1,"missing":0,)"
         R"("not_available":0,"error":0,"days":[{"date":"2026-03-20","state":"partial",)"
         R"("reason":"the watch may still send more for this day",)"
         R"("fetchable_until":"2027-03-19"}]},{"stream":"continuous_hr","complete":0,)"
         R"("partial":1,"missing":0,"not_available":0,"error":0,"days":[{"date":"2026-03-20",)"
         R"("state":"partial","reason":"the watch may still send more for this day",)"
         R"("fetchable_until":"2026-04-16"}]},{"stream":"spo2","complete":0,"partial":1,)"
         R"("missing":0,"not_available":0,"error":0,"days":[{"date":"2026-03-20",)"
         R"("state":"partial","reason":"the watch may still send more for this day",)"
         R"("fetchable_until":"2026-04-16"}]},{"stream":"ecg","complete":0,"partial":1,)"
         R"("missing":0,"not_available":0,"error":0,"days":[{"date":"2026-03-20",)"
         R"("state":"partial","reason":"the watch may still send more for this day",)"
         R"("fetchable_until":"2026-04-16"}]},{"stream":"body_temperature","complete":0,)"
         R"("partial":0,"missing":1,"not_available":0,"error":0,"days":[{"date":"2026-03-20",)"
         R"("state":"missing","reason":"not fetched yet","fetchable_until":"2026-04-16"}]},)"
         R"({"stream":"skin_temperature","complete":0,"partial":1,"missing":0,)"
         R"("not_available":0,"error":0,"days":[{"date":"2026-03-20","state":"partial",)"
         R"("reason":"the watch may still send more for this day",)"
         R"("fetchable_until":"2026-04-16"}]}]})",
     .window = window_kind::list},
    {.user = steady_user,
     .target = "/baselines",
     .body =
         R"([{"metric_name":"hrv_rmssd","baseline_value":58.333333333333336,)"
         R"("baseline_7d":64.28571428571429,"baseline_30d":58.333333333333336,)"
         R"("baseline_90d":null,"median":50.0,"q1":25.0,"q3":100.0,"iqr":75.0,)"
         R"("std_dev":31.713516462807803,"min":25.0,"max":100.0,"lower_bound":-87.5,)"
         R"("upper_bound":212.5,"sample_count":30,"status":"ready",)"
         R"("data_start_date":"2026-02-19","data_end_date":"2026-03-20",)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"sleep_score",)"
         R"("baseline_value":80.0,"baseline_7d":81.42857142857143,"baseline_30d":80.0,)"
         R"("baseline_90d":null,"median":80.0,"q1":70.0,"q3":90.0,"iqr":20.0,)"
         R"("std_dev":8.304547985373997,"min":70.0,"max":90.0,"lower_bound":40.0,)"
         R"("upper_bound":120.0,"sample_count":30,"status":"ready",)"
         R"("data_start_date":"2026-02-19","data_end_date":"2026-03-20",)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"resting_hr",)"
         R"("baseline_value":50.0,"baseline_7d":50.0,"baseline_30d":50.0,"baseline_90d":null,)"
         R"("median":50.0,"q1":50.0,"q3":50.0,"iqr":0.0,"std_dev":0.0,"min":50.0,"max":50.0,)"
         R"("lower_bound":50.0,"upper_bound":50.0,"sample_count":30,"status":"ready",)"
         R"("data_start_date":"2026-02-19","data_end_date":"2026-03-20",)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"training_load",)"
         R"("baseline_value":20.0,"baseline_7d":20.0,"baseline_30d":20.0,"baseline_90d":null,)"
         R"("median":20.0,"q1":20.0,"q3":20.0,"iqr":0.0,"std_dev":0.0,"min":20.0,"max":20.0,)"
         R"("lower_bound":20.0,"upper_bound":20.0,"sample_count":30,"status":"ready",)"
         R"("data_start_date":"2026-02-19","data_end_date":"2026-03-20",)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"training_load_ratio",)"
         R"("baseline_value":1.0,"baseline_7d":1.0,"baseline_30d":1.0,"baseline_90d":null,)"
         R"("median":1.0,"q1":1.0,"q3":1.0,"iqr":0.0,"std_dev":0.0,"min":1.0,"max":1.0,)"
         R"("lower_bound":1.0,"upper_bound":1.0,"sample_count":30,"status":"ready",)"
         R"("data_start_date":"2026-02-19","data_end_date":"2026-03-20",)"
         R"("calculated_at":"2026-03-20T10:00:00Z"}])",
     .queries = 0,
     .queries_again = 0},
    {.user = steady_user,
     .target = "/patterns",
     .body =
         R"([{"pattern_type":"correlation","pattern_name":"sleep_hrv_correlation","score":1.0,)"
         R"("confidence":1.0,"significance":"high","metrics_involved":["sleep_score",)"
         R"("hrv_rmssd"],"sample_count":30,"details":{"correlation_coefficient":1.0,)"
         R"("p_value":0.0,"strength":"strong","direction":"positive",)"
         R"("interpretation":"Strong positive correlation between sleep quality and HRV. Bette)"
         R"(r sleep goes with higher HRV"},"analyzed_at":"2026-03-20T10:00:00Z"},)"
         R"({"pattern_type":"composite","pattern_name":"overtraining_risk","score":0.0,)"
         R"("confidence":1.0,"significance":"low","metrics_involved":["hrv_rmssd",)"
         R"("sleep_score","resting_hr","training_load_ratio"],"sample_count":4,)"
         R"("details":{"risk_score":0,"risk_factors":[],"metrics_checked":4,)"
         R"("recommendations":["Your training load looks manageable",)"
         R"("Carry on and keep watching"]},"analyzed_at":"2026-03-20T10:00:00Z"},)"
         R"({"pattern_type":"trend","pattern_name":"hrv_trend","score":13.736263736263748,)"
         R"("confidence":0.8,"significance":"high","metrics_involved":["hrv"],)"
         R"("sample_count":7,"details":{"trend_percent":13.736263736263748,)"
         R"("direction":"improving",)"
         R"-("interpretation":"HRV is improving (+13.7% from baseline)"},)-"
         R"("analyzed_at":"2026-03-20T10:00:00Z"},{"pattern_type":"trend",)"
         R"("pattern_name":"sleep_trend","score":2.3419203747072674,"confidence":0.8,)"
         R"("significance":"low","metrics_involved":["sleep"],"sample_count":7,)"
         R"("details":{"trend_percent":2.3419203747072674,"direction":"stable",)"
         R"-("interpretation":"SLEEP is stable (+2.3% from baseline)"},)-"
         R"("analyzed_at":"2026-03-20T10:00:00Z"},{"pattern_type":"composite",)"
         R"("pattern_name":"recovery_readiness","score":50.0,"confidence":1.0,)"
         R"("significance":"high","metrics_involved":["hrv_rmssd","sleep_score","resting_hr",)"
         R"("training_load_ratio"],"sample_count":4,"details":{"parts":[{"name":"hrv_rmssd",)"
         R"("value":50.0,"points":50.0,"weight":0.4},{"name":"sleep_score","value":80.0,)"
         R"("points":50.0,"weight":0.2},{"name":"resting_hr","value":50.0,"points":50.0,)"
         R"("weight":0.2},{"name":"training_load_ratio","value":1.0,"points":50.0,)"
         R"("weight":0.2}],"missing":[],)"
         R"-("interpretation":"Recovery readiness is at your usual level (50/100)"},)-"
         R"("analyzed_at":"2026-03-20T10:00:00Z"}])",
     .queries = 0,
     .queries_again = 0},
    {.user = steady_user,
     .target = "/patterns/sleep_hrv_correlation",
     .body =
         R"({"pattern_type":"correlation","pattern_name":"sleep_hrv_correlation","score":1.0,)"
         R"("confidence":1.0,"significance":"high","metrics_involved":["sleep_score",)"
         R"("hrv_rmssd"],"sample_count":30,"details":{"correlation_coefficient":1.0,)"
         R"("p_value":0.0,"strength":"strong","direction":"positive",)"
         R"("interpretation":"Strong positive correlation between sleep quality and HRV. Bette)"
         R"(r sleep goes with higher HRV"},"analyzed_at":"2026-03-20T10:00:00Z"})",
     .queries = 0,
     .queries_again = 0},
    {.user = steady_user,
     .target = "/patterns/overtraining_risk",
     .body =
         R"({"pattern_type":"composite","pattern_name":"overtraining_risk","score":0.0,)"
         R"("confidence":1.0,"significance":"low","metrics_involved":["hrv_rmssd",)"
         R"("sleep_score","resting_hr","training_load_ratio"],"sample_count":4,)"
         R"("details":{"risk_score":0,"risk_factors":[],"metrics_checked":4,)"
         R"("recommendations":["Your training load looks manageable",)"
         R"("Carry on and keep watching"]},"analyzed_at":"2026-03-20T10:00:00Z"})",
     .queries = 0,
     .queries_again = 0},
    {.user = steady_user,
     .target = "/patterns/hrv_trend",
     .body =
         R"({"pattern_type":"trend","pattern_name":"hrv_trend","score":13.736263736263748,)"
         R"("confidence":0.8,"significance":"high","metrics_involved":["hrv"],)"
         R"("sample_count":7,"details":{"trend_percent":13.736263736263748,)"
         R"("direction":"improving",)"
         R"-("interpretation":"HRV is improving (+13.7% from baseline)"},)-"
         R"("analyzed_at":"2026-03-20T10:00:00Z"})",
     .queries = 0,
     .queries_again = 0},
    {.user = steady_user,
     .target = "/patterns/sleep_trend",
     .body =
         R"({"pattern_type":"trend","pattern_name":"sleep_trend","score":2.3419203747072674,)"
         R"("confidence":0.8,"significance":"low","metrics_involved":["sleep"],)"
         R"("sample_count":7,"details":{"trend_percent":2.3419203747072674,)"
         R"-("direction":"stable","interpretation":"SLEEP is stable (+2.3% from baseline)"},)-"
         R"("analyzed_at":"2026-03-20T10:00:00Z"})",
     .queries = 0,
     .queries_again = 0},
    {.user = steady_user,
     .target = "/patterns/recovery_readiness",
     .body =
         R"({"pattern_type":"composite","pattern_name":"recovery_readiness","score":50.0,)"
         R"("confidence":1.0,"significance":"high","metrics_involved":["hrv_rmssd",)"
         R"("sleep_score","resting_hr","training_load_ratio"],"sample_count":4,)"
         R"("details":{"parts":[{"name":"hrv_rmssd","value":50.0,"points":50.0,"weight":0.4},)"
         R"({"name":"sleep_score","value":80.0,"points":50.0,"weight":0.2},)"
         R"({"name":"resting_hr","value":50.0,"points":50.0,"weight":0.2},)"
         R"({"name":"training_load_ratio","value":1.0,"points":50.0,"weight":0.2}],)"
         R"("missing":[],)"
         R"-("interpretation":"Recovery readiness is at your usual level (50/100)"},)-"
         R"("analyzed_at":"2026-03-20T10:00:00Z"})",
     .queries = 0,
     .queries_again = 0},
    {.user = steady_user,
     .target = "/analytics/status",
     .body =
         R"({"user_id":"steady-user","data_days":{"sleep":30,"recharge":30,"activity":30,)"
         R"("cardio_load":30},"min_data_days":30,"features_available":{"basic_stats":true,)"
         R"("trend_analysis":true,"personalized_baselines":true,"predictive_models":true,)"
         R"("advanced_ml":false,"long_term_patterns":false},)"
         R"("unlock_progress":{"basic_stats":{"unlocked":true,"days_required":7,)"
         R"("days_remaining":0,"progress_percent":100},"trend_analysis":{"unlocked":true,)"
         R"("days_required":14,"days_remaining":0,"progress_percent":100},)"
         R"("personalized_baselines":{"unlocked":true,"days_required":21,"days_remaining":0,)"
         R"("progress_percent":100},"predictive_models":{"unlocked":true,"days_required":30,)"
         R"("days_remaining":0,"progress_percent":100},"advanced_ml":{"unlocked":false,)"
         R"("days_required":60,"days_remaining":30,"progress_percent":50.0},)"
         R"("long_term_patterns":{"unlocked":false,"days_required":90,"days_remaining":60,)"
         R"("progress_percent":33.3}},)"
         R"("recommendations":["Advanced machine learning needs 30 more days of data"]})"},
    {.user = steady_user,
     .target = "/anomalies",
     .body =
         R"({"user_id":"steady-user","anomaly_count":0,"anomalies":[]})",
     .queries = 0,
     .queries_again = 0},
    {.user = steady_user,
     .target = "/insights",
     .body =
         R"({"user_id":"steady-user","generated_at":"2026-03-20T10:00:00Z",)"
         R"("data_freshness":"2026-03-20T00:00:00Z","data_age_days":30,"status":"ready",)"
         R"("feature_availability":{"baselines_7d":{"available":true,"message":null,)"
         R"("unlock_at_days":7},"baselines_30d":{"available":true,"message":null,)"
         R"("unlock_at_days":30},"patterns":{"available":true,"message":null,)"
         R"("unlock_at_days":21},"anomaly_detection":{"available":true,"message":null,)"
         R"("unlock_at_days":21},"ml_predictions":{"available":false,)"
         R"("message":"Unlocks in 30 days","unlock_at_days":60}},"unlock_progress":null,)"
         R"("current_metrics":{"hrv":50.0,"sleep_score":80,"resting_hr":50.0,)"
         R"("training_load_ratio":1.0,"as_of":{"hrv":"2026-03-20","sleep_score":"2026-03-20",)"
         R"("resting_hr":"2026-03-20","training_load_ratio":"2026-03-20"}},)"
         R"("baselines":{"hrv_rmssd":{"current":50.0,"baseline":58.62068965517241,)"
         R"("baseline_7d":64.28571428571429,"baseline_30d":58.333333333333336,)"
         R"("percent_of_baseline":85.29411764705883,"trend":"improving","trend_days":2,)"
         R"("status":"ready","as_of":"2026-03-20","lower_bound":-87.5,"upper_bound":212.5},)"
         R"("sleep_score":{"current":80.0,"baseline":80.0,"baseline_7d":81.42857142857143,)"
         R"("baseline_30d":80.0,"percent_of_baseline":100.0,"trend":"stable","trend_days":2,)"
         R"("status":"ready","as_of":"2026-03-20","lower_bound":40.0,"upper_bound":120.0},)"
         R"("resting_hr":{"current":50.0,"baseline":50.0,"baseline_7d":50.0,)"
         R"("baseline_30d":50.0,"percent_of_baseline":100.0,"trend":"stable","trend_days":0,)"
         R"("status":"ready","as_of":"2026-03-20","lower_bound":50.0,"upper_bound":50.0},)"
         R"("training_load":{"current":20.0,"baseline":20.0,"baseline_7d":20.0,)"
         R"("baseline_30d":20.0,"percent_of_baseline":100.0,"trend":"stable","trend_days":0,)"
         R"("status":"ready","as_of":"2026-03-20","lower_bound":20.0,"upper_bound":20.0},)"
         R"("training_load_ratio":{"current":1.0,"baseline":1.0,"baseline_7d":1.0,)"
         R"("baseline_30d":1.0,"percent_of_baseline":100.0,"trend":"stable","trend_days":0,)"
         R"("status":"ready","as_of":"2026-03-20","lower_bound":1.0,"upper_bound":1.0}},)"
         R"("patterns":[{"name":"sleep_hrv_correlation","pattern_type":"correlation",)"
         R"("score":1.0,"significance":"high","factors":[],)"
         R"("interpretation":"Strong positive correlation between sleep quality and HRV. Bette)"
         R"(r sleep goes with higher HRV"},{"name":"overtraining_risk",)"
         R"("pattern_type":"composite","score":0.0,"significance":"low","factors":[],)"
         R"("interpretation":null},{"name":"hrv_trend","pattern_type":"trend",)"
         R"("score":13.736263736263748,"significance":"high","factors":[],)"
         R"-("interpretation":"HRV is improving (+13.7% from baseline)"},{"name":"sleep_trend",)-"
         R"("pattern_type":"trend","score":2.3419203747072674,"significance":"low",)"
         R"-("factors":[],"interpretation":"SLEEP is stable (+2.3% from baseline)"},)-"
         R"({"name":"recovery_readiness","pattern_type":"composite","score":50.0,)"
         R"("significance":"high","factors":[],)"
         R"-("interpretation":"Recovery readiness is at your usual level (50/100)"}],)-"
         R"("anomalies":[],"observations":[{"category":"recovery","priority":"high",)"
         R"("fact":"HRV is 15% below baseline","context":"Current: 50ms, Baseline: 59ms",)"
         R"("trend":"improving"},{"category":"recovery","priority":"info",)"
         R"("fact":"Your sleep quality and your HRV are strongly linked",)"
         R"("context":"Better sleep is likely to improve your recovery","trend":null}],)"
         R"("suggestions":[{"action":"prioritize_recovery",)"
         R"("description":"Prioritize sleep and recovery today","confidence":0.85,)"
         R"("reason":"HRV is 15% below baseline"}],"data_days":30,)"
         R"("hrv":{"as_of":"2026-03-20","night_ms":50.0,"night_ln":3.912023005428146,)"
         R"("week_nights":7,"week_mean_ms":55.2,"week_mean_ln":4.011044031222424,)"
         R"("week_variation_percent":15.548297610817144,"range_nights":23,)"
         R"("acute_range_ms":null,"chronic_range_ms":null,"acute":null,"chronic":null},)"
         R"("load":{"as_of":"2026-03-19","ctl":null,"atl":19.999999999999996,"tsb":null,)"
         R"("week_days_known":7,"week_total":140.0,"monotony":null,"strain":null,)"
         R"("polar_ratio":1.0},"predictions":[],)"
         R"("alarms":{"illness":{"as_of":"2026-03-20","state":"well","since":"2026-03-20",)"
         R"("message":"Your nights are as usual","evidence":0.03043271031915168,)"
         R"("alarms_last_year":0,"signals":[)"
         R"({"signal":"heart_rate","unit":"1/min","value":50.0,"usual":49.99999999999999,)"
         R"("spread":1.0,"deviation":7.105427357601002e-15},)"
         R"-({"signal":"hrv","unit":"ln(ms)","value":3.912023005428146,)-"
         R"("usual":3.920845565725816,"spread":0.627182153665401,)"
         R"("deviation":0.014066982368852163}]},)"
         R"("overload":{"as_of":"2026-03-19","state":"learning","since":null,)"
         R"("message":"Too few training days are known to compare this week with",)"
         R"("week_load":20.0,"usual_load":20.0,"ratio":1.0,"deviation":null,)"
         R"("strain":-0.0020161232889362654}}})",
     .queries = 0,
     .queries_again = 0},
    {.user = steady_user,
     .target = "/physical-info",
     .body =
         R"(null)",
     .queries_again = 0},
    {.user = steady_user,
     .target = "/sleepwise/bedtime",
     .body =
         R"([])",
     .queries_again = 0},
    {.user = steady_user,
     .target = "/export/sleep.csv?days=1",
     .body =
         "date,sleep_score,total_hours,deep_hours,light_hours,rem_hours,hrv_avg,heart_rate_avg,"
         "breathing_rate_avg\r\n"
         "2026-03-20,80,,,,,50.0,,\r\n",
     .file_name = "sleep_1days.csv",
     .queries_again = 0},
    {.user = steady_user,
     .target = "/status",
     .body =
         R"({"polar_user_id":"steady-user","is_active":false,"last_synced_at":null,)"
         R"("has_api_key":true,"api_key_prefix":"pfk_22222222"})"},
    {.user = blank_user,
     .target = "/sleep",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/activity",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/activity-samples",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/recharge",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/cardio-load",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/heart-rate",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/exercises",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/sleepwise/alertness",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/spo2",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/ecg",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/temperature/body",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/temperature/skin",
     .body =
         R"([])",
     .window = window_kind::short_list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/physical-info",
     .body =
         R"(null)",
     .queries_again = 0},
    {.user = blank_user,
     .target = "/sync/logs",
     .body =
         R"([])"},
    {.user = blank_user,
     .target = "/sync/status",
     .body =
         R"({"user_id":"blank-user","state":"connected",)"
         R"("message":"No Polar token is stored; a sync needs one in X-Polar-Token",)"
         R"("is_syncing":false,"last_synced_at":null,"last_new_data_at":null,)"
         R"("consecutive_failures":0,"not_before":null,"next_loss_at":null,"last_sync":null})"},
    {.user = blank_user,
     .target = "/export/summary?days=1",
     .body =
         R"({"user_id":"blank-user","days":1,"from_date":"2026-03-20","to_date":"2026-03-20",)"
         R"("record_counts":{"sleep":0,"activity":0,"recharge":0,"cardio_load":0,)"
         R"("heart_rate":0,"exercises":0},"total_records":0})",
     .window = window_kind::list,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/export/recharge.csv",
     .body =
         "date,hrv_avg,ans_charge,status,breathing_rate,heart_rate_avg\r\n",
     .file_name = "recharge_30days.csv",
     .queries_again = 0},
    {.user = blank_user,
     .target = "/baselines",
     .body =
         R"([{"metric_name":"hrv_rmssd","baseline_value":null,"baseline_7d":null,)"
         R"("baseline_30d":null,"baseline_90d":null,"median":null,"q1":null,"q3":null,)"
         R"("iqr":null,"std_dev":null,"min":null,"max":null,"lower_bound":null,)"
         R"("upper_bound":null,"sample_count":0,"status":"insufficient",)"
         R"("data_start_date":null,"data_end_date":null,)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"sleep_score",)"
         R"("baseline_value":null,"baseline_7d":null,"baseline_30d":null,"baseline_90d":null,)"
         R"("median":null,"q1":null,"q3":null,"iqr":null,"std_dev":null,"min":null,"max":null,)"
         R"("lower_bound":null,"upper_bound":null,"sample_count":0,"status":"insufficient",)"
         R"("data_start_date":null,"data_end_date":null,)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"resting_hr",)"
         R"("baseline_value":null,"baseline_7d":null,"baseline_30d":null,"baseline_90d":null,)"
         R"("median":null,"q1":null,"q3":null,"iqr":null,"std_dev":null,"min":null,"max":null,)"
         R"("lower_bound":null,"upper_bound":null,"sample_count":0,"status":"insufficient",)"
         R"("data_start_date":null,"data_end_date":null,)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"training_load",)"
         R"("baseline_value":null,"baseline_7d":null,"baseline_30d":null,"baseline_90d":null,)"
         R"("median":null,"q1":null,"q3":null,"iqr":null,"std_dev":null,"min":null,"max":null,)"
         R"("lower_bound":null,"upper_bound":null,"sample_count":0,"status":"insufficient",)"
         R"("data_start_date":null,"data_end_date":null,)"
         R"("calculated_at":"2026-03-20T10:00:00Z"},{"metric_name":"training_load_ratio",)"
         R"("baseline_value":null,"baseline_7d":null,"baseline_30d":null,"baseline_90d":null,)"
         R"("median":null,"q1":null,"q3":null,"iqr":null,"std_dev":null,"min":null,"max":null,)"
         R"("lower_bound":null,"upper_bound":null,"sample_count":0,"status":"insufficient",)"
         R"("data_start_date":null,"data_end_date":null,)"
         R"("calculated_at":"2026-03-20T10:00:00Z"}])",
     .queries = 0,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/baselines/check/sleep_score/80",
     .body =
         R"({"is_anomaly":false,"reason":"No baseline data available","status":"insufficient"})",
     .queries = 0,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/analytics/status",
     .body =
         R"({"user_id":"blank-user","data_days":{"sleep":0,"recharge":0,"activity":0,)"
         R"("cardio_load":0},"min_data_days":0,"features_available":{"basic_stats":false,)"
         R"("trend_analysis":false,"personalized_baselines":false,"predictive_models":false,)"
         R"("advanced_ml":false,"long_term_patterns":false},)"
         R"("unlock_progress":{"basic_stats":{"unlocked":false,"days_required":7,)"
         R"("days_remaining":7,"progress_percent":0.0},"trend_analysis":{"unlocked":false,)"
         R"("days_required":14,"days_remaining":14,"progress_percent":0.0},)"
         R"("personalized_baselines":{"unlocked":false,"days_required":21,"days_remaining":21,)"
         R"("progress_percent":0.0},"predictive_models":{"unlocked":false,"days_required":30,)"
         R"("days_remaining":30,"progress_percent":0.0},"advanced_ml":{"unlocked":false,)"
         R"("days_required":60,"days_remaining":60,"progress_percent":0.0},)"
         R"("long_term_patterns":{"unlocked":false,"days_required":90,"days_remaining":90,)"
         R"("progress_percent":0.0}},)"
         R"("recommendations":["Keep syncing: basic statistics need 7 more days of data"]})"},
    {.user = blank_user,
     .target = "/anomalies",
     .body =
         R"({"user_id":"blank-user","anomaly_count":0,"anomalies":[]})",
     .queries = 0,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/patterns/overtraining_risk",
     .body =
         R"({"pattern_type":"composite","pattern_name":"overtraining_risk","score":0.0,)"
         R"("confidence":0.0,"significance":"insufficient","metrics_involved":["hrv_rmssd",)"
         R"("sleep_score","resting_hr","training_load_ratio"],"sample_count":0,)"
         R"("details":{"risk_score":0,"risk_factors":[],"metrics_checked":0,)"
         R"("recommendations":["Too little is known of the last days to judge your load"]},)"
         R"("analyzed_at":"2026-03-20T10:00:00Z"})",
     .queries = 0,
     .queries_again = 0},
    {.user = blank_user,
     .target = "/insights",
     .body =
         R"({"user_id":"blank-user","generated_at":"2026-03-20T10:00:00Z",)"
         R"("data_freshness":null,"data_age_days":0,"status":"unavailable",)"
         R"("feature_availability":{"baselines_7d":{"available":false,)"
         R"("message":"Unlocks in 7 days","unlock_at_days":7},)"
         R"("baselines_30d":{"available":false,"message":"Unlocks in 30 days",)"
         R"("unlock_at_days":30},"patterns":{"available":false,"message":"Unlocks in 21 days",)"
         R"("unlock_at_days":21},"anomaly_detection":{"available":false,)"
         R"("message":"Unlocks in 21 days","unlock_at_days":21},)"
         R"("ml_predictions":{"available":false,"message":"Unlocks in 60 days",)"
         R"("unlock_at_days":60}},"unlock_progress":{"next_unlock":"baselines_7d",)"
         R"("days_until_next":7,"percent_to_next":0.0},"current_metrics":{"hrv":null,)"
         R"("sleep_score":null,"resting_hr":null,"training_load_ratio":null,)"
         R"("as_of":{"hrv":null,"sleep_score":null,"resting_hr":null,)"
         R"("training_load_ratio":null}},"baselines":{},"patterns":[],"anomalies":[],)"
         R"("observations":[{"category":"onboarding","priority":"info",)"
         R"-("fact":"Building your personal baselines (0/7 days)",)-"
         R"("context":"Keep wearing your device,)"
         R"( at night too: your first insights unlock in 7 days","trend":null}],)"
         R"("suggestions":[],"data_days":0,)"
         R"("hrv":{"as_of":null,"night_ms":null,"night_ln":null,"week_nights":0,)"
         R"("week_mean_ms":null,"week_mean_ln":null,"week_variation_percent":null,)"
         R"("range_nights":0,"acute_range_ms":null,"chronic_range_ms":null,"acute":null,)"
         R"("chronic":null},"load":{"as_of":null,"ctl":null,"atl":null,"tsb":null,)"
         R"("week_days_known":0,"week_total":null,"monotony":null,"strain":null,)"
         R"("polar_ratio":null},"predictions":[],)"
         R"("alarms":{"illness":{"as_of":null,"state":"learning","since":null,)"
         R"("message":"No night of the last days is known","evidence":null,)"
         R"("alarms_last_year":0,"signals":[]},"overload":{"as_of":null,"state":"learning",)"
         R"("since":null,"message":"No training load of the last days is known",)"
         R"("week_load":null,"usual_load":null,"ratio":null,"deviation":null,"strain":null}}})",
     .queries = 0,
     .queries_again = 0},
};

} // namespace

window_rule rule_of(window_kind kind) {
  switch (kind) {
  case window_kind::sleep:
    return {"days", "7", "365"};
  case window_kind::list:
    return {"days", "30", "365"};
  case window_kind::short_list:
    return {"days", "7", "30"};
  case window_kind::logs:
    return {"limit", "20", "100"};
  case window_kind::none:
    break;
  }
  throw std::logic_error{"this operation has no window"};
}

const std::vector<known_read>& known_reads() {
  return reads;
}

std::string path_of(const std::string& user, const std::string& resource) {
  return "/api/v1/users/" + user + resource;
}

std::string without_query(const std::string& target) {
  return target.substr(0, target.find('?'));
}

http_request with_key(const std::string& method, const std::string& target,
                      const std::string& key) {
  return {.method = method, .target = target, .headers = {{"X-API-Key", key}}};
}

std::string key_of(const std::string& user) {
  if (user == planted_user)
    return planted_key;
  return user == steady_user ? steady_key : blank_key;
}

void await_planted_keys(const server_process& server) {
  const auto is_known = [&] {
    return server.get(path_of(planted_user, "/status"), planted_key).status == 200;
  };
  if (!wait_until(is_known, std::chrono::seconds{30}))
    throw std::runtime_error{"the planted keys are not known"};
}

std::unique_ptr<server_process> start_with_known_users(const std::filesystem::path& folder,
                                                       server_options& options) {
  options.arguments = {"--clock-file", write_clock(folder).string()};
  // Where the clock stands still nobody is ever forgiven.
  options.environment.insert_or_assign("SECURITY_WRONG_KEYS_PER_MINUTE", "0");
  auto server = std::make_unique<server_process>(options);
  plant_known_users(folder);
  await_planted_keys(*server);
  return server;
}

} // namespace polar_flow::testing
