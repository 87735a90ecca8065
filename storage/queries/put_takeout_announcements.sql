-- A line of tables/raw_replies.jsonl waits in the archive, under the name of the reply, for the file
-- with the body. A rebuild does not know the stream of such a row and passes over it.
-- $1 user, $2 lines, $3 now, $4 our word for the origin, $5 what names begin with.
WITH told AS (
  SELECT
    piece.line,
    $5::text || reply.reply_id AS name,
    num_nulls(
      reply.reply_id, reply.origin, reply.stream, reply.request, reply.status, reply.fetched_at) = 0
      AND reply.fetched_at BETWEEN '1900-01-01' AND '2999-12-31' AS is_whole,
    reply.origin
  FROM unnest($2::text[]) AS piece (line)
  CROSS JOIN LATERAL jsonb_populate_record(
    NULL::raw_replies, piece.line::jsonb || jsonb_build_object('user_id', $1::text)) AS reply
), forgotten AS (
  DELETE FROM raw_replies
  WHERE user_id = $1 AND origin = $4 AND request IN (SELECT name FROM told)
)
INSERT INTO raw_replies (
  user_id, origin, stream, request, status, fetched_at, last_seen_at, sha256, body_bytes,
  body_zstd, is_unread)
SELECT
  -- Without a name the row is refused.
  $1, $4, $4, CASE WHEN is_whole THEN name END, 0, $3::timestamptz, $3::timestamptz, '', 0,
  convert_to(line, 'UTF8'), true
FROM told
WHERE origin IS DISTINCT FROM $4
