-- A moment is on the day of the clock that it came with, else of the user's (see
-- load_present_days).
SELECT
  listed.period_start_time, listed.period_end_time, listed.preferred_sleep_start_time,
  listed.preferred_sleep_end_time, listed.sleep_gate_start_time, listed.sleep_gate_end_time,
  listed.sleep_timezone_offset_minutes, listed.validity, listed.quality, listed.result_type
FROM sleepwise_bedtime AS listed
CROSS JOIN (
  SELECT coalesce(utc_offset_minutes, 0) AS offset_minutes
  FROM users
  WHERE user_id = $1) AS clock
WHERE listed.user_id = $1
  AND listed.period_start_time >= $2::date - 1 AND listed.period_start_time < $3::date + 2
  AND ((listed.period_start_time AT TIME ZONE 'UTC')
    + coalesce(listed.sleep_timezone_offset_minutes, clock.offset_minutes)
      * interval '1 minute')::date
    BETWEEN $2::date AND $3::date
ORDER BY listed.period_start_time DESC
