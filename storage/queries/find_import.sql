-- The import $2, or the newest one.
SELECT
  user_id, import_id, kind, status, zip_bytes, received_at, completed_at, files_total, files_done,
  files_taken, files_known, files_ignored, files_refused, rows_changed, error_type, error_message
FROM imports
WHERE user_id = $1 AND ($2::uuid IS NULL OR import_id = $2::uuid)
ORDER BY arrival DESC
LIMIT 1
