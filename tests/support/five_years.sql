-- Five years of one person, in the sizes of real ones: nights and days with their series, heart rate
-- every five minutes and on each 25th day every few seconds, three sessions a week by the second, a
-- sync an hour, and the archive. Written past the server, because a sync of five years takes years.
SET search_path = polar_flow;
SET TimeZone = 'UTC';

INSERT INTO users (user_id, state, last_synced_at, utc_offset_minutes, created_at, updated_at)
VALUES ('five-years', 'connected', '2026-03-20', 60, '2021-03-20', '2026-03-20');

CREATE TEMPORARY TABLE days AS
SELECT date '2026-03-19' - age AS day, age FROM generate_series(0, 1825) AS age;

CREATE TEMPORARY TABLE series AS
SELECT
  array_agg(i ORDER BY i) AS minutes,
  array_agg(40 + (i * 7919) % 60 + 0.25 ORDER BY i) AS numbers,
  (SELECT array_agg(s * 3 ORDER BY s) FROM generate_series(0, 28799) AS s) AS many_seconds,
  (SELECT array_agg((50 + (s * 7919) % 90)::smallint ORDER BY s)
    FROM generate_series(0, 28799) AS s) AS many_rates,
  (SELECT array_agg(s * 300 ORDER BY s) FROM generate_series(0, 287) AS s) AS few_seconds,
  (SELECT array_agg((50 + (s * 7919) % 90)::smallint ORDER BY s)
    FROM generate_series(0, 287) AS s) AS few_rates,
  (SELECT jsonb_agg(jsonb_build_object(
      'sample_type', kind, 'recording_rate_s', 1, 'values',
      (SELECT jsonb_agg((kind * 37 + s * 7919) % 200 ORDER BY s)
        FROM generate_series(1, 3600) AS s)))
    FROM generate_series(0, 3) AS kind) AS samples,
  (SELECT jsonb_agg(jsonb_build_object(
      'latitude', 60.1 + s * 0.00001, 'longitude', 24.9 + s * 0.00002, 'time_s', s,
      'satellites', 9, 'fix', 3) ORDER BY s)
    FROM generate_series(1, 3600) AS s) AS route
FROM generate_series(0, 95) AS i;

INSERT INTO sleep (
  user_id, day, start_time, end_time, utc_offset_minutes, device_id, light_sleep_s, deep_sleep_s,
  rem_sleep_s, sleep_score, hypnogram_minutes, hypnogram_stages, heart_rate_minutes,
  heart_rate_samples_bpm, heart_rate_avg_bpm, created_at, updated_at)
SELECT
  'five-years', day, day - interval '1 hour', day + interval '7 hours', 60, 'device', 15000, 5000,
  6000, 60 + age % 40, minutes, numbers, minutes, numbers, 55.5, day, day
FROM days, series;

INSERT INTO nightly_recharge (
  user_id, day, heart_rate_avg_bpm, hrv_rmssd_ms, recharge_status, ans_charge, hrv_minutes,
  hrv_samples_ms, breathing_minutes, breathing_samples_per_min, created_at, updated_at)
SELECT
  'five-years', day, 50 + age % 9, 40 + age % 21, 1 + age % 6, 1.5, minutes, numbers, minutes,
  numbers, day, day
FROM days, series;

INSERT INTO activity (
  user_id, day, steps, distance_m, calories_total_kcal, active_s, created_at, updated_at)
SELECT 'five-years', day, 5000 + age, 4000.5, 2500, 3600, day, day FROM days;

INSERT INTO activity_samples (
  user_id, day, total_steps, interval_ms, step_times, step_counts, zone_times, zones,
  inactivity_times, created_at, updated_at)
SELECT
  'five-years', day, 5000, 60000,
  (SELECT array_agg(day + m * interval '1 minute' ORDER BY m) FROM generate_series(0, 1439) AS m),
  (SELECT array_agg(m % 97 ORDER BY m) FROM generate_series(0, 1439) AS m),
  '{}', '{}', '{}', day, day
FROM days;

INSERT INTO exercise (
  user_id, polar_exercise_id, exercise_id, start_time, utc_offset_minutes, duration_s, sport,
  calories_kcal, average_heart_rate_bpm, has_load_pro, samples, route, created_at, updated_at)
SELECT
  'five-years', 'e' || age, md5('five-years' || age)::uuid, day + interval '17 hours', 60, 3600,
  'RUNNING', 600, 140, false, samples, CASE WHEN age % 20 = 0 THEN route END, day, day
FROM days, series
WHERE age % 7 IN (0, 2, 4);

INSERT INTO cardio_load (
  user_id, day, status, cardio_load, strain, tolerance, ratio, created_at, updated_at)
SELECT 'five-years', day, 'PRODUCTIVE', 50 + age % 90, 60, 55, 1.1, day, day FROM days;

INSERT INTO continuous_heart_rate (
  user_id, day, sample_count, heart_rate_min_bpm, heart_rate_avg_bpm, heart_rate_max_bpm,
  sample_seconds, samples_bpm, created_at, updated_at)
SELECT
  'five-years', day, CASE WHEN age % 25 = 0 THEN 28800 ELSE 288 END, 50, 90.5, 139,
  CASE WHEN age % 25 = 0 THEN many_seconds ELSE few_seconds END,
  CASE WHEN age % 25 = 0 THEN many_rates ELSE few_rates END, day, day
FROM days, series;

INSERT INTO skin_temperature (user_id, day, temperature_celsius, created_at, updated_at)
SELECT 'five-years', day, 34 + age % 3 * 0.1, day, day FROM days;

INSERT INTO sync_logs (
  user_id, job_id, started_at, completed_at, duration_ms, status, trigger, priority, streams,
  records_total)
SELECT
  'five-years', md5(age || ' ' || hour)::uuid, day + hour * interval '1 hour',
  day + hour * interval '1 hour' + interval '5 seconds', 5000, 'success', 'scheduler', 'normal',
  '[{"stream": "sleep", "records": 1, "calls": 1}]', 1
FROM days, generate_series(0, 23) AS hour;

-- Bodies of 16 KiB that cannot be packed, in zstd frames of one raw block: magic number, a header of
-- one segment with its size in four bytes, and the block's size times eight plus one.
INSERT INTO raw_replies (
  user_id, origin, stream, request, status, fetched_at, last_seen_at, sha256, body_bytes,
  body_zstd)
SELECT
  'five-years', 'accesslink', 'sleep', '/v3/users/sleep?age=' || number, 200,
  timestamptz '2021-03-20' + number * interval '7 hours', timestamptz '2026-03-20', sha256(body),
  16384, '\x28b52ffda000400000010002'::bytea || body
FROM generate_series(1, 6000) AS number
CROSS JOIN (
  SELECT string_agg(md5(i::text), '' ORDER BY i) AS noise FROM generate_series(1, 600) AS i
) AS filling
CROSS JOIN LATERAL (
  SELECT convert_to(rpad('{"number":' || number || ',"is":"' || noise, 16382, 'x') || '"}', 'UTF8')
    AS body
) AS made;
