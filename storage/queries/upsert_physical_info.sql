-- $1 user, $2 time of the answer, then one array per column. Rows that are equal already are left
-- alone, so the number of affected rows is the number of changes.
INSERT INTO physical_info AS stored (
  user_id, recorded_at, weight_kg, height_cm, birthday, gender, maximum_heart_rate_bpm,
  resting_heart_rate_bpm, aerobic_threshold_bpm, anaerobic_threshold_bpm,
  vo2_max_ml_per_min_kg, weight_source, training_background, typical_day, sleep_goal_s,
  created_at, updated_at)
SELECT
  $1, recorded_at, weight_kg, height_cm, birthday, gender, maximum_heart_rate_bpm,
  resting_heart_rate_bpm, aerobic_threshold_bpm, anaerobic_threshold_bpm,
  vo2_max_ml_per_min_kg, weight_source, training_background, typical_day, sleep_goal_s,
  $2::timestamptz, $2::timestamptz
FROM unnest(
  $3::timestamptz[], $4::double precision[], $5::double precision[], $6::date[], $7::text[],
  $8::integer[], $9::integer[], $10::integer[], $11::integer[], $12::integer[], $13::text[],
  $14::text[], $15::text[], $16::integer[])
  AS incoming (
    recorded_at, weight_kg, height_cm, birthday, gender, maximum_heart_rate_bpm,
    resting_heart_rate_bpm, aerobic_threshold_bpm, anaerobic_threshold_bpm,
    vo2_max_ml_per_min_kg, weight_source, training_background, typical_day, sleep_goal_s)
ON CONFLICT (user_id, recorded_at) DO UPDATE SET (
  weight_kg, height_cm, birthday, gender, maximum_heart_rate_bpm, resting_heart_rate_bpm,
  aerobic_threshold_bpm, anaerobic_threshold_bpm, vo2_max_ml_per_min_kg, weight_source,
  training_background, typical_day, sleep_goal_s, updated_at, origin) = (
  excluded.weight_kg, excluded.height_cm, excluded.birthday, excluded.gender,
  excluded.maximum_heart_rate_bpm, excluded.resting_heart_rate_bpm,
  excluded.aerobic_threshold_bpm, excluded.anaerobic_threshold_bpm,
  excluded.vo2_max_ml_per_min_kg, excluded.weight_source, excluded.training_background,
  excluded.typical_day, excluded.sleep_goal_s, excluded.updated_at, excluded.origin)
WHERE (
  stored.weight_kg, stored.height_cm, stored.birthday, stored.gender,
  stored.maximum_heart_rate_bpm, stored.resting_heart_rate_bpm,
  stored.aerobic_threshold_bpm, stored.anaerobic_threshold_bpm,
  stored.vo2_max_ml_per_min_kg, stored.weight_source, stored.training_background,
  stored.typical_day, stored.sleep_goal_s) IS DISTINCT FROM (
  excluded.weight_kg, excluded.height_cm, excluded.birthday, excluded.gender,
  excluded.maximum_heart_rate_bpm, excluded.resting_heart_rate_bpm,
  excluded.aerobic_threshold_bpm, excluded.anaerobic_threshold_bpm,
  excluded.vo2_max_ml_per_min_kg, excluded.weight_source, excluded.training_background,
  excluded.typical_day, excluded.sleep_goal_s)
