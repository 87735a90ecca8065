-- $1 user, $2 import, $3 how many files came before these, then one array per column.
INSERT INTO import_files (
  user_id, import_id, number, name, outcome, records, rows_changed, reason)
SELECT $1, $2::uuid, $3::bigint + place, name, outcome, records, rows_changed, reason
FROM unnest($4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[]) WITH ORDINALITY
  AS file (name, outcome, records, rows_changed, reason, place)
ON CONFLICT DO NOTHING
