SELECT
  day, status, cardio_load, strain, tolerance, ratio, level_very_low, level_low, level_medium,
  level_high, level_very_high
FROM cardio_load
WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
ORDER BY day DESC
