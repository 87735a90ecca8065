-- The lock makes a new owner's take-over wait for this transaction, and makes this transaction see
-- a take-over that was faster.
SELECT epoch
FROM shard_leases
WHERE shard = $1::integer AND epoch = $2::bigint
FOR SHARE
