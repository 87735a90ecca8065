DELETE FROM oauth_states
WHERE state_hash = $1
RETURNING state_hash, callback_url, redirect_uri, client_id, expires_at
