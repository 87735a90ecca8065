INSERT INTO polar_webhook (webhook_id, url, sealed_secret, created_at, updated_at)
VALUES ($1, $2, $3, $4::timestamptz, $5::timestamptz)
ON CONFLICT (only_row) DO UPDATE SET (
  webhook_id, url, sealed_secret, created_at, updated_at) = (
  excluded.webhook_id, excluded.url, excluded.sealed_secret, excluded.created_at,
  excluded.updated_at)
