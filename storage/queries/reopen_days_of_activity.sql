-- $1 user, $2 time of the answer that changed some days of activity. What else is known of these days
-- may be out of date as well: another watch was synchronised late. Written with the rows, so that
-- no crash forgets it; the next sync that ends takes it off. No stream goes back further than
-- activity, a year.
UPDATE stream_coverage
SET reopened = ARRAY(
  SELECT unnest(reopened)
  UNION
  SELECT day
  FROM activity
  WHERE user_id = $1 AND updated_at = $2::timestamptz AND day >= $2::date - 366)
WHERE user_id = $1 AND stream IN ('activity_samples', 'continuous_hr')
