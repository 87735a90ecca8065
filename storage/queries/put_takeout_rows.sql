-- Puts lines of a takeout into one table; rows that are there stay as they are, and rows with times
-- that nobody can mean stay outside. The words in braces
-- are put in before the statement is prepared (see takeout_statements).
-- $1 user, $2 the lines.
INSERT INTO {table} ({columns})
OVERRIDING SYSTEM VALUE
SELECT {values}
FROM unnest($2::text[]) WITH ORDINALITY AS piece (line, number)
CROSS JOIN LATERAL jsonb_populate_record(
  NULL::{table}, piece.line::jsonb || jsonb_build_object('user_id', $1::text)) AS told
WHERE {condition}
  AND {times}
ORDER BY piece.number
ON CONFLICT DO NOTHING
