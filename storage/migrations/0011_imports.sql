-- Who has told of a row: Polar's API, or a file of Polar's account export that nothing better has
-- followed.
ALTER TABLE sleep ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE nightly_recharge ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE activity ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE activity_samples ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE exercise ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE cardio_load ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE continuous_heart_rate ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE sleepwise_alertness ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE sleepwise_bedtime ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE spo2 ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE ecg ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE body_temperature ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE skin_temperature ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';
ALTER TABLE physical_info ADD COLUMN origin text NOT NULL DEFAULT 'accesslink';

-- Zips with a user's past. What was in them is in the other tables; this is the report.
CREATE TABLE imports (
  user_id text NOT NULL,
  import_id uuid NOT NULL,
  -- In the order of arrival, which clocks need not tell.
  arrival bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL CHECK (kind IN ('polar-flow', 'takeout')),
  status text NOT NULL CHECK (status IN ('queued', 'running', 'finished', 'failed')),
  zip_bytes bigint NOT NULL,
  received_at timestamptz NOT NULL,
  completed_at timestamptz,
  -- Null until the zip was opened.
  files_total bigint,
  files_done bigint NOT NULL DEFAULT 0,
  files_taken bigint NOT NULL DEFAULT 0,
  files_known bigint NOT NULL DEFAULT 0,
  files_ignored bigint NOT NULL DEFAULT 0,
  files_refused bigint NOT NULL DEFAULT 0,
  rows_changed bigint NOT NULL DEFAULT 0,
  error_type text,
  error_message text,
  PRIMARY KEY (user_id, import_id)
);

-- Two zips at once would fill each other's rows in an order that nobody can repeat.
CREATE UNIQUE INDEX imports_one_open_per_user ON imports (user_id)
WHERE status IN ('queued', 'running');
CREATE INDEX imports_newest ON imports (user_id, arrival DESC);

-- What became of each file, in the order in which they were taken.
CREATE TABLE import_files (
  user_id text NOT NULL,
  import_id uuid NOT NULL,
  number bigint NOT NULL,
  name text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('taken', 'known', 'ignored', 'refused')),
  records bigint NOT NULL,
  rows_changed bigint NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (user_id, import_id, number)
);
