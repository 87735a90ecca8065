#include "tests/integration/every_operation_rows.hpp"

#include "tests/integration/database.hpp"

#include <pqxx/pqxx>

namespace polar_flow::testing {

namespace {

/// `last_read_at` is now, so that reading writes nothing; `last_synced_at` keeps the schedule away.
constexpr const char* users_and_keys = R"(
SET search_path = polar_flow;
INSERT INTO users (user_id, sealed_token, state, last_synced_at, last_read_at, last_new_data_at,
    utc_offset_minutes, changes, created_at, updated_at)
  VALUES
    ('planted_user-1', 'sealed', 'connected', '2026-03-20T09:30:00Z', '2026-03-20T10:00:00Z',
     '2026-03-20T09:30:00Z', 60, 7, '2026-03-01T00:00:00Z', '2026-03-20T09:30:00Z'),
    ('steady-user', NULL, 'connected', NULL, '2026-03-20T10:00:00Z', NULL, NULL, 3,
     '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z'),
    ('blank-user', NULL, 'connected', NULL, '2026-03-20T10:00:00Z', NULL, NULL, 0,
     '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z');
INSERT INTO api_keys (key_hash, key_prefix, name, user_id, is_active, rate_limit_requests,
    rate_limit_remaining, created_at)
  SELECT encode(sha256(key::bytea), 'hex'), left(key, 12), 'planted', owner, true, allowed, allowed,
    '2026-03-01T00:00:00Z'
  FROM (VALUES
    ('pfk_1111111111111111111111111111111111111111', 'planted_user-1', 100000),
    ('pfk_2222222222222222222222222222222222222222', 'steady-user', 100000),
    ('pfk_3333333333333333333333333333333333333333', NULL, 100000),
    ('pfk_4444444444444444444444444444444444444444', 'blank-user', 100000),
    ('pfk_5555555555555555555555555555555555555555', NULL, 2)) AS issued (key, owner, allowed);
)";

constexpr const char* nights = R"(
INSERT INTO sleep (user_id, day, sleep_score, hypnogram_minutes, hypnogram_stages,
    heart_rate_minutes, heart_rate_samples_bpm, created_at, updated_at)
  SELECT 'planted_user-1', date '2026-03-13' + place::integer - 1, score, '{}', '{}', '{}', '{}',
    now(), now()
  FROM unnest(ARRAY[80, 82, 78, 81, 79, 83, 77, 80]) WITH ORDINALITY AS nights (score, place);
UPDATE sleep SET light_sleep_s = 0, deep_sleep_s = 0, rem_sleep_s = 0
  WHERE user_id = 'planted_user-1' AND day = '2026-03-19';
UPDATE sleep SET start_time = '2026-03-19T22:10:00Z', end_time = '2026-03-20T05:30:00Z',
    utc_offset_minutes = 60, device_id = '0AB1C2D3', light_sleep_s = 14400, deep_sleep_s = 5400,
    rem_sleep_s = 6000, unrecognized_sleep_s = 0, interruptions_s = 900,
    short_interruptions_s = 300, long_interruptions_s = 600, sleep_goal_s = 28800,
    sleep_rating = 4, sleep_charge = 3, sleep_cycles = 5, continuity = 2.5, continuity_class = 3,
    group_duration_score = 90.5, group_solidity_score = 81.0, group_regeneration_score = 77.25,
    hypnogram_minutes = '{-50,-20,5}', hypnogram_stages = '{0,2,4}',
    heart_rate_minutes = '{-49,6}', heart_rate_samples_bpm = '{58,47}',
    heart_rate_avg_bpm = 52.5, heart_rate_min_bpm = 47, heart_rate_max_bpm = 58
  WHERE user_id = 'planted_user-1' AND day = '2026-03-20';
INSERT INTO nightly_recharge (user_id, day, hrv_rmssd_ms, heart_rate_avg_bpm, hrv_minutes,
    hrv_samples_ms, breathing_minutes, breathing_samples_per_min, created_at, updated_at)
  SELECT 'planted_user-1', date '2026-03-13' + place::integer - 1, hrv, pulse, '{}', '{}', '{}',
    '{}', now(), now()
  FROM unnest(ARRAY[50, 52, 48, 51, 49, 53, 47, 30], ARRAY[52, 51, 53, 52, 50, 54, 52, 58])
    WITH ORDINALITY AS nights (hrv, pulse, place);
UPDATE nightly_recharge SET ans_charge = 0, ans_charge_status = 3
  WHERE user_id = 'planted_user-1' AND day = '2026-03-19';
UPDATE nightly_recharge SET beat_to_beat_avg_ms = 1034, breathing_rate_avg_per_min = 14.25,
    recharge_status = 2, ans_charge = -6.5, ans_charge_status = 1, hrv_minutes = '{5,10}',
    hrv_samples_ms = '{31,29}', breathing_minutes = '{5,10}',
    breathing_samples_per_min = '{14.1,14.4}'
  WHERE user_id = 'planted_user-1' AND day = '2026-03-20';
INSERT INTO skin_temperature (user_id, day, temperature_celsius, deviation_from_baseline_celsius,
    created_at, updated_at)
  VALUES
    ('planted_user-1', '2026-03-19', 33.2, 0.5, now(), now()),
    ('planted_user-1', '2026-03-20', 34.1735, 0.6, now(), now());
INSERT INTO body_temperature (user_id, device_id, start_time, end_time, measurement_type,
    sensor_location, temperature_min_celsius, temperature_avg_celsius, temperature_max_celsius,
    sample_offsets_ms, samples_celsius, created_at, updated_at)
  VALUES
    ('planted_user-1', '0AB1C2D3', '2026-03-19T21:00:00Z', '2026-03-20T05:00:00Z',
     'TM_CONTINUOUS_MEASUREMENT', 'SL_DISTAL', 36.25, 36.6172, 36.9844, '{0,60000}',
     '{36.25,36.9844}', now(), now());
)";

