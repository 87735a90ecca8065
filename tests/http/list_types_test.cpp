#define BOOST_TEST_DYN_LINK
#include "http/list_types.hpp"

#include <boost/test/unit_test.hpp>

// Expected bodies are written from the contract's field tables (3.1 to 3.20) with the decisions of
// 16.5: 0 is 0, hours have two decimals, instants end in Z, additions come last. Each list is shown
// with a full row and with one of which nothing but its key is known.
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

template <class Row>
std::string json_of(const std::vector<Row>& rows) {
  return to_json(list_rows{rows});
}

} // namespace

BOOST_AUTO_TEST_SUITE(list_types)

BOOST_AUTO_TEST_CASE(sleep) {
  sleep_summary full;
  full.day = day(22);
  full.sleep_score = 78;
  full.total_sleep_s = 27010; // 7.50277… h
  full.light_sleep_s = 14400;
  full.deep_sleep_s = 0;
  full.rem_sleep_s = 5400;
  full.hrv_avg_ms = 45;
  full.heart_rate_avg_bpm = 52.25;
  full.breathing_rate_avg_per_min = 14.1;
  full.skin_temperature_avg_celsius = 34.0;
  sleep_summary empty;
  empty.day = day(21);
  BOOST_TEST(
      json_of(std::vector{full, empty})
      == R"([{"date":"2026-11-22","sleep_score":78,"total_sleep_hours":7.5,)"
         R"("light_sleep_hours":4.0,)"
         R"("deep_sleep_hours":0.0,"rem_sleep_hours":1.5,"hrv_avg":45.0,"heart_rate_avg":52.25,)"
         R"("breathing_rate_avg":14.1,"skin_temperature_avg":34.0},)"
         R"({"date":"2026-11-21","sleep_score":null,"total_sleep_hours":null,)"
         R"("light_sleep_hours":null,"deep_sleep_hours":null,"rem_sleep_hours":null,)"
         R"("hrv_avg":null,"heart_rate_avg":null,"breathing_rate_avg":null,)"
         R"("skin_temperature_avg":null}])");
}

BOOST_AUTO_TEST_CASE(activity) {
  activity_day full;
  full.day = day(22);
  full.steps = 0;
  full.calories_active_kcal = 644;
  full.calories_total_kcal = 2260;
  full.distance_m = 2675.0;
  full.active_s = 7890; // 131.5 min
  full.daily_activity_percent = 44.93;
  activity_day empty;
  empty.day = day(21);
  BOOST_TEST(json_of(std::vector{full, empty})
             == R"([{"date":"2026-11-22","steps":0,"calories_active":644,"calories_total":2260,)"
                R"("distance_km":2.67,"active_minutes":131.5,"activity_score":44},)"
                R"({"date":"2026-11-21","steps":null,"calories_active":null,"calories_total":null,)"
                R"("distance_km":null,"active_minutes":null,"activity_score":null}])");
}

BOOST_AUTO_TEST_CASE(activity_samples) {
  activity_samples_summary full;
  full.day = day(22);
  full.total_steps = 8823;
  full.sample_count = 412;
  activity_samples_summary empty;
  empty.day = day(21);
  BOOST_TEST(
      json_of(std::vector{full, empty})
      == R"([{"date":"2026-11-22","sample_count":412,"total_steps":8823,"has_samples":true},)"
         R"({"date":"2026-11-21","sample_count":0,"total_steps":null,)"
         R"("has_samples":false}])");
}

