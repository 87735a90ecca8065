-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
INSERT INTO spo2 AS stored (
  user_id, device_id, test_time, utc_offset_minutes, test_status, blood_oxygen_percent,
  spo2_class, spo2_deviation, quality_percent, average_heart_rate_bpm, hrv_ms,
  hrv_deviation, altitude_m, created_at, updated_at)
SELECT
  $1, device_id, test_time, utc_offset_minutes, test_status, blood_oxygen_percent,
  spo2_class, spo2_deviation, quality_percent, average_heart_rate_bpm, hrv_ms,
  hrv_deviation, altitude_m, $2::timestamptz, $2::timestamptz
FROM unnest(
  $3::text[], $4::timestamptz[], $5::integer[], $6::text[], $7::integer[], $8::text[],
  $9::text[], $10::double precision[], $11::integer[], $12::double precision[], $13::text[],
  $14::double precision[])
  AS incoming (
    device_id, test_time, utc_offset_minutes, test_status, blood_oxygen_percent, spo2_class,
    spo2_deviation, quality_percent, average_heart_rate_bpm, hrv_ms, hrv_deviation,
    altitude_m)
ON CONFLICT (user_id, device_id, test_time) DO UPDATE SET (
  utc_offset_minutes, test_status, blood_oxygen_percent, spo2_class, spo2_deviation,
  quality_percent, average_heart_rate_bpm, hrv_ms, hrv_deviation, altitude_m, updated_at, origin) =
  (
  excluded.utc_offset_minutes, excluded.test_status, excluded.blood_oxygen_percent,
  excluded.spo2_class, excluded.spo2_deviation, excluded.quality_percent,
  excluded.average_heart_rate_bpm, excluded.hrv_ms, excluded.hrv_deviation,
  excluded.altitude_m, excluded.updated_at, excluded.origin)
WHERE (
  stored.utc_offset_minutes, stored.test_status, stored.blood_oxygen_percent,
  stored.spo2_class, stored.spo2_deviation, stored.quality_percent,
  stored.average_heart_rate_bpm, stored.hrv_ms, stored.hrv_deviation, stored.altitude_m) IS
  DISTINCT FROM (
  excluded.utc_offset_minutes, excluded.test_status, excluded.blood_oxygen_percent,
  excluded.spo2_class, excluded.spo2_deviation, excluded.quality_percent,
  excluded.average_heart_rate_bpm, excluded.hrv_ms, excluded.hrv_deviation,
  excluded.altitude_m)