constexpr const char* days_of_movement = R"(
INSERT INTO activity (user_id, day, steps, distance_m, calories_total_kcal, calories_active_kcal,
    active_s, daily_activity_percent, inactivity_alerts, created_at, updated_at)
  VALUES
    ('planted_user-1', '2026-03-18', NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), now()),
    ('planted_user-1', '2026-03-19', 12345, 9876.5, 2650, 640, 5430, 87.9, 2, now(), now()),
    ('planted_user-1', '2026-03-20', 0, 0, 1500, 0, 0, 0, 0, now(), now());
INSERT INTO activity_samples (user_id, day, total_steps, interval_ms, step_times, step_counts,
    zone_times, zones, inactivity_times, created_at, updated_at)
  VALUES
    ('planted_user-1', '2026-03-19', 10, NULL, '{}', '{}', '{}', '{}', '{}', now(), now()),
    ('planted_user-1', '2026-03-20', 321, 60000, '{2026-03-20 08:00,2026-03-20 08:01}',
     '{120,201}', '{}', '{}', '{}', now(), now());
INSERT INTO continuous_heart_rate (user_id, day, sample_count, heart_rate_min_bpm,
    heart_rate_avg_bpm, heart_rate_max_bpm, sample_seconds, samples_bpm, created_at, updated_at)
  VALUES
    ('planted_user-1', '2026-03-19', 0, NULL, NULL, NULL, '{}', '{}', now(), now()),
    ('planted_user-1', '2026-03-20', 3, 45, 79.5, 131, '{5,300,28805}', '{45,62,131}', now(),
     now());
INSERT INTO cardio_load (user_id, day, status, cardio_load, strain, tolerance, ratio,
    level_very_low, level_low, level_medium, level_high, level_very_high, created_at, updated_at)
  VALUES
    ('planted_user-1', '2026-03-18', 'PRODUCTIVE', 60, 40.25, 50.5, 0.75, NULL, NULL, NULL, NULL,
     NULL, now(), now()),
    ('planted_user-1', '2026-03-19', 'LOAD_STATUS_NOT_AVAILABLE', NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, now(), now()),
    ('planted_user-1', '2026-03-20', 'MAINTAINING', 30.5, 0, 50.5, 1.255, 1.5, 2, 3.25, NULL, 0,
     now(), now());
INSERT INTO exercise (user_id, polar_exercise_id, exercise_id, start_time, utc_offset_minutes,
    duration_s, sport, distance_m, calories_kcal, average_heart_rate_bpm, max_heart_rate_bpm,
    training_load, running_index, has_route, has_load_pro, pro_cardio_load,
    pro_cardio_load_interpretation, pro_muscle_load, pro_muscle_load_interpretation,
    pro_perceived_load, pro_perceived_load_interpretation, pro_user_rpe, heart_rate_zones, samples,
    route, created_at, updated_at)
  VALUES
    ('planted_user-1', '2AC312F', 'aaaaaaaa-0000-5000-8000-000000000001', '2026-03-19T17:30:00Z',
     60, 2730.9, 'RUNNING', 8125.5, 612, 141, 172, 98.5, 55, true, true, 98.5, 'HIGH', 44.25,
     'LOW', 0, 'NOT_AVAILABLE', 'UNKNOWN',
     '[{"index": 1, "lower_limit_bpm": 95, "upper_limit_bpm": 114, "in_zone_s": 301}]',
     '[{"sample_type": 1, "recording_rate_s": 5, "values": [5.5, 6.25]}]',
     '[{"latitude": 60.171234, "longitude": 24.941567, "time_s": 0.5, "satellites": 9, "fix": 1},
       {"latitude": 60.171235, "longitude": 24.941568, "time_s": null, "satellites": null,
        "fix": null}]', now(), now()),
    ('planted_user-1', '2AC3130', 'aaaaaaaa-0000-5000-8000-000000000002',
     '2026-03-20T06:00:00.25Z', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false,
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), now());
INSERT INTO exercise_details (user_id, polar_exercise_id, detailed_sha256)
  VALUES ('planted_user-1', '2AC312F', '\x01'), ('planted_user-1', '2AC3130', '\x01');
)";

