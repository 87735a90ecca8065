UPDATE api_keys AS stored
SET
  rate_limit_remaining = usage.remaining,
  rate_limit_reset_at = usage.reset_at,
  last_used_at = greatest(stored.last_used_at, usage.last_used_at)
FROM unnest($1::bigint[], $2::integer[], $3::timestamptz[], $4::timestamptz[])
  AS usage (key_id, remaining, reset_at, last_used_at)
WHERE stored.key_id = usage.key_id
