-- Returns a row when the newest reply of this request had the same status and body: whether
-- this is the first time that it could be read. $7 says whether it can be read now.
UPDATE raw_replies AS known
SET
  last_seen_at = greatest(known.last_seen_at, $4::timestamptz),
  is_unread = known.is_unread AND NOT $7::boolean
FROM (
  SELECT reply_id, is_unread
  FROM raw_replies
  WHERE user_id = $1 AND origin = $2 AND request = $3
  ORDER BY reply_id DESC
  LIMIT 1
) AS newest
WHERE known.user_id = $1
  AND known.reply_id = newest.reply_id
  AND known.status = $5::integer
  AND known.sha256 = $6::bytea
RETURNING newest.is_unread AND NOT known.is_unread