BOOST_AUTO_TEST_CASE(recharge) {
  recharge_summary full;
  full.day = day(22);
  full.hrv_rmssd_ms = 38;
  full.ans_charge = -1.5;
  full.ans_charge_status = 2;
  full.breathing_rate_avg_per_min = 13.9;
  full.heart_rate_avg_bpm = 51;
  full.recharge_status = 3;
  full.beat_to_beat_avg_ms = 1170;
  recharge_summary empty;
  empty.day = day(21);
  BOOST_TEST(json_of(std::vector{full, empty})
             == R"([{"date":"2026-11-22","hrv_avg":38.0,"ans_charge":-1.5,"ans_charge_status":2,)"
                R"("breathing_rate_avg":13.9,"heart_rate_avg":51.0,"nightly_recharge_status":3,)"
                R"("beat_to_beat_avg":1170},)"
                R"({"date":"2026-11-21","hrv_avg":null,"ans_charge":null,"ans_charge_status":null,)"
                R"("breathing_rate_avg":null,"heart_rate_avg":null,"nightly_recharge_status":null,)"
                R"("beat_to_beat_avg":null}])");
}

BOOST_AUTO_TEST_CASE(cardio_load) {
  cardio_load_day full;
  full.day = day(22);
  full.status = "MAINTAINING";
  full.cardio_load = 50;
  full.strain = 4.1000000000000005;
  full.tolerance = 20;
  full.ratio = 0.20500000000000002;
  full.levels = {.very_low = 0.0, .low = 12.5, .medium = 20, .high = 33.25, .very_high = 40};
  cardio_load_day empty;
  empty.day = day(21);
  BOOST_TEST(
      json_of(std::vector{full, empty})
      == R"([{"date":"2026-11-22","strain":4.1000000000000005,"tolerance":20.0,)"
         R"("cardio_load":50.0,"cardio_load_ratio":0.21,"cardio_load_status":"MAINTAINING",)"
         R"("levels":{"very_low":0.0,"low":12.5,"medium":20.0,"high":33.25,"very_high":40.0}},)"
         R"({"date":"2026-11-21","strain":null,"tolerance":null,"cardio_load":null,)"
         R"("cardio_load_ratio":null,"cardio_load_status":null,"levels":{"very_low":null,)"
         R"("low":null,"medium":null,"high":null,"very_high":null}}])");
}

BOOST_AUTO_TEST_CASE(heart_rate) {
  heart_rate_summary full;
  full.day = day(22);
  full.heart_rate_min_bpm = 44;
  full.heart_rate_avg_bpm = 62.5; // half to even
  full.heart_rate_max_bpm = 151;
  full.sample_count = 288;
  heart_rate_summary empty;
  empty.day = day(21);
  BOOST_TEST(json_of(std::vector{full, empty})
             == R"([{"date":"2026-11-22","hr_min":44,"hr_avg":62,"hr_max":151,)"
                R"("sample_count":288},{"date":"2026-11-21","hr_min":null,"hr_avg":null,)"
                R"("hr_max":null,"sample_count":0}])");
}

BOOST_AUTO_TEST_CASE(exercises) {
  exercise_summary full;
  full.id = "6f1d0a0e-0000-5000-8000-000000000000";
  full.polar_exercise_id = "2AC312F";
  full.start_time = at(22, 7, 30);
  full.utc_offset_minutes = 120;
  full.sport = "RUNNING";
  full.duration_s = 6917.941; // 115.299… min
  full.distance_m = 12345;
  full.calories_kcal = 530;
  full.average_heart_rate_bpm = 129;
  full.max_heart_rate_bpm = 147;
  full.training_load = 143.22;
  exercise_summary empty;
  empty.id = "6f1d0a0e-0000-5000-8000-000000000001";
  empty.polar_exercise_id = "2AC3130";
  empty.start_time = at(21, 7, 30);
  BOOST_TEST(json_of(std::vector{full, empty})
             == R"([{"id":"6f1d0a0e-0000-5000-8000-000000000000","polar_exercise_id":"2AC312F",)"
                R"("start_time":"2026-11-22T07:30:00Z","sport":"RUNNING","duration_minutes":115.3,)"
                R"("distance_km":12.35,"calories":530,"average_heart_rate":129,)"
                R"("max_heart_rate":147,"training_load":143.22,"utc_offset_minutes":120},)"
                R"({"id":"6f1d0a0e-0000-5000-8000-000000000001","polar_exercise_id":"2AC3130",)"
                R"("start_time":"2026-11-21T07:30:00Z","sport":null,"duration_minutes":null,)"
                R"("distance_km":null,"calories":null,"average_heart_rate":null,)"
                R"("max_heart_rate":null,"training_load":null,"utc_offset_minutes":null}])");
}

