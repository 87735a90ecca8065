-- The moment that belongs to unconfirmed_on: a new day on the calendar may be an hour later.
ALTER TABLE stream_coverage ADD COLUMN unconfirmed_at timestamptz;

-- Why each range of failed days failed, instead of one reason for all.
ALTER TABLE stream_coverage
  ALTER COLUMN error_type TYPE text[]
    USING array_fill(coalesce(error_type, 'internal'), ARRAY[cardinality(failed_from)]),
  ALTER COLUMN error_message TYPE text[]
    USING array_fill(coalesce(error_message, ''), ARRAY[cardinality(failed_from)]);
ALTER TABLE stream_coverage
  ALTER COLUMN error_type SET NOT NULL,
  ALTER COLUMN error_message SET NOT NULL;
ALTER TABLE stream_coverage RENAME COLUMN error_type TO failed_type;
ALTER TABLE stream_coverage RENAME COLUMN error_message TO failed_message;

-- Days that count as settled no longer, because another stream has told something new about them.
ALTER TABLE stream_coverage ADD COLUMN reopened date[] NOT NULL DEFAULT '{}';
