INSERT INTO polar_flow.schema_migrations (version, name, sha256, applied_at)
VALUES ($1::integer, $2, $3, clock_timestamp())
