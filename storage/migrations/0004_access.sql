-- Who may ask, and the short-lived records of the OAuth exchange. Secrets are kept as hashes.

CREATE TABLE api_keys (
  key_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key_hash text NOT NULL UNIQUE,
  key_prefix text NOT NULL,
  name text NOT NULL,
  -- Null for a service key, which may read every user.
  user_id text,
  client_id text,
  is_active boolean NOT NULL,
  rate_limit_requests integer NOT NULL,
  rate_limit_remaining integer NOT NULL,
  rate_limit_reset_at timestamptz,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz
);

-- One active key per user and app: exchanging again replaces that app's key and no other.
CREATE UNIQUE INDEX api_keys_one_per_client ON api_keys (user_id, client_id)
WHERE is_active AND client_id IS NOT NULL;

CREATE TABLE oauth_states (
  state_hash text PRIMARY KEY,
  callback_url text NOT NULL,
  redirect_uri text NOT NULL,
  client_id text,
  expires_at timestamptz NOT NULL
);

CREATE INDEX oauth_states_by_expiry ON oauth_states (expires_at);

CREATE TABLE temporary_codes (
  code_hash text PRIMARY KEY,
  user_id text NOT NULL,
  client_id text,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);

CREATE INDEX temporary_codes_by_expiry ON temporary_codes (expires_at);

-- Settings that are made in the admin page. At most one row.
CREATE TABLE app_settings (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  polar_client_id text,
  sealed_polar_client_secret text,
  updated_at timestamptz NOT NULL
);
