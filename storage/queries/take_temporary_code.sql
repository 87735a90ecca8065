-- The client must be the one the code is bound to, and none if it is bound to none.
UPDATE temporary_codes
SET used_at = $3::timestamptz
WHERE code_hash = $1
  AND used_at IS NULL
  AND expires_at > $3::timestamptz
  AND client_id IS NOT DISTINCT FROM $2::text
RETURNING code_hash, user_id, client_id, expires_at
