-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
INSERT INTO cardio_load AS stored (
  user_id, day, status, cardio_load, strain, tolerance, ratio, level_very_low, level_low,
  level_medium, level_high, level_very_high, created_at, updated_at)
SELECT
  $1, day, status, cardio_load, strain, tolerance, ratio, level_very_low, level_low,
  level_medium, level_high, level_very_high, $2::timestamptz, $2::timestamptz
FROM unnest(
  $3::date[], $4::text[], $5::double precision[], $6::double precision[],
  $7::double precision[], $8::double precision[], $9::double precision[],
  $10::double precision[], $11::double precision[], $12::double precision[],
  $13::double precision[])
  AS incoming (
    day, status, cardio_load, strain, tolerance, ratio, level_very_low, level_low,
    level_medium, level_high, level_very_high)
ON CONFLICT (user_id, day) DO UPDATE SET (
  status, cardio_load, strain, tolerance, ratio, level_very_low, level_low, level_medium,
  level_high, level_very_high, updated_at, origin) = (
  excluded.status, excluded.cardio_load, excluded.strain, excluded.tolerance,
  excluded.ratio, excluded.level_very_low, excluded.level_low, excluded.level_medium,
  excluded.level_high, excluded.level_very_high, excluded.updated_at, excluded.origin)
WHERE (
  stored.status, stored.cardio_load, stored.strain, stored.tolerance, stored.ratio,
  stored.level_very_low, stored.level_low, stored.level_medium, stored.level_high,
  stored.level_very_high) IS DISTINCT FROM (
  excluded.status, excluded.cardio_load, excluded.strain, excluded.tolerance,
  excluded.ratio, excluded.level_very_low, excluded.level_low, excluded.level_medium,
  excluded.level_high, excluded.level_very_high)
