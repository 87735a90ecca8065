-- $1 how many of the newest stay.
DELETE FROM oauth_states
WHERE state_hash IN (
  SELECT state_hash
  FROM oauth_states
  ORDER BY expires_at DESC, state_hash
  OFFSET $1::bigint)
