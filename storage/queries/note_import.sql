UPDATE imports
SET
  status = $3,
  completed_at = $4::timestamptz,
  files_total = $5::bigint,
  files_done = $6::bigint,
  files_taken = $7::bigint,
  files_known = $8::bigint,
  files_ignored = $9::bigint,
  files_refused = $10::bigint,
  rows_changed = $11::bigint,
  error_type = $12,
  error_message = $13
WHERE user_id = $1 AND import_id = $2::uuid
RETURNING import_id
