-- Archives a body under the line that has announced it, unless it is archived already. Returns how
-- many lines had announced it and how many rows were added.
-- $1 user, $2 our word for the origin, $3 the name of the reply, $4 SHA-256, $5 bytes, $6 the body.
WITH announced AS (
  DELETE FROM raw_replies
  WHERE user_id = $1 AND origin = $2 AND request = $3
  RETURNING reply_id, convert_from(body_zstd, 'UTF8')::jsonb AS line
), told AS (
  SELECT reply.*
  FROM (SELECT line FROM announced ORDER BY reply_id DESC LIMIT 1) AS newest
  CROSS JOIN LATERAL jsonb_populate_record(NULL::raw_replies, newest.line) AS reply
), added AS (
  INSERT INTO raw_replies (
    user_id, origin, stream, request, status, fetched_at, last_seen_at, sha256, body_bytes,
    body_zstd, is_unread)
  SELECT
    $1, origin, stream, request, status, fetched_at, coalesce(last_seen_at, fetched_at),
    $4::bytea, $5::bigint, $6::bytea, coalesce(is_unread, false)
  FROM told
  WHERE NOT EXISTS (
    SELECT
    FROM raw_replies AS known
    WHERE known.user_id = $1
      AND known.origin = told.origin
      AND known.request = told.request
      AND known.fetched_at = told.fetched_at
      AND known.status = told.status
      AND known.sha256 = $4::bytea)
  RETURNING reply_id
)
SELECT (SELECT count(*) FROM announced), (SELECT count(*) FROM added)
