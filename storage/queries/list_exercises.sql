SELECT
  exercise_id, polar_exercise_id, start_time, utc_offset_minutes, sport, duration_s, distance_m,
  calories_kcal, average_heart_rate_bpm, max_heart_rate_bpm, training_load
FROM exercise
WHERE user_id = $1 AND start_day BETWEEN $2::date AND $3::date
ORDER BY start_time DESC, polar_exercise_id
