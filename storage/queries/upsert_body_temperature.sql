-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
-- An element that is an array itself travels as text, because unnest would flatten it.
INSERT INTO body_temperature AS stored (
  user_id, device_id, start_time, end_time, measurement_type, sensor_location,
  temperature_min_celsius, temperature_avg_celsius, temperature_max_celsius,
  sample_offsets_ms, samples_celsius, created_at, updated_at)
SELECT
  $1, device_id, start_time, end_time, measurement_type, sensor_location,
  temperature_min_celsius, temperature_avg_celsius, temperature_max_celsius,
  sample_offsets_ms::bigint[], samples_celsius::double precision[], $2::timestamptz,
  $2::timestamptz
FROM unnest(
  $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[],
  $8::double precision[], $9::double precision[], $10::double precision[], $11::text[],
  $12::text[])
  AS incoming (
    device_id, start_time, end_time, measurement_type, sensor_location,
    temperature_min_celsius, temperature_avg_celsius, temperature_max_celsius,
    sample_offsets_ms, samples_celsius)
ON CONFLICT (user_id, device_id, start_time) DO UPDATE SET (
  end_time, measurement_type, sensor_location, temperature_min_celsius,
  temperature_avg_celsius, temperature_max_celsius, sample_offsets_ms, samples_celsius,
  updated_at, origin) = (
  excluded.end_time, excluded.measurement_type, excluded.sensor_location,
  excluded.temperature_min_celsius, excluded.temperature_avg_celsius,
  excluded.temperature_max_celsius, excluded.sample_offsets_ms, excluded.samples_celsius,
  excluded.updated_at, excluded.origin)
WHERE (
  stored.end_time, stored.measurement_type, stored.sensor_location,
  stored.temperature_min_celsius, stored.temperature_avg_celsius,
  stored.temperature_max_celsius, stored.sample_offsets_ms, stored.samples_celsius) IS
  DISTINCT FROM (
  excluded.end_time, excluded.measurement_type, excluded.sensor_location,
  excluded.temperature_min_celsius, excluded.temperature_avg_celsius,
  excluded.temperature_max_celsius, excluded.sample_offsets_ms, excluded.samples_celsius)
