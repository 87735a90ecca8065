-- Rows of one table of a user as lines of JSON, in the order of the primary key. The words in braces
-- are put in before the statement is prepared (see takeout_statements): the table, its primary key
-- but for the user, the same of the row before, and which rows leave this server.
-- $1 user, $2 the key of the last row that was taken, $3 bytes that are enough, $4 nulls for the
-- columns that stay here.
-- Row by row, so that no line is written that does not fit: one may be megabytes.
WITH RECURSIVE page AS (
  SELECT {key}, NULL::text AS line, 0::bigint AS bytes_so_far
  FROM jsonb_populate_record(NULL::{table}, $2::jsonb)
  UNION ALL
  SELECT following.*, page.bytes_so_far + octet_length(following.line)
  FROM page
  CROSS JOIN LATERAL (
    -- A plan that was made while the table was small may sort: the place is sorted then, and not a
    -- line of megabytes.
    SELECT {key}, row_to_json(jsonb_populate_record(stored, $4::jsonb))::text
    FROM {table} AS stored
    WHERE stored.ctid = (
      SELECT ctid
      FROM {table}
      WHERE user_id = $1 AND ({key}) > ({key_before}) AND {condition}
      ORDER BY {key}
      LIMIT 1)) AS following ({key}, line)
  WHERE page.bytes_so_far < $3::bigint
)
SELECT line, (SELECT to_jsonb(last) FROM (SELECT {key_before}) AS last)
FROM page
WHERE line IS NOT NULL
ORDER BY bytes_so_far
