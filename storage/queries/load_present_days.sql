-- $1 user, $2 first day, $3 last day. Per stream the days that have rows, and the ledger. A moment is on a day of the clock that it came with, else of
-- the user's. No clock on earth is further than 14 hours from UTC, so the moments of those days lie
-- within a day of them: with that the indexes find them.
WITH clock AS (
  SELECT coalesce(utc_offset_minutes, 0) AS offset_minutes
  FROM users
  WHERE user_id = $1
), moments AS (
  SELECT 'sleepwise_alertness' AS stream, period_start_time AS moment,
    sleep_timezone_offset_minutes AS offset_minutes
  FROM sleepwise_alertness
  WHERE user_id = $1
    AND period_start_time >= $2::date - 1 AND period_start_time < $3::date + 2
  UNION ALL
  SELECT 'sleepwise_bedtime', period_start_time, sleep_timezone_offset_minutes
  FROM sleepwise_bedtime
  WHERE user_id = $1
    AND period_start_time >= $2::date - 1 AND period_start_time < $3::date + 2
  UNION ALL
  SELECT 'spo2', test_time, utc_offset_minutes
  FROM spo2
  WHERE user_id = $1 AND test_time >= $2::date - 1 AND test_time < $3::date + 2
  UNION ALL
  SELECT 'ecg', test_time, utc_offset_minutes
  FROM ecg
  WHERE user_id = $1 AND test_time >= $2::date - 1 AND test_time < $3::date + 2
  UNION ALL
  SELECT 'body_temperature', start_time, NULL
  FROM body_temperature
  WHERE user_id = $1 AND start_time >= $2::date - 1 AND start_time < $3::date + 2
), present AS (
  SELECT 'sleep' AS stream, day FROM sleep
  WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
  UNION ALL
  SELECT 'recharge', day FROM nightly_recharge
  WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
  UNION ALL
  SELECT 'activity', day FROM activity
  WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
  UNION ALL
  SELECT 'activity_samples', day FROM activity_samples
  WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
  UNION ALL
  SELECT 'exercises', start_day FROM exercise
  WHERE user_id = $1 AND start_day BETWEEN $2::date AND $3::date
  UNION ALL
  SELECT 'cardio_load', day FROM cardio_load
  WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
  UNION ALL
  SELECT 'continuous_hr', day FROM continuous_heart_rate
  WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
  UNION ALL
  SELECT 'skin_temperature', day FROM skin_temperature
  WHERE user_id = $1 AND day BETWEEN $2::date AND $3::date
  UNION ALL
  SELECT moments.stream, (
    (moments.moment AT TIME ZONE 'UTC')
    + coalesce(moments.offset_minutes, clock.offset_minutes) * interval '1 minute')::date
  FROM moments
  CROSS JOIN clock
)
SELECT
  stream, coalesce(found.days, '{}'), ledger.user_id IS NOT NULL, ledger.settled_from,
  ledger.settled_to, ledger.unconfirmed_from, ledger.unconfirmed_to, ledger.unconfirmed_on,
  ledger.unconfirmed_at, ledger.fetched_through, ledger.newest_data, ledger.failed_from,
  ledger.failed_to, ledger.failed_type, ledger.failed_message, ledger.reopened, ledger.updated_at
FROM (
  SELECT stream, array_agg(DISTINCT day ORDER BY day) AS days
  FROM present
  WHERE day BETWEEN $2::date AND $3::date
  GROUP BY stream
) AS found
FULL JOIN (SELECT * FROM stream_coverage WHERE user_id = $1) AS ledger USING (stream)
