DELETE FROM pending_news
WHERE user_id = $1 AND number = ANY ($2::bigint[])
