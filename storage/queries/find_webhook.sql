SELECT webhook_id, url, sealed_secret, created_at
FROM polar_webhook
