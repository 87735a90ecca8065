-- What a migration must know before it touches anything. Views and sequences of that name do not
-- count.
SELECT
  current_setting('server_encoding') = 'UTF8',
  EXISTS (SELECT FROM pg_class WHERE relname = 'alembic_version' AND relkind IN ('r', 'p')),
  EXISTS (SELECT FROM pg_namespace WHERE nspname = 'polar_flow'),
  to_regclass('polar_flow.schema_migrations') IS NOT NULL
