-- An exercise that an import has brought becomes the one that Polar's API tells of: it takes over the
-- id, and what the API does not tell stays. Starts on the wall clock and durations that differ by two
-- seconds at most are one training.
-- $1 user, then one array per column: id, our public id, start, offset in minutes, duration in seconds.
UPDATE exercise
SET
  polar_exercise_id = adopted.polar_exercise_id,
  exercise_id = adopted.exercise_id
FROM (
  SELECT DISTINCT ON (same.polar_exercise_id)
    same.polar_exercise_id AS imported_id, told.polar_exercise_id, told.exercise_id
  FROM (
    SELECT
      polar_exercise_id, exercise_id, duration_s,
      (start_time AT TIME ZONE 'UTC') + coalesce(utc_offset_minutes, 0) * interval '1 minute'
        AS started_at
    FROM unnest($2::text[], $3::uuid[], $4::timestamptz[], $5::integer[], $6::double precision[])
      AS answered (polar_exercise_id, exercise_id, start_time, utc_offset_minutes, duration_s)
  ) AS told
  CROSS JOIN LATERAL (
    SELECT stored.polar_exercise_id
    FROM exercise AS stored
    WHERE stored.user_id = $1
      AND stored.origin <> 'accesslink'
      AND stored.start_day BETWEEN told.started_at::date - 1 AND told.started_at::date + 1
      AND abs(extract(epoch FROM told.started_at - (
        (stored.start_time AT TIME ZONE 'UTC')
        + coalesce(stored.utc_offset_minutes, 0) * interval '1 minute'))) <= 2
      AND coalesce(abs(stored.duration_s - told.duration_s) <= 2, true)
    ORDER BY stored.polar_exercise_id
    LIMIT 1
  ) AS same
  WHERE NOT EXISTS (
    SELECT
    FROM exercise AS there
    WHERE there.user_id = $1 AND there.polar_exercise_id = told.polar_exercise_id)
  ORDER BY same.polar_exercise_id, told.polar_exercise_id
) AS adopted
WHERE exercise.user_id = $1 AND exercise.polar_exercise_id = adopted.imported_id
