-- The details are of what the list said last. Without a list, as after a webhook event, they are of
-- what they say themselves: $3 is the digest of that.
INSERT INTO exercise_details AS stored (user_id, polar_exercise_id, detailed_sha256)
SELECT $1, polar_exercise_id, own_sha256
FROM unnest($2::text[], $3::bytea[]) AS incoming (polar_exercise_id, own_sha256)
ON CONFLICT (user_id, polar_exercise_id) DO UPDATE SET
  detailed_sha256 = coalesce(stored.listed_sha256, excluded.detailed_sha256)
WHERE stored.detailed_sha256
  IS DISTINCT FROM coalesce(stored.listed_sha256, excluded.detailed_sha256)
