-- What was computed for a user. All of it can be computed again from the tables of data.

CREATE TABLE user_baselines (
  user_id text NOT NULL,
  metric text NOT NULL,
  baseline_value double precision,
  baseline_7d double precision,
  baseline_30d double precision,
  baseline_90d double precision,
  median double precision,
  q1 double precision,
  q3 double precision,
  iqr double precision,
  std_dev double precision,
  minimum double precision,
  maximum double precision,
  lower_bound double precision,
  upper_bound double precision,
  sample_count integer NOT NULL,
  status text NOT NULL,
  data_start date,
  data_end date,
  calculated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, metric)
);

-- The newest insights, one row per user. `parts` holds the members that are lists or objects.
CREATE TABLE analytics_snapshot (
  user_id text PRIMARY KEY,
  generated_at timestamptz NOT NULL,
  data_freshness date,
  data_age_days integer NOT NULL,
  data_days integer NOT NULL,
  status text NOT NULL,
  parts jsonb NOT NULL
);

CREATE TABLE pattern_analyses (
  user_id text NOT NULL,
  pattern_type text NOT NULL,
  pattern_name text NOT NULL,
  metrics_involved jsonb NOT NULL,
  analysis_window_days integer NOT NULL,
  score double precision,
  confidence double precision,
  significance text NOT NULL,
  details jsonb,
  sample_count integer NOT NULL,
  analyzed_at timestamptz NOT NULL,
  valid_until timestamptz,
  PRIMARY KEY (user_id, pattern_type, pattern_name)
);
