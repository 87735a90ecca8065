-- $2 is how many states at most.
SELECT
  recorded_at, weight_kg, height_cm, birthday, gender, maximum_heart_rate_bpm,
  resting_heart_rate_bpm, aerobic_threshold_bpm, anaerobic_threshold_bpm, vo2_max_ml_per_min_kg,
  weight_source, training_background, typical_day, sleep_goal_s
FROM physical_info
WHERE user_id = $1
ORDER BY recorded_at DESC
LIMIT $2::integer
