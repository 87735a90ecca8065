SELECT
  period_start_time, period_end_time, sleep_period_start_time, sleep_period_end_time,
  sleep_timezone_offset_minutes, grade, grade_validity_s, grade_type, grade_classification,
  validity, sleep_inertia, sleep_type, result_type, hourly_start_times, hourly_end_times,
  hourly_levels, hourly_validities
FROM sleepwise_alertness
WHERE user_id = $1 AND period_start_time = $2::timestamptz
