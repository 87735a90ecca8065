SELECT
  device_id, start_time, end_time, measurement_type, sensor_location, sample_offsets_ms,
  samples_celsius
FROM body_temperature
WHERE user_id = $1 AND start_time = $2::timestamptz AND device_id = $3
