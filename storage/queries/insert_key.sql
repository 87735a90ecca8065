-- No row comes back when the hash, or an active key of the same user and client, is there already.
INSERT INTO api_keys (
  key_hash, key_prefix, name, user_id, client_id, is_active, rate_limit_requests,
  rate_limit_remaining, rate_limit_reset_at, created_at, last_used_at)
VALUES (
  $1, $2, $3, $4::text, $5::text, $6::boolean, $7::integer, $8::integer, $9::timestamptz,
  $10::timestamptz, $11::timestamptz)
ON CONFLICT DO NOTHING
RETURNING
  key_id, key_hash, key_prefix, name, user_id, client_id, is_active, rate_limit_requests,
  rate_limit_remaining, rate_limit_reset_at, created_at, last_used_at
