-- A user whose syncs were cut short three times in a row, without one that ended, backs off: it may
-- be their data that bring the server down. From a quarter of an hour on, doubled each time, to a
-- day at most.
WITH closed AS (
  UPDATE sync_logs
  SET
    status = 'failed',
    completed_at = greatest(started_at, $1::timestamptz),
    duration_ms = greatest(0, extract(epoch FROM $1::timestamptz - started_at) * 1000),
    error_type = 'internal',
    error_message = 'interrupted'
  WHERE status = 'started'
  RETURNING user_id
), counted AS (
  UPDATE users
  SET
    consecutive_failures = consecutive_failures + 1,
    not_before = CASE
      WHEN consecutive_failures < 3 THEN not_before
      ELSE greatest(not_before, $1::timestamptz + least(
        interval '15 minutes' * 2 ^ least(consecutive_failures - 3, 7), interval '1 day'))
    END
  FROM closed
  WHERE users.user_id = closed.user_id
)
SELECT user_id
FROM closed
