-- Returns a row when a file with this content is archived: whether this is the first time that it
-- could be read. $6 says whether it can be read now.
UPDATE raw_replies AS known
SET
  last_seen_at = greatest(known.last_seen_at, $4::timestamptz),
  is_unread = known.is_unread AND NOT $6::boolean
FROM (
  SELECT reply_id, is_unread
  FROM raw_replies
  WHERE user_id = $1 AND origin = $2 AND request = $3 AND sha256 = $5::bytea
  ORDER BY reply_id DESC
  LIMIT 1
) AS newest
WHERE known.user_id = $1 AND known.reply_id = newest.reply_id
RETURNING newest.is_unread AND NOT known.is_unread
