-- $2 is the browser that came back: another one does not use the state up.
DELETE FROM oauth_states
WHERE state_hash = $1 AND browser_hash = $2
RETURNING state_hash, callback_url, redirect_uri, client_id, browser_hash, expires_at
