-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
INSERT INTO sleepwise_bedtime AS stored (
  user_id, period_start_time, period_end_time, preferred_sleep_start_time,
  preferred_sleep_end_time, sleep_gate_start_time, sleep_gate_end_time,
  sleep_timezone_offset_minutes, validity, quality, result_type, created_at, updated_at)
SELECT
  $1, period_start_time, period_end_time, preferred_sleep_start_time,
  preferred_sleep_end_time, sleep_gate_start_time, sleep_gate_end_time,
  sleep_timezone_offset_minutes, validity, quality, result_type, $2::timestamptz,
  $2::timestamptz
FROM unnest(
  $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[],
  $7::timestamptz[], $8::timestamptz[], $9::integer[], $10::text[], $11::text[],
  $12::text[])
  AS incoming (
    period_start_time, period_end_time, preferred_sleep_start_time,
    preferred_sleep_end_time, sleep_gate_start_time, sleep_gate_end_time,
    sleep_timezone_offset_minutes, validity, quality, result_type)
ON CONFLICT (user_id, period_start_time) DO UPDATE SET (
  period_end_time, preferred_sleep_start_time, preferred_sleep_end_time,
  sleep_gate_start_time, sleep_gate_end_time, sleep_timezone_offset_minutes, validity,
  quality, result_type, updated_at, origin) = (
  excluded.period_end_time, excluded.preferred_sleep_start_time,
  excluded.preferred_sleep_end_time, excluded.sleep_gate_start_time,
  excluded.sleep_gate_end_time, excluded.sleep_timezone_offset_minutes, excluded.validity,
  excluded.quality, excluded.result_type, excluded.updated_at, excluded.origin)
WHERE (
  stored.period_end_time, stored.preferred_sleep_start_time,
  stored.preferred_sleep_end_time, stored.sleep_gate_start_time, stored.sleep_gate_end_time,
  stored.sleep_timezone_offset_minutes, stored.validity, stored.quality, stored.result_type)
  IS DISTINCT FROM (
  excluded.period_end_time, excluded.preferred_sleep_start_time,
  excluded.preferred_sleep_end_time, excluded.sleep_gate_start_time,
  excluded.sleep_gate_end_time, excluded.sleep_timezone_offset_minutes, excluded.validity,
  excluded.quality, excluded.result_type)
