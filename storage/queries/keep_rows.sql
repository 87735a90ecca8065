-- The rows of one table that an imported file is about, as they are before it fills them. The words in
-- braces are put in before the statement is prepared (see fill_statements).
-- $1 user, $2 the keys, as a list of objects.
SELECT coalesce(jsonb_agg(to_jsonb(stored)), '[]')
FROM {table} AS stored
WHERE user_id = $1
  AND ({key}) IN (SELECT {key} FROM jsonb_populate_recordset(NULL::{table}, $2::jsonb))
