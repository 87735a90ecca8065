SELECT
  day, total_steps, interval_ms, step_times, step_counts, zone_times, zones, inactivity_times
FROM activity_samples
WHERE user_id = $1 AND day = $2::date
