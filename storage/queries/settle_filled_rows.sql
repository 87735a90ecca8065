-- Rows that an imported file has left as they were get their time of change back; returns them. The
-- words in braces are put in before the statement is prepared (see fill_statements).
-- $1 user, $2 the rows as keep_rows gave them.
UPDATE {table} AS stored
SET updated_at = filled.updated_at
FROM jsonb_array_elements($2::jsonb) AS list (line)
CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, line) AS filled
WHERE stored.user_id = $1
  AND ({stored_key}) = ({filled_key})
  AND to_jsonb(stored) - 'updated_at' = line - 'updated_at'
