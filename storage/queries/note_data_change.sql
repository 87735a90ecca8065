-- The user's zone follows the newest night or training that tells one: who does not sleep with the
-- watch trains with it.
UPDATE users
SET
  changes = changes + 1,
  utc_offset_minutes = coalesce((
    SELECT told.utc_offset_minutes
    FROM (
      (SELECT sleep.utc_offset_minutes, coalesce(sleep.start_time, sleep.day) AS moment
       FROM sleep
       WHERE sleep.user_id = $1 AND sleep.utc_offset_minutes IS NOT NULL
       ORDER BY sleep.day DESC
       LIMIT 1)
      UNION ALL
      (SELECT exercise.utc_offset_minutes, exercise.start_time
       FROM exercise
       WHERE exercise.user_id = $1 AND exercise.utc_offset_minutes IS NOT NULL
       ORDER BY exercise.start_day DESC, exercise.start_time DESC
       LIMIT 1)) AS told
    ORDER BY told.moment DESC
    LIMIT 1), utc_offset_minutes),
  updated_at = $2::timestamptz
WHERE user_id = $1