BOOST_AUTO_TEST_CASE(alertness) {
  alertness_summary full;
  full.period_start_time = at(22, 5, 30) + std::chrono::microseconds{250000};
  full.period_end_time = at(22, 21, 0);
  full.utc_offset_minutes = -300;
  full.grade = 7.4;
  full.grade_classification = "GRADE_CLASSIFICATION_STRONG";
  alertness_summary empty;
  empty.period_start_time = at(21, 6, 0);
  // 2026-11-22 is day 20779 since the epoch: 1795305600 s to its midnight.
  BOOST_TEST(json_of(std::vector{full, empty})
             == R"([{"period_start_time":"2026-11-22T05:30:00.250000Z",)"
                R"("period_end_time":"2026-11-22T21:00:00Z","grade":7.4,)"
                R"("grade_classification":"GRADE_CLASSIFICATION_STRONG",)"
                R"("id":"1795325400250000","utc_offset_minutes":-300},)"
                R"({"period_start_time":"2026-11-21T06:00:00Z","period_end_time":null,)"
                R"("grade":null,"grade_classification":null,"id":"1795240800000000",)"
                R"("utc_offset_minutes":null}])");
}

BOOST_AUTO_TEST_CASE(bedtime) {
  bedtime_period full;
  full.period_start_time = at(21, 12, 0);
  full.period_end_time = at(22, 12, 0);
  full.preferred_sleep_start_time = at(21, 21, 45);
  full.preferred_sleep_end_time = at(22, 5, 45);
  full.sleep_gate_start_time = at(21, 21, 15);
  full.sleep_gate_end_time = at(21, 22, 15);
  full.utc_offset_minutes = 60;
  full.quality = "CIRCADIAN_BEDTIME_QUALITY_CLEARLY_RECOGNIZABLE";
  bedtime_period empty;
  empty.period_start_time = at(20, 12, 0);
  BOOST_TEST(json_of(std::vector{full, empty})
             == R"([{"period_start_time":"2026-11-21T12:00:00Z",)"
                R"("period_end_time":"2026-11-22T12:00:00Z",)"
                R"("preferred_sleep_start":"2026-11-21T21:45:00Z",)"
                R"("preferred_sleep_end":"2026-11-22T05:45:00Z",)"
                R"("sleep_gate_start":"2026-11-21T21:15:00Z",)"
                R"("sleep_gate_end":"2026-11-21T22:15:00Z",)"
                R"("quality":"CIRCADIAN_BEDTIME_QUALITY_CLEARLY_RECOGNIZABLE",)"
                R"("utc_offset_minutes":60},{"period_start_time":"2026-11-20T12:00:00Z",)"
                R"("period_end_time":null,"preferred_sleep_start":null,)"
                R"("preferred_sleep_end":null,"sleep_gate_start":null,"sleep_gate_end":null,)"
                R"("quality":null,"utc_offset_minutes":null}])");
}

BOOST_AUTO_TEST_CASE(spo2) {
  spo2_test full;
  full.device_id = "C8D9EA";
  full.test_time = at(22, 8, 15);
  full.utc_offset_minutes = 120;
  full.test_status = "SPO2_TEST_PASSED";
  full.blood_oxygen_percent = 98;
  full.spo2_class = "SPO2_CLASS_NORMAL";
  full.average_heart_rate_bpm = 58;
  full.hrv_ms = 41.5;
  full.altitude_m = 0;
  spo2_test empty;
  empty.test_time = at(21, 8, 15);
  BOOST_TEST(
      json_of(std::vector{full, empty})
      == R"([{"test_time":"2026-11-22T08:15:00Z","blood_oxygen_percent":98,)"
         R"("spo2_class":"SPO2_CLASS_NORMAL","avg_heart_rate":58,"hrv_ms":41.5,)"
         R"("altitude_meters":0.0,"utc_offset_minutes":120},)"
         R"({"test_time":"2026-11-21T08:15:00Z","blood_oxygen_percent":null,"spo2_class":null,)"
         R"("avg_heart_rate":null,"hrv_ms":null,"altitude_meters":null,)"
         R"("utc_offset_minutes":null}])");
}

