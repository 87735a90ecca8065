UPDATE sync_logs
SET
  status = 'failed',
  completed_at = greatest(started_at, $1::timestamptz),
  duration_ms = greatest(0, extract(epoch FROM $1::timestamptz - started_at) * 1000),
  error_type = 'internal',
  error_message = 'interrupted'
WHERE status = 'started'
RETURNING user_id
