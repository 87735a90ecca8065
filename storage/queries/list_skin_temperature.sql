SELECT day, temperature_celsius, deviation_from_baseline_celsius
FROM skin_temperature
WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
ORDER BY day DESC
