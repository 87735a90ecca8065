-- An app without a client id is known by the name that its key was given.
UPDATE api_keys
SET is_active = false
WHERE is_active
  AND user_id = $1
  AND client_id IS NOT DISTINCT FROM $2::text
  AND (client_id IS NOT NULL OR name = $3)
