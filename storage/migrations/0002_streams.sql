-- What Polar tells, one table per stream. Natural keys; an unknown value is NULL, never a sentinel;
-- units are in the names. Series are parallel arrays: element i of each belongs together.

CREATE TABLE sleep (
  user_id text NOT NULL,
  day date NOT NULL,
  start_time timestamptz,
  end_time timestamptz,
  utc_offset_minutes integer,
  device_id text,
  light_sleep_s integer,
  deep_sleep_s integer,
  rem_sleep_s integer,
  unrecognized_sleep_s integer,
  interruptions_s integer,
  short_interruptions_s integer,
  long_interruptions_s integer,
  sleep_goal_s integer,
  sleep_score integer,
  sleep_rating integer,
  sleep_charge integer,
  sleep_cycles integer,
  continuity double precision,
  continuity_class integer,
  group_duration_score double precision,
  group_solidity_score double precision,
  group_regeneration_score double precision,
  -- Minutes count from local midnight at the start of the day; the evening before is negative.
  hypnogram_minutes integer[] NOT NULL,
  hypnogram_stages double precision[] NOT NULL,
  heart_rate_minutes integer[] NOT NULL,
  heart_rate_samples_bpm double precision[] NOT NULL,
  -- Derived from the samples, so that lists need not read them.
  heart_rate_avg_bpm double precision,
  heart_rate_min_bpm double precision,
  heart_rate_max_bpm double precision,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, day)
);

CREATE TABLE nightly_recharge (
  user_id text NOT NULL,
  day date NOT NULL,
  heart_rate_avg_bpm integer,
  beat_to_beat_avg_ms integer,
  hrv_rmssd_ms integer,
  breathing_rate_avg_per_min double precision,
  recharge_status integer,
  ans_charge double precision,
  ans_charge_status integer,
  hrv_minutes integer[] NOT NULL,
  hrv_samples_ms double precision[] NOT NULL,
  breathing_minutes integer[] NOT NULL,
  breathing_samples_per_min double precision[] NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, day)
);

CREATE TABLE activity (
  user_id text NOT NULL,
  day date NOT NULL,
  -- The user's wall clock.
  start_time timestamp,
  end_time timestamp,
  steps integer,
  distance_m double precision,
  calories_total_kcal integer,
  calories_active_kcal integer,
  active_s integer,
  inactive_s integer,
  daily_activity_percent double precision,
  inactivity_alerts integer,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, day)
);

CREATE TABLE activity_samples (
  user_id text NOT NULL,
  day date NOT NULL,
  total_steps integer,
  interval_ms integer,
  -- The user's wall clock.
  step_times timestamp[] NOT NULL,
  step_counts integer[] NOT NULL,
  zone_times timestamp[] NOT NULL,
  zones text[] NOT NULL,
  inactivity_times timestamp[] NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, day)
);

CREATE TABLE exercise (
  user_id text NOT NULL,
  polar_exercise_id text NOT NULL,
  -- Our public id, a UUIDv5 of the key.
  exercise_id uuid NOT NULL,
  start_time timestamptz NOT NULL,
  utc_offset_minutes integer,
  -- The day on the user's wall clock at the start.
  start_day date NOT NULL GENERATED ALWAYS AS (
    ((start_time AT TIME ZONE 'UTC')
     + coalesce(utc_offset_minutes, 0) * interval '1 minute')::date) STORED,
  upload_time timestamptz,
  duration_s double precision,
  sport text,
  detailed_sport text,
  device text,
  device_id text,
  distance_m double precision,
  calories_kcal integer,
  average_heart_rate_bpm integer,
  max_heart_rate_bpm integer,
  training_load double precision,
  running_index integer,
  fat_percent integer,
  carbohydrate_percent integer,
  protein_percent integer,
  has_route boolean,
  club_id bigint,
  club_name text,
  -- Training Load Pro; the flag tells "not sent" from "sent without values".
  has_load_pro boolean NOT NULL,
  pro_cardio_load double precision,
  pro_cardio_load_interpretation text,
  pro_muscle_load double precision,
  pro_muscle_load_interpretation text,
  pro_perceived_load double precision,
  pro_perceived_load_interpretation text,
  pro_user_rpe text,
  -- Details, NULL until they were fetched; a list without details leaves them alone.
  -- [{"index": …, "lower_limit_bpm": …, "upper_limit_bpm": …, "in_zone_s": …}, …]
  heart_rate_zones jsonb,
  -- [{"sample_type": …, "recording_rate_s": …, "values": […]}, …]
  samples jsonb,
  -- [{"latitude": …, "longitude": …, "time_s": …, "satellites": …, "fix": …}, …]
  route jsonb,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, polar_exercise_id)
);

CREATE INDEX exercise_by_day ON exercise (user_id, start_day DESC);
CREATE UNIQUE INDEX exercise_by_public_id ON exercise (user_id, exercise_id);

