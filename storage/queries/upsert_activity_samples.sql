-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
-- An element that is an array itself travels as text, because unnest would flatten it.
INSERT INTO activity_samples AS stored (
  user_id, day, total_steps, interval_ms, step_times, step_counts, zone_times, zones,
  inactivity_times, created_at, updated_at)
SELECT
  $1, day, total_steps, interval_ms, step_times::timestamp[], step_counts::integer[],
  zone_times::timestamp[], zones::text[], inactivity_times::timestamp[], $2::timestamptz,
  $2::timestamptz
FROM unnest(
  $3::date[], $4::integer[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::text[],
  $10::text[])
  AS incoming (
    day, total_steps, interval_ms, step_times, step_counts, zone_times, zones,
    inactivity_times)
ON CONFLICT (user_id, day) DO UPDATE SET (
  total_steps, interval_ms, step_times, step_counts, zone_times, zones, inactivity_times,
  updated_at, origin) = (
  excluded.total_steps, excluded.interval_ms, excluded.step_times, excluded.step_counts,
  excluded.zone_times, excluded.zones, excluded.inactivity_times, excluded.updated_at,
  excluded.origin)
WHERE (
  stored.total_steps, stored.interval_ms, stored.step_times, stored.step_counts,
  stored.zone_times, stored.zones, stored.inactivity_times) IS DISTINCT FROM (
  excluded.total_steps, excluded.interval_ms, excluded.step_times, excluded.step_counts,
  excluded.zone_times, excluded.zones, excluded.inactivity_times)
