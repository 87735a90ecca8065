-- Without a token an existing user stays as it is.
INSERT INTO users AS stored (
  user_id, sealed_token, token_expires_at, state, created_at, updated_at)
VALUES ($1, $2::text, $3::timestamptz, 'connected', $4::timestamptz, $4::timestamptz)
ON CONFLICT (user_id) DO UPDATE SET
  sealed_token = coalesce(excluded.sealed_token, stored.sealed_token),
  token_expires_at = CASE WHEN excluded.sealed_token IS NULL
    THEN stored.token_expires_at ELSE excluded.token_expires_at END,
  state = CASE WHEN excluded.sealed_token IS NULL THEN stored.state ELSE 'connected' END,
  consecutive_failures = CASE WHEN excluded.sealed_token IS NULL
    THEN stored.consecutive_failures ELSE 0 END,
  not_before = CASE WHEN excluded.sealed_token IS NULL THEN stored.not_before END,
  updated_at = CASE WHEN excluded.sealed_token IS NULL
    THEN stored.updated_at ELSE excluded.updated_at END
RETURNING
  user_id, state, token_expires_at, last_synced_at, last_read_at, last_new_data_at,
  consecutive_failures, not_before, utc_offset_minutes, next_loss_at, changes,
  sealed_token IS NOT NULL, created_at
