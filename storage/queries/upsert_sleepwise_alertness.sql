-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
-- An element that is an array itself travels as text, because unnest would flatten it.
INSERT INTO sleepwise_alertness AS stored (
  user_id, period_start_time, period_end_time, sleep_period_start_time,
  sleep_period_end_time, sleep_timezone_offset_minutes, grade, grade_validity_s, grade_type,
  grade_classification, validity, sleep_inertia, sleep_type, result_type,
  hourly_start_times, hourly_end_times, hourly_levels, hourly_validities, created_at,
  updated_at)
SELECT
  $1, period_start_time, period_end_time, sleep_period_start_time, sleep_period_end_time,
  sleep_timezone_offset_minutes, grade, grade_validity_s, grade_type, grade_classification,
  validity, sleep_inertia, sleep_type, result_type, hourly_start_times::timestamptz[],
  hourly_end_times::timestamptz[], hourly_levels::text[], hourly_validities::text[],
  $2::timestamptz, $2::timestamptz
FROM unnest(
  $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::integer[],
  $8::double precision[], $9::integer[], $10::text[], $11::text[], $12::text[], $13::text[],
  $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[])
  AS incoming (
    period_start_time, period_end_time, sleep_period_start_time, sleep_period_end_time,
    sleep_timezone_offset_minutes, grade, grade_validity_s, grade_type,
    grade_classification, validity, sleep_inertia, sleep_type, result_type,
    hourly_start_times, hourly_end_times, hourly_levels, hourly_validities)
ON CONFLICT (user_id, period_start_time) DO UPDATE SET (
  period_end_time, sleep_period_start_time, sleep_period_end_time,
  sleep_timezone_offset_minutes, grade, grade_validity_s, grade_type, grade_classification,
  validity, sleep_inertia, sleep_type, result_type, hourly_start_times, hourly_end_times,
  hourly_levels, hourly_validities, updated_at, origin) = (
  excluded.period_end_time, excluded.sleep_period_start_time,
  excluded.sleep_period_end_time, excluded.sleep_timezone_offset_minutes, excluded.grade,
  excluded.grade_validity_s, excluded.grade_type, excluded.grade_classification,
  excluded.validity, excluded.sleep_inertia, excluded.sleep_type, excluded.result_type,
  excluded.hourly_start_times, excluded.hourly_end_times, excluded.hourly_levels,
  excluded.hourly_validities, excluded.updated_at, excluded.origin)
WHERE (
  stored.period_end_time, stored.sleep_period_start_time, stored.sleep_period_end_time,
  stored.sleep_timezone_offset_minutes, stored.grade, stored.grade_validity_s,
  stored.grade_type, stored.grade_classification, stored.validity, stored.sleep_inertia,
  stored.sleep_type, stored.result_type, stored.hourly_start_times, stored.hourly_end_times,
  stored.hourly_levels, stored.hourly_validities) IS DISTINCT FROM (
  excluded.period_end_time, excluded.sleep_period_start_time,
  excluded.sleep_period_end_time, excluded.sleep_timezone_offset_minutes, excluded.grade,
  excluded.grade_validity_s, excluded.grade_type, excluded.grade_classification,
  excluded.validity, excluded.sleep_inertia, excluded.sleep_type, excluded.result_type,
  excluded.hourly_start_times, excluded.hourly_end_times, excluded.hourly_levels,
  excluded.hourly_validities)
