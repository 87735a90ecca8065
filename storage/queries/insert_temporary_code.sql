INSERT INTO temporary_codes (code_hash, user_id, client_id, expires_at)
VALUES ($1, $2, $3::text, $4::timestamptz)
