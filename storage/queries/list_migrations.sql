SELECT version, name, sha256
FROM polar_flow.schema_migrations
ORDER BY version
