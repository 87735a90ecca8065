UPDATE api_keys
SET is_active = false
WHERE key_id = $1::bigint