constexpr const char* measurements = R"(
INSERT INTO sleepwise_alertness (user_id, period_start_time, period_end_time,
    sleep_period_start_time, sleep_period_end_time, sleep_timezone_offset_minutes, grade,
    grade_validity_s, grade_type, grade_classification, validity, sleep_inertia, sleep_type,
    result_type, hourly_start_times, hourly_end_times, hourly_levels, hourly_validities,
    created_at, updated_at)
  VALUES
    ('planted_user-1', '2026-03-19T05:30:00Z', '2026-03-19T21:30:00Z', NULL, NULL, 60, 5.5, NULL,
     NULL, 'FAIR', NULL, NULL, NULL, NULL, '{}', '{}', '{}', '{}', now(), now()),
    ('planted_user-1', '2026-03-20T05:30:00Z', '2026-03-20T21:30:00Z', '2026-03-19T22:10:00Z',
     '2026-03-20T05:30:00Z', 60, 7.25, 57600, 'GRADE_TYPE_PRIMARY', 'STRONG', 'VALIDITY_VALID',
     'SLEEP_INERTIA_MILD', 'SLEEP_TYPE_PRIMARY', 'ALERTNESS_TYPE_HISTORY',
     '{2026-03-20 05:30+00}', '{2026-03-20 06:30+00}', '{ALERTNESS_LEVEL_HIGH}',
     '{VALIDITY_VALID}', now(), now());
INSERT INTO sleepwise_bedtime (user_id, period_start_time, period_end_time,
    preferred_sleep_start_time, preferred_sleep_end_time, sleep_gate_start_time,
    sleep_gate_end_time, sleep_timezone_offset_minutes, validity, quality, result_type, created_at,
    updated_at)
  VALUES
    ('planted_user-1', '2026-03-19T17:00:00Z', '2026-03-20T11:00:00Z', '2026-03-19T21:45:00Z',
     '2026-03-20T05:45:00Z', '2026-03-19T20:45:00Z', '2026-03-19T22:45:00Z', 60,
     'VALIDITY_VALID', 'CIRCADIAN_BEDTIME_QUALITY_GOOD', 'CIRCADIAN_BEDTIME_TYPE_HISTORY', now(),
     now());
INSERT INTO spo2 (user_id, device_id, test_time, utc_offset_minutes, test_status,
    blood_oxygen_percent, spo2_class, average_heart_rate_bpm, hrv_ms, altitude_m, created_at,
    updated_at)
  VALUES
    ('planted_user-1', '0AB1C2D3', '2026-03-20T08:15:00Z', 60, 'SPO2_TEST_PASSED', 97,
     'SPO2_CLASS_NORMAL', 55, 41.5, 12, now(), now());
INSERT INTO ecg (user_id, device_id, test_time, utc_offset_minutes, average_heart_rate_bpm, hrv_ms,
    hrv_level, rri_ms, pulse_transit_systolic_ms, pulse_transit_diastolic_ms, sample_offsets_ms,
    samples_mv, quality_offsets_ms, quality_levels, created_at, updated_at)
  VALUES
    ('planted_user-1', '0AB1C2D3', '2026-03-20T08:20:00Z', 60, 56, 40.25, 'NORMAL', 1071.5, 131.5,
     NULL, '{0,8,16}', '{-0.03125,0.73519,0}', '{0}', '{HIGH_QUALITY}', now(), now());
INSERT INTO ecg_ids (user_id, device_id, test_time, ecg_id) OVERRIDING SYSTEM VALUE
  VALUES ('planted_user-1', '0AB1C2D3', '2026-03-20T08:20:00Z', 41);
INSERT INTO physical_info (user_id, recorded_at, weight_kg, height_cm, birthday, gender,
    maximum_heart_rate_bpm, resting_heart_rate_bpm, aerobic_threshold_bpm, anaerobic_threshold_bpm,
    vo2_max_ml_per_min_kg, weight_source, training_background, typical_day, sleep_goal_s,
    created_at, updated_at)
  VALUES
    ('planted_user-1', '2026-03-18T07:00:00Z', 83.2175, 181, '1987-11-23', 'FEMALE', 187, 48, 142,
     165, 52, 'SOURCE_USER', 'FREQUENT', 'MOSTLY_SITTING', 28800, now(), now()),
    ('planted_user-1', '2026-01-10T07:00:00.5Z', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, NULL, now(), now());
)";

