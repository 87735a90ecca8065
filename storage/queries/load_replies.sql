-- $1 user, $2 the last reply that was seen, $3 replies at most, $4 bytes of bodies at most; but one
-- reply in any case.
SELECT
  reply_id, origin, stream, request, status, fetched_at, body_bytes, body_zstd, is_unread
FROM (
  SELECT
    next.*,
    row_number() OVER in_order AS place,
    sum(body_bytes) OVER in_order AS bytes_so_far
  FROM (
    SELECT
      reply_id, origin, stream, request, status, fetched_at, body_bytes, body_zstd, is_unread
    FROM raw_replies
    WHERE user_id = $1 AND reply_id > $2::bigint
    ORDER BY reply_id
    LIMIT $3::integer
  ) AS next
  WINDOW in_order AS (ORDER BY reply_id ROWS UNBOUNDED PRECEDING)
) AS measured
WHERE place = 1 OR bytes_so_far <= $4::bigint
ORDER BY reply_id
