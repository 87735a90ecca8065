-- Somebody whose past is imported before Polar is connected.
INSERT INTO users (user_id, state, created_at, updated_at)
VALUES ($1, 'disconnected', $2::timestamptz, $2::timestamptz)
ON CONFLICT DO NOTHING
