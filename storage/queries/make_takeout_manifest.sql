-- $1 user, $2 format, $3 our version. The clock is the database's.
SELECT json_build_object(
  'format', $2::integer,
  'server_version', $3::text,
  'schema_version', (SELECT max(version) FROM schema_migrations),
  'user_id', user_id,
  'taken_at', clock_timestamp())::text
FROM users
WHERE user_id = $1
