SELECT
  day, heart_rate_min_bpm, heart_rate_avg_bpm, heart_rate_max_bpm, sample_count, sample_seconds,
  samples_bpm
FROM continuous_heart_rate
WHERE user_id = $1 AND day = $2::date
