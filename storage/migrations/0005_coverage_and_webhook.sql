-- What has been fetched, what may be lost, and how Polar tells us of news.

-- When the first day vanishes at Polar that could still be fetched, as the last sync left it.
ALTER TABLE users ADD COLUMN next_loss_at timestamptz;

-- One ledger per stream. Days are ranges, both ends included: element i of each array belongs
-- together.
CREATE TABLE stream_coverage (
  user_id text NOT NULL,
  stream text NOT NULL,
  settled_from date[] NOT NULL,
  settled_to date[] NOT NULL,
  unconfirmed_from date[] NOT NULL,
  unconfirmed_to date[] NOT NULL,
  fetched_through date,
  newest_data date,
  failed_from date[] NOT NULL,
  failed_to date[] NOT NULL,
  error_type text,
  error_message text,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, stream)
);

-- Whether the details of an exercise are those of what the list says now. Beside the exercises and
-- not in them, because it is about fetching: a rebuild keeps it.
CREATE TABLE exercise_details (
  user_id text NOT NULL,
  polar_exercise_id text NOT NULL,
  -- Digest of what the list last said; NULL while only the details were fetched.
  listed_sha256 bytea,
  -- That digest at the moment when the details were stored; NULL until then.
  detailed_sha256 bytea,
  PRIMARY KEY (user_id, polar_exercise_id)
);

-- Our webhook at Polar; an application has one at most. Polar tells the secret only once.
CREATE TABLE polar_webhook (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  webhook_id text NOT NULL,
  url text NOT NULL,
  sealed_secret text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
