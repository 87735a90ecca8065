DELETE FROM user_baselines
WHERE user_id = $1 AND NOT (metric = ANY ($2::text[]))
