-- Polar's request budget, which all nodes share: one row, because permits of both windows are
-- taken together. Counts of permits and calls; the server's sources say how they are used.
CREATE TABLE polar_budget (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  quarter_hour_number bigint NOT NULL DEFAULT 0,
  quarter_hour_limit bigint NOT NULL DEFAULT 0,
  quarter_hour_is_limit_told boolean NOT NULL DEFAULT false,
  quarter_hour_reset_at timestamptz,
  quarter_hour_is_reset_told boolean NOT NULL DEFAULT false,
  quarter_hour_previous_reset_at timestamptz,
  quarter_hour_taken bigint NOT NULL DEFAULT 0,
  quarter_hour_open bigint NOT NULL DEFAULT 0,
  quarter_hour_late bigint NOT NULL DEFAULT 0,
  quarter_hour_told bigint NOT NULL DEFAULT 0,
  quarter_hour_drift bigint NOT NULL DEFAULT 0,
  day_number bigint NOT NULL DEFAULT 0,
  day_limit bigint NOT NULL DEFAULT 0,
  day_is_limit_told boolean NOT NULL DEFAULT false,
  day_reset_at timestamptz,
  day_is_reset_told boolean NOT NULL DEFAULT false,
  day_previous_reset_at timestamptz,
  day_taken bigint NOT NULL DEFAULT 0,
  day_open bigint NOT NULL DEFAULT 0,
  day_late bigint NOT NULL DEFAULT 0,
  day_told bigint NOT NULL DEFAULT 0,
  day_drift bigint NOT NULL DEFAULT 0,
  closed_until timestamptz,
  paced_since timestamptz,
  paced_from bigint NOT NULL DEFAULT 0
);

INSERT INTO polar_budget DEFAULT VALUES;
