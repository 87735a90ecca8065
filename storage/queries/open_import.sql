-- Returns nothing while another import of the user is open.
INSERT INTO imports (user_id, import_id, kind, status, zip_bytes, received_at)
VALUES ($1, $2::uuid, $3, 'queued', $4::bigint, $5::timestamptz)
ON CONFLICT DO NOTHING
RETURNING import_id
