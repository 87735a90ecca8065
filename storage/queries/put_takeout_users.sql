-- What a takeout knows about the user and this server does not.
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
FROM unnest($2::text[]) AS piece (line)
CROSS JOIN LATERAL jsonb_populate_record(
  NULL::users, piece.line::jsonb || jsonb_build_object('user_id', $1::text)) AS told
WHERE users.user_id = $1
  AND (users.last_synced_at IS NULL AND told.last_synced_at IS NOT NULL
    OR users.last_read_at IS NULL AND told.last_read_at IS NOT NULL
    OR users.last_new_data_at IS NULL AND told.last_new_data_at IS NOT NULL
    OR users.utc_offset_minutes IS NULL AND told.utc_offset_minutes IS NOT NULL
    OR users.next_loss_at IS NULL AND told.next_loss_at IS NOT NULL
    OR told.created_at < users.created_at)
