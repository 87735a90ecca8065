SELECT day, total_steps, cardinality(step_counts)
FROM activity_samples
WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
ORDER BY day DESC
