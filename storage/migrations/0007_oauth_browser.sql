-- Only the browser that began an authorization may end it.

-- What is under way lives for minutes and knows no browser.
DELETE FROM oauth_states;

-- SHA-256 hex of the secret in the browser's cookie.
ALTER TABLE oauth_states ADD COLUMN browser_hash text NOT NULL;
