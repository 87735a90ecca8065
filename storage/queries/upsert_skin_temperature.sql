-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
INSERT INTO skin_temperature AS stored (
  user_id, day, temperature_celsius, deviation_from_baseline_celsius, created_at,
  updated_at)
SELECT
  $1, day, temperature_celsius, deviation_from_baseline_celsius, $2::timestamptz,
  $2::timestamptz
FROM unnest(
  $3::date[], $4::double precision[], $5::double precision[])
  AS incoming (
    day, temperature_celsius, deviation_from_baseline_celsius)
ON CONFLICT (user_id, day) DO UPDATE SET (
  temperature_celsius, deviation_from_baseline_celsius, updated_at, origin) = (
  excluded.temperature_celsius, excluded.deviation_from_baseline_celsius,
  excluded.updated_at, excluded.origin)
WHERE (
  stored.temperature_celsius, stored.deviation_from_baseline_celsius) IS DISTINCT FROM (
  excluded.temperature_celsius, excluded.deviation_from_baseline_celsius)
