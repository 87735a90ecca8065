DELETE FROM polar_webhook
