-- The user's zone follows the newest night that tells one.
UPDATE users
SET
  changes = changes + 1,
  utc_offset_minutes = coalesce((
    SELECT sleep.utc_offset_minutes
    FROM sleep
    WHERE sleep.user_id = $1 AND sleep.utc_offset_minutes IS NOT NULL
    ORDER BY sleep.day DESC
    LIMIT 1), utc_offset_minutes),
  updated_at = $2::timestamptz
WHERE user_id = $1
