-- Keeps news of a user whom we know; $7 says when it is tried again if it is still there.
INSERT INTO pending_news (
  user_id, stream, first_day, last_day, polar_exercise_id, announced_at, next_try_at)
SELECT user_id, $2, $3::date, $4::date, $5::text, $6::timestamptz, $7::timestamptz
FROM users
WHERE user_id = $1
ON CONFLICT (
  user_id, stream, coalesce(first_day, '-infinity'), coalesce(last_day, '-infinity'),
  coalesce(polar_exercise_id, '')) DO UPDATE SET
  number = DEFAULT, announced_at = excluded.announced_at, tries = 0,
  next_try_at = excluded.next_try_at
RETURNING number
