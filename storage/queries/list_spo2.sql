-- A moment is on the day of the clock that it came with, else of the user's (see
-- load_present_days).
SELECT
  listed.device_id, listed.test_time, listed.utc_offset_minutes, listed.test_status,
  listed.blood_oxygen_percent, listed.spo2_class, listed.spo2_deviation, listed.quality_percent,
  listed.average_heart_rate_bpm, listed.hrv_ms, listed.hrv_deviation, listed.altitude_m
FROM spo2 AS listed
CROSS JOIN (
  SELECT coalesce(utc_offset_minutes, 0) AS offset_minutes
  FROM users
  WHERE user_id = $1) AS clock
WHERE listed.user_id = $1
  AND listed.test_time >= $2::date - 1 AND listed.test_time < $3::date + 2
  AND ((listed.test_time AT TIME ZONE 'UTC')
    + coalesce(listed.utc_offset_minutes, clock.offset_minutes) * interval '1 minute')::date
    BETWEEN $2::date AND $3::date
  AND listed.blood_oxygen_percent IS NOT NULL
ORDER BY listed.test_time DESC, listed.device_id
