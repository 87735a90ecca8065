UPDATE users
SET
  last_synced_at = CASE WHEN $8::boolean THEN $2::timestamptz ELSE last_synced_at END,
  state = $3,
  consecutive_failures = $4::integer,
  not_before = $5::timestamptz,
  next_loss_at = $7::timestamptz,
  last_new_data_at = CASE WHEN $6::boolean THEN $2::timestamptz ELSE last_new_data_at END,
  updated_at = $2::timestamptz
WHERE user_id = $1
RETURNING
  user_id, state, token_expires_at, last_synced_at, last_read_at, last_new_data_at,
  consecutive_failures, not_before, utc_offset_minutes, next_loss_at, changes,
  sealed_token IS NOT NULL, created_at
