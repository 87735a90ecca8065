-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
INSERT INTO activity AS stored (
  user_id, day, start_time, end_time, steps, distance_m, calories_total_kcal,
  calories_active_kcal, active_s, inactive_s, daily_activity_percent, inactivity_alerts,
  created_at, updated_at)
SELECT
  $1, day, start_time, end_time, steps, distance_m, calories_total_kcal,
  calories_active_kcal, active_s, inactive_s, daily_activity_percent, inactivity_alerts,
  $2::timestamptz, $2::timestamptz
FROM unnest(
  $3::date[], $4::timestamp[], $5::timestamp[], $6::integer[], $7::double precision[],
  $8::integer[], $9::integer[], $10::integer[], $11::integer[], $12::double precision[],
  $13::integer[])
  AS incoming (
    day, start_time, end_time, steps, distance_m, calories_total_kcal, calories_active_kcal,
    active_s, inactive_s, daily_activity_percent, inactivity_alerts)
ON CONFLICT (user_id, day) DO UPDATE SET (
  start_time, end_time, steps, distance_m, calories_total_kcal, calories_active_kcal,
  active_s, inactive_s, daily_activity_percent, inactivity_alerts, updated_at, origin) = (
  excluded.start_time, excluded.end_time, excluded.steps, excluded.distance_m,
  excluded.calories_total_kcal, excluded.calories_active_kcal, excluded.active_s,
  excluded.inactive_s, excluded.daily_activity_percent, excluded.inactivity_alerts,
  excluded.updated_at, excluded.origin)
WHERE (
  stored.start_time, stored.end_time, stored.steps, stored.distance_m,
  stored.calories_total_kcal, stored.calories_active_kcal, stored.active_s,
  stored.inactive_s, stored.daily_activity_percent, stored.inactivity_alerts) IS DISTINCT FROM (
  excluded.start_time, excluded.end_time, excluded.steps, excluded.distance_m,
  excluded.calories_total_kcal, excluded.calories_active_kcal, excluded.active_s,
  excluded.inactive_s, excluded.daily_activity_percent, excluded.inactivity_alerts)
