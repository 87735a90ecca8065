SELECT job_id
FROM sync_logs
WHERE user_id = $1 AND status = 'started'
