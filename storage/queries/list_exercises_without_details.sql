-- Of the exercises $2, in that order.
SELECT polar_exercise_id
FROM exercise_details
WHERE user_id = $1
  AND polar_exercise_id = ANY ($2::text[])
  AND detailed_sha256 IS DISTINCT FROM listed_sha256
ORDER BY array_position($2::text[], polar_exercise_id)
