-- Nodes take turns: the lock is held until the transaction ends.
SELECT
  quarter_hour_number, quarter_hour_limit, quarter_hour_is_limit_told, quarter_hour_reset_at,
  quarter_hour_is_reset_told, quarter_hour_previous_reset_at, quarter_hour_taken,
  quarter_hour_open, quarter_hour_late, quarter_hour_told, quarter_hour_drift,
  day_number, day_limit, day_is_limit_told, day_reset_at, day_is_reset_told, day_previous_reset_at,
  day_taken, day_open, day_late, day_told, day_drift,
  closed_until, paced_since, paced_from
FROM polar_budget
FOR UPDATE
