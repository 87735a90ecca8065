-- After an imported file was written over the rows of one table: what the rows told before is told
-- again, so that the file has filled in only what was unknown. The words in braces are put in before
-- the statement is prepared (see fill_statements).
-- $1 user, $2 the keys of the file's rows as a list of objects, $3 the rows as keep_rows gave them,
-- $4 the origin of rows that are new.
WITH kept AS MATERIALIZED (
  SELECT
    {key},
    line,
    (SELECT jsonb_object_agg(name, value)
     FROM jsonb_each(line - 'updated_at') AS member (name, value)
     WHERE value NOT IN ('null', '[]')
       -- Our own word for "nothing was sent".
       AND NOT (name = 'has_load_pro' AND value = 'false')) AS told
  FROM jsonb_array_elements($3::jsonb) AS list (line)
  CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, line) AS old
), incoming AS MATERIALIZED (
  SELECT {key}
  FROM jsonb_populate_recordset(NULL::{table}, $2::jsonb)
)
UPDATE {table} AS stored
SET ({columns}) = (
  SELECT {columns}
  FROM jsonb_populate_record(stored, CASE
    WHEN filled.line IS NULL THEN jsonb_build_object('origin', $4::text)
    WHEN {yields} THEN filled.told || jsonb_strip_nulls(to_jsonb(stored))
      || jsonb_build_object('origin', $4::text)
    ELSE filled.told END) AS merged)
FROM (SELECT * FROM incoming LEFT JOIN kept USING ({key})) AS filled
WHERE stored.user_id = $1
  AND ({stored_key}) = ({filled_key})
