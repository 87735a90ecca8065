UPDATE users
SET
  sealed_token = NULL,
  token_expires_at = NULL,
  state = 'disconnected',
  updated_at = $2::timestamptz
WHERE user_id = $1
RETURNING
  user_id, state, token_expires_at, last_synced_at, last_read_at, last_new_data_at,
  consecutive_failures, not_before, utc_offset_minutes, next_loss_at, changes,
  sealed_token IS NOT NULL, created_at
