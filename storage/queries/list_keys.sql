SELECT
  key_id, key_hash, key_prefix, name, user_id, client_id, is_active, rate_limit_requests,
  rate_limit_remaining, rate_limit_reset_at, created_at, last_used_at
FROM api_keys
ORDER BY key_id
