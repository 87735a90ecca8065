INSERT INTO raw_replies (
  user_id, origin, request, fetched_at, last_seen_at, status, sha256, stream, body_bytes,
  body_zstd, is_unread)
VALUES (
  $1, $2, $3, $4::timestamptz, $4::timestamptz, $5::integer, $6::bytea, $7, $8::bigint,
  $9::bytea, $10::boolean)
