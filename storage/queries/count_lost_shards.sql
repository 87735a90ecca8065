-- $1 holds the epochs that the asker was given, in shard order.
SELECT count(*)
FROM shard_leases
WHERE epoch IS DISTINCT FROM ($1::bigint[])[shard + 1]
