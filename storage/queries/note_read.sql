UPDATE users
SET last_read_at = greatest(last_read_at, $2::timestamptz)
WHERE user_id = $1
