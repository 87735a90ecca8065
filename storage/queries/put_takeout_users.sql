-- What a takeout knows about the user and this server does not. Times that nobody can mean are not
-- known: one of them would stop whoever lists the users.
-- $1 user, $2 lines, $3 now.
UPDATE users
SET
  last_synced_at = coalesce(users.last_synced_at, told.last_synced_at),
  last_read_at = coalesce(users.last_read_at, told.last_read_at),
  last_new_data_at = coalesce(users.last_new_data_at, told.last_new_data_at),
  utc_offset_minutes = coalesce(users.utc_offset_minutes, told.utc_offset_minutes),
  next_loss_at = coalesce(users.next_loss_at, told.next_loss_at),
  created_at = least(users.created_at, told.created_at),
  updated_at = $3::timestamptz
FROM (
  SELECT
    CASE WHEN line.last_synced_at BETWEEN '1900-01-01' AND '2999-12-31'
      THEN line.last_synced_at END AS last_synced_at,
    CASE WHEN line.last_read_at BETWEEN '1900-01-01' AND '2999-12-31'
      THEN line.last_read_at END AS last_read_at,
    CASE WHEN line.last_new_data_at BETWEEN '1900-01-01' AND '2999-12-31'
      THEN line.last_new_data_at END AS last_new_data_at,
    CASE WHEN line.utc_offset_minutes BETWEEN -1440 AND 1440
      THEN line.utc_offset_minutes END AS utc_offset_minutes,
    CASE WHEN line.next_loss_at BETWEEN '1900-01-01' AND '2999-12-31'
      THEN line.next_loss_at END AS next_loss_at,
    CASE WHEN line.created_at BETWEEN '1900-01-01' AND '2999-12-31'
      THEN line.created_at END AS created_at
  FROM unnest($2::text[]) AS piece (text)
  CROSS JOIN LATERAL jsonb_populate_record(
    NULL::users, piece.text::jsonb || jsonb_build_object('user_id', $1::text)) AS line
) AS told
WHERE users.user_id = $1
  AND (users.last_synced_at IS NULL AND told.last_synced_at IS NOT NULL
    OR users.last_read_at IS NULL AND told.last_read_at IS NOT NULL
    OR users.last_new_data_at IS NULL AND told.last_new_data_at IS NOT NULL
    OR users.utc_offset_minutes IS NULL AND told.utc_offset_minutes IS NOT NULL
    OR users.next_loss_at IS NULL AND told.next_loss_at IS NOT NULL
    OR told.created_at < users.created_at)
