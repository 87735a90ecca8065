-- Returns a row when the newest reply of this request had the same status and body.
UPDATE raw_replies AS known
SET last_seen_at = greatest(known.last_seen_at, $4::timestamptz)
FROM (
  SELECT reply_id
  FROM raw_replies
  WHERE user_id = $1 AND origin = $2 AND request = $3
  ORDER BY reply_id DESC
  LIMIT 1
) AS newest
WHERE known.user_id = $1
  AND known.reply_id = newest.reply_id
  AND known.status = $5::integer
  AND known.sha256 = $6::bytea
RETURNING known.reply_id
