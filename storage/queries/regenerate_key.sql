-- $1 key, $2 hash and $3 prefix of the new one, $4 now. The row stays, so that its name, its app and
-- its limit do.
UPDATE api_keys
SET
  key_hash = $2,
  key_prefix = $3,
  created_at = $4::timestamptz,
  last_used_at = NULL,
  rate_limit_remaining = rate_limit_requests,
  rate_limit_reset_at = NULL
WHERE key_id = $1::bigint AND is_active
RETURNING
  key_id, key_hash, key_prefix, name, user_id, client_id, is_active, rate_limit_requests,
  rate_limit_remaining, rate_limit_reset_at, created_at, last_used_at
