-- What the list says about each exercise now, as a digest.
INSERT INTO exercise_details AS stored (user_id, polar_exercise_id, listed_sha256)
SELECT $1, polar_exercise_id, listed_sha256
FROM unnest($2::text[], $3::bytea[]) AS incoming (polar_exercise_id, listed_sha256)
ON CONFLICT (user_id, polar_exercise_id) DO UPDATE SET listed_sha256 = excluded.listed_sha256
WHERE stored.listed_sha256 IS DISTINCT FROM excluded.listed_sha256
