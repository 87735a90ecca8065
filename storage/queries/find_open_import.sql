SELECT import_id
FROM imports
WHERE user_id = $1 AND status IN ('queued', 'running')