constexpr const char* syncs = R"(
INSERT INTO sync_logs (user_id, job_id, started_at, completed_at, duration_ms, status, trigger,
    priority, error_type, error_message, streams, records_total, api_calls_made,
    rate_limit_remaining_15m, rate_limit_limit_15m, rate_limit_remaining_24h, rate_limit_limit_24h,
    baselines_recalculated, patterns_detected, insights_generated)
  VALUES
    ('planted_user-1', 'bbbbbbbb-0000-4000-8000-000000000001', '2026-03-19T09:00:00Z',
     '2026-03-19T09:00:02.5Z', 2500, 'success', 'scheduler', 'normal', NULL, NULL,
     '[{"stream": "sleep", "records": 8, "calls": 1}]', 8, 1, NULL, NULL, NULL, NULL, true, true,
     true),
    ('planted_user-1', 'bbbbbbbb-0000-4000-8000-000000000002', '2026-03-20T09:29:59Z',
     '2026-03-20T09:30:00Z', 1000, 'partial', 'manual', 'critical', 'consent_missing',
     'spo2: 403 Forbidden on spo2',
     '[{"stream": "sleep", "records": 8, "calls": 2},
       {"stream": "spo2", "records": 0, "calls": 1, "error_type": "consent_missing",
        "error_message": "403 Forbidden on spo2"}]', 8, 3, 517, 520, 5097, 5100, true, true,
     true);
INSERT INTO stream_coverage (user_id, stream, settled_from, settled_to, unconfirmed_from,
    unconfirmed_to, fetched_through, newest_data, failed_from, failed_to, failed_type,
    failed_message, updated_at)
  VALUES
    ('planted_user-1', 'sleep', '{2026-02-21}', '{2026-03-20}', '{}', '{}', '2026-03-20',
     '2026-03-20', '{}', '{}', '{}', '{}', '2026-03-20T09:30:00Z'),
    ('planted_user-1', 'recharge', '{}', '{}', '{}', '{}', '2026-03-19', '2026-03-19',
     '{2026-03-20}', '{2026-03-20}', '{polar_unavailable}', '{API error 500 on recharge}',
     '2026-03-20T09:30:00Z'),
    ('planted_user-1', 'spo2', '{}', '{}', '{}', '{}', NULL, NULL, '{2026-03-19}',
     '{2026-03-19}', '{consent_missing}', '{403 Forbidden on spo2}', '2026-03-20T09:30:00Z'),
    ('planted_user-1', 'ecg', '{2026-03-19}', '{2026-03-19}', '{}', '{}', '2026-03-20',
     '2026-03-20', '{}', '{}', '{}', '{}', '2026-03-20T09:30:00Z');
)";

/// Scores of 70, 80 and 90 with HRVs of 25, 50 and 100 in turn, today the middle of both, whose
/// mean (of the HRV the geometric one) is that of the days before.
constexpr const char* even_days = R"(
CREATE TEMPORARY TABLE even_day AS
  SELECT date '2026-02-19' + number AS day,
    CASE WHEN number < 27 THEN (ARRAY[1, 0, 2])[number % 3 + 1]
      ELSE (ARRAY[0, 2, 1])[number - 26]
    END AS level
  FROM generate_series(0, 29) AS numbers (number);
INSERT INTO sleep (user_id, day, sleep_score, hypnogram_minutes, hypnogram_stages,
    heart_rate_minutes, heart_rate_samples_bpm, created_at, updated_at)
  SELECT 'steady-user', day, 70 + 10 * level, '{}', '{}', '{}', '{}', now(), now() FROM even_day;
INSERT INTO nightly_recharge (user_id, day, hrv_rmssd_ms, heart_rate_avg_bpm, hrv_minutes,
    hrv_samples_ms, breathing_minutes, breathing_samples_per_min, created_at, updated_at)
  SELECT 'steady-user', day, (ARRAY[25, 50, 100])[level + 1], 50, '{}', '{}', '{}', '{}', now(),
    now()
  FROM even_day;
INSERT INTO cardio_load (user_id, day, cardio_load, ratio, created_at, updated_at)
  SELECT 'steady-user', day, 20, 1, now(), now() FROM even_day;
INSERT INTO activity (user_id, day, steps, created_at, updated_at)
  SELECT 'steady-user', day, 1000, now(), now() FROM even_day;
)";

} // namespace

void plant_known_users(const std::filesystem::path& folder) {
  pqxx::connection connection{database{folder}.connection_string()};
  pqxx::work statements{connection};
  for (const auto* part :
       {users_and_keys, nights, days_of_movement, measurements, syncs, even_days})
    statements.exec(part);
  statements.commit();
}

} // namespace polar_flow::testing
