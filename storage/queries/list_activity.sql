SELECT
  day, start_time, end_time, steps, distance_m, calories_total_kcal, calories_active_kcal,
  active_s, inactive_s, daily_activity_percent, inactivity_alerts
FROM activity
WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
ORDER BY day DESC
