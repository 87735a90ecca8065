-- Polar's API and Polar's account export give the same training different ids. Starts on the wall clock
-- and durations that differ by two seconds at most are one training.
-- $1 user, then one array per column: id, start, offset in minutes, duration in seconds. Returns the
-- place in the arrays, from 1, and the id of the row that is there, where it is another one.
SELECT told.place, same.polar_exercise_id
FROM (
  SELECT
    place, polar_exercise_id, duration_s,
    (start_time AT TIME ZONE 'UTC') + coalesce(utc_offset_minutes, 0) * interval '1 minute'
      AS started_at
  FROM unnest($2::text[], $3::timestamptz[], $4::integer[], $5::double precision[])
    WITH ORDINALITY
    AS answered (polar_exercise_id, start_time, utc_offset_minutes, duration_s, place)
) AS told
CROSS JOIN LATERAL (
  SELECT stored.polar_exercise_id
  FROM exercise AS stored
  WHERE stored.user_id = $1
    AND stored.start_day BETWEEN told.started_at::date - 1 AND told.started_at::date + 1
    AND abs(extract(epoch FROM told.started_at - (
      (stored.start_time AT TIME ZONE 'UTC')
      + coalesce(stored.utc_offset_minutes, 0) * interval '1 minute'))) <= 2
    AND coalesce(abs(stored.duration_s - told.duration_s) <= 2, true)
  ORDER BY
    stored.polar_exercise_id = told.polar_exercise_id DESC,
    stored.origin = 'accesslink' DESC,
    stored.polar_exercise_id
  LIMIT 1
) AS same
WHERE same.polar_exercise_id <> told.polar_exercise_id
