-- No row comes back when the user has an open log already.
INSERT INTO sync_logs (user_id, job_id, started_at, status, trigger, priority)
VALUES ($1, $2::uuid, $3::timestamptz, 'started', $4, $5)
ON CONFLICT (user_id) WHERE status = 'started' DO NOTHING
RETURNING job_id
