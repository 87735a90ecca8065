-- Locks in shard order, so that two nodes that take all at once wait for each other.
WITH locked AS (
  SELECT shard
  FROM shard_leases
  ORDER BY shard
  FOR UPDATE
), taken AS (
  UPDATE shard_leases AS lease
  SET node = $1, epoch = lease.epoch + 1, taken_at = $2::timestamptz, expires_at = NULL
  FROM locked
  WHERE lease.shard = locked.shard
  RETURNING lease.shard, lease.epoch
)
SELECT epoch
FROM taken
ORDER BY shard
