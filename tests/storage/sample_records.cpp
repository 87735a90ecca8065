#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"

namespace polar_flow::storage {

night full_night(date day) {
  night made;
  made.day = day;
  made.start_time = instant{day} - 70min;
  made.end_time = instant{day} + 6h + 1us;
  made.utc_offset_minutes = 60;
  made.device_id = "AB\"1";
  made.light_sleep_s = 12000;
  made.deep_sleep_s = 5000;
  made.rem_sleep_s = 6000;
  made.unrecognized_sleep_s = 0;
  made.interruptions_s = 900;
  made.short_interruptions_s = 600;
  made.long_interruptions_s = 300;
  made.sleep_goal_s = 28800;
  made.sleep_score = 80;
  made.sleep_rating = 3;
  made.sleep_charge = 4;
  made.sleep_cycles = 5;
  made.continuity = 3.1;
  made.continuity_class = 3;
  made.group_duration_score = 77.7;
  made.group_solidity_score = 66.6;
  made.group_regeneration_score = 55.5;
  made.hypnogram = {{-70, 0}, {-60, 3}, {10, 4}};
  made.heart_rate_samples = {{-69, 60}, {-64, 55.5}, {-59, 50}};
  return made;
}

nightly_recharge full_recharge(date day) {
  nightly_recharge made;
  made.day = day;
  made.heart_rate_avg_bpm = 48;
  made.beat_to_beat_avg_ms = 1250;
  made.hrv_rmssd_ms = 61;
  made.breathing_rate_avg_per_min = 14.3;
  made.recharge_status = 5;
  made.ans_charge = -1.7;
  made.ans_charge_status = 3;
  made.hrv_samples_ms = {{-20, 60}, {-15, 62}};
  made.breathing_samples_per_min = {{-20, 14.25}};
  return made;
}

skin_temperature_night full_skin_temperature(date day) {
  return {.day = day, .temperature_celsius = 33.41, .deviation_from_baseline_celsius = -0.3};
}

activity_day full_activity(date day) {
  const local_time midnight{day.time_since_epoch()};
  return {.day = day,
          .start_time = midnight,
          .end_time = midnight + 23h + 59min,
          .steps = 0,
          .distance_m = 0.5,
          .calories_total_kcal = 2000,
          .calories_active_kcal = 300,
          .active_s = 3600,
          .inactive_s = 30000,
          .daily_activity_percent = 110.5,
          .inactivity_alerts = 1};
}

activity_sample_day full_activity_samples(date day) {
  const local_time midnight{day.time_since_epoch()};
  activity_sample_day made;
  made.day = day;
  made.total_steps = 120;
  made.interval_ms = 60000;
  made.steps = {{midnight, 0}, {midnight + 7h, 120}};
  made.zones = {{midnight, "SLEEP"}, {midnight + 7h, "odd, \"zone\""}};
  made.inactivity_stamps = {midnight + 9h + 500ms};
  return made;
}

cardio_load_day full_cardio_load(date day) {
  cardio_load_day made;
  made.day = day;
  made.status = "PRODUCTIVE";
  made.cardio_load = 77.125;
  made.strain = 50.5;
  made.tolerance = 45.25;
  made.ratio = 1.1160220994475138;
  made.levels = {.very_low = 1, .low = 2, .medium = 3, .high = 4, .very_high = std::nullopt};
  return made;
}

heart_rate_day full_heart_rate(date day) {
  return {.day = day, .samples = {{0, 61}, {300, 58}, {86'399, 120}}};
}

alertness_period full_alertness(instant start) {
  alertness_period made;
  made.period_start_time = start;
  made.period_end_time = start + 24h;
  made.sleep_period_start_time = start - 8h;
  made.sleep_period_end_time = start - 1h;
  made.utc_offset_minutes = 120;
  made.grade = 7.25;
  made.grade_validity_s = 7200;
  made.grade_type = "GRADE_TYPE_PRIMARY";
  made.grade_classification = "GRADE_CLASSIFICATION_STRONG";
  made.validity = "VALIDITY_VALID";
  made.sleep_inertia = "SLEEP_INERTIA_NO_INERTIA";
  made.sleep_type = "SLEEP_TYPE_PRIMARY";
  made.result_type = "ALERTNESS_TYPE_PREDICTION";
  made.hours = {{start, start + 1h, "LEVEL_HIGH", "VALID"},
                {start + 1h, std::nullopt, "odd, \"level\"", std::nullopt}};
  return made;
}

bedtime_period full_bedtime(instant start) {
  bedtime_period made;
  made.period_start_time = start;
  made.period_end_time = start + 24h;
  made.preferred_sleep_start_time = start + 1h;
  made.preferred_sleep_end_time = start + 9h;
  made.sleep_gate_start_time = start + 2h;
  made.sleep_gate_end_time = start + 3h;
  made.utc_offset_minutes = -180;
  made.validity = "VALID";
  made.quality = "CIRCADIAN_BEDTIME_QUALITY_STRONG";
  made.result_type = "CIRCADIAN_BEDTIME_TYPE_HISTORY";
  return made;
}

spo2_test full_spo2(instant time) {
  spo2_test made;
  made.device_id = "0A1B2C3D";
  made.test_time = time;
  made.utc_offset_minutes = 120;
  made.test_status = "TEST_PASSED";
  made.blood_oxygen_percent = 97;
  made.spo2_class = "NORMAL";
  made.spo2_deviation = "USUAL";
  made.quality_percent = 92.5;
  made.average_heart_rate_bpm = 59;
  made.hrv_ms = 44.75;
  made.hrv_deviation = "ABOVE_USUAL";
  made.altitude_m = 11.5;
  return made;
}

ecg_test full_ecg(instant time) {
  ecg_test made;
  made.device_id = "0A1B2C3D";
  made.test_time = time;
  made.utc_offset_minutes = -60;
  made.average_heart_rate_bpm = 57;
  made.hrv_ms = 41.5;
  made.hrv_level = "HIGH";
  made.rri_ms = 1052.5;
  made.pulse_transit_systolic_ms = 210.25;
  made.pulse_transit_diastolic_ms = 230.5;
  made.pulse_transit_quality_index = 0.875;
  made.samples = {{0, -0.0125}, {8, 0.25}, {16, 1.5}};
  made.qualities = {{0, "QUALITY_LEVEL_HIGH"}, {10'000, "odd, {level}"}};
  return made;
}

body_temperature_period full_body_temperature(instant start) {
  body_temperature_period made;
  made.device_id = "0A1B2C3D";
  made.start_time = start;
  made.end_time = start + 6h;
  made.measurement_type = "TM_SKIN_TEMPERATURE";
  made.sensor_location = "SL_DISTAL";
  made.samples = {{0, 33.5}, {60'000, 34.25}, {120'000, 32.0}};
  return made;
}

physical_info full_physical_info(instant recorded_at) {
  physical_info made;
  made.recorded_at = recorded_at;
  made.weight_kg = 71.5;
  made.height_cm = 178.5;
  made.birthday = day_of(1985, 7, 14);
  made.gender = "FEMALE";
  made.maximum_heart_rate_bpm = 186;
  made.resting_heart_rate_bpm = 52;
  made.aerobic_threshold_bpm = 139;
  made.anaerobic_threshold_bpm = 167;
  made.vo2_max_ml_per_min_kg = 47;
  made.weight_source = "SOURCE_USER";
  made.training_background = "REGULAR";
  made.typical_day = "MOSTLY_SITTING";
  made.sleep_goal_s = 28'800;
  return made;
}

exercise full_exercise() {
  exercise made;
  made.polar_exercise_id = "y8aKxj2J";
  made.start_time = instant{day_of(2026, 3, 9)} + 5h;
  made.utc_offset_minutes = 780;
  made.upload_time = instant{day_of(2026, 3, 9)} + 7h + 123ms;
  made.duration_s = 6917.941;
  made.sport = "RUNNING";
  made.detailed_sport = "TRAIL, RUNNING";
  made.device = "Polar {Pacer}";
  made.device_id = "FA4E0001";
  made.distance_m = 14824.0;
  made.calories_kcal = 1178;
  made.average_heart_rate_bpm = 138;
  made.max_heart_rate_bpm = 158;
  made.training_load = 146.411;
  made.running_index = 52;
  made.fat_percent = 48;
  made.carbohydrate_percent = 50;
  made.protein_percent = 2;
  made.has_route = true;
  made.club_id = 9'000'000'000;
  made.club_name = "Club";
  made.load_pro = training_load_pro{.cardio_load = 146.411,
                                    .cardio_load_interpretation = "VERY_HIGH",
                                    .muscle_load = std::nullopt,
                                    .muscle_load_interpretation = "NOT_AVAILABLE",
                                    .perceived_load = 0.0,
                                    .perceived_load_interpretation = std::nullopt,
                                    .user_rpe = "UNKNOWN"};
  return made;
}

exercise detailed_exercise() {
  auto made = full_exercise();
  made.is_detailed = true;
  made.heart_rate_zones = {{0, 96, 115, 122.0}, {1, 115, std::nullopt, std::nullopt}};
  made.samples = {{0, 1, {77.0, std::nullopt, 0.10000000149011612}}, {11, std::nullopt, {800.0}}};
  made.route = {{60.21982833, 25.13925, 210.026, 4, 1}, {60.0, 25.0, {}, {}, {}}};
  return made;
}

std::vector<std::pair<stream, stream_records>> one_of_each() {
  const auto day = day_of(2026, 3, 9);
  const auto morning = instant{day} + 6h;
  return {{stream::sleep, std::vector{full_night(day)}},
          {stream::recharge, std::vector{full_recharge(day)}},
          {stream::activity, std::vector{full_activity(day)}},
          {stream::exercises, std::vector{detailed_exercise()}},
          {stream::cardio_load, std::vector{full_cardio_load(day)}},
          {stream::sleepwise_alertness, std::vector{full_alertness(morning)}},
          {stream::sleepwise_bedtime, std::vector{full_bedtime(morning)}},
          {stream::activity_samples, std::vector{full_activity_samples(day)}},
          {stream::continuous_hr, std::vector{full_heart_rate(day)}},
          {stream::spo2, std::vector{full_spo2(morning)}},
          {stream::ecg, std::vector{full_ecg(morning)}},
          {stream::body_temperature, std::vector{full_body_temperature(morning)}},
          {stream::skin_temperature, std::vector{full_skin_temperature(day)}},
          {stream::physical_info, std::vector{full_physical_info(morning)}}};
}

} // namespace polar_flow::storage
