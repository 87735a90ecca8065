-- Users, who may write for them, and what was done for them. Every table of a user's own data has
-- user_id first in its primary key, so that it can be distributed by user.

CREATE TABLE users (
  user_id text PRIMARY KEY,
  sealed_token text,
  token_expires_at timestamptz,
  state text NOT NULL CHECK (state IN ('connected', 'needs_reauthorization', 'disconnected')),
  last_synced_at timestamptz,
  last_read_at timestamptz,
  last_new_data_at timestamptz,
  consecutive_failures integer NOT NULL DEFAULT 0,
  not_before timestamptz,
  utc_offset_minutes integer,
  changes bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);

-- One row per shard, always. A write of user data locks its shard's row and compares the epoch, so
-- a former owner's write is refused even if it was under way when the shard changed hands.
CREATE TABLE shard_leases (
  shard integer PRIMARY KEY,
  node text,
  epoch bigint NOT NULL DEFAULT 0,
  taken_at timestamptz,
  -- Null while the lease does not end.
  expires_at timestamptz
);

INSERT INTO shard_leases (shard)
SELECT generate_series(0, 255);

CREATE TABLE sync_logs (
  user_id text NOT NULL,
  job_id uuid NOT NULL,
  started_at timestamptz NOT NULL,
  completed_at timestamptz,
  duration_ms bigint,
  status text NOT NULL CHECK (status IN ('started', 'success', 'partial', 'failed', 'skipped')),
  trigger text NOT NULL,
  priority text NOT NULL,
  error_type text,
  error_message text,
  -- [{"stream": …, "records": …, "calls": …, "error_type": …, "error_message": …}, …]
  streams jsonb NOT NULL DEFAULT '[]',
  records_total integer NOT NULL DEFAULT 0,
  api_calls_made integer NOT NULL DEFAULT 0,
  rate_limit_remaining_15m integer,
  rate_limit_remaining_24h integer,
  rate_limit_limit_15m integer,
  rate_limit_limit_24h integer,
  baselines_recalculated boolean NOT NULL DEFAULT false,
  patterns_detected boolean NOT NULL DEFAULT false,
  insights_generated boolean NOT NULL DEFAULT false,
  PRIMARY KEY (user_id, job_id)
);

-- At most one sync per user, whoever asks.
CREATE UNIQUE INDEX sync_logs_one_open_per_user ON sync_logs (user_id) WHERE status = 'started';
CREATE INDEX sync_logs_newest ON sync_logs (user_id, started_at DESC);

-- Every answer as it came. Rows are never deleted: any table of data can be made from them again.
CREATE TABLE raw_replies (
  user_id text NOT NULL,
  reply_id bigint GENERATED ALWAYS AS IDENTITY,
  origin text NOT NULL,
  stream text NOT NULL,
  request text NOT NULL,
  status integer NOT NULL,
  fetched_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  sha256 bytea NOT NULL,
  body_bytes bigint NOT NULL,
  body_zstd bytea NOT NULL,
  PRIMARY KEY (user_id, reply_id)
);

-- Finds the newest reply of a request.
CREATE INDEX raw_replies_newest ON raw_replies (user_id, origin, request, reply_id DESC);

-- Compressed already; a second compression would only cost time.
ALTER TABLE raw_replies ALTER COLUMN body_zstd SET STORAGE EXTERNAL;