CREATE TABLE cardio_load (
  user_id text NOT NULL,
  day date NOT NULL,
  status text,
  cardio_load double precision,
  strain double precision,
  tolerance double precision,
  ratio double precision,
  level_very_low double precision,
  level_low double precision,
  level_medium double precision,
  level_high double precision,
  level_very_high double precision,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, day)
);

CREATE TABLE continuous_heart_rate (
  user_id text NOT NULL,
  day date NOT NULL,
  sample_count integer NOT NULL,
  heart_rate_min_bpm integer,
  heart_rate_avg_bpm double precision,
  heart_rate_max_bpm integer,
  -- Seconds since local midnight.
  sample_seconds integer[] NOT NULL,
  samples_bpm smallint[] NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, day)
);

CREATE TABLE sleepwise_alertness (
  user_id text NOT NULL,
  period_start_time timestamptz NOT NULL,
  period_end_time timestamptz,
  sleep_period_start_time timestamptz,
  sleep_period_end_time timestamptz,
  sleep_timezone_offset_minutes integer,
  grade double precision,
  grade_validity_s integer,
  grade_type text,
  grade_classification text,
  validity text,
  sleep_inertia text,
  sleep_type text,
  result_type text,
  hourly_start_times timestamptz[] NOT NULL,
  hourly_end_times timestamptz[] NOT NULL,
  hourly_levels text[] NOT NULL,
  hourly_validities text[] NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, period_start_time)
);

CREATE TABLE sleepwise_bedtime (
  user_id text NOT NULL,
  period_start_time timestamptz NOT NULL,
  period_end_time timestamptz,
  preferred_sleep_start_time timestamptz,
  preferred_sleep_end_time timestamptz,
  sleep_gate_start_time timestamptz,
  sleep_gate_end_time timestamptz,
  sleep_timezone_offset_minutes integer,
  validity text,
  quality text,
  result_type text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, period_start_time)
);

CREATE TABLE spo2 (
  user_id text NOT NULL,
  device_id text NOT NULL,
  test_time timestamptz NOT NULL,
  utc_offset_minutes integer,
  test_status text,
  blood_oxygen_percent integer,
  spo2_class text,
  spo2_deviation text,
  quality_percent double precision,
  average_heart_rate_bpm integer,
  hrv_ms double precision,
  hrv_deviation text,
  altitude_m double precision,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, device_id, test_time)
);

CREATE INDEX spo2_by_time ON spo2 (user_id, test_time DESC);

CREATE TABLE ecg (
  user_id text NOT NULL,
  device_id text NOT NULL,
  test_time timestamptz NOT NULL,
  utc_offset_minutes integer,
  average_heart_rate_bpm integer,
  hrv_ms double precision,
  hrv_level text,
  rri_ms double precision,
  pulse_transit_systolic_ms double precision,
  pulse_transit_diastolic_ms double precision,
  pulse_transit_quality_index double precision,
  sample_offsets_ms bigint[] NOT NULL,
  samples_mv double precision[] NOT NULL,
  quality_offsets_ms bigint[] NOT NULL,
  quality_levels text[] NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, device_id, test_time)
);

CREATE INDEX ecg_by_time ON ecg (user_id, test_time DESC);

-- Public ids of ECG tests. A rebuild empties the table above and keeps this one, so that links to
-- a test stay valid.
CREATE TABLE ecg_ids (
  user_id text NOT NULL,
  device_id text NOT NULL,
  test_time timestamptz NOT NULL,
  ecg_id bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (user_id, device_id, test_time)
);

CREATE UNIQUE INDEX ecg_ids_by_public_id ON ecg_ids (user_id, ecg_id);

CREATE TABLE body_temperature (
  user_id text NOT NULL,
  device_id text NOT NULL,
  start_time timestamptz NOT NULL,
  end_time timestamptz,
  measurement_type text,
  sensor_location text,
  temperature_min_celsius double precision,
  temperature_avg_celsius double precision,
  temperature_max_celsius double precision,
  sample_offsets_ms bigint[] NOT NULL,
  samples_celsius double precision[] NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, device_id, start_time)
);

CREATE INDEX body_temperature_by_time ON body_temperature (user_id, start_time DESC);

CREATE TABLE skin_temperature (
  user_id text NOT NULL,
  day date NOT NULL,
  temperature_celsius double precision,
  deviation_from_baseline_celsius double precision,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, day)
);

-- Polar knows only the current state; a row per state that was seen is the history.
CREATE TABLE physical_info (
  user_id text NOT NULL,
  recorded_at timestamptz NOT NULL,
  weight_kg double precision,
  height_cm double precision,
  birthday date,
  gender text,
  maximum_heart_rate_bpm integer,
  resting_heart_rate_bpm integer,
  aerobic_threshold_bpm integer,
  anaerobic_threshold_bpm integer,
  vo2_max_ml_per_min_kg integer,
  weight_source text,
  training_background text,
  typical_day text,
  sleep_goal_s integer,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, recorded_at)
);
