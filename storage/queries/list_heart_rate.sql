SELECT day, heart_rate_min_bpm, heart_rate_avg_bpm, heart_rate_max_bpm, sample_count
FROM continuous_heart_rate
WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
ORDER BY day DESC
