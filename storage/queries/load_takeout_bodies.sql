-- Bodies of the archive behind $2, up to the one that the key $3 names: those of which a takeout has
-- written the line. $1 user, $4 bytes of bodies at most; but one body in any case.
SELECT reply_id, body_bytes, body_zstd
FROM (
  SELECT
    following.*,
    row_number() OVER in_order AS place,
    sum(body_bytes) OVER in_order AS bytes_so_far
  FROM (
    SELECT reply_id, body_bytes, body_zstd
    FROM raw_replies
    WHERE user_id = $1
      AND reply_id > $2::bigint
      AND reply_id <= ($3::jsonb ->> 'reply_id')::bigint
      AND origin <> 'takeout'
    ORDER BY reply_id
    -- Bodies are rarely below a kilobyte.
    LIMIT 1000
  ) AS following
  WINDOW in_order AS (ORDER BY reply_id ROWS UNBOUNDED PRECEDING)
) AS measured
WHERE place = 1 OR bytes_so_far <= $4::bigint
ORDER BY reply_id
