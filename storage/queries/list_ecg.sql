-- A moment is on the day of the clock that it came with, else of the user's (see
-- load_present_days).
SELECT
  ids.ecg_id, test_time, listed.utc_offset_minutes, listed.average_heart_rate_bpm,
  listed.hrv_ms, listed.hrv_level, listed.rri_ms,
  listed.sample_offsets_ms[cardinality(listed.sample_offsets_ms)] / 1000.0::double precision,
  cardinality(listed.sample_offsets_ms)
FROM ecg AS listed
CROSS JOIN (
  SELECT coalesce(utc_offset_minutes, 0) AS offset_minutes
  FROM users
  WHERE user_id = $1) AS clock
JOIN ecg_ids AS ids USING (user_id, device_id, test_time)
WHERE user_id = $1
  AND test_time >= $2::date - 1 AND test_time < $3::date + 2
  AND ((test_time AT TIME ZONE 'UTC')
    + coalesce(listed.utc_offset_minutes, clock.offset_minutes) * interval '1 minute')::date
    BETWEEN $2::date AND $3::date
ORDER BY test_time DESC, ids.ecg_id
