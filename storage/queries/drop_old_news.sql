-- Polar has forgotten what was announced before $1.
DELETE FROM pending_news
WHERE announced_at < $1::timestamptz