BOOST_AUTO_TEST_CASE(ecg) {
  ecg_summary full;
  full.id = 17;
  full.test_time = at(22, 8, 20);
  full.utc_offset_minutes = 120;
  full.average_heart_rate_bpm = 61;
  full.hrv_ms = 38.25;
  full.hrv_level = "HRV_LEVEL_NORMAL";
  full.rri_ms = 983.6;
  full.duration_s = 30;
  full.sample_count = 3900;
  ecg_summary empty;
  empty.id = 16;
  empty.test_time = at(21, 8, 20);
  BOOST_TEST(json_of(std::vector{full, empty})
             == R"([{"id":17,"test_time":"2026-11-22T08:20:00Z","avg_heart_rate":61,)"
                R"("hrv_ms":38.25,"hrv_level":"HRV_LEVEL_NORMAL","rri_ms":983.6,)"
                R"("duration_seconds":30.0,"sample_count":3900,"has_samples":true,)"
                R"("utc_offset_minutes":120},{"id":16,"test_time":"2026-11-21T08:20:00Z",)"
                R"("avg_heart_rate":null,"hrv_ms":null,"hrv_level":null,"rri_ms":null,)"
                R"("duration_seconds":null,"sample_count":0,"has_samples":false,)"
                R"("utc_offset_minutes":null}])");
}

BOOST_AUTO_TEST_CASE(body_temperature) {
  body_temperature_summary full;
  full.device_id = "C8D9EA";
  full.start_time = at(22, 0, 0);
  full.end_time = at(22, 6, 30);
  full.measurement_type = "TM_SKIN_TEMPERATURE";
  full.sensor_location = "SL_DISTAL";
  full.min_celsius = 33.1;
  full.avg_celsius = 34.25;
  full.max_celsius = 35;
  full.sample_count = 391;
  body_temperature_summary empty;
  empty.start_time = at(21, 0, 0);
  BOOST_TEST(json_of(std::vector{full, empty})
             == R"([{"start_time":"2026-11-22T00:00:00Z","end_time":"2026-11-22T06:30:00Z",)"
                R"("measurement_type":"TM_SKIN_TEMPERATURE","sensor_location":"SL_DISTAL",)"
                R"("temp_min":33.1,"temp_avg":34.25,"temp_max":35.0,"sample_count":391,)"
                R"("id":"1795305600000000-C8D9EA"},{"start_time":"2026-11-21T00:00:00Z",)"
                R"("end_time":null,"measurement_type":null,"sensor_location":null,)"
                R"("temp_min":null,"temp_avg":null,"temp_max":null,"sample_count":0,)"
                R"("id":"1795219200000000"}])");
}

BOOST_AUTO_TEST_CASE(skin_temperature_is_elevated_above_half_a_degree) {
  const auto night = [](int d, std::optional<double> celsius, std::optional<double> deviation) {
    skin_temperature_night row;
    row.day = day(d);
    row.temperature_celsius = celsius;
    row.deviation_from_baseline_celsius = deviation;
    return row;
  };
  BOOST_TEST(json_of(std::vector{night(22, 35.1, 0.75), night(21, 34, 0.5), night(20, {}, {})})
             == R"([{"sleep_date":"2026-11-22","temperature_celsius":35.1,)"
                R"("deviation_from_baseline":0.75,"is_elevated":true},)"
                R"({"sleep_date":"2026-11-21","temperature_celsius":34.0,)"
                R"("deviation_from_baseline":0.5,"is_elevated":false},)"
                R"({"sleep_date":"2026-11-20","temperature_celsius":null,)"
                R"("deviation_from_baseline":null,"is_elevated":null}])");
}

