-- $3 files at most.
SELECT name, outcome, records, rows_changed, reason
FROM import_files
WHERE user_id = $1 AND import_id = $2::uuid
ORDER BY number
LIMIT $3::bigint
