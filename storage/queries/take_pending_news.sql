-- The oldest $3 pieces of news whose time has come at $1, or of all when $2 is true, of users who can
-- be synced. Each try makes the wait until the next one twice as long, up to a day.
UPDATE pending_news
SET
  tries = tries + 1,
  next_try_at = $1::timestamptz
    + least(interval '5 minutes' * power(2, least(tries + 1, 20)), interval '1 day')
WHERE (user_id, number) IN (
  SELECT pending.user_id, pending.number
  FROM pending_news AS pending
  JOIN users USING (user_id)
  WHERE users.state = 'connected' AND (pending.next_try_at <= $1::timestamptz OR $2::boolean)
  ORDER BY pending.announced_at, pending.number
  LIMIT $3)
RETURNING user_id, number, stream, first_day, last_day, polar_exercise_id
