SELECT
  user_id, import_id, kind, status, zip_bytes, received_at, completed_at, files_total, files_done,
  files_taken, files_known, files_ignored, files_refused, rows_changed, error_type, error_message
FROM imports
WHERE status IN ('queued', 'running')
ORDER BY arrival
