SELECT shard, epoch
FROM shard_leases
WHERE shard = $1::integer
