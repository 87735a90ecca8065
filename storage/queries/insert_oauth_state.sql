INSERT INTO oauth_states
  (state_hash, callback_url, redirect_uri, client_id, browser_hash, expires_at)
VALUES ($1, $2, $3, $4::text, $5, $6::timestamptz)
