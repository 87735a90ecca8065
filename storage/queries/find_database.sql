SELECT datname
FROM pg_database
WHERE datname = 'polar_flow'
