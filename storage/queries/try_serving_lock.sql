-- Held until the connection ends. A fixed number beside that of lock_migrations; the node is for
-- the person who has to find the other server.
SELECT pg_try_advisory_lock(7307487011467), node
FROM shard_leases
WHERE shard = 0