BOOST_AUTO_TEST_CASE(physical_info_is_the_newest_state_with_those_before) {
  physical_info full;
  full.recorded_at = at(22, 12, 36);
  full.weight_kg = 70.5;
  full.height_cm = 178;
  full.birthday = date{std::chrono::year{1985} / 5 / 17};
  full.gender = "FEMALE";
  full.maximum_heart_rate_bpm = 186;
  full.resting_heart_rate_bpm = 51;
  full.aerobic_threshold_bpm = 139;
  full.anaerobic_threshold_bpm = 167;
  full.vo2_max_ml_per_min_kg = 48;
  full.weight_source = "SOURCE_USER";
  full.training_background = "FREQUENT";
  full.typical_day = "MOSTLY_SITTING";
  full.sleep_goal_s = 27120; // 7.5333… h
  const physical_info empty;
  BOOST_TEST(json_of(std::vector{full, empty})
             == R"({"recorded_at":"2026-11-22T12:36:00Z","weight_kg":70.5,"height_cm":178.0,)"
                R"("maximum_heart_rate":186,"resting_heart_rate":51,"aerobic_threshold":139,)"
                R"("anaerobic_threshold":167,"vo2_max":48,"weight_source":"SOURCE_USER",)"
                R"("training_background":"FREQUENT","typical_day":"MOSTLY_SITTING",)"
                R"("sleep_goal_hours":7.53,"history":[{"recorded_at":null,"weight_kg":null,)"
                R"("height_cm":null,"maximum_heart_rate":null,"resting_heart_rate":null,)"
                R"("aerobic_threshold":null,"anaerobic_threshold":null,"vo2_max":null,)"
                R"("weight_source":null,"training_background":null,"typical_day":null,)"
                R"("sleep_goal_hours":null}]})");
  BOOST_TEST(json_of(std::vector<physical_info>{}) == "null");
  BOOST_TEST(json_of(std::vector{full}).ends_with(R"("history":[]})"));
}

BOOST_AUTO_TEST_CASE(empty_lists) {
  BOOST_TEST(json_of(std::vector<sleep_summary>{}) == "[]");
  BOOST_TEST(json_of(std::vector<activity_day>{}) == "[]");
  BOOST_TEST(json_of(std::vector<activity_samples_summary>{}) == "[]");
  BOOST_TEST(json_of(std::vector<recharge_summary>{}) == "[]");
  BOOST_TEST(json_of(std::vector<cardio_load_day>{}) == "[]");
  BOOST_TEST(json_of(std::vector<heart_rate_summary>{}) == "[]");
  BOOST_TEST(json_of(std::vector<exercise_summary>{}) == "[]");
  BOOST_TEST(json_of(std::vector<alertness_summary>{}) == "[]");
  BOOST_TEST(json_of(std::vector<bedtime_period>{}) == "[]");
  BOOST_TEST(json_of(std::vector<spo2_test>{}) == "[]");
  BOOST_TEST(json_of(std::vector<ecg_summary>{}) == "[]");
  BOOST_TEST(json_of(std::vector<body_temperature_summary>{}) == "[]");
  BOOST_TEST(json_of(std::vector<skin_temperature_night>{}) == "[]");
}

BOOST_AUTO_TEST_CASE(the_summary_of_an_export) {
  const record_counts counts{.sleep = 28,
                             .activity = 30,
                             .recharge = 27,
                             .cardio_load = 0,
                             .heart_rate = 7,
                             .exercises = 5};
  BOOST_TEST(to_json(counts, user_id{"12345"}, {day(16), day(22)})
             == R"({"user_id":"12345","days":7,"from_date":"2026-11-16","to_date":"2026-11-22",)"
                R"("record_counts":{"sleep":28,"activity":30,"recharge":27,"cardio_load":0,)"
                R"("heart_rate":7,"exercises":5},"total_records":97})");
}

BOOST_AUTO_TEST_SUITE_END()
