-- A moment is on the day of the clock that it came with, else of the user's (see
-- load_present_days).
SELECT
  listed.device_id, listed.start_time, listed.end_time, listed.measurement_type,
  listed.sensor_location, listed.temperature_min_celsius, listed.temperature_avg_celsius,
  listed.temperature_max_celsius, cardinality(listed.sample_offsets_ms)
FROM body_temperature AS listed
CROSS JOIN (
  SELECT coalesce(utc_offset_minutes, 0) AS offset_minutes
  FROM users
  WHERE user_id = $1) AS clock
WHERE listed.user_id = $1
  AND listed.start_time >= $2::date - 1 AND listed.start_time < $3::date + 2
  AND ((listed.start_time AT TIME ZONE 'UTC')
    + clock.offset_minutes * interval '1 minute')::date
    BETWEEN $2::date AND $3::date
ORDER BY listed.start_time DESC, listed.device_id
