#define BOOST_TEST_DYN_LINK
#include "http/detail_types.hpp"

#include <boost/test/unit_test.hpp>

// Expected bodies are written from the contract's field tables (3.2 to 3.18) with the decisions of
// 16.5, and for what we added (C71) in the same manner. Each record is shown in full, and with
// nothing known but its key.
using namespace polar_flow;
using namespace polar_flow::http;

namespace {

date day(int d) {
  using namespace std::chrono;
  return date{year{2026} / November / d};
}

instant at(int d, int hour, int minute) {
  return day(d) + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

night_detail full_night() {
  night_detail detail;
  detail.summary.day = day(22);
  detail.summary.total_sleep_s = 27010; // 7.50277… h
  detail.summary.hrv_avg_ms = 45;
  detail.summary.heart_rate_avg_bpm = 52.3;
  detail.summary.breathing_rate_avg_per_min = 14.1;
  detail.summary.skin_temperature_avg_celsius = 34.5;
  detail.heart_rate_min_bpm = 46;
  detail.heart_rate_max_bpm = 71;
  detail.hrv_sample_count = 96;
  auto& record = detail.record;
  record.day = day(22);
  record.start_time = at(21, 22, 15) + std::chrono::seconds{30};
  record.end_time = at(22, 6, 2);
  record.utc_offset_minutes = 60;
  record.device_id = "C8D9EA";
  record.light_sleep_s = 14400;
  record.deep_sleep_s = 0;
  record.rem_sleep_s = 5400;
  record.unrecognized_sleep_s = 0;
  record.interruptions_s = 1200;
  record.short_interruptions_s = 900;
  record.long_interruptions_s = 300;
  record.sleep_goal_s = 28800;
  record.sleep_score = 78;
  record.sleep_rating = 4;
  record.sleep_charge = 3;
  record.sleep_cycles = 5;
  record.continuity = 2.1;
  record.continuity_class = 2;
  record.group_duration_score = 88.5;
  record.group_solidity_score = 70;
  record.group_regeneration_score = 0;
  record.hypnogram = {{-44, 2}, {0, 4}, {362, 0}};
  record.heart_rate_samples = {{-40, 67}, {10, 52}};
  return detail;
}

exercise_detail full_exercise() {
  exercise_detail detail;
  detail.id = "6f1d0a0e-0000-5000-8000-000000000000";
  detail.has_samples = true;
  detail.has_route = true;
  auto& record = detail.record;
  record.polar_exercise_id = "2AC312F";
  record.start_time = at(22, 7, 30);
  record.utc_offset_minutes = 120;
  record.sport = "RUNNING";
  record.duration_s = 6917.941;
  record.distance_m = 12345.5;
  record.calories_kcal = 530;
  record.average_heart_rate_bpm = 129;
  record.max_heart_rate_bpm = 147;
  record.training_load = 143.22;
  record.running_index = 51;
  record.load_pro = training_load_pro{.cardio_load = 146.411,
                                      .cardio_load_interpretation = "VERY_HIGH",
                                      .muscle_load = 1389.35,
                                      .muscle_load_interpretation = "HIGH",
                                      .perceived_load = 0.0,
                                      .perceived_load_interpretation = "LOW",
                                      .user_rpe = "RPE_EASY"};
  record.heart_rate_zones = {{0, 93, 112, 600.0}, {1, 112, 131, 1200.5}};
  return detail;
}

exercise_detail empty_exercise() {
  exercise_detail detail;
  detail.id = "6f1d0a0e-0000-5000-8000-000000000001";
  detail.record.polar_exercise_id = "2AC3130";
  detail.record.start_time = at(21, 7, 30);
  return detail;
}

} // namespace

BOOST_AUTO_TEST_SUITE(detail_types)

BOOST_AUTO_TEST_CASE(a_night) {
  BOOST_TEST(
      to_json(full_night())
      == R"({"date":"2026-11-22","sleep_start_time":"2026-11-21T23:15:30+01:00",)"
         R"("sleep_end_time":"2026-11-22T07:02:00+01:00","sleep_score":78,"sleep_rating":4,)"
         R"("total_sleep_hours":7.5,"light_sleep_hours":4.0,"deep_sleep_hours":0.0,)"
         R"("rem_sleep_hours":1.5,"interruptions_hours":0.33,"hrv_avg":45.0,"hrv_samples":96,)"
         R"("heart_rate_avg":52.3,"heart_rate_min":46,"heart_rate_max":71,)"
         R"("breathing_rate_avg":14.1,"skin_temperature_avg":34.5,"device_id":"C8D9EA",)"
         R"("continuity":2.1,"continuity_class":2,"sleep_cycles":5,)"
         R"("unrecognized_sleep_seconds":0,"short_interruption_seconds":900,)"
         R"("long_interruption_seconds":300,"sleep_charge":3,"sleep_goal_hours":8.0,)"
         R"("group_duration_score":88.5,"group_solidity_score":70.0,)"
         R"("group_regeneration_score":0.0,"hypnogram":{"23:16":2,"00:00":4,"06:02":0},)"
         R"("heart_rate_samples":{"23:20":67,"00:10":52},"utc_offset_minutes":60})");
}

BOOST_AUTO_TEST_CASE(a_night_of_which_nothing_is_known) {
  night_detail empty;
  empty.summary.day = day(21);
  empty.record.day = day(21);
  BOOST_TEST(
      to_json(empty)
      == R"({"date":"2026-11-21","sleep_start_time":null,"sleep_end_time":null,)"
         R"("sleep_score":null,"sleep_rating":null,"total_sleep_hours":null,)"
         R"("light_sleep_hours":null,"deep_sleep_hours":null,"rem_sleep_hours":null,)"
         R"("interruptions_hours":null,"hrv_avg":null,"hrv_samples":null,"heart_rate_avg":null,)"
         R"("heart_rate_min":null,"heart_rate_max":null,"breathing_rate_avg":null,)"
         R"("skin_temperature_avg":null,"device_id":null,"continuity":null,)"
         R"("continuity_class":null,"sleep_cycles":null,"unrecognized_sleep_seconds":null,)"
         R"("short_interruption_seconds":null,"long_interruption_seconds":null,)"
         R"("sleep_charge":null,"sleep_goal_hours":null,"group_duration_score":null,)"
         R"("group_solidity_score":null,"group_regeneration_score":null,"hypnogram":null,)"
         R"("heart_rate_samples":null,"utc_offset_minutes":null})");
}

BOOST_AUTO_TEST_CASE(a_night_without_an_offset_is_told_in_utc) {
  auto detail = full_night();
  detail.record.utc_offset_minutes.reset();
  BOOST_TEST(to_json(detail).find(R"("sleep_start_time":"2026-11-21T22:15:30Z",)"
                                  R"("sleep_end_time":"2026-11-22T06:02:00Z",)")
             != std::string::npos);
  detail.record.utc_offset_minutes = -210;
  BOOST_TEST(to_json(detail).find(R"("sleep_start_time":"2026-11-21T18:45:30-03:30",)")
             != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_day_of_activity) {
  activity_day full;
  full.day = day(22);
  full.steps = 0;
  full.calories_active_kcal = 644;
  full.calories_total_kcal = 2260;
  full.distance_m = 2675.5;
  full.active_s = 7890;
  full.daily_activity_percent = 44.93;
  full.inactivity_alerts = 2;
  BOOST_TEST(to_json(full)
             == R"({"date":"2026-11-22","steps":0,"calories_active":644,"calories_total":2260,)"
                R"("distance_meters":2675.5,"active_time_seconds":7890,"activity_score":44,)"
                R"("inactivity_alerts":2})");
  activity_day empty;
  empty.day = day(21);
  BOOST_TEST(to_json(empty)
             == R"({"date":"2026-11-21","steps":null,"calories_active":null,)"
                R"("calories_total":null,"distance_meters":null,"active_time_seconds":null,)"
                R"("activity_score":null,"inactivity_alerts":null})");
}

BOOST_AUTO_TEST_CASE(samples_of_activity) {
  const local_time midnight{day(22).time_since_epoch()};
  activity_sample_day full;
  full.day = day(22);
  full.total_steps = 8823;
  full.interval_ms = 60000;
  full.steps = {{midnight, 12}, {midnight + std::chrono::minutes{2}, 0}};
  BOOST_TEST(to_json(full)
             == R"({"date":"2026-11-22","total_steps":8823,"interval_ms":60000,"sample_count":2,)"
                R"("samples":[{"steps":12,"timestamp":"2026-11-22T00:00"},)"
                R"({"steps":0,"timestamp":"2026-11-22T00:02"}]})");
  activity_sample_day empty;
  empty.day = day(21);
  BOOST_TEST(to_json(empty)
             == R"({"date":"2026-11-21","total_steps":null,"interval_ms":null,"sample_count":0,)"
                R"("samples":[]})");
}

BOOST_AUTO_TEST_CASE(samples_of_recharge) {
  nightly_recharge full;
  full.day = day(22);
  full.hrv_rmssd_ms = 38;
  full.hrv_samples_ms = {{-28, 54}, {2, 34}};
  full.breathing_samples_per_min = {{-30, 14.6}, {0, 13}};
  BOOST_TEST(to_json_samples(full)
             == R"({"date":"2026-11-22","hrv_samples":{"23:32":54,"00:02":34},)"
                R"("breathing_samples":{"23:30":14.6,"00:00":13.0}})");
  full.hrv_samples_ms.clear();
  BOOST_TEST(to_json_samples(full)
             == R"({"date":"2026-11-22","hrv_samples":null,)"
                R"("breathing_samples":{"23:30":14.6,"00:00":13.0}})");
}

BOOST_AUTO_TEST_CASE(a_day_of_heart_rates) {
  heart_rate_detail detail;
  detail.summary = {.day = day(22),
                    .heart_rate_min_bpm = 72,
                    .heart_rate_avg_bpm = 73.0,
                    .heart_rate_max_bpm = 74,
                    .sample_count = 2};
  detail.record = {.day = day(22), .samples = {{164, 74}, {464, 72}}};
  BOOST_TEST(to_json(detail)
             == R"({"date":"2026-11-22","hr_min":72,"hr_avg":73,"hr_max":74,"sample_count":2,)"
                R"("samples":[{"heart_rate":74,"sample_time":"00:02:44"},)"
                R"({"heart_rate":72,"sample_time":"00:07:44"}]})");
}

BOOST_AUTO_TEST_CASE(an_exercise) {
  BOOST_TEST(
      to_json(full_exercise())
      == R"({"id":"6f1d0a0e-0000-5000-8000-000000000000","polar_exercise_id":"2AC312F",)"
         R"("start_time":"2026-11-22T07:30:00Z","sport":"RUNNING","duration_seconds":6917,)"
         R"("distance_meters":12345.5,"calories":530,"average_heart_rate":129,)"
         R"("max_heart_rate":147,"average_speed_mps":null,"max_speed_mps":null,)"
         R"("average_cadence":null,"max_cadence":null,"average_power":null,"max_power":null,)"
         R"("training_load":143.22,"ascent_meters":null,"descent_meters":null,"notes":null,)"
         R"("running_index":51,"training_load_pro":{"cardio-load":146.411,)"
         R"("cardio-load-interpretation":"VERY_HIGH","muscle-load":1389.35,)"
         R"("muscle-load-interpretation":"HIGH","perceived-load":0.0,)"
         R"("perceived-load-interpretation":"LOW","user-rpe":"RPE_EASY"},)"
         R"("heart_rate_zones":[{"index":0,"lower_limit_bpm":93,"upper_limit_bpm":112,)"
         R"("in_zone_seconds":600},{"index":1,"lower_limit_bpm":112,"upper_limit_bpm":131,)"
         R"("in_zone_seconds":1200}],"has_samples":true,"has_route_data":true,)"
         R"("utc_offset_minutes":120})");
}

BOOST_AUTO_TEST_CASE(an_exercise_of_which_nothing_is_known) {
  auto detail = empty_exercise();
  BOOST_TEST(
      to_json(detail)
      == R"({"id":"6f1d0a0e-0000-5000-8000-000000000001","polar_exercise_id":"2AC3130",)"
         R"("start_time":"2026-11-21T07:30:00Z","sport":null,"duration_seconds":null,)"
         R"("distance_meters":null,"calories":null,"average_heart_rate":null,)"
         R"("max_heart_rate":null,"average_speed_mps":null,"max_speed_mps":null,)"
         R"("average_cadence":null,"max_cadence":null,"average_power":null,"max_power":null,)"
         R"("training_load":null,"ascent_meters":null,"descent_meters":null,"notes":null,)"
         R"("running_index":null,"training_load_pro":null,"heart_rate_zones":null,)"
         R"("has_samples":false,"has_route_data":false,"utc_offset_minutes":null})");
  detail.record.load_pro = training_load_pro{};
  BOOST_TEST(to_json(detail).find(
                 R"("training_load_pro":{"cardio-load":null,"cardio-load-interpretation":null,)"
                 R"("muscle-load":null,"muscle-load-interpretation":null,"perceived-load":null,)"
                 R"("perceived-load-interpretation":null,"user-rpe":null},)")
             != std::string::npos);
}

BOOST_AUTO_TEST_CASE(samples_of_an_exercise) {
  auto detail = full_exercise();
  detail.record.samples = {
      {.sample_type = 0, .recording_rate_s = 1, .values = {77.0, std::nullopt, 78.0}},
      {.sample_type = 11, .recording_rate_s = {}, .values = {812.0}}};
  BOOST_TEST(to_json_samples(detail)
             == R"({"exercise_id":"6f1d0a0e-0000-5000-8000-000000000000","sport":"RUNNING",)"
                R"("start_time":"2026-11-22T07:30:00Z","samples":[{"sample_type":"0",)"
                R"("recording_rate":1,"values":[77.0,null,78.0]},{"sample_type":"11",)"
                R"("recording_rate":null,"values":[812.0]}],"utc_offset_minutes":120})");
  BOOST_TEST(to_json_samples(empty_exercise())
             == R"({"exercise_id":"6f1d0a0e-0000-5000-8000-000000000001","sport":null,)"
                R"("start_time":"2026-11-21T07:30:00Z","samples":[],"utc_offset_minutes":null})");
}

BOOST_AUTO_TEST_CASE(the_route_of_an_exercise) {
  auto detail = full_exercise();
  detail.record.route = {{60.21982833, 25.13925, 0, 4, 1}, {60.25, 25.5, {}, {}, {}}};
  BOOST_TEST(to_json_route(detail)
             == R"({"exercise_id":"6f1d0a0e-0000-5000-8000-000000000000","sport":"RUNNING",)"
                R"("start_time":"2026-11-22T07:30:00Z","point_count":2,"route":[)"
                R"({"latitude":60.21982833,"longitude":25.13925,"time":"PT0S","satellites":4,)"
                R"("fix":1},{"latitude":60.25,"longitude":25.5,"time":null,"satellites":null,)"
                R"("fix":null}],"utc_offset_minutes":120})");
}

BOOST_AUTO_TEST_CASE(an_ecg) {
  ecg_detail full;
  full.id = 17;
  full.record.device_id = "C8D9EA";
  full.record.test_time = at(22, 8, 20);
  full.record.utc_offset_minutes = 120;
  full.record.average_heart_rate_bpm = 61;
  full.record.hrv_ms = 38.25;
  full.record.hrv_level = "HRV_LEVEL_NORMAL";
  full.record.rri_ms = 983.6;
  full.record.pulse_transit_systolic_ms = 105;
  full.record.pulse_transit_diastolic_ms = 210.5;
  full.record.pulse_transit_quality_index = 0;
  full.record.samples = {{0, 0.1}, {30008, -0.25}};
  full.record.qualities = {{0, "ECG_QUALITY_LOW"}};
  BOOST_TEST(to_json(full)
             == R"({"id":17,"test_time":"2026-11-22T08:20:00Z","device_id":"C8D9EA",)"
                R"("avg_heart_rate":61,"hrv_ms":38.25,"hrv_level":"HRV_LEVEL_NORMAL",)"
                R"("rri_ms":983.6,"ptt_systolic_ms":105.0,"ptt_diastolic_ms":210.5,)"
                R"("ptt_quality_index":0.0,"duration_seconds":30.008,"sample_count":2,)"
                R"("samples":[{"time_ms":0,"amplitude_mv":0.1},)"
                R"({"time_ms":30008,"amplitude_mv":-0.25}],)"
                R"("quality":[{"time_ms":0,"quality":"ECG_QUALITY_LOW"}],)"
                R"("utc_offset_minutes":120})");
  ecg_detail empty;
  empty.id = 16;
  empty.record.test_time = at(21, 8, 20);
  BOOST_TEST(to_json(empty)
             == R"({"id":16,"test_time":"2026-11-21T08:20:00Z","device_id":null,)"
                R"("avg_heart_rate":null,"hrv_ms":null,"hrv_level":null,"rri_ms":null,)"
                R"("ptt_systolic_ms":null,"ptt_diastolic_ms":null,"ptt_quality_index":null,)"
                R"("duration_seconds":null,"sample_count":0,"samples":null,"quality":null,)"
                R"("utc_offset_minutes":null})");
}

BOOST_AUTO_TEST_CASE(samples_of_body_temperature) {
  body_temperature_period full;
  full.device_id = "C8D9EA";
  full.start_time = at(22, 0, 0);
  full.end_time = at(22, 6, 30);
  full.measurement_type = "TM_SKIN_TEMPERATURE";
  full.sensor_location = "SL_DISTAL";
  full.samples = {{0, 33.1}, {60000, 34}};
  BOOST_TEST(to_json_samples(full)
             == R"({"id":"1795305600000000-C8D9EA","start_time":"2026-11-22T00:00:00Z",)"
                R"("end_time":"2026-11-22T06:30:00Z","device_id":"C8D9EA",)"
                R"("measurement_type":"TM_SKIN_TEMPERATURE","sensor_location":"SL_DISTAL",)"
                R"("sample_count":2,"samples":[{"time_ms":0,"temp_c":33.1},)"
                R"({"time_ms":60000,"temp_c":34.0}]})");
  body_temperature_period empty;
  empty.start_time = at(22, 0, 0);
  BOOST_TEST(to_json_samples(empty)
             == R"({"id":"1795305600000000","start_time":"2026-11-22T00:00:00Z","end_time":null,)"
                R"("device_id":null,"measurement_type":null,"sensor_location":null,)"
                R"("sample_count":0,"samples":[]})");
}

BOOST_AUTO_TEST_CASE(hours_of_alertness) {
  alertness_period full;
  full.period_start_time = at(22, 0, 0);
  full.period_end_time = at(22, 16, 0);
  full.sleep_period_start_time = at(21, 16, 0);
  full.sleep_period_end_time = at(22, 0, 0);
  full.utc_offset_minutes = 120;
  full.grade = 7.4;
  full.grade_validity_s = 57600;
  full.grade_type = "GRADE_TYPE_PRIMARY";
  full.grade_classification = "GRADE_CLASSIFICATION_STRONG";
  full.validity = "VALIDITY_VALID";
  full.sleep_inertia = "SLEEP_INERTIA_MILD";
  full.sleep_type = "SLEEP_TYPE_PRIMARY";
  full.result_type = "ALERTNESS_TYPE_HISTORY";
  full.hours = {{.start_time = at(22, 0, 0),
                 .end_time = at(22, 1, 0),
                 .level = "ALERTNESS_LEVEL_HIGH",
                 .validity = "VALIDITY_ESTIMATE"}};
  BOOST_TEST(to_json_hours(full)
             == R"({"id":"1795305600000000","period_start_time":"2026-11-22T00:00:00Z",)"
                R"("period_end_time":"2026-11-22T16:00:00Z",)"
                R"("sleep_period_start_time":"2026-11-21T16:00:00Z",)"
                R"("sleep_period_end_time":"2026-11-22T00:00:00Z","grade":7.4,)"
                R"("grade_classification":"GRADE_CLASSIFICATION_STRONG",)"
                R"("grade_type":"GRADE_TYPE_PRIMARY","grade_validity_seconds":57600,)"
                R"("validity":"VALIDITY_VALID","sleep_inertia":"SLEEP_INERTIA_MILD",)"
                R"("sleep_type":"SLEEP_TYPE_PRIMARY","result_type":"ALERTNESS_TYPE_HISTORY",)"
                R"("hourly":[{"validity":"VALIDITY_ESTIMATE",)"
                R"("alertness_level":"ALERTNESS_LEVEL_HIGH",)"
                R"("start_time":"2026-11-22T00:00:00Z","end_time":"2026-11-22T01:00:00Z"}],)"
                R"("utc_offset_minutes":120})");
  alertness_period empty;
  empty.period_start_time = at(22, 0, 0);
  BOOST_TEST(to_json_hours(empty)
             == R"({"id":"1795305600000000","period_start_time":"2026-11-22T00:00:00Z",)"
                R"("period_end_time":null,"sleep_period_start_time":null,)"
                R"("sleep_period_end_time":null,"grade":null,"grade_classification":null,)"
                R"("grade_type":null,"grade_validity_seconds":null,"validity":null,)"
                R"("sleep_inertia":null,"sleep_type":null,"result_type":null,"hourly":[],)"
                R"("utc_offset_minutes":null})");
}

BOOST_AUTO_TEST_SUITE_END()
